// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra

/// A Markov decision process whose transition matrix is a product P = Φ M of nonnegative factors.
///
/// Row k of Φ mixes r latent distributions over next states, the rows of M. P is never formed: a
/// sweep costs O((K + S) r) instead of O(K S).
///
/// - Shapes: Φ is *K × r* (``features``), M is *r × S* (``measures``), both column-major.
/// - Assumes: rows of Φ and of M are distributions, so every row of P is one.
/// - Source: [jin2020] (linear MDPs); [agarwal2020flambe] (low rank, the simplex-feature case).
public struct LowRankMDP: Equatable, Sendable {
  /// The features φ(s, a) as rows: *K × r*.
  public let features: Matrix
  /// The latent distributions as rows: *r × S*.
  public let measures: Matrix
  /// The rows of ``features`` one after the other, as sweeps read them.
  public let featureRows: [Double]
  /// The rows of ``measures`` one after the other.
  public let measureRows: [Double]
  /// The expected reward of each choice.
  public let rewards: [Double]
  /// The number of actions A, available in every state.
  public let actionCount: Int
  /// The distribution of the first state, S probabilities; `nil` when the model does not say.
  public let initialDistribution: [Double]?

  /// The number of states S.
  public var stateCount: Int { measures.columnCount }
  /// The number of choices K = S·A; choice k belongs to state k / A.
  public var choiceCount: Int { features.rowCount }
  /// The number of latent distributions r.
  public var rank: Int { measures.rowCount }

  /// Bounds on the exact sum of every row of Φ M: a product of two row sums, each within its own
  /// tolerance of 1 (see the initializer).
  public var rowSums: ClosedRange<Double> {
    let slack = Double(rank + stateCount + 4) * .ulpOfOne
    return (1 - slack)...(1 + slack)
  }

  /// Bounds on the exact sum of every row of Φ, whose sum is checked up to its own tolerance.
  public var featureSums: ClosedRange<Double> {
    let slack = Double(rank + 4) * .ulpOfOne
    return (1 - slack)...(1 + slack)
  }

  /// Creates a model and checks that the rows of both factors, and the initial distribution, are
  /// distributions.
  ///
  /// - Throws: ``ModelError``, naming the state and the action of a bad row of Φ; for a bad row of M
  ///   the `state` is the row's number.
  public init(
    features: Matrix, measures: Matrix, rewards: [Double], actionCount: Int,
    initialDistribution: [Double]? = nil
  ) throws(ModelError) {
    let S = measures.columnCount
    guard S >= 1, actionCount >= 1 else { throw .noStates }
    guard features.rowCount == S * actionCount else {
      throw .wrongCount(array: "features", expected: S * actionCount, found: features.rowCount)
    }
    guard features.columnCount == measures.rowCount else {
      throw .wrongCount(
        array: "latent distributions", expected: features.columnCount, found: measures.rowCount)
    }
    guard rewards.count == features.rowCount else {
      throw .wrongCount(array: "rewards", expected: features.rowCount, found: rewards.count)
    }
    for (k, r) in rewards.enumerated() where !r.isFinite {
      throw .badReward(ModelPlace(state: k / actionCount, action: k % actionCount), reward: r)
    }
    try LowRankMDP.checkRows(of: features) {
      ModelPlace(state: $0 / actionCount, action: $0 % actionCount)
    }
    try LowRankMDP.checkRows(of: measures) {
      ModelPlace(state: $0, stateName: "row of the measures")
    }
    if let initialDistribution {
      try ModelValidator(
        stateCount: S, actionCount: actionCount, choicePointers: [], choiceActions: nil,
        stateNames: nil, actionNames: nil
      ).checkInitial(initialDistribution)
    }
    self.features = features
    self.measures = measures
    featureRows = features.transposed().elements
    measureRows = measures.transposed().elements
    self.rewards = rewards
    self.actionCount = actionCount
    self.initialDistribution = initialDistribution
  }

  private static func checkRows(
    of matrix: Matrix, place: (Int) -> ModelPlace
  ) throws(ModelError) {
    for i in 0..<matrix.rowCount {
      var sum = CompensatedSum()
      for j in 0..<matrix.columnCount {
        let x = matrix[i, j]
        guard x >= 0, x <= 1 else { throw .badProbability(place(i), next: j, probability: x) }
        sum.add(x)
      }
      let tolerance = Double(matrix.columnCount + 1) * .ulpOfOne
      guard abs(sum.value - 1) <= tolerance else {
        throw .rowNotStochastic(place(i), sum: sum.value, tolerance: tolerance)
      }
    }
  }

  /// The same model with P formed, rows divided by their sums so that they pass validation.
  ///
  /// - Throws: ``ModelError`` if a divided row still fails the checks of ``TabularMDP``.
  /// - Complexity: O(K S r) time and O(K S) memory.
  public func tabular() throws(ModelError) -> TabularMDP {
    var P = Matrix(stateCount, choiceCount)
    for k in 0..<choiceCount {
      var sum = CompensatedSum()
      for s in 0..<stateCount {
        var p = 0.0
        for i in 0..<rank { p += features[k, i] * measures[i, s] }
        P[s, k] = p
        sum.add(p)
      }
      for s in 0..<stateCount { P[s, k] /= sum.value }
    }
    return try TabularMDP(
      stateCount: stateCount, actionCount: actionCount, transitions: .dense(P), rewards: rewards,
      initialDistribution: initialDistribution, storage: .dense)
  }
}

/// A linear MDP: low-rank transitions and rewards that are linear in the same features.
///
/// - Shapes: θ (``rewardWeights``) has d entries, d the number of features.
/// - Source: [jin2020], Assumption A.
public struct LinearMDP: Equatable, Sendable {
  /// Transitions Φ M and rewards Φ θ.
  public let lowRank: LowRankMDP
  /// The weights θ with r(s, a) = φ(s, a)ᵀ θ, one for each feature.
  public let rewardWeights: [Double]
  /// The dimension d of the features.
  public var dimension: Int { lowRank.rank }

  /// Creates a model; the rewards are computed as Φ θ.
  ///
  /// - Throws: ``ModelError`` as ``LowRankMDP`` does, or when θ has the wrong length.
  public init(
    features: Matrix, measures: Matrix, rewardWeights: [Double], actionCount: Int,
    initialDistribution: [Double]? = nil
  ) throws(ModelError) {
    guard rewardWeights.count == features.columnCount else {
      throw .wrongCount(
        array: "reward weights", expected: features.columnCount, found: rewardWeights.count)
    }
    let rewards = (0..<features.rowCount).map { k in
      rewardWeights.indices.reduce(0.0) { $0 + features[k, $1] * rewardWeights[$1] }
    }
    self.lowRank = try LowRankMDP(
      features: features, measures: measures, rewards: rewards, actionCount: actionCount,
      initialDistribution: initialDistribution)
    self.rewardWeights = rewardWeights
  }
}
