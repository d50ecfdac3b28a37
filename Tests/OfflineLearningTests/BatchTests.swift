// SPDX-License-Identifier: Apache-2.0
import MarkovModels
import OfflineLearning
import Planning
import Randomness
import TestSupport
import Testing

@Suite("Offline Markov decision processes")
struct BatchTests {
  private func rng(_ seed: Int) -> Xoshiro256 { Xoshiro256(seed: UInt64(seed), purpose: "batch") }

  /// Random dynamics with rewards in [0, 1].
  private func randomProblem(_ rng: inout Xoshiro256, S: Int = 4, A: Int = 3) throws
    -> DiscountedMDP
  {
    var rows: [[Outcome]] = []
    for _ in 0..<S * A {
      let reward = rng.uniform()
      rows.append(rng.uniformSimplex(S).enumerated().map { Outcome($1, to: $0, reward: reward) })
    }
    let model = try OutcomeTable(states: S, actions: A) { rows[$0 * A + $1] }.model()
    return try DiscountedMDP(model, discount: 0.8)
  }

  /// The pseudocode on dictionaries, one list of samples a fold.
  private func textbook(
    _ folds: [[BatchDataset.Sample]], S: Int, A: Int, gamma: Double, c: Double, L: Double
  ) -> (choices: [Int], values: [Double]) {
    var values = [Double](repeating: 0, count: S)
    var choices = (0..<S).map { s in
      let counts = (0..<A).map { a in folds[0].count { $0.choice == s * A + a } }
      return s * A + (counts.firstIndex(of: counts.max() ?? 0) ?? 0)
    }
    for fold in folds.dropFirst() {
      var new = values
      for s in 0..<S {
        for k in s * A..<(s + 1) * A {
          let own = fold.filter { $0.choice == k }
          let b = c / (1 - gamma) * (L / (2 * Double(max(1, own.count)))).squareRoot()
          var q = -b
          if !own.isEmpty {
            let sum = own.reduce(0.0) { $0 + $1.reward + gamma * ($1.next.map { values[$0] } ?? 0) }
            q += sum / Double(own.count)
          }
          if q > new[s] { (new[s], choices[s]) = (q, k) }
        }
      }
      values = new
    }
    return (choices, values)
  }

  @Test("VI-LCB with folds equals the pseudocode on lists of samples")
  func textbookFolds() throws {
    for seed in 0..<10 {
      var rng = rng(seed)
      let (S, A) = (3, 2)
      let pointers = (0...S).map { $0 * A }
      let lists = (0..<12).map { _ in
        (0..<40).map { _ in
          BatchDataset.Sample(
            choice: rng.uniform(below: S * A), reward: rng.bernoulli(0.6) ? 1 : 0,
            next: rng.bernoulli(0.1) ? nil : rng.uniform(below: S))
        }
      }
      let folds = try lists.map { try BatchDataset($0, choicePointers: pointers) }
      let c = 0.05 * Double(seed)
      let learner = VILCB(multiplier: c, failureProbability: 0.1)
      let solution = try learner.learn(from: folds, discount: 0.9)
      let expected = textbook(
        lists, S: S, A: A, gamma: 0.9, c: c,
        L: learner.penalty(choices: S * A, iterations: 11).logarithm)
      #expect(solution.iterations == 11)
      for s in 0..<S {
        expectClose(solution.lowerValues[s], expected.values[s], tolerance: 1e-11)
      }
      #expect(solution.choices == expected.choices)
    }
  }

