// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra
import Randomness

/// A random model of low rank and any size: a Garnet among r latent classes of states.
///
///     (s, a) ──┬── p1 ──→ class i1 ──→ s′      i1 … ib are distinct classes, p1 … pb and the
///              ├── …                           distribution of s′ within a class are uniform on
///              └── pb ──→ class ib ──→ s′      their simplexes; r(s, a) is uniform in [0, 1).
///
/// The classes are consecutive blocks of states whose sizes differ by at most one, so the rank of P
/// cannot exceed r, and it is r unless some class is never reached.
///
/// - Shapes: Φ is *S·A × r*, M is *r × S*.
/// - Complexity: O((A + 1) S r) time and memory.
/// - Source: [agarwal2020flambe] (latent variables with simplex features); the blocks are our own.
public struct LowRankFactorModel: Equatable, Sendable {
  /// The number of states S.
  public let states: Int
  /// The number of actions A in every state.
  public let actions: Int
  /// The number of classes r.
  public let rank: Int
  /// The number of classes b that a choice may lead to.
  public let branching: Int
  /// The seed of the model.
  public let seed: UInt64

  /// Creates the recipe of a model.
  ///
  /// - Throws: ``ModelError/badParameter(name:value:expected:)``.
  public init(
    states: Int = 1_000, actions: Int = 4, rank: Int = 20, branching: Int = 3, seed: UInt64 = 1
  ) throws(ModelError) {
    try ParameterCheck.range("states", states, 1...ParameterCheck.maximumStates)
    try ParameterCheck.range("actions", actions, 1...ParameterCheck.maximumStates)
    try ParameterCheck.range("rank", rank, 1...states)
    try ParameterCheck.range("branching", branching, 1...rank)
    let (S, A) = (Double(states), Double(actions))
    try ParameterCheck.size(
      "states", states, states: S, choices: S * A, entries: (S * A + S) * Double(rank),
      isFactored: true)
    self.states = states
    self.actions = actions
    self.rank = rank
    self.branching = branching
    self.seed = seed
  }

  /// The states of a class.
  public func members(ofClass i: Int) -> Range<Int> {
    precondition(i >= 0 && i < rank, "class \(i) is not in 0 ..< \(rank)")
    return (i * states / rank)..<((i + 1) * states / rank)
  }

  /// The model of the recipe.
  ///
  /// - Throws: ``ModelError`` if the numbers do not pass the checks of ``LowRankMDP``.
  public func model() throws(ModelError) -> LowRankMDP {
    var rng = Xoshiro256(seed: seed, purpose: "low-rank model")
    let K = states * actions
    var features = Matrix(K, rank)
    var weights = [Double](repeating: 0, count: branching)
    for k in 0..<K {
      rng.uniformSimplex(into: &weights)
      for (i, p) in zip(rng.sample(branching, below: rank), weights) { features[k, i] = p }
    }
    var measures = Matrix(rank, states)
    for i in 0..<rank {
      let members = members(ofClass: i)
      for (s, p) in zip(members, rng.uniformSimplex(members.count)) { measures[i, s] = p }
    }
    return try LowRankMDP(
      features: features, measures: measures, rewards: (0..<K).map { _ in rng.uniform() },
      actionCount: actions)
  }
}
