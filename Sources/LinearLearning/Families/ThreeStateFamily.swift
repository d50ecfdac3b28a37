// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra
import MarkovModels

/// A choice among arms, then a fate: the linear family on which gaps are made to shrink.
///
///                ┌── p_a ────→ good  (stays, reward 1 a stage)
///     start ── a ┤
///                └── 1 − p_a → bad   (stays, reward 0)
///
/// p_a = ½ + Δ for the best arm and ½ − Δ for all others.
///
/// - Shapes: 3 states, A actions, d = A + 2 unit-vector features: one for each arm, one for good, one
///   for bad, shared by all actions there.
/// - Closed form: V*(start) = (H − 1)(½ + Δ); another arm loses 2 Δ (H − 1).
/// - Source: our own; lower bounds for linear MDPs use such instances, for example [jin2021].
public struct ThreeStateFamily: Equatable, Sendable {
  /// The number of arms A.
  public let arms: Int
  /// Half the difference of the probabilities, Δ.
  public let gap: Double
  /// The best arm.
  public let best: Int

  /// Creates the recipe of an instance.
  ///
  /// - Throws: `ModelError.badParameter(name:value:expected:)`.
  public init(arms: Int, gap: Double, best: Int? = nil) throws(ModelError) {
    guard arms >= 1 else {
      throw .badParameter(name: "arms", value: "\(arms)", expected: "at least 1")
    }
    guard gap >= 0, gap <= 0.5 else {
      throw .badParameter(name: "gap", value: "\(gap)", expected: "a number from 0 to 0.5")
    }
    let best = best ?? arms - 1
    guard (0..<arms).contains(best) else {
      throw .badParameter(name: "best", value: "\(best)", expected: "an arm below \(arms)")
    }
    self.arms = arms
    self.gap = gap
    self.best = best
  }

  /// The linear MDP of the recipe.
  ///
  /// - Throws: `ModelError` if the numbers do not pass the checks of `LinearMDP`.
  public func model() throws(ModelError) -> LinearMDP {
    let d = arms + 2
    var features = Matrix(3 * arms, d)
    var measures = Matrix(d, 3)
    var weights = [Double](repeating: 0, count: d)
    for a in 0..<arms {
      features[a, a] = 1
      features[arms + a, arms] = 1
      features[2 * arms + a, arms + 1] = 1
      measures[a, 1] = 0.5 + (a == best ? gap : -gap)
      measures[a, 2] = 0.5 - (a == best ? gap : -gap)
    }
    measures[arms, 1] = 1
    measures[arms + 1, 2] = 1
    weights[arms] = 1
    return try LinearMDP(
      features: features, measures: measures, rewardWeights: weights, actionCount: arms,
      initialDistribution: [1, 0, 0])
  }

  /// Action probabilities that take the best arm with probability 1/C* and each other arm equally
  /// often; uniform in the other states.
  ///
  /// - Parameters:
  ///   - concentrability: C* ≥ 1.
  ///   - horizon: H.
  /// - Returns: H stages of 3 A probabilities.
  public func behaviour(concentrability: Double, horizon: Int) -> [Double] {
    precondition(concentrability >= 1, "C* is at least 1")
    let share = arms == 1 ? 1 : 1 / concentrability
    var stage = [Double](repeating: 1 / Double(arms), count: 3 * arms)
    for a in 0..<arms { stage[a] = a == best ? share : (1 - share) / Double(arms - 1) }
    return Array(repeatElement(stage, count: horizon).joined())
  }
}