  @Test(
    "with all outcomes in their exact shares and no penalty, both methods find V* within V_max/N")
  func exactShares() throws {
    // Two states: action 1 of state 0 leads to state 1 with 1/2; state 1 pays 1.
    let samples: [BatchDataset.Sample] = [
      .init(choice: 0, reward: 0.25, next: 0), .init(choice: 1, reward: 0, next: 0),
      .init(choice: 1, reward: 0, next: 1), .init(choice: 2, reward: 1, next: 1),
    ]
    let data = try BatchDataset(
      [[BatchDataset.Sample]](repeating: samples, count: 250).flatMap(\.self),
      choicePointers: [0, 2, 3])
    #expect(data.visits == [250, 500, 250])
    // V(1) = 10; V(0) = max(2.5, 4.5/(1 − 0.45)) = 8.18….
    let expected = [4.5 / 0.55, 10]
    for solution in [
      try PlainVILCB(penalty: HoeffdingPenalty(multiplier: 0, logarithm: 1))
        .learn(from: data, discount: 0.9),
      try PlugInValueIteration().learn(from: data, discount: 0.9),
    ] {
      #expect(solution.choices == [1, 2])
      for s in 0..<2 { #expect(abs(solution.lowerValues[s] - expected[s]) <= 10.0 / 1000) }
    }
    #expect(BehaviorCloning().learn(from: data) == [1, 2])
  }

  @Test("values are below those of the policy, and the loss below the bound, in 1 − δ of the runs")
  func guarantee() throws {
    // 400 runs: were the probability 0.9, fewer than 340 would hold with probability 1e-3.
    var rng = rng(99)
    var (valid, bounded, learned) = (0, 0, 0)
    for _ in 0..<400 {
      let problem = try randomProblem(&rng)
      let sampler = try BatchSampler(problem.dynamics, weights: rng.uniformSimplex(12))
      let N = 100_000_000
      let folds = sampler.drawFolds(
        N, folds: VILCB.iterations(count: N, discount: 0.8) + 1, using: &rng)
      let learner = VILCB(failureProbability: 0.1)
      let solution = try learner.learn(from: folds, discount: 0.8)
      let policy = try DeterministicPolicy(choices: solution.choices, of: problem.dynamics)
      let own = try PolicyEvaluation(policy, in: problem).values()
      if zip(solution.lowerValues, own).allSatisfy({ $0 <= $1 + 1e-9 }) { valid += 1 }
      if solution.lowerValues.contains(where: { $0 > 0 }) { learned += 1 }
      let best = try PolicyIteration().solve(problem)
      let start = problem.dynamics.startDistribution
      let bound = try learner.suboptimalityBound(
        folds: folds, policy: best.policy, in: problem, start: start)
      let loss = zip(start, zip(best.values, own)).reduce(0) { $0 + $1.0 * ($1.1.0 - $1.1.1) }
      if loss <= (try #require(bound)).value + 1e-9 { bounded += 1 }
    }
    #expect(valid >= 340 && bounded >= 340)
    // Not because the values are all zero.
    #expect(learned >= 390)
  }

  @Test("draws have the shares of μ and P within 6 standard deviations, and N of them")
  func sampler() throws {
    // 16 comparisons, each failing with probability 2e-9.
    var rng = rng(5)
    let model = try OutcomeTable(states: 2, actions: 2) { s, a in
      a == 0
        ? [Outcome(0.3, to: 0, reward: 1), Outcome(0.7, to: 1, reward: 0)]
        : [Outcome(0.6, to: s), Outcome(0.4, to: s, terminates: true)]
    }.model()
    let weights = [0.1, 0.2, 0.3, 0.4]
    let N = 1_000_000
    let data = try BatchSampler(model, weights: weights).draw(N, using: &rng)
    #expect(data.count == N)
    for (k, weight) in weights.enumerated() {
      let deviation = (Double(N) * weight * (1 - weight)).squareRoot()
      #expect(abs(Double(data.visits[k]) - Double(N) * weight) <= 6 * deviation)
      let n = Double(data.visits[k])
      let row = data.rowPointers[k]..<data.rowPointers[k + 1]
      let p = k % 2 == 0 ? 0.3 : 0.6
      #expect(row.count == (k % 2 == 0 ? 2 : 1))
      #expect(
        abs(Double(data.nextCounts[row.lowerBound]) - n * p) <= 6 * (n * p * (1 - p)).squareRoot())
    }
    let folds = try BatchSampler(model, weights: weights).drawFolds(103, folds: 10, using: &rng)
    #expect(folds.map(\.count).sorted() == [10, 10, 10, 10, 10, 10, 10, 11, 11, 11])
  }

  @Test(
    "broken generators give N observations of choices that have a weight",
    arguments: HostileGenerator.all)
  func hostile(generator: HostileGenerator) throws {
    var broken = generator
    var rng = rng(6)
    let weights = [0, 0.2, 0.3, 0.1, 0.4, 0, 0, 0, 0, 0, 0, 0]
    let sampler = try BatchSampler(randomProblem(&rng).dynamics, weights: weights)
    for N in [0, 1, 1_000, 1 << 40] {
      let data = sampler.draw(N, using: &broken)
      #expect(data.count == N && data.visits.reduce(0, +) == N)
      #expect(zip(data.visits, weights).allSatisfy { $0 >= 0 && ($1 > 0 || $0 == 0) })
      #expect(data.nextCounts.allSatisfy { $0 > 0 } && data.nextCounts.reduce(0, +) == N)
    }
  }

  @Test("a sum of samples and a dataset of counts agree; the order of samples does not matter")
  func counting() throws {
    let samples: [BatchDataset.Sample] = [
      .init(choice: 0, reward: 1, next: 1), .init(choice: 1, reward: 0.5, next: nil),
      .init(choice: 0, reward: 0, next: 0), .init(choice: 0, reward: 1, next: 1),
    ]
    let data = try BatchDataset(samples, choicePointers: [0, 1, 2])
    #expect(data.visits == [3, 1] && data.rewardSums == [2, 0.5])
    #expect(data.rowPointers == [0, 2, 2] && data.nextStates == [0, 1])
    #expect(data.nextCounts == [1, 2])
    #expect(try BatchDataset(samples.reversed(), choicePointers: [0, 1, 2]) == data)
  }

  @Test("no data, one state, unseen choices and bad data")
  func edges() throws {
    let empty = try BatchDataset([], choicePointers: [0, 2])
    #expect(throws: OfflineLearningError.self) {
      try PlainVILCB(penalty: HoeffdingPenalty(logarithm: 1)).learn(from: empty, discount: 0.5)
    }
    #expect(throws: OfflineLearningError.self) {
      try VILCB().learn(from: [empty], discount: 0.5)
    }
    // Folds without data keep the first policy and the value 0.
    let none = try VILCB().learn(from: [empty, empty], discount: 0.5)
    #expect(none.choices == [0] && none.lowerValues == [0])
    // γ = 0 is a bandit: the only choice with data has r̂ − b = 1 − √(L/2n).
    let data = try BatchDataset(
      .init(repeating: .init(choice: 1, reward: 1, next: 0), count: 50), choicePointers: [0, 2])
    let one = try PlainVILCB(penalty: HoeffdingPenalty(logarithm: 1)).learn(from: data, discount: 0)
    #expect(one.choices == [1])
    expectClose(one.lowerValues[0], 0.9, tolerance: 1e-14)
    #expect(throws: OfflineLearningError.self) {
      try BatchDataset([.init(choice: 2, reward: 0, next: 0)], choicePointers: [0, 2])
    }
    #expect(throws: OfflineLearningError.self) {
      try BatchDataset([.init(choice: 0, reward: .infinity, next: 0)], choicePointers: [0, 2])
    }
    #expect(throws: OfflineLearningError.self) { try BatchDataset([], choicePointers: [0, 2, 2]) }
    let large = try BatchDataset([.init(choice: 0, reward: 7, next: 0)], choicePointers: [0, 2])
    #expect(throws: OfflineLearningError.self) {
      try PlugInValueIteration().learn(from: large, discount: 0.5)
    }
    let model = try OutcomeTable(states: 1, actions: 2) { _, _ in [Outcome(1, to: 0)] }.model()
    #expect(throws: OfflineLearningError.self) { try BatchSampler(model, weights: [1]) }
    #expect(throws: OfflineLearningError.self) { try BatchSampler(model, weights: [0.5, 0.4]) }
  }

  @Test("the same seed gives the same data and the same policy")
  func repeatable() throws {
    func run() throws -> PessimisticSolution {
      var rng = rng(3)
      let problem = try randomProblem(&rng)
      let sampler = try BatchSampler(problem.dynamics, weights: rng.uniformSimplex(12))
      return try VILCB(multiplier: 0.1).learn(
        from: sampler.drawFolds(10_000, folds: 40, using: &rng), discount: 0.8)
    }
    #expect(try run() == run())
  }
}
