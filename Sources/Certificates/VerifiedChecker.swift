// SPDX-License-Identifier: Apache-2.0
import ExactArithmetic

/// The checker whose soundness is machine-checked, in exact rational arithmetic.
///
/// This is the text of `check` in `Proofs/Cert.v`, function by function; `check_sound` there proves
/// that acceptance implies lo ≤ V^π ≤ V* ≤ hi. Both are run on the same vectors (`Proofs/vectors.json`),
/// and agree on every verdict and every backup. The Swift text itself is tested, not proved.
///
/// | here | in `Cert.v` |
/// |---|---|
/// | ``dot(_:_:)`` | `Qdot` |
/// | ``Model/backups(_:state:)`` | `backup`, `backups` |
/// | ``isDistribution(_:count:)`` | `is_dist` |
/// | `fault(of:states:actions:)` | `wf`, `wf_cert` |
/// | ``checkUpper(_:_:states:)`` | `check_hi` |
/// | ``checkLower(_:_:states:)`` | `check_lo` |
/// | ``check(_:_:states:actions:)`` | `check` |
///
/// It asks more of a model than ``CertificateChecker``: as many actions in every state, and rows that
/// sum to exactly 1. It is made for clarity, not for speed: lists of lists, one heap object a number.
///
/// - Complexity: O(S² A) rational operations.
public enum VerifiedChecker {
  /// Why a certificate is not accepted.
  public enum Reason: String, CaseIterable, Sendable {
    /// The discount is negative.
    case discountNegative = "discount negative"
    /// The discount is not below 1.
    case discountNotBelowOne = "discount not below 1"
    /// P has not one table a state.
    case transitionStates = "P: states"
    /// r has not one row a state.
    case rewardStates = "r: states"
    /// A state has not one row of P for each action.
    case transitionActions = "P: actions"
    /// A row of P is not a distribution over the states.
    case transitionRow = "P: row"
    /// A state has not one reward for each action.
    case rewardActions = "r: actions"
    /// hi has not one entry a state.
    case upperCount = "hi: states"
    /// lo has not one entry a state.
    case lowerCount = "lo: states"
    /// pi has not one row a state.
    case policyStates = "pi: states"
    /// A row of pi is not a distribution over the actions.
    case policyRow = "pi: row"
    /// A backup exceeds hi.
    case upper = "hi violated"
    /// lo exceeds the backup of the policy.
    case lower = "lo violated"
  }

  /// A model: discount, P[s][a][s′] and r[s][a].
  public struct Model: Sendable {
    /// The discount.
    public var discount: Rational
    /// P[s][a][s′].
    public var P: [[[Rational]]]
    /// r[s][a].
    public var r: [[Rational]]

    /// Creates a model, without checking it.
    public init(discount: Rational, P: [[[Rational]]], r: [[Rational]]) {
      (self.discount, self.P, self.r) = (discount, P, r)
    }

    /// r(s, a) + γ Σ_t P(s, a, t) V(t) for every action a of state s.
    public func backups(_ V: [Rational], state s: Int) -> [Rational] {
      zip(r[s], P[s]).map { reward, row in
        VerifiedChecker.dot(row, V).map { reward + discount * $0 } ?? reward
      }
    }
  }

  /// A certificate: pi[s][a] and the bounds.
  public struct Bounds: Sendable {
    /// pi[s][a].
    public var policy: [[Rational]]
    /// The upper bound hi.
    public var upper: [Rational]
    /// The lower bound lo.
    public var lower: [Rational]

    /// Creates a certificate, without checking it.
    public init(policy: [[Rational]], upper: [Rational], lower: [Rational]) {
      (self.policy, self.upper, self.lower) = (policy, upper, lower)
    }
  }

  /// Σ_i p(i) v(i) over the common length, from the last term to the first; `nil` for no terms.
  public static func dot(_ p: [Rational], _ v: [Rational]) -> Rational? {
    zip(p, v).reversed().reduce(nil as Rational?) { sum, term in
      let product = term.0 * term.1
      return sum.map { product + $0 } ?? product
    }
  }

  /// Whether p has `count` entries, none negative, that sum to 1.
  public static func isDistribution(_ p: [Rational], count: Int) -> Bool {
    guard p.count == count, p.allSatisfy({ $0.sign >= 0 }), let first = p.first else {
      return false
    }
    return isOne(p.dropFirst().reduce(first, +))
  }

  /// What is wrong with a model of S states and A actions; `nil` if nothing.
  public static func fault(of m: Model, states S: Int, actions A: Int) -> Reason? {
    if m.discount.sign < 0 { return .discountNegative }
    if !isBelowOne(m.discount) { return .discountNotBelowOne }
    if m.P.count != S { return .transitionStates }
    if m.r.count != S { return .rewardStates }
    for rows in m.P {
      if rows.count != A { return .transitionActions }
      if !rows.allSatisfy({ isDistribution($0, count: S) }) { return .transitionRow }
    }
    return m.r.allSatisfy { $0.count == A } ? nil : .rewardActions
  }

  /// What is wrong with the shape of a certificate; `nil` if nothing.
  public static func fault(of c: Bounds, states S: Int, actions A: Int) -> Reason? {
    if c.upper.count != S { return .upperCount }
    if c.lower.count != S { return .lowerCount }
    if c.policy.count != S { return .policyStates }
    return c.policy.allSatisfy { isDistribution($0, count: A) } ? nil : .policyRow
  }

  /// Whether hi(s) is at least every backup of hi, in every state.
  public static func checkUpper(_ m: Model, _ hi: [Rational], states S: Int) -> Bool {
    (0..<S).allSatisfy { s in m.backups(hi, state: s).allSatisfy { $0 <= hi[s] } }
  }

  /// Whether lo(s) is at most the policy's backup of lo, in every state.
  public static func checkLower(_ m: Model, _ c: Bounds, states S: Int) -> Bool {
    (0..<S).allSatisfy { s in
      dot(c.policy[s], m.backups(c.lower, state: s)).map { c.lower[s] <= $0 } ?? false
    }
  }

  /// Why a certificate is not accepted; `nil` if it is: then lo ≤ V^π ≤ V* ≤ hi.
  ///
  /// - Precondition: there are states and actions.
  public static func check(_ m: Model, _ c: Bounds, states S: Int, actions A: Int) -> Reason? {
    precondition(S > 0 && A > 0, "a model has states and actions")
    if let fault = fault(of: m, states: S, actions: A) { return fault }
    if let fault = fault(of: c, states: S, actions: A) { return fault }
    if !checkUpper(m, c.upper, states: S) { return .upper }
    return checkLower(m, c, states: S) ? nil : .lower
  }

  private static func isOne(_ x: Rational) -> Bool { x.bounds == 1...1 }

  private static func isBelowOne(_ x: Rational) -> Bool {
    x.bounds.lowerBound < 1
  }
}
