// SPDX-License-Identifier: Apache-2.0
import MarkovModels
import Planning

/// How far a planner must look ahead of the uniform policy to act optimally.
///
/// It is the least k ≥ 1 such that every policy greedy for Q_k is optimal, where Q_1 is the uniform
/// policy's action value and
///
///     Q_{i+1}(k) = r(k) + γ Σ_t P_k(t) max_{j of t} Q_i(j).                 (1)
///
/// k = 1 means that one step of policy improvement on random behavior is enough.
///
/// - Assumes: nothing.
/// - Guarantee: two-sided in spite of rounding, up to the ties of ``ValueBounds``; the two ends
///   differ only when rounding cannot tell a greedy choice.
/// - Deviates: the source calls such a model k-QVI-solvable and adds the cost of estimating Q_1 from
///   samples to k; this is k alone, under a discount.
/// - Edge cases: the upper end is infinite when `limit` steps are not seen to suffice.
/// - Complexity: one factorization and O(entries) for each step.
/// - Source: [laidlaw2023].
public struct EffectiveHorizon: Sendable {
  /// The number of steps k.
  public let steps: Measured

  /// Finds the effective horizon.
  ///
  /// - Parameters:
  ///   - bounds: Bounds on the values of the problem.
  ///   - limit: The number of steps after which the search ends.
  /// - Throws: Errors of the factorization.
  public init(of bounds: ValueBounds, limit: Int = 10_000) throws {
    let problem = bounds.problem
    let model = problem.dynamics
    let evaluation = try PolicyEvaluation(StochasticPolicy.uniform(of: model), in: problem)
    var q = evaluation.actionValues(of: evaluation.values())
    var error = Self.error(of: q, problem)
    let scale = max(abs(model.rewardRange.lowerBound), abs(model.rewardRange.upperBound))
    let terms = Double(Self.longestRow(model) + 6)
    var first: Int?
    for k in 1...max(limit, 1) {
      let verdict = Self.verdict(q, error, bounds)
      if verdict != .fails && first == nil { first = k }
      if verdict == .succeeds {
        steps = Measured(lower: Double(first ?? k), upper: Double(k))
        return
      }
      // (1); each entry rounds like a backup of `terms` terms, and the old error contracts.
      let v = (0..<model.stateCount).map { s in
        model.choices(of: s).reduce(-Double.infinity) { max($0, q[$1]) }
      }
      q = evaluation.actionValues(of: v)
      let size = v.reduce(0) { max($0, abs($1)) }
      let contraction = (problem.discount * model.rowSums.upperBound).nextUp
      error =
        (contraction * error + terms * 0x1.01p-53 * (scale + contraction * (size + error))
          + terms * .leastNormalMagnitude) * (1 + 0x1p-50)
    }
    steps = Measured(lower: Double(first ?? limit + 1), upper: .infinity)
  }

  private enum Verdict {
    case succeeds
    case fails
    case undecided
  }

  /// Whether every greedy choice is optimal.
  private static func verdict(_ q: [Double], _ error: Double, _ bounds: ValueBounds) -> Verdict {
    let model = bounds.problem.dynamics
    var verdict = Verdict.succeeds
    for s in 0..<model.stateCount {
      let best = model.choices(of: s).reduce(-Double.infinity) { max($0, q[$1]) }
      let candidates = model.choices(of: s).filter { (best - q[$0]).nextDown <= 2 * error }
      let optimal = candidates.filter { bounds.isOptimal($0) }.count
      if optimal == 0 { return .fails }
      if optimal < candidates.count { verdict = .undecided }
    }
    return verdict
  }

  /// A bound on the error of the uniform policy's Q: its residual, rounding included, over 1 − γ σ.
  private static func error(of q: [Double], _ problem: DiscountedMDP) -> Double {
    let model = problem.dynamics
    let discount = Measured(problem.discount)
    let means = (0..<model.stateCount).map { s -> Measured in
      var sum = Measured(0)
      for k in model.choices(of: s) { sum = sum + Measured(q[k]) }
      return sum.divided(by: Measured(Double(model.choices(of: s).count)))
    }
    var residual = 0.0
    for k in 0..<model.choiceCount {
      var sum = Measured(0)
      model.transitions.forEachEntry(row: k) { t, p, _ in sum = sum + Measured(p) * means[t] }
      let d = Measured(model.rewards[k]) + discount * sum - Measured(q[k])
      residual = max(residual, abs(d.lower), abs(d.upper))
    }
    let contraction = (problem.discount * model.rowSums.upperBound).nextUp
    return (residual / (1 - contraction).nextDown).nextUp
  }

  private static func longestRow(_ model: TabularMDP) -> Int {
    switch model.transitions {
    case .dense(let matrix): matrix.rowCount
    case .sparse(let matrix):
      (0..<matrix.rowCount).reduce(0) { max($0, matrix.entries(ofRow: $1).count) }
    }
  }
}
