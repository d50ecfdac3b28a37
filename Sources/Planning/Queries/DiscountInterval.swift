// SPDX-License-Identifier: Apache-2.0
import MarkovModels

/// The interval of discounts around a given one for which a policy stays optimal.
///
///     x_0 ← V_γ,  x_j ← (I − γ P_π)⁻¹ P_π x_{j−1}                           (1)
///     a_j(k) ← γ P_k x_j + P_k x_{j−1} − x_j(s)  (a_0 with r_k for P_k x_{−1})  (2)
///     the advantage of k at γ + δ is Σ_j a_j(k) δ^j, |δ| ≤ (1 − γ)/4       (3)
///     step as far as all advantages stay below the tolerance;
///       bisect where one does not                                           (4)
///
/// Since ‖(I − γ P)⁻¹ P‖ ≤ 1/(1 − γ), the terms of (3) shrink at least like 4^−j: 40 of them are the
/// function to the last digit, and each step covers a fixed share of what is left to 1.
///
/// - Guarantee: computed in doubles, not certified: an advantage counts as positive above
///   `tolerance` · max |V|. For proofs at single discounts see ``ActionGaps`` and
///   ``ExactPolicyIteration``; near 1 see ``BlackwellOptimality``.
/// - Deviates: optimality need not hold on one interval only; the one around the given discount is
///   returned.
/// - Complexity: one factorization and 40 solves a step, some 30 steps a decade of 1 − γ.
/// - Source: [smallwood1966] for the regions of discounts; the series is the resolvent's.
public struct DiscountInterval: Sendable {
  /// The least discount of the interval.
  public let lower: Double
  /// The greatest discount of the interval.
  public let upper: Double
  /// A choice that becomes better than the policy's below `lower`; `nil` at 0.
  public let challengerBelow: Int?
  /// A choice that becomes better above `upper`; `nil` when the search ended at `limit`.
  public let challengerAbove: Int?

  /// Finds the interval, or returns `nil` when the policy is not optimal at the problem's discount.
  ///
  /// - Parameters:
  ///   - policy: The policy.
  ///   - problem: The model, with a discount at which the policy is thought optimal.
  ///   - tolerance: What counts as an advantage, in units of max |V|.
  ///   - limit: The greatest discount that is looked at.
  /// - Throws: Errors of the factorization; ``/MarkovModels/ModelError/badDiscount(_:)`` for a
  ///   limit of 1.
  public init?(
    _ policy: DeterministicPolicy, in problem: DiscountedMDP, tolerance: Double = 1e-11,
    limit: Double = 0.9999
  ) throws {
    let model = problem.dynamics
    let start = problem.discount
    let here = try AdvantageSeries(policy, model, at: start, tolerance: tolerance)
    guard here.challenger(at: 0) == nil else { return nil }
    func walk(_ direction: Double, to end: Double) throws -> (Double, Int?) {
      var gamma = start
      var series = here
      while true {
        let reach = min(0.25 * (1 - gamma), abs(end - gamma))
        // Sixteen probes a step find a crossing that turns back within it.
        var safe = 0.0
        for i in 1...16 {
          let delta = reach * Double(i) / 16
          if let k = series.challenger(at: direction * delta) {
            var (low, high, winner) = (safe, delta, k)
            for _ in 0..<60 {  // (4)
              let middle = 0.5 * (low + high)
              if let k = series.challenger(at: direction * middle) {
                (high, winner) = (middle, k)
              } else {
                low = middle
              }
            }
            return (gamma + direction * low, winner)
          }
          safe = delta
        }
        gamma += direction * reach
        if abs(end - gamma) <= 1e-15 { return (end, nil) }
        series = try AdvantageSeries(policy, model, at: gamma, tolerance: tolerance)
      }
    }
    (lower, challengerBelow) = try walk(-1, to: 0)
    (upper, challengerAbove) = start >= limit ? (start, nil) : try walk(1, to: limit)
  }
}

/// The advantages of all choices as power series around one discount.
private struct AdvantageSeries {
  private let terms: [[Double]]
  private let floor: Double

  init(
    _ policy: DeterministicPolicy, _ model: TabularMDP, at gamma: Double, tolerance: Double
  ) throws {
    let problem = try DiscountedMDP(model, discount: gamma)
    let order = Array((0..<model.stateCount).map { Int32($0) })
    let system = try PolicySystem(
      model, discount: gamma, choices: policy.choices, order: order,
      method: model.stateCount <= PolicySystem.denseLimit ? .automatic : .sparseDirect)
    var x = try PolicyEvaluation(policy, in: problem).values()
    floor = tolerance * max(x.reduce(0) { max($0, abs($1)) }, .leastNormalMagnitude)
    var before = model.rewards
    var terms: [[Double]] = []
    for j in 0..<40 {
      var px = [Double](repeating: 0, count: model.choiceCount)
      for k in px.indices {
        var sum = 0.0
        model.transitions.forEachEntry(row: k) { t, p, _ in sum += p * x[t] }
        px[k] = sum
      }
      var a = [Double](repeating: 0, count: model.choiceCount)
      for s in 0..<model.stateCount {  // (2)
        for k in model.choices(of: s) where k != policy.choices[s] {
          a[k] = gamma * px[k] + before[k] - x[s]
        }
      }
      terms.append(a)
      if j + 1 < 40 {  // (1)
        x = try system.solve(policy.choices.map { px[$0] }, tolerance: 1e-14).x
        before = px
      }
    }
    self.terms = terms
  }

  /// A choice that is better than the policy's at this distance from the discount.
  func challenger(at delta: Double) -> Int? {  // (3)
    var best: (choice: Int, value: Double)?
    for k in terms[0].indices {
      var sum = 0.0
      for term in terms.reversed() { sum = sum * delta + term[k] }
      if sum > max(floor, best?.value ?? floor) { best = (k, sum) }
    }
    return best?.choice
  }
}
