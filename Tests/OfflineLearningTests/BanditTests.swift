// SPDX-License-Identifier: Apache-2.0
import MarkovModels
import OfflineLearning
import Randomness
import TestSupport
import Testing

/// The rule as its pseudocode says it, without the protocol: every bound, then the argmax.
private func textbookLCB(_ data: ArmData, _ L: Double) -> Int {
  var bounds: [Double] = []
  for (n, k) in zip(data.pulls, data.successes) {
    bounds.append(
      n == 0 ? 0 : max(0, Double(k) / Double(n) - (L / (2 * Double(n))).squareRoot()))
  }
  let top = bounds.max() ?? 0
  let tied = bounds.indices.filter { bounds[$0] == top }
  let most = tied.map { data.pulls[$0] }.max() ?? 0
  return tied.first { data.pulls[$0] == most } ?? 0
}

@Suite("Offline bandits")
struct OfflineBanditTests {
  private func rng(_ purpose: String) -> Xoshiro256 { Xoshiro256(seed: 1, purpose: purpose) }

  @Test(
    "broken generators give at most as many successes as pulls", arguments: HostileGenerator.all)
  func hostile(generator: HostileGenerator) throws {
    var broken = generator
    let bandit = try BernoulliBandit(means: [0, 0.5, 1])
    for N in [0, 1, 1_000, 1 << 40] {
      let data = try ArmData(drawing: N, from: bandit, behavior: [0.5, 0.25, 0.25], using: &broken)
      #expect(data.pulls.reduce(0, +) == N)
      #expect(data.successes[0] == 0 && data.successes[2] == data.pulls[2])
      #expect(data.successes[1] >= 0 && data.successes[1] <= data.pulls[1])
    }
  }

  @Test("LCB plays as the textbook's on 2,000 random data sets, few data and ties included")
  func textbook() throws {
    var rng = rng("textbook")
    for _ in 0..<2_000 {
      let pulls = (0..<1 + rng.uniform(below: 5)).map { _ in rng.uniform(below: 12) }
      let successes = pulls.map { rng.uniform(below: $0 + 1) }
      let data = try ArmData(pulls: pulls, successes: successes)
      let L = 4 * rng.uniform()
      #expect(LCBBandit(logarithm: L).arm(from: data) == textbookLCB(data, L))
    }
  }

  @Test("chosen arms of small data, by hand")
  func byHand() throws {
    // r̂ = (1, 0.6); with L = 2 the bounds are 1 − 1 = 0 and 0.6 − 0.1 = 0.5.
    let data = try ArmData(pulls: [1, 100], successes: [1, 60])
    #expect(LCBBandit(logarithm: 2).arm(from: data) == 1)
    #expect(LCBBandit(logarithm: 0).arm(from: data) == 0)
    #expect(EmpiricalBest().arm(from: data) == 0)
    #expect(MostPlayed().arm(from: data) == 1)
    // An arm seen once does not lose to one never seen, whatever its penalty.
    let once = try ArmData(pulls: [0, 1], successes: [0, 1])
    for rule in [LCBBandit(logarithm: 50), LCBBandit(arms: 2, failureProbability: 0.1)] {
      #expect(rule.arm(from: once) == 1)
    }
    // Ties without data: the lowest arm.
    let nothing = try ArmData(pulls: [0, 0, 0], successes: [0, 0, 0])
    #expect(LCBBandit(logarithm: 1).arm(from: nothing) == 0)
    expectClose(LCBBandit(logarithm: 2).penalty(pulls: 100), 0.1, tolerance: 1e-14)
    expectClose(
      LCBBandit(arms: 2, failureProbability: 0.1).logarithm, Portable.log(40), tolerance: 1e-14)
  }

  /// E by enumerating every sequence of (arm, reward): no binomial coefficient, no threshold.
  private func brute(
    _ rule: some OfflineBanditLearner, _ N: Int, _ share: Double, _ means: (Double, Double)
  ) throws -> Double {
    var total = 0.0
    for code in 0..<(1 << (2 * N)) {
      var (pulls, successes, probability) = ([0, 0], [0, 0], 1.0)
      for i in 0..<N {
        let (arm, reward) = ((code >> (2 * i)) & 1, (code >> (2 * i + 1)) & 1)
        pulls[arm] += 1
        successes[arm] += reward
        let mean = arm == 0 ? means.0 : means.1
        probability *= (arm == 0 ? share : 1 - share) * (reward == 1 ? mean : 1 - mean)
      }
      let arm = rule.arm(from: try ArmData(pulls: pulls, successes: successes))
      total += probability * (max(means.0, means.1) - (arm == 0 ? means.0 : means.1))
    }
    return total
  }

