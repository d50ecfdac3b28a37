// SPDX-License-Identifier: Apache-2.0
import Randomness

/// The expected regret of UCB1 with the factor c = 2.
///
///     E[R_T] ≤ Σ_{a: Δ_a > 0} (8 ln T / Δ_a + (7/6) Δ_a)
///
/// The leading term is that of [auer2002], theorem 1. The constant 7/6 is smaller than the one there: a
/// union over counts alone, not over pairs of counts, see the head of `Proofs/UCB1.v`.
///
/// - Units: rewards in [0, 1].
/// - Complexity: O(K).
/// - Source: machine-checked, `ucb1_regret` in `Proofs/UCB1.v`.
public struct UCB1Regret: Equatable, Sendable {
  /// The gaps Δ_a of the arms that are not best, one for each such arm.
  public let gaps: [Double]

  /// Creates the bound of a problem; gaps of 0 are left out.
  ///
  /// - Precondition: gaps are in [0, 1].
  public init(gaps: [Double]) {
    precondition(gaps.allSatisfy { $0 >= 0 && $0 <= 1 }, "gaps of rewards in [0, 1] are in [0, 1]")
    self.gaps = gaps.filter { $0 > 0 }
  }

  /// The expected regret of the first `T` rounds.
  ///
  /// - Precondition: `T ≥ 1`.
  public func regret(rounds T: Int) -> Bound {
    precondition(T >= 1, "there is a round")
    let log = Portable.log(Double(T))
    return Bound(
      gaps.reduce(0) { $0 + 8 * log / $1 + 7.0 / 6 * $1 }, guarantee: .ucb1Regret,
      assumptions: [
        "the rewards of an arm are in [0, 1] and have the same law whatever happened before",
        "the index is that of UCB1 with c = 2",
      ])
  }
}
