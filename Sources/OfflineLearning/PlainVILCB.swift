// SPDX-License-Identifier: Apache-2.0

/// Value iteration with lower confidence bounds on all data in every iteration.
///
///     V ← 0; π(s) ← the action that the data hold most often in s                       (1)
///     b(s, a) ← c V_max √(L / (2 max(1, n(s, a))))                                     (2)
///     repeat T times, or until nothing changes
///       Q ← r̂ + γ P̂ V − b                                                            (3)
///       where max_a Q(s, a) > V(s): V(s) and π(s) from it; else keep both               (4)
///     return π, V                                                                       (5)
///
/// - Units: rewards in [0, 1]; V_max = 1/(1 − γ).
/// - Assumes: independent observations.
/// - Guarantee: none proved here: V depends on the data that it is multiplied with. What the values
///   are worth is measured, see the study tale-of-pessimism.
/// - Deviates: from ``VILCB`` by not splitting, so that each penalty is smaller by √(T + 1).
/// - Numerics: as ``VILCB``; with T = ⌈log N/(1 − γ)⌉ the distance to the fixed point of (4) is at
///   most V_max/N, because (3) contracts with γ.
/// - Complexity: O(T (K + entries)).
/// - Source: [rashidinejad2021], without the splitting.
public struct PlainVILCB: Sendable {
  /// The penalty.
  public let penalty: HoeffdingPenalty

  /// Creates the method.
  public init(penalty: HoeffdingPenalty) { self.penalty = penalty }

  /// Learns a policy.
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
    var backup = MonotoneBackup(start: data, discount: gamma)  // (1)
    let T = VILCB.iterations(count: data.count, discount: gamma)
    var t = 0
    while t < T {
      t += 1
      if !backup.step(data, penalty) { break }  // (2), (3), (4)
    }
    return PessimisticSolution(  // (5)
      choices: backup.choices, lowerValues: backup.values, iterations: t)
  }
}
