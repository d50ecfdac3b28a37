// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra
import Randomness

/// A random linear MDP with simplex features: P(s′ | s, a) = φ(s, a)ᵀ μ(s′), r(s, a) = φ(s, a)ᵀ θ.
///
///     (s, a) ── φ₁ ──→ latent 1 ──┐
///            ├─ …                 ├── row of M ──→ s′
///            └─ φ_d ─→ latent d ──┘
///
/// Features and the rows of M are uniform on their simplexes, θ is uniform in [0, 1)^d. With a rank
/// k < d, features are mixtures of k fixed points of the simplex, so that Φ, P and the covariance of
/// any data have rank k although they have dimension d.
///
/// - Shapes: Φ is *S·A × d*, M is *d × S*.
/// - Complexity: O((A d + d) S) memory, O(S A k d) time.
/// - Source: [jin2020], the linear MDPs with simplex features.
public struct RandomLinearMDP: Equatable, Sendable {
  /// The number of states S.
  public let states: Int
  /// The number of actions A in every state.
  public let actions: Int
  /// The dimension d of the features.
  public let dimension: Int
  /// The rank k of the features.
  public let rank: Int
  /// The seed of the model.
  public let seed: UInt64

  /// Creates the recipe of a model; without a rank, the rank is the dimension.
  ///
  /// - Throws: ``ModelError/badParameter(name:value:expected:)``.
  public init(
    states: Int = 50, actions: Int = 4, dimension: Int = 6, rank: Int? = nil, seed: UInt64 = 1
  ) throws(ModelError) {
    try ParameterCheck.range("states", states, 1...ParameterCheck.maximumStates)
    try ParameterCheck.range("actions", actions, 1...ParameterCheck.maximumStates)
    try ParameterCheck.range("dimension", dimension, 1...ParameterCheck.maximumStates)
    try ParameterCheck.range("rank", rank ?? dimension, 1...dimension)
    let (S, A, d) = (Double(states), Double(actions), Double(dimension))
    try ParameterCheck.size(
      "states", states, states: S, choices: S * A, entries: (S * A + S) * d, isFactored: true)
    self.states = states
    self.actions = actions
    self.dimension = dimension
    self.rank = rank ?? dimension
    self.seed = seed
  }

  /// The model of the recipe.
  ///
  /// - Throws: ``ModelError`` if the numbers do not pass the checks of ``LinearMDP``.
  public func model() throws(ModelError) -> LinearMDP {
    var rng = Xoshiro256(seed: seed, purpose: "linear MDP")
    let (K, d) = (states * actions, dimension)
    var features = Matrix.randomRows(K, rank, using: &rng)
    if rank < d {
      let corners = Matrix.randomRows(rank, d, using: &rng)
      var mixed = Matrix(K, d)
      for j in 0..<d {
        for k in 0..<K {
          var sum = 0.0
          for i in 0..<rank { sum += features[k, i] * corners[i, j] }
          mixed[k, j] = sum
        }
      }
      features = mixed
    }
    let measures = Matrix.randomRows(d, states, using: &rng)
    return try LinearMDP(
      features: features, measures: measures, rewardWeights: (0..<d).map { _ in rng.uniform() },
      actionCount: actions)
  }
}

extension Matrix {
  /// A matrix whose rows are uniformly random distributions.
  static func randomRows(
    _ rows: Int, _ columns: Int, using rng: inout some RandomNumberGenerator
  ) -> Matrix {
    var matrix = Matrix(rows, columns)
    var weights = [Double](repeating: 0, count: columns)
    for i in 0..<rows {
      rng.uniformSimplex(into: &weights)
      for j in 0..<columns { matrix[i, j] = weights[j] }
    }
    return matrix
  }
}
