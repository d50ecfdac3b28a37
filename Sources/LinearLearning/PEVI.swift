// SPDX-License-Identifier: Apache-2.0

/// Pessimistic value iteration with linear features.
///
///     V̂_H ← 0
///     for h = H − 1 … 0
///       Λ_h ← λ I + Σ φ φᵀ;  w ← Λ_h⁻¹ Σ φ (r + V̂_{h+1}(s′))             (1)
///       Γ_h(k) ← β_h √(φ(k)ᵀ Λ_h⁻¹ φ(k))                                (2)
///       Q̂_h ← min(φᵀ w − Γ_h, H − h)⁺;  V̂_h ← max_a Q̂_h                 (3)
///
/// - Units: β_h is the whole factor of the penalty, in units of value; see ``SplitHoeffding`` for one
///   with a proof.
/// - Guarantee: if |φᵀ w − (r + P V̂_{h+1})| ≤ Γ_h everywhere, then V̂ ≤ V^π̂ and
///   V* − V^π̂ ≤ 2 Σ_h E_{π*}[Γ_h]: see ``SplitHoeffding`` for the proof.
/// - Numerics: transitions enter by choice and next state in increasing order; with unit-vector
///   features the same numbers as ``TabularPEVI``, bit for bit, if the sums λ + n are exact.
/// - Complexity: O(H (K d² + S d)), whatever the number of episodes.
/// - Source: [jin2021], Algorithm 2 (linear MDPs).
public struct PEVI: Sendable {
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
  /// - Precondition: the data have as many stages as there are multipliers and as many choices as
  ///   there are features.
  public func solve(_ data: StageCounts, features: FeatureMap) -> PenalizedValues {
    let (S, K, H) = (data.stateCount, data.choiceCount, data.horizon)
    precondition(multipliers.count == H, "one multiplier a stage")
    precondition(features.choiceCount == K, "features of every choice")
    var run = PenalizedValues(horizon: H, states: S, actions: data.actionCount)
    for h in (0..<H).reversed() {
      var stage = StageRegression(
        data, stage: h, features: features, regularization: regularization)
      // (1)
      let means = stage.means(for: run.values[(h + 1) * S..<(h + 2) * S], features: features)
      let forms = stage.design.inverseQuadraticForms(of: features)
      for k in 0..<K {
        run.estimates[h * K + k] = means[k]
        run.penalties[h * K + k] = multipliers[h] * forms[k].squareRoot()  // (2)
      }
      run.close(stage: h, horizon: H, states: S, actions: data.actionCount)  // (3)
    }
    return run
  }
}

extension StageRegression {
  /// The regression of a stage of offline data: choices in increasing order.
  init(_ data: StageCounts, stage h: Int, features: FeatureMap, regularization: Double) {
    let (S, K) = (data.stateCount, data.choiceCount)
    self.init(regularization: regularization, dimension: features.dimension, states: S)
    for k in 0..<K {
      design.add(k, of: features, weight: Double(data.visits(stage: h, choice: k)))
      for s in 0..<S {
        let count = data.counts[(h * K + k) * S + s]
        if count > 0 {
          recordTarget(
            k, of: features, reward: data.rewards[k], next: s, count: Double(count))
        }
      }
    }
  }

  /// φᵀ w(V) of every choice.
  func means(for values: ArraySlice<Double>, features: FeatureMap) -> [Double] {
    var w = [Double](repeating: 0, count: features.dimension)
    var means = [Double](repeating: 0, count: features.paddedCount)
    values.withUnsafeBufferPointer { values in
      w.withUnsafeMutableBufferPointer { w in
        means.withUnsafeMutableBufferPointer { means in
          guard let v = values.baseAddress, let w = w.baseAddress, let m = means.baseAddress
          else { return }
          weights(for: v, into: w)
          features.products(w, into: m)
        }
      }
    }
    return means
  }
}
