// SPDX-License-Identifier: Apache-2.0
import Hardness
import MarkovModels
import TestSupport
import Testing

@Suite("Hardness profile")
struct ProfileTests {
  @Test(
    "every measure of every environment is found or says why not",
    arguments: EnvironmentCatalogue.entries.map(\.name))
  func environments(name: String) throws {
    let text = name == "maze" ? "maze:cells=100" : name == "lowrank" ? "lowrank" : name
    let built = try EnvironmentCatalogue.build(text)
    guard built.stateCount <= 600 else { return }
    var profile =
      switch built.model {
      case .tabular(let model, _):
        HardnessProfile(of: try DiscountedMDP(model, discount: built.suggestedDiscount))
      case .lowRank(let model):
        try HardnessProfile(of: model, discount: built.suggestedDiscount)
      }
    for measure in Measure.allCases {
      let finding = try profile.finding(measure)
      #expect(finding.value != nil || !finding.note.isEmpty, "\(name): \(measure)")
      if let value = finding.value {
        #expect(value.lower >= 0, "\(name): \(measure) is \(value)")
        #expect(value.lower.isFinite)
      }
    }
  }

  @Test("a low-rank model that is too large for a table still has its features")
  func lowRank() throws {
    guard
      case .lowRank(let model) = try EnvironmentCatalogue.build("lowrank:states=2000").model
    else { return }
    var profile = try HardnessProfile(of: model, discount: 0.9)
    let least = try profile.finding(.featureEigenvalue)
    #expect(try #require(least.value).upper <= 1 / Double(model.rank) + 1e-9)
    #expect(try profile.finding(.diameter).value == nil)
  }

  @Test("intervals know what they contain")
  func measured() {
    let interval = Measured(lower: 1, upper: 2)
    #expect(interval.contains(1) && interval.contains(2) && !interval.contains(2.5))
    #expect(interval.middle == 1.5 && !interval.isExact && interval.width >= 1)
    #expect(Measured(3).isExact && Measured(3).width == 0)
    #expect(Measured(lower: 1, upper: .infinity).middle == 1)
  }
}
