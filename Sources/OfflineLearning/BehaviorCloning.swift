// SPDX-License-Identifier: Apache-2.0

/// The action that the data hold most often in each state.
///
///     π(s) ← argmax_a n(s, a); equal counts: the lowest action         (1)
///
/// - Assumes: that the data come mostly from a good policy.
/// - Guarantee: none for mixed data.
/// - Deviates: none.
/// - Complexity: O(K).
/// - Source: [rashidinejad2021], where imitation is the other end of the scale.
public struct BehaviorCloning: Sendable {
  /// Creates the method.
  public init() {}

  /// The choice of each state.
  public func learn(from data: BatchDataset) -> [Int] { data.mostPlayed() }  // (1)
}
