// SPDX-License-Identifier: Apache-2.0
import ExactArithmetic

/// The checker whose soundness is machine-checked, in exact rational arithmetic.
///
/// This is the text of `check` in `Proofs/Cert.v`, function by function; `check_sound` there proves
/// that acceptance implies lo ≤ V^π ≤ V* ≤ hi, and `check_horizon_sound` in `Proofs/CertHorizon.v` the same
/// of every stage of a finite horizon. Both are run on the same vectors (`Proofs/vectors.json`),
/// and agree on every verdict and every backup. The Swift text itself is tested, not proved.
///
/// | here | in `Cert.v`, `CertHorizon.v`, `Vectors.v` |
/// |---|---|
/// | ``dot(_:_:)`` | `Qdot` |
/// | ``Model/backups(_:state:)`` | `backup`, `backups` |
/// | ``fault(of:discount:states:actions:)`` | `wf`, `wf_rows`, `rows_parts` |
/// | ``fault(of:states:actions:)`` | `wf_cert`, `is_dist`, `cert_parts` |
/// | ``checkUpper(_:_:next:states:)`` | `check_hi`, `check_hi_stage` |
/// | ``checkLower(_:_:next:states:)`` | `check_lo`, `check_lo_stage` |
/// | ``check(_:_:states:actions:)`` | `check`, `reason` |
/// | ``check(_:stages:horizon:states:actions:)`` | `check_horizon`, `reason_h` |
///
/// It asks more of a model than ``CertificateChecker``: as many actions in every state, and rows that
/// sum to exactly 1. It is made for clarity, not for speed: lists of lists, one heap object a number.
///
/// - Complexity: O(S² A) rational operations.
public enum VerifiedChecker {
  /// Why a certificate is not accepted; the raw values are the names in `Proofs/Vectors.v`.
  public enum Reason: String, CaseIterable, Sendable {
    /// The discount is below 0.
    case negativeDiscount
    /// The discount of a discounted problem is not below 1.
    case discountNotBelowOne
    /// The discount of a finite-horizon problem is not 1.
    case discountNotOne
    /// `P` has not one entry for each state.
    case statesOfP
    /// `r` has not one entry for each state.
    case statesOfR
    /// A state of `P` has not one row for each action.
    case actionsOfP
    /// A row of `P` has not one probability for each state.
    case rowLength
    /// A probability of `P` is negative.
    case negativeProbability
    /// A row of `P` does not sum to exactly 1.
    case rowSum
    /// A state of `r` has not one reward for each action.
    case actionsOfR
    /// The horizon is below 1.
    case noStages
    /// The certificate has not one stage for each stage of the problem.
    case wrongStages
    /// The upper bound has not one entry for each state.
    case statesOfHi
    /// The lower bound has not one entry for each state.
    case statesOfLo
    /// The policy has not one entry for each state.
    case statesOfPolicy
    /// A state of the policy has not one probability for each action.
    case policyLength
    /// A probability of the policy is negative.
    case negativePolicy
    /// The policy's probabilities in a state do not sum to exactly 1.
    case policySum
    /// Some action's backup of the upper bound exceeds the upper bound.
    case upperFails
    /// The lower bound exceeds the policy's backup of the lower bound in some state.
    case lowerFails
  }

  /// A model: discount, P[s][a][s′] and r[s][a].
  public struct Model: Sendable {
    /// The discount.
    public var discount: Rational
    /// The transition probabilities P[s][a][s′]; *S × A × S*.
    public var P: [[[Rational]]]
    /// The rewards r[s][a]; *S × A*.
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
    /// The probabilities of actions pi[s][a]; *S × A*.
    public var policy: [[Rational]]
    /// The upper bound hi, one number for each state.
    public var upper: [Rational]
    /// The lower bound lo, one number for each state.
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

