// SPDX-License-Identifier: Apache-2.0
import MarkovModels
import Planning
import TestSupport
import Testing

@testable import Hardness

@Suite("Coverage by hand")
struct ByHandTests {
  @Test("finite horizon: the stage that needs most counts, not the last one")
  func greatestStage() throws {
    // Three actions at the start, then one.
    let chain = try model([[[(1, 1)], [(1, 1)], [(1, 1)]], [[(1, 1)]]], start: [1, 0])
    let value = try Coverability(of: FiniteHorizonMDP(chain, horizon: 3)).value
    #expect(value.contains(3))
    #expect(value.width > 1e-14 && value.width < 1e-12)
  }

  @Test("finite horizon: stages of their own are passed in their order")
  func order() throws {
    // Stage 0 leads to state 1, stage 1 from 1 to 2, where there are two actions.
    func stage(_ next: [Int]) throws -> TabularMDP {
      try model(
        [[[(next[0], 1)]], [[(next[1], 1)]], [[(next[2], 1)], [(next[2], 1)]]], start: [1, 0, 0])
    }
    let problem = try FiniteHorizonMDP(
      stages: [stage([1, 1, 1]), stage([0, 2, 2]), stage([0, 1, 2])])
    #expect(try Coverability(of: problem).value.contains(2))
  }

  @Test("the choice of the greatest ratio is named")
  func place() throws {
    let mdp = try model([[[(0, 1)]], [[(1, 1)]], [[(2, 1)]]])
    func measured(_ x: [Double]) -> [Measured] { x.map { Measured($0) } }
    for (data, place) in [
      ([0.5, 0.25, 0.25], 1), ([0.125, 0.5, 0.375], 0), ([0.5, 0.5, 0.1], 2),
    ] {
      let found = try Concentrability.greatestRatio(
        measured([0.25, 0.5, 0.25]), measured(data), mdp)
      #expect(found.1 == place)
    }
  }

  @Test("sums and differences of intervals are rounded outward")
  func outward() {
    let sum = Measured(0.1) + Measured(0.2)
    #expect(sum.lower < 0.1 + 0.2 && 0.1 + 0.2 < sum.upper)
    let difference = Measured(lower: 1, upper: 2) - Measured(lower: 0.25, upper: 0.5)
    #expect(difference.lower < 0.5 && difference.upper > 1.75)
  }
}
