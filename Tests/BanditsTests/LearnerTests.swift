// SPDX-License-Identifier: Apache-2.0
import Bandits
import MarkovModels
import Randomness
import Statistics
import TestSupport
import Testing

/// An index strategy as the textbook says it, all indices in every round.
private struct Textbook: BanditLearner {
  let name = "textbook"
  let index:
    @Sendable (_ mean: Double, _ count: Double, _ t: Int, _ rounds: Int, _ arms: Int) -> Double
  var counts: [Double] = []
  var sums: [Double] = []
  var rounds = 0

  init(_ index: @escaping @Sendable (Double, Double, Int, Int, Int) -> Double) {
    self.index = index
  }

  mutating func begin(arms: Int, rounds: Int) {
    counts = [Double](repeating: 0, count: arms)
    sums = counts
    self.rounds = rounds
  }

  mutating func arm(ofRound t: Int, using rng: inout Xoshiro256) -> Int {
    if t <= counts.count { return t - 1 }
    let indices = counts.indices.map {
      index(sums[$0] / counts[$0], counts[$0], t, rounds, counts.count)
    }
    return indices.indices.reduce(0) { indices[$1] > indices[$0] ? $1 : $0 }
  }

  mutating func observe(_ reward: Double, ofArm arm: Int) {
    counts[arm] += 1
    sums[arm] += reward
  }
}

@Suite("Bandit learners")
struct LearnerTests {
  static let everyLearner: [any BanditLearner] = [
    UCB1(), UCB1(exploration: 0.5), KLUCB(), KLUCB(logLogFactor: 3), MOSS(), ThompsonSampling(),
    GaussianThompsonSampling(deviation: 0.5), FollowTheLeader(), EpsilonGreedy(.constant(0)),
    EpsilonGreedy(.constant(0.02)), EpsilonGreedy(.decaying(c: 0.05, gap: 0.5)),
  ]

  private func randomBandit(_ seed: Int) throws -> BernoulliBandit {
    var rng = Xoshiro256(seed: UInt64(seed), purpose: "bandit")
    let scale = seed % 3 == 0 ? 0.05 : 1
    return try BernoulliBandit(
      means: (0..<1 + rng.uniform(below: 9)).map { _ in scale * rng.uniform() })
  }

  private func regrets(_ learner: any BanditLearner, _ bandit: BernoulliBandit, seed: Int)
    -> [Double]
  {
    var rng = Xoshiro256(seed: UInt64(seed), purpose: "play")
    return learner.regret(on: bandit, at: [1, 10, 100, 1000, 3000], using: &rng)
  }

