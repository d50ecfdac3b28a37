// SPDX-License-Identifier: Apache-2.0

/// Maximize E[Σ_t γ^t r_t].
///
/// - Assumes: 0 ≤ γ < 1. The exact problem is the one of the stored doubles: rows are used as they
///   are, so that value and certificate speak about the same numbers.
/// - Source: [puterman1994], chapter 6.
public struct DiscountedMDP: Equatable, Sendable {
  /// States, choices, transitions and rewards.
  public let dynamics: TabularMDP
  /// The discount γ for one step.
  public let discount: Double

  /// Creates a problem.
  ///
  /// - Throws: ``ModelError/badDiscount(_:)`` unless 0 ≤ γ < 1;
  ///   ``ModelError/discountTooNearOne(_:rowSum:)`` unless γ times the greatest row sum is below 1 too
  ///   (a row may exceed 1 by rounding); ``ModelError/rewardsTooLarge(_:limit:)`` unless
  ///   max |r| / (1 − γ)² ≤ 2¹⁰⁰⁰, which bounds values, residuals and spans of every planner.
  public init(_ dynamics: TabularMDP, discount: Double) throws(ModelError) {
    guard discount >= 0, discount < 1 else { throw .badDiscount(discount) }
    let left = 1 - discount * dynamics.rowSums.upperBound
    guard left > 0 else {
      throw .discountTooNearOne(discount, rowSum: dynamics.rowSums.upperBound)
    }
    try dynamics.checkMagnitude(limit: 0x1p1000 * left * left)
    self.dynamics = dynamics
    self.discount = discount
  }
}

/// Maximize E[r_1 + … + r_H], with dynamics that may change from stage to stage.
///
/// - Source: [puterman1994], chapter 4.
public struct FiniteHorizonMDP: Equatable, Sendable {
  /// The dynamics of each stage; one entry when they do not change.
  private let stages: [TabularMDP]
  /// The number of stages H.
  public let horizon: Int
  /// Whether every stage has the same dynamics.
  public var isStationary: Bool { stages.count == 1 }
  /// The number of states S.
  public var stateCount: Int { stages[0].stateCount }

  /// Creates a problem with the same dynamics in every stage.
  ///
  /// - Throws: ``ModelError/badHorizon(_:)`` when `horizon` is below 1;
  ///   ``ModelError/rewardsTooLarge(_:limit:)`` unless H max |r| ≤ 2¹⁰⁰⁰.
  public init(_ dynamics: TabularMDP, horizon: Int) throws(ModelError) {
    guard horizon >= 1 else { throw .badHorizon(horizon) }
    try dynamics.checkMagnitude(limit: 0x1p1000 / Double(horizon))
    self.stages = [dynamics]
    self.horizon = horizon
  }

  /// Creates a problem from the dynamics of each stage, the first stage first.
  ///
  /// - Throws: ``ModelError`` when there is no stage, the states differ between stages, or H max |r|
  ///   exceeds 2¹⁰⁰⁰.
  public init(stages: [TabularMDP]) throws(ModelError) {
    guard !stages.isEmpty else { throw .badHorizon(0) }
    for (h, stage) in stages.enumerated() where stage.stateCount != stages[0].stateCount {
      throw .stagesDiffer(
        stage: h, reason: "it has \(stage.stateCount) states, stage 0 has \(stages[0].stateCount)")
    }
    for stage in stages { try stage.checkMagnitude(limit: 0x1p1000 / Double(stages.count)) }
    self.stages = stages
    self.horizon = stages.count
  }

  /// The dynamics of stage `h`, counted from zero.
  public func dynamics(atStage h: Int) -> TabularMDP {
    precondition(h >= 0 && h < horizon, "stage \(h) is not in 0 ..< \(horizon)")
    return isStationary ? stages[0] : stages[h]
  }
}

/// Maximize the long-run reward per step, lim inf (1/T) E[Σ_{t<T} r_t].
///
/// - Source: [puterman1994], chapters 8 and 9.
public struct AverageRewardMDP: Equatable, Sendable {
  /// States, choices, transitions and rewards.
  public let dynamics: TabularMDP

  /// Creates a problem.
  ///
  /// - Throws: ``ModelError/terminationNotAllowed(_:criterion:)`` when a choice may end the episode.
  public init(_ dynamics: TabularMDP) throws(ModelError) {
    if let termination = dynamics.termination, let k = termination.firstIndex(where: { $0 > 0 }) {
      let s = dynamics.state(ofChoice: k)
      throw .terminationNotAllowed(
        ModelPlace(
          state: s, stateName: dynamics.stateNames?[s], action: dynamics.action(ofChoice: k, in: s)
        ), criterion: "average-reward")
    }
    self.dynamics = dynamics
  }
}

/// Maximize the undiscounted total reward E[Σ_t r_t] until termination.
///
/// The value need not be finite: whether it is, and for which policies, is the planner's business.
///
/// - Source: [puterman1994], chapter 7.
public struct TotalRewardMDP: Equatable, Sendable {
  /// States, choices, transitions and rewards.
  public let dynamics: TabularMDP

  /// Creates a problem.
  public init(_ dynamics: TabularMDP) { self.dynamics = dynamics }
}

extension TabularMDP {
  /// Throws if a reward is larger than a limit.
  fileprivate func checkMagnitude(limit: Double) throws(ModelError) {
    let greatest = max(abs(rewardRange.lowerBound), abs(rewardRange.upperBound))
    guard greatest <= limit else { throw .rewardsTooLarge(greatest, limit: limit) }
  }
}
