// SPDX-License-Identifier: Apache-2.0
import MarkovModels
import Planning
import TestSupport
import Testing

@Suite("The width that rounding adds in the long run")
struct RoundingWidthTests {
  @Test(
    "after policy iteration nearly the whole gap is rounding's", arguments: LongRunKind.allCases)
  func direct(_ kind: LongRunKind) throws {
    for seed in 1...20 {
      let model = try longRunModel(kind, seed: seed)
      let found = try MultichainPolicyIteration().solve(
        AverageRewardMDP(model), stopping: StoppingRule(epsilon: 1e-300))
      let size = model.rewards.reduce(0) { max($0, abs($1)) }
      #expect(found.roundingWidth > 0)
      // The solve itself is off by some roundings too, about as many as are allowed for.
      #expect(found.certificate.gap <= 8 * found.roundingWidth + 0x1p-40 * size, "seed \(seed)")
      #expect(found.roundingWidth <= 8 * found.certificate.gap + 0x1p-40 * size, "seed \(seed)")
    }
  }

  @Test("of an iteration that is stopped early rounding is a small part")
  func iterated() throws {
    let model = try RiverSwim(states: 6).model()
    let problem = try AverageRewardMDP(model)
    let found = try RelativeValueIteration().solve(problem, stopping: StoppingRule(epsilon: 1e-4))
    #expect(found.certificate.gap > 1e-6)
    #expect(found.roundingWidth > 0 && found.roundingWidth < 1e-12)
    // Asked for what rounding forbids, the method ends with a gap that rounding explains.
    let strict = try RelativeValueIteration().solve(
      problem, stopping: StoppingRule(epsilon: 1e-300))
    #expect(strict.status == .precisionLimit)
    #expect(strict.certificate.gap <= 4 * strict.roundingWidth)
  }

  @Test("a total in which no rounding can occur is still given its width, and no other")
  func total() throws {
    // One step of −1 to the end: V = −1.
    let model = try OutcomeTable(states: 2, actions: 1) { s, _ in
      [Outcome(1, to: 1, reward: s == 0 ? -1 : 0)]
    }.model()
    let found = try StochasticShortestPath().solve(
      TotalRewardMDP(model), stopping: StoppingRule(epsilon: 1e-300))
    guard case .finite(let bounds) = found.values[0] else {
      Issue.record("a finite value is expected")
      return
    }
    #expect(bounds.contains(-1))
    let gap = bounds.upperBound - bounds.lowerBound
    #expect(found.roundingWidth > 0)
    // The solutions without slack are exact here, so the width is the whole gap.
    expectClose(found.roundingWidth, gap, tolerance: 0x1p-53)
    #expect(gap < 1e-12)
  }

  @Test("the width is proportional to the rewards")
  func scaled() throws {
    let model = try longRunModel(.coarse, seed: 3)
    let widths = try [0, 40].map { exponent in
      let scaled = try TabularMDP(
        stateCount: model.stateCount, actionCount: model.actionCount,
        choicePointers: model.choicePointers, choiceActions: model.choiceActions,
        transitions: model.transitions,
        rewards: model.rewards.map { $0 * Double(sign: .plus, exponent: exponent, significand: 1) })
      return try MultichainPolicyIteration().solve(AverageRewardMDP(scaled)).roundingWidth
    }
    expectClose(widths[1] / widths[0], 0x1p40, tolerance: 0x1p30)
  }
}
