// SPDX-License-Identifier: Apache-2.0
import MarkovModels
import OfflineLearning
import Planning
import Randomness

/// A Markov decision process with the distribution of its data, and V* from its start.
struct OfflineMDP {
  let problem: DiscountedMDP
  let sampler: BatchSampler
  let start: [Double]
  let optimalPolicy: DeterministicPolicy
  let optimalValue: Double

  init(_ model: TabularMDP, discount: Double, weights: [Double], optimal: DeterministicPolicy)
    throws
  {
    problem = try DiscountedMDP(model, discount: discount)
    sampler = try BatchSampler(model, weights: weights)
    start = model.startDistribution
    optimalPolicy = optimal
    let values = try PolicyEvaluation(optimal, in: problem).values()
    optimalValue = zip(start, values).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// ρ·V* − ρ·V^π by exact evaluation.
  func suboptimality(of values: [Double]) -> Double {
    optimalValue - zip(start, values).reduce(0) { $0 + $1.0 * $1.1 }
  }

  func values(of choices: [Int]) throws -> [Double] {
    let policy = try DeterministicPolicy(choices: choices, of: problem.dynamics)
    return try PolicyEvaluation(policy, in: problem).values()
  }

  /// A start state leads to a winning state or to a losing one, for ever.
  ///
  /// The winning one pays 1 a step. Action 1 is the better one, so that ties go against the learner.
  ///
  ///       s ──a──▶ won ⟲ 1     with probability p(s, a)
  ///        └─────▶ lost ⟲ 0    else
  ///
  /// The data are d^π*/C*, the rest spread over action 0 of the states in `tempting`.
  private init(
    start: [Double], win: [(Double, Double)], tempting: [Int], concentrability C: Double,
    discount gamma: Double
  ) throws {
    let S = start.count
    let (won, lost) = (S, S + 1)
    var outcomes: [[Outcome]] = []
    var target = [Double](repeating: 0, count: 2 * (S + 2))
    for (s, p) in win.enumerated() {
      for (a, chance) in [p.0, p.1].enumerated() {
        outcomes.append([Outcome(chance, to: won), Outcome(1 - chance, to: lost)])
        if a == 1 {
          target[2 * s + 1] = (1 - gamma) * start[s]
          target[2 * won + 1] += gamma * start[s] * chance
          target[2 * lost + 1] += gamma * start[s] * (1 - chance)
        }
      }
    }
    for (state, reward) in [(won, 1.0), (lost, 0)] {
      outcomes += .init(repeating: [Outcome(1, to: state, reward: reward)], count: 2)
    }
    let model = try OutcomeTable(states: S + 2, actions: 2, initialDistribution: start + [0, 0]) {
      outcomes[2 * $0 + $1]
    }.model(storage: .sparse)
    var weights = target.map { $0 / C }
    for s in tempting { weights[2 * s] += (1 - 1 / C) / Double(tempting.count) }
    try self.init(
      model, discount: gamma, weights: weights,
      optimal: DeterministicPolicy(actions: .init(repeating: 1, count: S + 2), of: model))
  }

  /// Two start states, win with 1/2 ± Δ/2, Δ = m √(S C*/((1 − γ) N)) at most 1/2, S = 2; m = 0 stands
  /// for Δ = 1/2.
  static func partial(
    concentrability C: Double, discount gamma: Double, multiple m: Double, draws N: Int
  ) throws -> OfflineMDP {
    let delta = m == 0 ? 0.5 : min(0.5, m * (2 * C / ((1 - gamma) * Double(N))).squareRoot())
    return try OfflineMDP(
      start: [0.5, 0.5], win: .init(repeating: TaleInstances.means(gap: delta), count: 2),
      tempting: [0, 1], concentrability: C, discount: gamma)
  }

  /// The number of rare start states of ``nearlyExpert(discount:draws:)``.
  static let rareStates = 3

  /// C* = 1 + 1/N: three start states whose occupancy under π* is 1/(N + 1), won by action 1 and lost
  /// by action 0, and a common one, won with 3/4 by action 1 and with 1/2 by the rare action 0.
  static func nearlyExpert(discount gamma: Double, draws N: Int) throws -> OfflineMDP {
    let rare = 1 / (Double(N + 1) * (1 - gamma))
    return try OfflineMDP(
      start: [1 - Double(rareStates) * rare] + .init(repeating: rare, count: rareStates),
      win: [(0.5, 0.75)] + .init(repeating: (0, 1), count: rareStates), tempting: [0],
      concentrability: 1 + 1 / Double(N), discount: gamma)
  }

  /// The expected loss on ``nearlyExpert(discount:draws:)`` of a method that errs only in rare states
  /// without data: each is missed with probability (1 − N/(N + 1)²)^N and costs γ/(1 − γ).
  static func missingMass(discount gamma: Double, draws N: Int) -> Double {
    let n = Double(N)
    return Double(rareStates) / ((n + 1) * (1 - gamma)) * gamma / (1 - gamma)
      * TaleInstances.power(1 - n / ((n + 1) * (n + 1)), N)
  }

  /// Five states, three actions, everything uniform at random, data weights too.
  static func random(discount gamma: Double, using rng: inout Xoshiro256) throws -> OfflineMDP {
    var outcomes: [[Outcome]] = []
    for _ in 0..<15 {
      let reward = rng.uniform()
      outcomes.append(
        rng.uniformSimplex(5).enumerated().map { Outcome($1, to: $0, reward: reward) })
    }
    let model = try OutcomeTable(states: 5, actions: 3) { outcomes[3 * $0 + $1] }
      .model(storage: .sparse)  // solved by KLU, whose bits do not depend on the CPU
    let solution = try PolicyIteration().solve(DiscountedMDP(model, discount: gamma))
    return try OfflineMDP(
      model, discount: gamma, weights: rng.uniformSimplex(15), optimal: solution.policy)
  }
}
