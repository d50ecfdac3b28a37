// SPDX-License-Identifier: Apache-2.0
import MarkovModels
import OfflineLearning
import Randomness
import TestSupport
import Testing

@Suite("VI-LCB by hand")
struct ByHandTests {
  @Test("the number of iterations is ln N / (1 − γ), rounded up")
  func iterations() {
    // ln 100 / (1/2) = 9.2; ln 1 = 0 is one iteration.
    #expect(VILCB.iterations(count: 100, discount: 0.5) == 10)
    #expect(VILCB.iterations(count: 1, discount: 0.9) == 1)
    #expect(VILCB.iterations(count: 10, discount: 0) == 3)
  }

  @Test("mean rewards outside [0, 1] are refused on either side")
  func rewards() throws {
    for reward in [-0.1, 1.5] {
      let fold = try BatchDataset(
        [.init(choice: 0, reward: reward, next: 0)], choicePointers: [0, 1])
      #expect(throws: OfflineLearningError.self) {
        try VILCB().learn(from: [fold, fold], discount: 0.5)
      }
    }
  }

  @Test("the data-dependent bound, written out for two states and three folds")
  func bound() throws {
    // State 0 moves to state 1, state 1 stays: occupancies (1, 0), (0, 1).
    let model = try OutcomeTable(states: 2, actions: 1) { _, _ in [Outcome(1, to: 1)] }.model()
    let problem = try DiscountedMDP(model, discount: 0.5)
    func fold(_ n0: Int, _ n1: Int) throws -> BatchDataset {
      try BatchDataset(
        .init(repeating: .init(choice: 0, reward: 0, next: 1), count: n0)
          + .init(repeating: .init(choice: 1, reward: 0, next: 1), count: n1),
        choicePointers: [0, 1, 2])
    }
    let folds = try [fold(1, 1), fold(3, 7), fold(20, 50)]
    let bound = try VILCB(failureProbability: 0.1).suboptimalityBound(
      folds: folds, policy: DeterministicPolicy(choices: [0, 1], of: model), in: problem,
      start: [1, 0])
    // Two choices, two iterations. The first step meets the last fold, the second the one before.
    let L = Portable.log(2 * 2 * 2 / 0.1)
    func b(_ n: Double) -> Double { 2 * (L / (2 * n)).squareRoot() }
    expectClose(
      try #require(bound).value, 2 * b(20) + 2 * 0.5 * b(7) + 0.25 * 2, tolerance: 1e-12)
  }
}
