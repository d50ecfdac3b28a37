// SPDX-License-Identifier: Apache-2.0
import Randomness

/// The multipliers and the bound of pessimistic value iteration on data split by stages.
///
///     β_h = (H − 1 − h) √(ln(2 H K/δ) / 2) + √λ ω (H − h),   Γ_h = β_h √(1/(λ + n))   for counts
///     V* − V^π̂ ≤ 2 Σ_h E_{π*}[Γ_h]                           with probability 1 − δ
///
/// h counts from 0; ω = 1 for counts, that is unit-vector features, and √d for simplex features. With n
/// observations of each choice in each stage this is the number of ``suboptimality(observations:)``.
///
/// - Units: rewards in [0, 1], known; values in units of reward.
/// - Complexity: O(H).
/// - Source: the argument is that of [jin2021], section 4. Machine-checked with these
///   constants: `pevi_split` in `Proofs/PEVI.v` for counts, `linear_split` in `Proofs/LinearSplit.v` for
///   simplex features.
public struct PEVIHoeffding: Equatable, Sendable {
  /// The number of choices K; S A if every action is offered everywhere.
  public let choiceCount: Int
  /// The horizon H.
  public let horizon: Int
  /// The regularization λ.
  public let regularization: Double
  /// The failure probability δ.
  public let failureProbability: Double

  /// Creates the bounds of a problem.
  ///
  /// - Precondition: counts are at least 1; λ > 0; 0 < δ < 1.
  public init(
    choices K: Int, horizon H: Int, regularization lambda: Double,
    failureProbability delta: Double
  ) {
    precondition(K >= 1 && H >= 1, "counts are at least 1")
    precondition(lambda > 0 && lambda.isFinite, "the regularization is positive, not \(lambda)")
    precondition(delta > 0 && delta < 1, "δ lies in (0, 1)")
    choiceCount = K
    horizon = H
    regularization = lambda
    failureProbability = delta
  }

  /// √(ln(2 H K/δ) / 2).
  public var width: Double {
    (Portable.log(2 * Double(horizon * choiceCount) / failureProbability) / 2).squareRoot()
  }

  /// β_h of every stage; `spread` is ω.
  public func multipliers(spread: Double = 1) -> [Double] {
    let (H, width) = (horizon, width)
    return (0..<H).map { h in
      Double(H - 1 - h) * width + regularization.squareRoot() * spread * Double(H - h)
    }
  }

  /// V* − V^π̂ in every state, if each choice has at least `n` observations in each stage.
  ///
  /// - Precondition: `n ≥ 0`.
  public func suboptimality(observations n: Int) -> Bound {
    precondition(n >= 0, "a count is not negative")
    let scale = (1 / (regularization + Double(n))).squareRoot()
    return Bound(
      2 * multipliers().reduce(0, +) * scale, guarantee: .peviSplit,
      assumptions: [
        "rewards are known and in [0, 1]; next states are independent given the choices observed",
        "the data of a stage are independent of those of later stages",
      ])
  }
}
