// SPDX-License-Identifier: Apache-2.0

/// What a small error costs under a discount: the bounds that every planner's text begins with.
///
/// Every bound is about exact arithmetic; certificates (`Certificates`) are for what was computed.
///
/// - Units: values in units of reward.
/// - Complexity: O(1).
/// - Source: [puterman1994], sections 6.2 and 6.3; proved in `Proofs/Discounted.v`.
public struct DiscountedErrors: Equatable, Sendable {
  /// The discount γ.
  public let discount: Double

  /// Creates the bounds of a discount.
  ///
  /// - Precondition: `0 ≤ discount < 1`.
  public init(discount gamma: Double) {
    precondition(gamma >= 0 && gamma < 1, "the discount is in [0, 1), not \(gamma)")
    discount = gamma
  }

  private static let rows = "the rows of P sum to 1"

  /// |V − V*| ≤ ε/(1 − γ) if |T V − V| ≤ ε in every state.
  public func valueError(residual epsilon: Double) -> Bound {
    Bound(
      epsilon / (1 - discount), guarantee: .aposteriori,
      assumptions: [Self.rows, "|T V - V| is at most \(epsilon) in every state"])
  }

  /// |T V − V*| ≤ γ ε/(1 − γ) if |T V − V| ≤ ε in every state.
  public func nextValueError(residual epsilon: Double) -> Bound {
    Bound(
      discount * epsilon / (1 - discount), guarantee: .aposterioriNext,
      assumptions: [Self.rows, "|T V - V| is at most \(epsilon) in every state"])
  }

  /// V* − V^π ≤ 2 γ e/(1 − γ) for the policy that is greedy for V, if |V − V*| ≤ e in every state.
  public func greedyLoss(error e: Double) -> Bound {
    Bound(
      2 * discount * e / (1 - discount), guarantee: .greedyLoss,
      assumptions: [Self.rows, "|V - V*| is at most \(e) in every state"])
  }

  /// |V − V′| ≤ (e_R + γ e_P)/(1 − γ) for one policy in two models, if |r − r′| ≤ e_R and
  /// |(P − P′) V′| ≤ e_P for every state and action.
  public func simulationError(reward eR: Double, transition eP: Double) -> Bound {
    Bound(
      (eR + discount * eP) / (1 - discount), guarantee: .simulation,
      assumptions: [
        Self.rows, "rewards differ by at most \(eR)",
        "backups of V' by the two transition matrices differ by at most \(eP)",
      ])
  }
}
