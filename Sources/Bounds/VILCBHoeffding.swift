// SPDX-License-Identifier: Apache-2.0
import Randomness

/// The logarithm and the bound of value iteration with lower confidence bounds on split data.
///
///     L = ln(2 K T/δ),   b(n) = V_max √(L / 2n),   V_max = 1/(1 − γ)
///     ρ·V^π − ρ·V^π̂ ≤ 2 Σ_{i<T} γ^i E b + γ^T V_max                  with probability 1 − δ, L ≥ 2
///
/// where the expectation is over the choice that π makes after i steps from ρ. With n observations of
/// each choice in each part of the data this is the number of ``suboptimality(observations:)``.
///
/// - Units: rewards in [0, 1]; values in units of reward.
/// - Complexity: O(1).
/// - Source: the algorithm is that of [rashidinejad2021]; the constants are machine-checked,
///   `vilcb_folds` in `Proofs/VILCB.v`.
public struct VILCBHoeffding: Equatable, Sendable {
  /// The number of choices K; S A if every action is offered everywhere.
  public let choiceCount: Int
  /// The number of iterations T.
  public let iterationCount: Int
  /// The discount γ.
  public let discount: Double
  /// The failure probability δ.
  public let failureProbability: Double

  /// Creates the bounds of a problem.
  ///
  /// - Precondition: counts are at least 1; `0 ≤ discount < 1`; 0 < δ < 1.
  public init(
    choices K: Int, iterations T: Int, discount gamma: Double, failureProbability delta: Double
  ) {
    precondition(K >= 1 && T >= 1, "counts are at least 1")
    precondition(gamma >= 0 && gamma < 1, "the discount is in [0, 1), not \(gamma)")
    precondition(delta > 0 && delta < 1, "a failure probability is in (0, 1), not \(delta)")
    choiceCount = K
    iterationCount = T
    discount = gamma
    failureProbability = delta
  }

  /// L = ln(2 K T/δ).
  public var logTerm: Double {
    Portable.log(2 * Double(choiceCount) * Double(iterationCount) / failureProbability)
  }

  /// V_max = 1/(1 − γ).
  public var greatestValue: Double { 1 / (1 - discount) }

  /// The number 2 Σ_{i<T} γ^i E b + γ^T V_max as an instance of the theorem; `nil` if L < 2, where it
  /// does not hold.
  public func instance(_ value: Double) -> Bound? {
    guard logTerm >= 2 else { return nil }
    return Bound(
      value, guarantee: .vilcbFolds,
      assumptions: [
        "rewards are in [0, 1]; observations are independent given which choices were observed",
        "the data are split into \(iterationCount + 1) parts, one for each iteration",
      ])
  }

  /// V^π − V^π̂ in every state for every policy π, if each choice has at least `n` observations in each
  /// part of the data; `nil` if L < 2.
  ///
  /// - Precondition: `n ≥ 1`.
  public func suboptimality(observations n: Int) -> Bound? {
    precondition(n >= 1, "the bound needs observations of each choice")
    // γ^T by products, which every machine rounds the same way.
    let power = (0..<iterationCount).reduce(1.0) { product, _ in product * discount }
    let b = greatestValue * (logTerm / (2 * Double(n))).squareRoot()
    return instance(2 * (1 - power) * greatestValue * b + power * greatestValue)
  }
}