  /// What is wrong with a model of S states and A actions; `nil` if nothing.
  ///
  /// `discount` is what is wrong with the discount, which comes first.
  public static func fault(
    of m: Model, discount: Reason?, states S: Int, actions A: Int
  ) -> Reason? {
    if let discount { return discount }
    if m.P.count != S { return .statesOfP }
    if m.r.count != S { return .statesOfR }
    if m.P.contains(where: { $0.count != A }) { return .actionsOfP }
    let rows = m.P.flatMap(\.self)
    if rows.contains(where: { $0.count != S }) { return .rowLength }
    if rows.contains(where: hasNegative) { return .negativeProbability }
    if !rows.allSatisfy(sumsToOne) { return .rowSum }
    return m.r.allSatisfy { $0.count == A } ? nil : .actionsOfR
  }

  /// What is wrong with the shape of a certificate; `nil` if nothing.
  public static func fault(of c: Bounds, states S: Int, actions A: Int) -> Reason? {
    if c.upper.count != S { return .statesOfHi }
    if c.lower.count != S { return .statesOfLo }
    if c.policy.count != S { return .statesOfPolicy }
    if c.policy.contains(where: { $0.count != A }) { return .policyLength }
    if c.policy.contains(where: hasNegative) { return .negativePolicy }
    return c.policy.allSatisfy(sumsToOne) ? nil : .policySum
  }

  /// Whether hi(s) is at least every backup of the next stage's upper bound, in every state.
  public static func checkUpper(
    _ m: Model, _ hi: [Rational], next: [Rational], states S: Int
  ) -> Bool {
    (0..<S).allSatisfy { s in m.backups(next, state: s).allSatisfy { $0 <= hi[s] } }
  }

  /// Whether lo(s) is at most the policy's backup of the next stage's lower bound, in every state.
  public static func checkLower(
    _ m: Model, _ c: Bounds, next: [Rational], states S: Int
  ) -> Bool {
    (0..<S).allSatisfy { s in
      dot(c.policy[s], m.backups(next, state: s)).map { c.lower[s] <= $0 } ?? false
    }
  }

  /// Why a discounted certificate is not accepted; `nil` if it is: then lo ≤ V^π ≤ V* ≤ hi.
  ///
  /// - Precondition: there are states and actions.
  public static func check(_ m: Model, _ c: Bounds, states S: Int, actions A: Int) -> Reason? {
    precondition(S > 0 && A > 0, "a model has states and actions")
    let discount: Reason? =
      m.discount.sign < 0
      ? .negativeDiscount : m.discount.bounds.lowerBound < 1 ? nil : .discountNotBelowOne
    if let fault = fault(of: m, discount: discount, states: S, actions: A) { return fault }
    if let fault = fault(of: c, states: S, actions: A) { return fault }
    if !checkUpper(m, c.upper, next: c.upper, states: S) { return .upperFails }
    return checkLower(m, c, next: c.lower, states: S) ? nil : .lowerFails
  }

  /// Why a finite-horizon certificate is not accepted; `nil` if it is.
  ///
  /// Then lo ≤ V^π ≤ V* ≤ hi at every stage. The first stage comes first.
  ///
  /// - Precondition: there are states and actions; exact rationals are available.
  public static func check(
    _ m: Model, stages: [Bounds], horizon H: Int, states S: Int, actions A: Int
  ) -> Reason? {
    precondition(S > 0 && A > 0, "a model has states and actions")
    let discount: Reason? = isOne(m.discount) ? nil : .discountNotOne
    if let fault = fault(of: m, discount: discount, states: S, actions: A) { return fault }
    if H < 1 { return .noStages }
    if stages.count != H { return .wrongStages }
    let zeros = [Rational](repeating: m.discount - m.discount, count: S)
    for (h, c) in stages.enumerated() {
      if let fault = fault(of: c, states: S, actions: A) { return fault }
      let next = h + 1 < H ? stages[h + 1] : nil
      if !checkUpper(m, c.upper, next: next?.upper ?? zeros, states: S) { return .upperFails }
      if !checkLower(m, c, next: next?.lower ?? zeros, states: S) { return .lowerFails }
    }
    return nil
  }

  private static func hasNegative(_ p: [Rational]) -> Bool { p.contains { $0.sign < 0 } }

  private static func sumsToOne(_ p: [Rational]) -> Bool {
    guard let first = p.first else { return false }
    return isOne(p.dropFirst().reduce(first, +))
  }

  private static func isOne(_ x: Rational) -> Bool { x.bounds == 1...1 }
}
