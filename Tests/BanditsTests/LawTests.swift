// SPDX-License-Identifier: Apache-2.0
import Bandits
import MarkovModels
import Randomness
import Statistics
import Testing

/// The law of a learner's next arm after given rewards, against its closed form.
@Suite("Laws of randomized learners")
struct LawTests {
  /// How often each arm is played next, out of `count` draws from the same state.
  private func shares(
    _ learner: some BanditLearner, round: Int, arms: Int, count: Int
  ) -> [Double] {
    var rng = Xoshiro256(seed: 1, purpose: "law")
    var plays = [Double](repeating: 0, count: arms)
    for _ in 0..<count {
      // A copy, so that no draw leaves a trace.
      var copy = learner
      plays[copy.arm(ofRound: round, using: &rng)] += 1
    }
    return plays.map { $0 / Double(count) }
  }

  /// Five standard errors: fails with probability below 6e-7 by the normal approximation.
  private func tolerance(_ p: Double, _ count: Int) -> Double {
    5 * (p * (1 - p) / Double(count)).squareRoot()
  }

  @Test("Gaussian Thompson sampling: the probability of the other arm in closed form")
  func gaussian() {
    var learner = GaussianThompsonSampling(deviation: 0.5)
    learner.begin(arms: 2, rounds: 100)
    for _ in 0..<4 { learner.observe(0.3, ofArm: 0) }
    for _ in 0..<9 { learner.observe(0.1, ofArm: 1) }
    let spread = 0.5 * (1.0 / 4 + 1.0 / 9).squareRoot()
    let expected = NormalDistribution.cumulative((0.1 - 0.3) / spread)
    let found = shares(learner, round: 14, arms: 2, count: 100_000)[1]
    #expect(abs(found - expected) <= tolerance(expected, 100_000))
  }

  @Test("Thompson sampling: arms far behind are played as often as their posterior says")
  func farBehind() {
    var learner = ThompsonSampling()
    learner.begin(arms: 2, rounds: 10_000)
    let (good, bad) = ((1_100, 900), (42, 60))
    for (arm, counts) in [good, bad].enumerated() {
      for _ in 0..<counts.0 { learner.observe(1, ofArm: arm) }
      for _ in 0..<counts.1 { learner.observe(0, ofArm: arm) }
    }
    // P(θ₁ > θ₀) by the midpoint rule.
    let (first, second) = (BetaDistribution(1_101, 901), BetaDistribution(43, 61))
    var expected = 0.0
    let steps = 4_000
    for i in 0..<steps {
      let (low, high) = (Double(i) / Double(steps), Double(i + 1) / Double(steps))
      let mass = first.cumulative(high) - first.cumulative(low)
      expected += mass * (1 - second.cumulative((low + high) / 2))
    }
    #expect(expected > 0.001 && expected < 0.01)
    let found = shares(learner, round: 2_103, arms: 2, count: 300_000)[1]
    #expect(abs(found - expected) <= tolerance(expected, 300_000))
  }

  @Test("ε-greedy plays every arm once before it explores")
  func onceEach() {
    var rng = Xoshiro256(seed: 2, purpose: "law")
    for _ in 0..<20 {
      var learner = EpsilonGreedy(.constant(1))
      learner.begin(arms: 4, rounds: 100)
      for t in 1...4 {
        let arm = learner.arm(ofRound: t, using: &rng)
        #expect(arm == t - 1)
        learner.observe(0.5, ofArm: arm)
      }
    }
  }

  /// States of the generator with few ones, or few zeros, among their bits: its words stay near all
  /// zeros, or all ones, for dozens of draws.
  static let states: [Xoshiro256] = [
    Xoshiro256(state: (0, 0, 0, 0)), Xoshiro256(state: (0, 0, 0, 1 << 63)),
    Xoshiro256(state: (0, 1, 0, 0)), Xoshiro256(state: (.max, .max, .max, .max)),
    Xoshiro256(state: (.max, 0, .max, 0)),
  ]

  @Test("states with runs of zeros or ones: every learner plays, and its regret is in range")
  func runsOfZeros() throws {
    let bandit = try BernoulliBandit(means: [0.2, 0.9, 0.5])
    for learner in LearnerTests.everyLearner {
      for state in Self.states {
        var rng = state
        let regret = learner.regret(on: bandit, at: [1, 30, 500], using: &rng)
        #expect(regret.allSatisfy { $0 >= 0 && $0 <= 0.7 * 500 }, "\(learner.name)")
      }
    }
  }
}
