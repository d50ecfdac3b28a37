// SPDX-License-Identifier: Apache-2.0
import Randomness

/// The penalty and the bound of the greatest lower confidence bound on fixed data of a bandit.
///
///     L = ln(2A/δ),   b(n) = √(L / 2n),   r(a*) − r(â) ≤ 2 b(n(a*))   with probability 1 − δ
///
/// - Units: rewards in [0, 1].
/// - Complexity: O(1).
/// - Source: the rule is that of [rashidinejad2021]; the constants are machine-checked,
///   `lcb_bandit` in `Proofs/LCB.v`.
public struct LCBHoeffding: Equatable, Sendable {
  /// The number of arms A.
  public let armCount: Int
  /// The failure probability δ.
  public let failureProbability: Double

  /// Creates the bounds of a problem.
  ///
  /// - Precondition: `arms ≥ 1`, `0 < failureProbability < 1`.
  public init(arms A: Int, failureProbability delta: Double) {
    precondition(A >= 1 && delta > 0 && delta < 1, "needs an arm and a probability in (0, 1)")
    armCount = A
    failureProbability = delta
  }

  /// L = ln(2A/δ).
  public var logTerm: Double { Portable.log(2 * Double(armCount) / failureProbability) }

  /// r(a*) − r(â) for an arm a* with `n` observations, with probability at least 1 − δ.
  ///
  /// - Precondition: `n ≥ 1`.
  public func suboptimality(observations n: Int) -> Bound {
    precondition(n >= 1, "the bound needs an observation of the arm that it compares with")
    return Bound(
      2 * (logTerm / (2 * Double(n))).squareRoot(), guarantee: .lcbBandit,
      assumptions: [
        "rewards are in [0, 1], and independent given how often each arm was pulled",
        "the rule plays an arm whose lower confidence bound, clipped at 0, is greatest",
      ])
  }
}
