// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra

/// Puterman's running example: a good state that is hard to hold, and a bad one without a way out.
///
///     a11: reward 5      a12: reward 10             a21: reward −1
///     ┌ 0.5 ┐
///     └→ s1 ┴── 0.5 ──→ s2      s1 ──── 1 ────→ s2      s2 ↺ 1
///
/// - Shapes: 2 states; the first offers actions 0 and 1, the second action 0 only.
/// - Closed form: ``optimalValues(discount:)``.
/// - Source: [puterman1994], section 3.1.
public struct PutermanTwoState: Equatable, Sendable {
  /// The discount from which holding on to the first state is optimal; both actions are there.
  public static let holdingThreshold = 10.0 / 11

  /// Creates the example.
  public init() {}

  /// The model of the example.
  ///
  /// - Throws: ``ModelError`` if the numbers do not pass the checks of ``TabularMDP``.
  public func model() throws(ModelError) -> TabularMDP {
    try TabularMDP(
      stateCount: 2, actionCount: 2, choicePointers: [0, 2, 3], choiceActions: [0, 1, 0],
      transitions: .dense(Matrix(2, 3, columnMajor: [0.5, 0.5, 0, 1, 0, 1])), rewards: [5, 10, -1],
      stateNames: ["s1", "s2"])
  }

  /// The optimal values.
  ///
  /// V*(s2) = −1/(1 − γ). Holding (a11) gives V(s1) = (5 − 5.5γ)/((1 − 0.5γ)(1 − γ)), leaving (a12)
  /// gives (10 − 11γ)/(1 − γ): twice the numerator, without the factor 1/(1 − 0.5γ) < 2. So leaving
  /// is better while the numerators are positive, which is below 10/11.
  public func optimalValues(discount gamma: Double) -> [Double] {
    let hold = (5 - 5.5 * gamma) / ((1 - 0.5 * gamma) * (1 - gamma))
    let leave = (10 - 11 * gamma) / (1 - gamma)
    return [max(hold, leave), -1 / (1 - gamma)]
  }
}
