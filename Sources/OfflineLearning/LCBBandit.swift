// SPDX-License-Identifier: Apache-2.0
import Bounds

/// The arm of the greatest lower confidence bound, for fixed data with rewards in [0, 1].
///
///     for each arm a with n_a > 0:  b_a ← √(L / (2 n_a));  ℓ_a ← max(0, r̂_a − b_a)      (1)
///     for each arm a with n_a = 0:  ℓ_a ← 0, the least reward                           (2)
///     return argmax_a ℓ_a; equal bounds: the arm with more data, then the lowest        (3)
///
/// - Units: rewards in [0, 1].
/// - Assumes: rewards of an arm are independent, with the same mean, given how often it was pulled.
/// - Guarantee: with L = log(2A/δ), see ``init(arms:failureProbability:name:)``: with probability
///   at least 1 − δ, r(a*) − r(â) ≤ 2 √(L / (2 n(a*))) if n(a*) > 0: `LCBHoeffding`,
///   machine-checked in `Proofs/LCB.v`.
///
///   Proof. Given the counts, Hoeffding's inequality says P(|r̂_a − r_a| > b_a) ≤ 2 exp(−2 n_a b_a²)
///   = 2 e^{−L} for each of the A arms that has data, so all the intervals hold with probability at
///   least 1 − 2A e^{−L} = 1 − δ. Then ℓ_a ≤ r_a for every arm, because rewards are not negative,
///   and r(â) ≥ ℓ(â) ≥ ℓ(a*) ≥ r̂(a*) − b(a*) ≥ r(a*) − 2 b(a*). ∎
/// - Deviates: the bound is clipped at the least reward. Unclipped, an arm with so few data that its
///   bound is negative would lose to an arm that was never seen.
/// - Numerics: √ and division only.
/// - Complexity: O(A).
/// - Source: [rashidinejad2021], the algorithm for bandits.
public struct LCBBandit: OfflineBanditLearner {
  /// The name in tables and figures.
  public let name: String
  /// The L under the root.
  public let logarithm: Double

  /// Creates the rule with an L.
  ///
  /// - Precondition: `logarithm ≥ 0` and finite.
  public init(logarithm L: Double, name: String = "LCB") {
    precondition(L >= 0 && L.isFinite, "the L of the penalty is a nonnegative number, not \(L)")
    (logarithm, self.name) = (L, name)
  }

  /// Creates the rule with L = log(2A/δ), for which the guarantee is proved.
  ///
  /// - Precondition: `arms ≥ 1`, `0 < failureProbability < 1`.
  public init(arms A: Int, failureProbability delta: Double, name: String = "LCB") {
    precondition(A >= 1 && delta > 0 && delta < 1, "needs an arm and a probability in (0, 1)")
    self.init(
      logarithm: LCBHoeffding(arms: A, failureProbability: delta).logTerm, name: name)
  }

  /// The penalty b of an arm with `n` observations; 1, the whole range, if there are none.
  public func penalty(pulls n: Int) -> Double {
    n > 0 ? (logarithm / (2 * Double(n))).squareRoot() : 1
  }

  /// The lower confidence bound of the arm's mean.
  @inline(__always)
  public func score(pulls n: Int, successes k: Int) -> Double {
    guard n > 0 else { return 0 }  // (2)
    return max(0, Double(k) / Double(n) - (logarithm / (2 * Double(n))).squareRoot())  // (1)
    // (3) is `arm(from:)`.
  }
}
