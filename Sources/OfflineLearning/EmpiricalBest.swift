// SPDX-License-Identifier: Apache-2.0

/// The arm of the greatest mean in the data: the plug-in rule, without pessimism.
///
///     return argmax_a r̂_a, with r̂_a = 0 for an arm without data            (1)
///
/// - Units: rewards in [0, 1].
/// - Assumes: nothing; a baseline.
/// - Guarantee: none under partial coverage: one lucky draw of a rare arm decides.
/// - Deviates: none.
/// - Numerics: one division an arm.
/// - Complexity: O(A).
/// - Source: [rashidinejad2021], where it is the baseline that lacks pessimism.
public struct EmpiricalBest: OfflineBanditLearner {
  /// The name in tables and figures.
  public let name = "plug-in"

  /// Creates the rule.
  public init() {}

  /// The mean of the arm's data.
  @inline(__always)
  public func score(pulls n: Int, successes k: Int) -> Double {
    n > 0 ? Double(k) / Double(n) : 0  // (1)
  }
}