  @Test("binomial sums equal the enumeration of all sequences")
  func sums() throws {
    for (share, means) in [(0.5, (0.4, 0.6)), (0.8, (0.3, 0.9)), (0.1, (0.7, 0.2)), (1, (0, 1))] {
      for N in [0, 1, 3, 6] {
        func check(_ rule: some OfflineBanditLearner) throws {
          let value = ExactSuboptimality(of: rule, negligible: 0)
            .expected(draws: N, firstShare: share, means: means)
          expectClose(value, try brute(rule, N, share, means), tolerance: 1e-13)
        }
        try check(LCBBandit(logarithm: 0.3))
        try check(LCBBandit(logarithm: 3))
        try check(EmpiricalBest())
        try check(MostPlayed())
      }
    }
  }

  @Test("leaving out small terms costs no more than promised")
  func truncation() {
    let rule = LCBBandit(logarithm: 1)
    let (N, epsilon) = (400, 1e-9)
    let full = ExactSuboptimality(of: rule, negligible: 0)
      .expected(draws: N, firstShare: 0.7, means: (0.48, 0.52))
    let cut = ExactSuboptimality(of: rule, negligible: epsilon)
      .expected(draws: N, firstShare: 0.7, means: (0.48, 0.52))
    #expect(full != cut)
    #expect(abs(full - cut) <= 10 * epsilon * Double(N).squareRoot())
  }

  @Test("contextual sums equal the mean of 20,000 draws within 5 standard errors")
  func contextual() throws {
    // P(failure) below 6e-7 under a normal mean.
    let bandit = try ContextualBandit(
      contextWeights: [0.5, 0.3, 0.2], means: [[0.4, 0.6], [0.9, 0.2], [0.1, 0.3]],
      dataWeights: [[0.2, 0.1], [0.1, 0.3], [0.25, 0.05]])
    expectClose(bandit.concentrability, 5, tolerance: 1e-14)
    let rule = LCBBandit(logarithm: 0.5)
    let exact = ExactSuboptimality(of: rule).expected(draws: 40, on: bandit)
    var rng = rng("contextual")
    var (sum, squares) = (0.0, 0.0)
    let trials = 20_000
    for _ in 0..<trials {
      let loss = bandit.suboptimality(of: rule.policy(from: bandit.draw(40, using: &rng)))
      sum += loss
      squares += loss * loss
    }
    let mean = sum / Double(trials)
    let error = ((squares / Double(trials) - mean * mean) / Double(trials)).squareRoot()
    #expect(error > 0 && abs(mean - exact) <= 5 * error)
  }

  @Test("the proved bound holds in at least 1 − δ of 4,000 runs, and is within a factor 3 of tight")
  func guarantee() throws {
    // Were it to hold with probability 0.9 only, fewer than 0.88 of the runs would hold with
    // probability 2e-5.
    let rule = LCBBandit(arms: 2, failureProbability: 0.1)
    var rng = rng("guarantee")
    var (held, greatest) = (0, 0.0)
    for i in 0..<4_000 {
      let gap = rule.penalty(pulls: 50) * [0.5, 1, 1.5][i % 3]
      let bandit = try BernoulliBandit(means: [0.5 - gap / 2, 0.5 + gap / 2])
      let data = try ArmData(drawing: 500, from: bandit, behavior: [0.9, 0.1], using: &rng)
      let bound = 2 * rule.penalty(pulls: data.pulls[1])
      let loss = bandit.gap(ofArm: rule.arm(from: data))
      if loss <= bound { held += 1 }
      greatest = max(greatest, loss / bound)
    }
    #expect(held >= 3_520)
    #expect(greatest > 1.0 / 3)
  }

  @Test("bad data are refused")
  func refusals() throws {
    #expect(throws: OfflineLearningError.self) { try ArmData(pulls: [], successes: []) }
    #expect(throws: OfflineLearningError.badCount("arm 1 has 3 successes in 2 pulls")) {
      try ArmData(pulls: [1, 2], successes: [0, 3])
    }
    #expect(throws: OfflineLearningError.self) { try ArmData(pulls: [1], successes: [-1]) }
    let bandit = try BernoulliBandit(means: [0.2, 0.4])
    var rng = rng("refusals")
    #expect(throws: OfflineLearningError.self) {
      try ArmData(drawing: 3, from: bandit, behavior: [0.5, 0.6], using: &rng)
    }
    #expect(throws: OfflineLearningError.self) {
      try ArmData(drawing: -1, from: bandit, behavior: [0.5, 0.5], using: &rng)
    }
    #expect(throws: OfflineLearningError.self) {
      try ContextualBandit(contextWeights: [1], means: [[0.5, 1.5]], dataWeights: [[0.5, 0.5]])
    }
    #expect(throws: OfflineLearningError.self) {
      try ContextualBandit(contextWeights: [1], means: [[0.5, 0.5]], dataWeights: [[.nan, 0.5]])
    }
  }
}
