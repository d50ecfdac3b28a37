// SPDX-License-Identifier: Apache-2.0

/// Value iteration on the empirical model, as if it were the truth.
///
///     V ← 0                                                                   (1)
///     repeat T = ⌈log N/(1 − γ)⌉ times:  Q ← r̂ + γ P̂ V;  V ← max_a Q          (2)
///     return the greedy policy of Q; equal values: the lowest action          (3)
///
/// - Units: rewards in [0, 1]; a choice without data has Q = 0, the least value.
/// - Assumes: nothing; a baseline.
/// - Guarantee: none under partial coverage.
/// - Deviates: none.
/// - Numerics: the distance of V to the empirical fixed point is at most γ^T/(1 − γ) ≤ V_max/N.
/// - Complexity: O(T (K + entries)).
/// - Source: [puterman1994], section 6.3, on the empirical model.
public struct PlugInValueIteration: Sendable {
  /// Creates the method.
  public init() {}

  /// Learns a policy; `lowerValues` are the empirical values, which bound nothing.
  ///
  /// - Parameters:
  ///   - data: The observations, rewards in [0, 1]; at least one.
  ///   - gamma: The discount, in [0, 1).
  /// - Returns: The policy with the values that it was greedy for.
  /// - Throws: ``OfflineLearningError`` without data or with rewards outside [0, 1] on average.
  public func learn(
    from data: BatchDataset, discount gamma: Double
  ) throws(OfflineLearningError) -> PessimisticSolution {
    try data.checkRewards()
    guard data.count >= 1 else { throw .badCount("there are no observations") }
    let T = VILCB.iterations(count: data.count, discount: gamma)
    var values = [Double](repeating: 0, count: data.stateCount)  // (1)
    var choices = values.indices.map { data.choicePointers[$0] }
    for _ in 0..<T {
      let old = values
      for s in values.indices {
        var best = -Double.infinity
        for k in data.choicePointers[s]..<data.choicePointers[s + 1] {
          let q = data.target(ofChoice: k, values: old, discount: gamma)  // (2)
          if q > best { (best, choices[s]) = (q, k) }  // (3)
        }
        values[s] = best
      }
    }
    return PessimisticSolution(choices: choices, lowerValues: values, iterations: T)
  }
}
