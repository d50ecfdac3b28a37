// SPDX-License-Identifier: Apache-2.0
import Experiments
import LinearLearning
import Randomness
import Statistics
import TestSupport
import Testing

@testable import Claims

@Suite("Study of LSVI-UCB")
struct LSVIUCBStudyTests {
  @Test("both scales measure the same quantities, and quick is a part of full")
  func scales() {
    for claim in lsviUCBStudy.claims {
      let (quick, full) = (claim.design(at: .quick), claim.design(at: .full))
      #expect(quick.schema == full.schema)
      #expect(Set(quick.points).isSubset(of: Set(full.points)))
    }
  }

  @Test("the bonus in the paper's form, in closed form")
  func bonus() throws {
    let model = try OnlineInstance.arms(4, horizon: 3, multiple: 1, episodes: 400)
    expectClose(model.optimalValue, 2 * 0.6, tolerance: 1e-12)
    let expected = 0.5 * 6 * 3 * Portable.log(2 * 6 * 1_200 / 0.1).squareRoot()
    expectClose(OnlineInstance.multiplier(0.5, model, episodes: 400), expected, tolerance: 1e-12)
  }

  @Test("quick runs of optimism and of the tabular case are not inconsistent")
  func quick() throws {
    for claim in [LinearOptimism(), OneHotOptimism()] as [any Claim] {
      #expect(try quickJudgement(claim).verdict != .inconsistent, "\(claim.id)")
    }
  }

  @Test("a wrong exponent in K is found out")
  func wrongExponent() throws {
    // Regret as the claim says, times K^0.4: no run needed.
    let planted = Planted(OptimismRate()) { point, trial, stream in
      let unit = point["K"].squareRoot() * (0.9 + 0.2 * stream.uniform())
      let wrong = Portable.exp(0.4 * Portable.log(point["K"]))
      let isControl = point.label("problem") == "greedy arms"
      return TrialOutcome([
        "regret": isControl ? point["K"] : unit * wrong, "plans over bound": 0.5,
      ])
    }
    let honest = Planted(OptimismRate()) { point, trial, stream in
      let unit = point["K"].squareRoot() * (0.9 + 0.2 * stream.uniform())
      let isControl = point.label("problem") == "greedy arms"
      return TrialOutcome(["regret": isControl ? point["K"] : unit, "plans over bound": 0.5])
    }
    #expect(try quickJudgement(planted).verdict == .inconsistent)
    #expect(try quickJudgement(honest).verdict == .consistent)
  }

  @Test("a ratio to the stated order that grows is found out; a constant one is not")
  func growth() throws {
    func claim(_ power: Double) -> Planted {
      Planted(OptimismGrowth()) { point, trial, stream in
        let x = point[point.label("sweep")]
        return TrialOutcome([
          "regret": Portable.exp(power * Portable.log(x)) * (0.95 + 0.1 * stream.uniform()),
          "multiplier": point["d"],
        ])
      }
    }
    #expect(try quickJudgement(claim(0.5)).verdict == .inconsistent)
    #expect(try quickJudgement(claim(0)).verdict == .notViolated)
  }

  @Test("no bonus where the claim says c = 1 is found out")
  func noBonus() throws {
    let claim = LinearOptimism()
    let planted = Planted(claim) { point, trial, stream in
      try claim.measure(Point([("c", 0)]), trial: trial, using: &stream)
    }
    #expect(try quickJudgement(planted).verdict == .inconsistent)
  }

  @Test("one differing run is found out")
  func differing() throws {
    let claim = OneHotOptimism()
    let planted = Planted(claim) { point, trial, stream in
      var outcome = try claim.measure(point, trial: trial, using: &stream)
      if trial == 1 && point.label("problem") == "random" { outcome.scalars["differs"] = 1 }
      return outcome
    }
    #expect(try quickJudgement(planted).verdict == .inconsistent)
  }
}
