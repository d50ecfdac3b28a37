// SPDX-License-Identifier: Apache-2.0

/// What value iteration on offline data computed: estimates, penalties, values and a policy.
///
/// - Shapes: H stages of K choices, or of S states; ``values`` has one stage more, of zeros.
public struct PenalizedValues: Equatable, Sendable {
  /// The estimates (B̂_h V̂_{h+1})(k), before penalty and truncation; *H × K*.
  public internal(set) var estimates: [Double]
  /// The penalties Γ_h(k); *H × K*.
  public internal(set) var penalties: [Double]
  /// Q̂_h(k), truncated to [0, H − h]; *H × K*.
  public internal(set) var actionValues: [Double]
  /// V̂_h(s); *(H + 1) × S*, the last stage zeros.
  public internal(set) var values: [Double]
  /// The action that attains V̂_h(s), *H × S*; ties go to the lowest.
  public internal(set) var policy: [Int]

  init(horizon: Int, states: Int, actions: Int) {
    estimates = [Double](repeating: 0, count: horizon * states * actions)
    penalties = estimates
    actionValues = estimates
    values = [Double](repeating: 0, count: (horizon + 1) * states)
    policy = [Int](repeating: 0, count: horizon * states)
  }

  /// Fills in Q̂, V̂ and the policy of a stage from its estimates and penalties.
  mutating func close(stage h: Int, horizon: Int, states: Int, actions: Int) {
    let K = states * actions
    let ceiling = Double(horizon - h)
    for s in 0..<states {
      for a in 0..<actions {
        let i = h * K + s * actions + a
        let q = max(0, min(estimates[i] - penalties[i], ceiling))
        actionValues[i] = q
        if a == 0 || q > values[h * states + s] {
          values[h * states + s] = q
          policy[h * states + s] = a
        }
      }
    }
  }
}

/// A run of pessimistic value iteration held against the model that its data came from.
public struct PessimismAudit: Equatable, Sendable {
  /// V*(start) − V^π̂(start), exact.
  public let suboptimality: Double
  /// Σ_h E_{π*}[Γ_h(s_h, a_h)], exact.
  public let optimalPenalty: Double
  /// Whether |B̂_h V̂_{h+1} − B_h V̂_{h+1}| ≤ Γ_h for all stages and choices: the uncertainty quantifier.
  public let quantifierHolds: Bool
  /// Whether V̂_h ≤ V_h^π̂ in all stages and states.
  public let isPessimistic: Bool

  /// Compares, with the slack of rounding, 10⁻¹² H.
  ///
  /// - Shapes: `penalties` is *H × K*; those of the run when `nil`.
  /// - Complexity: O(H K S).
  public init(
    _ run: PenalizedValues, on model: LinearEpisode, penalties: [Double]? = nil
  ) {
    let (S, K, H) = (model.stateCount, model.choiceCount, model.horizon)
    let penalties = penalties ?? run.penalties
    let slack = 1e-12 * Double(H)
    var holds = true
    for h in 0..<H {
      let exact = model.backup(run.values[(h + 1) * S..<(h + 2) * S])
      for k in 0..<K {
        let error = (run.estimates[h * K + k] - exact[k]).magnitude
        if !(error <= penalties[h * K + k] + slack) { holds = false }
      }
    }
    let played = model.values(of: run.policy)
    let optimal = model.occupancy(of: model.probabilities(of: model.optimalPolicy))
    var penalty = 0.0
    for i in 0..<H * K { penalty += optimal[i] * penalties[i] }
    suboptimality = max(0, model.optimalValue - model.start(played))
    optimalPenalty = penalty
    quantifierHolds = holds
    isPessimistic = zip(run.values, played).allSatisfy { $0 <= $1 + slack }
  }
}
