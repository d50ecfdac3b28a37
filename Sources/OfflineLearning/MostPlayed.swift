// SPDX-License-Identifier: Apache-2.0

/// The arm that the data hold most often: behaviour cloning, blind to rewards.
///
///     return argmax_a n_a                                    (1)
///
/// - Units: none; rewards are not read.
/// - Assumes: that the behaviour plays the best arm most often, which C* < 2 implies.
/// - Guarantee: with two arms and μ(a*) = p > 1/2, P(â ≠ a*) ≤ exp(−N kl(1/2, p)), by Chernoff's
///   bound on a binomial variable.
/// - Deviates: none.
/// - Numerics: integers below 2⁵³.
/// - Complexity: O(A).
/// - Source: [rashidinejad2021], where it is the rule for C* < 2.
public struct MostPlayed: OfflineBanditLearner {
  /// The name in tables and figures.
  public let name = "most played"

  /// Creates the rule.
  public init() {}

  /// The number of pulls.
  @inline(__always)
  public func score(pulls n: Int, successes k: Int) -> Double { Double(n) }  // (1)
}
