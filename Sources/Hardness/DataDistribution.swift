// SPDX-License-Identifier: Apache-2.0
import MarkovModels
import Planning

/// A distribution over choices, such as the one that offline data come from.
///
/// - Source: [munos2008] for data distributions in bounds.
public struct DataDistribution: Sendable {
  /// The probability of each choice; exactly 0 where it cannot be positive.
  public let weights: [Measured]

  /// Takes one weight for each choice of a model.
  ///
  /// - Throws: ``HardnessError/wrongCount(array:expected:found:)``, or
  ///   ``HardnessError/badDistribution(_:)`` unless the weights are nonnegative with sum 1, up to
  ///   rounding.
  public init(weights: [Double], of model: TabularMDP) throws(HardnessError) {
    guard weights.count == model.choiceCount else {
      throw .wrongCount(array: "weights", expected: model.choiceCount, found: weights.count)
    }
    try self.init(weights: weights)
  }

  init(weights: [Double]) throws(HardnessError) {
    var sum = 0.0
    for (k, weight) in weights.enumerated() {
      guard weight >= 0, weight <= 1 else {
        throw .badDistribution("gives choice \(k) the weight \(weight)")
      }
      sum += weight
    }
    guard abs(sum - 1) <= Double(weights.count + 1) * .ulpOfOne else {
      throw .badDistribution("sums to \(sum), expected 1")
    }
    self.weights = weights.map { Measured($0) }
  }

  /// The normalized discounted occupancy (1 − γ) Σ_t γ^t P(s_t = s, a_t = a) of a policy, from the
  /// start distribution of the model (uniform if it has none).
  ///
  ///     d = (1 − γ) μ + γ P_πᵀ d                                            (1)
  ///
  ///     w − γ P_πᵀ w ≥ d                                                    (2)
  ///
  /// Solved in doubles; the residual ρ of (1) in interval arithmetic bounds the error of every entry
  /// by ‖ρ‖₁/(1 − γ σ). If |ρ| ≤ ε d everywhere, a vector w with (2) also bounds it by ε w, since
  /// (I − γ P_πᵀ)⁻¹ has no negative entry: that keeps rare visits accurate. Where no path leads, d is
  /// 0 exactly. When an episode can end the sum is below 1.
  ///
  /// - Throws: Errors of the factorization.
  /// - Complexity: one factorization and O(entries).
  public init(occupancyOf policy: StochasticPolicy, in problem: DiscountedMDP) throws {
    let model = problem.dynamics
    let S = model.stateCount
    let start = model.startDistribution
    let evaluation = try PolicyEvaluation(policy, in: problem)
    var d = evaluation.occupancy(from: start).stateVisits(in: model)
    var seen = start.map { $0 > 0 }
    var stack = start.indices.filter { start[$0] > 0 }
    let discount = Measured(problem.discount)
    while problem.discount > 0, let s = stack.popLast() {
      for k in model.choices(of: s) where policy.probabilities[k] > 0 {
        model.transitions.forEachEntry(row: k) { t, _, _ in
          if !seen[t] {
            seen[t] = true
            stack.append(t)
          }
        }
      }
    }
    // States that are never seen have no visits, so that nothing flows from them.
    for s in 0..<S where !seen[s] { d[s] = 0 }
    let flow = Self.flow(d, policy, problem, start)
    var (residual, relative) = (0.0, 0.0)
    for s in 0..<S {
      let rho = flow[s] - Measured(d[s])
      let size = max(abs(rho.lower), abs(rho.upper))
      residual = (residual + size).nextUp
      if seen[s] { relative = max(relative, d[s] > 0 ? (size / d[s]).nextUp : .infinity) }
    }
    let rowSum = model.rowSums.upperBound * (1 + Double(model.actionCount + 2) * .ulpOfOne)
    let rest = (1 - (problem.discount * rowSum).nextUp).nextDown
    let error = rest > 0 ? (residual / rest).nextUp : .infinity
    // (2), where it holds with room to spare.
    var w = evaluation.occupancy(from: d).stateVisits(in: model).map { 2 * $0 }
    for s in 0..<S where !seen[s] { w[s] = 0 }
    let zero = [Double](repeating: 0, count: S)
    let passed = Self.flow(w, policy, problem, zero)
    let holds = (0..<S).allSatisfy { s in
      !seen[s] || (w[s] > 0 && (Measured(w[s]) - passed[s]).lower >= d[s])
    }
    let scale = Measured(1) - discount
    var weights = [Measured](repeating: Measured(0), count: model.choiceCount)
    for s in 0..<S where seen[s] {
      let own = holds ? min(error, (relative * w[s]).nextUp) : error
      let visits = Measured(d[s]).widened(by: own).atLeast(start[s])
      for k in model.choices(of: s) where policy.probabilities[k] > 0 {
        weights[k] = (scale * visits * Measured(policy.probabilities[k])).atLeast(0).atMost(1)
      }
    }
    self.weights = weights
  }

  /// start + γ P_πᵀ d in interval arithmetic.
  private static func flow(
    _ d: [Double], _ policy: StochasticPolicy, _ problem: DiscountedMDP, _ start: [Double]
  ) -> [Measured] {
    let model = problem.dynamics
    let discount = Measured(problem.discount)
    var flow = start.map { Measured($0) }
    for s in 0..<model.stateCount where d[s] != 0 {
      for k in model.choices(of: s) where policy.probabilities[k] > 0 {
        let weight = discount * Measured(d[s]) * Measured(policy.probabilities[k])
        model.transitions.forEachEntry(row: k) { t, p, _ in
          flow[t] = flow[t] + weight * Measured(p)
        }
      }
    }
    return flow
  }

  /// The occupancy of the policy that takes every choice with the same probability.
  ///
  /// - Throws: Errors of the factorization.
  public static func uniformPolicy(in problem: DiscountedMDP) throws -> DataDistribution {
    try DataDistribution(
      occupancyOf: StochasticPolicy.uniform(of: problem.dynamics), in: problem)
  }
}