  @Test("the fast index strategies play as the textbook's, on 30 bandits over 3,000 rounds")
  func textbook() throws {
    for seed in 0..<30 {
      let bandit = try randomBandit(seed)
      let ucb = Textbook { mean, n, t, _, _ in
        mean + (2 * Portable.log(Double(t))).squareRoot() * (1 / n).squareRoot()
      }
      #expect(regrets(UCB1(), bandit, seed: seed) == regrets(ucb, bandit, seed: seed))
      let moss = Textbook { mean, n, _, rounds, arms in
        let ratio = Double(rounds) / Double(arms) / n
        return mean + (ratio > 1 ? (Portable.log(ratio) / n).squareRoot() : 0)
      }
      #expect(regrets(MOSS(), bandit, seed: seed) == regrets(moss, bandit, seed: seed))
      for c in [0.0, 3] {
        let kl = Textbook { mean, n, t, _, _ in
          let log = Portable.log(Double(t))
          let budget = c > 0 ? max(0, log + c * Portable.log(max(log, 1))) : log
          return bernoulliUpperBound(mean, budget: budget / n)
        }
        #expect(
          regrets(KLUCB(logLogFactor: c), bandit, seed: seed) == regrets(kl, bandit, seed: seed))
      }
    }
  }

  @Test("the expected regret of UCB1 and KL-UCB equals the sum over all reward sequences")
  func enumeration() throws {
    let means = [0.4, 0.7]
    let rounds = 12
    let bandit = try BernoulliBandit(means: means)
    for learner in [UCB1(), KLUCB(), MOSS()] as [any BanditLearner] {
      func expected(_ state: any BanditLearner, _ t: Int) -> Double {
        if t > rounds { return 0 }
        var state = state
        var unused = Xoshiro256(seed: 0, purpose: "unused")
        let arm = state.arm(ofRound: t, using: &unused)
        var total = bandit.gap(ofArm: arm)
        for (reward, probability) in [(1.0, means[arm]), (0.0, 1 - means[arm])] {
          var next = state
          next.observe(reward, ofArm: arm)
          total += probability * expected(next, t + 1)
        }
        return total
      }
      var start = learner
      start.begin(arms: 2, rounds: rounds)
      let exact = expected(start, 1)
      var moments = RunningMoments()
      for trial in 0..<20_000 {
        var rng = Xoshiro256(seed: UInt64(trial), purpose: "enumeration")
        moments.add(learner.regret(on: bandit, at: [rounds], using: &rng)[0])
      }
      // Five standard errors: fails with probability below 6e-7 by the normal approximation.
      let error = (moments.variance / 20_000).squareRoot()
      #expect(abs(moments.mean - exact) <= 5 * error, "\(learner.name)")
    }
  }

  @Test("Thompson sampling chooses each arm with its posterior probability of being the best")
  func thompson() throws {
    // P(θ₁ > θ₀) for Beta(1+s, 1+f) by the trapezoidal rule on F₀(x) f₁(x).
    for (first, second) in [
      ((3.0, 5.0), (4.0, 4.0)), ((90.0, 60.0), (2.0, 1.0)), ((40, 2), (9, 3)),
    ] {
      var learner = ThompsonSampling()
      learner.begin(arms: 2, rounds: 1)
      for (arm, counts) in [first, second].enumerated() {
        for _ in 0..<Int(counts.0) { learner.observe(1, ofArm: arm) }
        for _ in 0..<Int(counts.1) { learner.observe(0, ofArm: arm) }
      }
      let zero = BetaDistribution(1 + first.0, 1 + first.1)
      let one = BetaDistribution(1 + second.0, 1 + second.1)
      let n = 4000
      var probability = 0.0
      for i in 0..<n {
        let (low, high) = (Double(i) / Double(n), Double(i + 1) / Double(n))
        let mass = one.cumulative(high) - one.cumulative(low)
        probability += mass * zero.cumulative((low + high) / 2)
      }
      var rng = Xoshiro256(seed: 5, purpose: "thompson")
      let draws = 100_000
      var ones = 0
      for _ in 0..<draws { ones += learner.arm(ofRound: 1, using: &rng) }
      let deviation = (probability * (1 - probability) / Double(draws)).squareRoot()
      // Five standard deviations: fails with probability below 6e-7.
      #expect(abs(Double(ones) / Double(draws) - probability) <= 5 * deviation)
    }
  }

  @Test("UCB1's mean regret is below its theorem's bound, on 12 bandits")
  func bound() throws {
    for seed in 0..<12 {
      let bandit = try randomBandit(seed)
      let total = (0..<50).reduce(0.0) { $0 + regrets(UCB1(), bandit, seed: $1).last! }
      let bound = bandit.means.indices.reduce(0.0) { sum, arm in
        let gap = bandit.gap(ofArm: arm)
        let constant = 1 + Double.pi * Double.pi / 3
        return gap > 0 ? sum + 8 * Portable.log(3000) / gap + constant * gap : sum
      }
      // The mean of 50 runs of at most 3,000 Δ each; the bound is never within a factor two.
      #expect(total / 50 <= bound)
    }
  }

  @Test("one arm, equal arms, certain arms: no regret where none is possible, and no trap")
  func edges() throws {
    for learner in Self.everyLearner {
      for means in [[0.5], [0.3, 0.3, 0.3], [0, 0], [1, 1]] {
        #expect(regrets(learner, try BernoulliBandit(means: means), seed: 1).last == 0)
      }
      let certain = regrets(learner, try BernoulliBandit(means: [0, 1]), seed: 1)
      #expect(certain == certain.sorted() && certain.last! < 60, "\(learner.name)")
      var rng = Xoshiro256(seed: 1, purpose: "gaussian")
      let gaussian = try GaussianBandit(means: [0, 1], standardDeviations: [0.1, 0.1])
      if !(learner is KLUCB) && !(learner is ThompsonSampling) {
        #expect(learner.regret(on: gaussian, at: [2000], using: &rng)[0] <= 60, "\(learner.name)")
      }
    }
  }

  @Test("a learner is a value: the same random numbers give the same regret, twice")
  func values() throws {
    let bandit = try randomBandit(7)
    for learner in Self.everyLearner {
      #expect(regrets(learner, bandit, seed: 3) == regrets(learner, bandit, seed: 3))
    }
  }

  @Test("ε-greedy: ε = 0 follows the leader, ε = 1 plays uniformly, between them their mixture")
  func epsilonGreedy() throws {
    let bandit = try BernoulliBandit(means: [0.2, 0.7, 0.4])
    #expect(
      regrets(EpsilonGreedy(.constant(0)), bandit, seed: 4)
        == regrets(FollowTheLeader(), bandit, seed: 4))
    // Each arm once, then uniform play: T (0.5 + 0 + 0.3) / 3 in expectation.
    let rounds = 3_000
    var moments = RunningMoments()
    for trial in 0..<200 {
      var rng = Xoshiro256(seed: UInt64(trial), purpose: "uniform play")
      moments.add(
        EpsilonGreedy(.constant(1)).regret(on: bandit, at: [rounds], using: &rng)[0])
    }
    let expected = Double(rounds) * 0.8 / 3
    // Five standard errors: fails with probability below 6e-7 by the normal approximation.
    #expect(abs(moments.mean - expected) <= 5 * (moments.variance / 200).squareRoot())
    // A state of known means: arm 1 leads, so it has probability 1 - ε + ε / 3.
    for (schedule, epsilon) in [
      (EpsilonGreedy.Schedule.constant(0.3), 0.3), (.decaying(c: 0.5, gap: 0.1), 0.015),
    ] {
      var learner = EpsilonGreedy(schedule)
      learner.begin(arms: 3, rounds: 10_000)
      for (arm, reward) in [0.0, 1, 0.5].enumerated() { learner.observe(reward, ofArm: arm) }
      let t = 10_000
      expectClose(learner.epsilon(ofRound: t, arms: 3), epsilon, relative: 1e-14)
      var rng = Xoshiro256(seed: 2, purpose: "epsilon")
      let draws = 100_000
      let led = (0..<draws).reduce(0) { sum, _ in
        sum + (learner.arm(ofRound: t, using: &rng) == 1 ? 1 : 0)
      }
      let p = 1 - epsilon * 2 / 3
      let deviation = (p * (1 - p) / Double(draws)).squareRoot()
      // Five standard deviations: fails with probability below 6e-7.
      #expect(abs(Double(led) / Double(draws) - p) <= 5 * deviation)
    }
    #expect(EpsilonGreedy(.decaying(c: 5, gap: 0.1)).epsilon(ofRound: 1, arms: 3) == 1)
  }

  @Test("the constants of Lai and Robbins, by hand")
  func laiRobbins() throws {
    let bandit = try BernoulliBandit(means: [0.5, 0.25])
    expectClose(
      LaiRobbins.constant(bandit), 0.25 / (0.25 * Portable.log(0.5) + 0.75 * Portable.log(1.5)),
      relative: 1e-14)
    #expect(LaiRobbins.constant(try BernoulliBandit(means: [0.5, 0.5])) == 0)
    #expect(LaiRobbins.constant(try BernoulliBandit(means: [0.5, 1])) == 0)
    #expect(LaiRobbins.constant(try GaussianBandit(means: [1, 0.5, 0])) == 2 / 0.5 + 2 / 1)
  }
}
