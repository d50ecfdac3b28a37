// SPDX-License-Identifier: Apache-2.0

/// Pessimistic value iteration on counts: what ``PEVI`` is when every choice has its own feature.
///
///     V̂_H ← 0
///     for h = H − 1 … 0
///       b(k) ← (Σ_{s′} N(k, s′) r(k) + Σ_{s′} V̂_{h+1}(s′) N(k, s′)) / (λ + n(k))   (1)
///       Γ_h(k) ← β_h √(1 / (λ + n(k)))                                           (2)
///       Q̂_h ← min(b − Γ_h, H − h)⁺;  V̂_h ← max_a Q̂_h                             (3)
///
/// - Numerics: the order of sums is that of ``PEVI``; no code is shared with it but step (3).
/// - Complexity: O(H K S).
/// - Source: [jin2021], section 3 with counts.
public struct TabularPEVI: Sendable {
  /// The regularization λ.
  public let regularization: Double
  /// β_h of every stage.
  public let multipliers: [Double]

  /// Creates the algorithm with one multiplier β_h for each stage.
  ///
  /// - Precondition: λ > 0, β_h ≥ 0.
  public init(regularization: Double, multipliers: [Double]) {
    precondition(regularization > 0, "λ is positive")
    precondition(multipliers.allSatisfy { $0 >= 0 }, "β is not negative")
    self.regularization = regularization
    self.multipliers = multipliers
  }

  /// Learns from data.
  ///
  /// - Precondition: one multiplier a stage.
  public func solve(_ data: StageCounts) -> PenalizedValues {
    let (S, K, H) = (data.stateCount, data.choiceCount, data.horizon)
    precondition(multipliers.count == H, "one multiplier a stage")
    var run = PenalizedValues(horizon: H, states: S, actions: data.actionCount)
    for h in (0..<H).reversed() {
      for k in 0..<K {
        let first = (h * K + k) * S
        var sum = 0.0
        var visits = 0
        for s in 0..<S where data.counts[first + s] > 0 {
          sum += Double(data.counts[first + s]) * data.rewards[k]
          visits += data.counts[first + s]
        }
        for s in 0..<S {
          sum += run.values[(h + 1) * S + s] * Double(data.counts[first + s])
        }
        let weight = regularization + Double(visits)
        run.estimates[h * K + k] = sum / weight  // (1)
        run.penalties[h * K + k] = multipliers[h] * (1 / weight).squareRoot()  // (2)
      }
      run.close(stage: h, horizon: H, states: S, actions: data.actionCount)  // (3)
    }
    return run
  }
}
