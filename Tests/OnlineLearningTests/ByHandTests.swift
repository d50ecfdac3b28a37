// SPDX-License-Identifier: Apache-2.0
import MarkovModels
import Randomness
import TestSupport
import Testing

@testable import OnlineLearning

@Suite("Counts and ties by hand")
struct ByHandTests {
  @Test("a next state seen ten times is one entry, and its mean is rounded once")
  func entries() throws {
    let model = try RiverSwim().model()
    let counts = EmpiricalModel(try EpisodicProblem(model, horizon: 2))
    for _ in 0..<10 { counts.observe(choice: 0, next: 3) }
    counts.observe(choice: 0, next: 1)
    counts.updateChanges { _, _ in }
    var values = [Double](repeating: 0, count: model.stateCount + 1)
    values[3] = 0.1
    // Ten times 0.1 is 1; ten terms of 0.1 add up to less.
    #expect(counts.mean(0, values) == 1.0 * (1 / 11.0))
  }

  @Test("Bernstein bonuses so small that two visits count play as the textbook")
  func twoVisits() throws {
    for seed in 0..<4 {
      let model = try RandomRewards.model(states: 5, seed: UInt64(seed))
      let problem = try EpisodicProblem(model, horizon: 4)
      var rng = Xoshiro256(seed: UInt64(seed), purpose: "two visits")
      var other = rng
      let fast = try UCBVIBernstein(multiplier: 0.002).run(
        on: problem, at: Array(1...100), using: &rng)
      let slow = Textbook(kind: .bernstein, multiplier: 0.002, delta: 0.05)
        .run(model, horizon: 4, episodes: 100, using: &other)
      #expect(fast.regret == slow.regret)
    }
  }

  @Test("fair ties with tolerance 0: equal estimates are taken alike, others never")
  func exactTies() {
    let behavior = GreedyBehavior(ties: .uniform(within: 0))
    var rng = Xoshiro256(seed: 1, purpose: "ties")
    var counts = [0, 0, 0]
    for _ in 0..<3_000 { counts[behavior.choice(among: [0.5, 0.25, 0.5], using: &rng)] += 1 }
    #expect(counts[1] == 0)
    // Five standard deviations of a fair coin.
    #expect(abs(counts[0] - 1_500) < 137)
  }
}

/// Random dynamics with rewards in [0, 1].
private enum RandomRewards {
  static func model(states S: Int, seed: UInt64) throws -> TabularMDP {
    let model = try randomMDP(kind: .sparse, states: S, actions: 2, seed: seed)
    return try TabularMDP(
      stateCount: S, actionCount: model.actionCount, choicePointers: model.choicePointers,
      choiceActions: model.choiceActions, transitions: model.transitions,
      rewards: model.rewards.map { $0 - $0.rounded(.down) }, termination: model.termination,
      initialDistribution: model.initialDistribution)
  }
}
