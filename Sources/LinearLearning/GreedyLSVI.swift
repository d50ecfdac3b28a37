// SPDX-License-Identifier: Apache-2.0

/// Least-squares value iteration on offline data without a penalty: a negative control.
///
///     V̂_H ← 0
///     for h = H − 1 … 0
///       Q̂_h ← min(φᵀ Λ_h⁻¹ Σ φ (r + V̂_{h+1}(s′)), H − h)⁺                (1)
///       V̂_h ← max_a Q̂_h                                                 (2)
///
/// - Guarantee: none without uniform coverage. It believes the luckiest of the rarely seen actions.
/// - Numerics: those of ``PEVI`` with β = 0.
/// - Complexity: O(H (K d² + S d)).
/// - Source: [osband2016].
public struct GreedyLSVI: Sendable {
  /// The regularization λ.
  public let regularization: Double

  /// Creates the algorithm.
  ///
  /// - Precondition: λ > 0.
  public init(regularization: Double) {
    precondition(regularization > 0, "λ is positive")
    self.regularization = regularization
  }

  /// Learns from data.
  ///
  /// - Precondition: as many features as the data have choices.
  public func solve(_ data: StageCounts, features: FeatureMap) -> PenalizedValues {
    let (S, K, H) = (data.stateCount, data.choiceCount, data.horizon)
    precondition(features.choiceCount == K, "features of every choice")
    var run = PenalizedValues(horizon: H, states: S, actions: data.actionCount)
    for h in (0..<H).reversed() {
      let stage = StageRegression(
        data, stage: h, features: features, regularization: regularization)
      let means = stage.means(for: run.values[(h + 1) * S..<(h + 2) * S], features: features)
      for k in 0..<K { run.estimates[h * K + k] = means[k] }  // (1)
      run.close(stage: h, horizon: H, states: S, actions: data.actionCount)  // (2)
    }
    return run
  }
}
