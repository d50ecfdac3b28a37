// SPDX-License-Identifier: Apache-2.0
import MarkovModels

/// The derivatives of a policy's value in rewards, probabilities and the discount.
///
///     V = (I − γ P_π)⁻¹ r_π                                                 (1)
///     d = (I − γ P_πᵀ)⁻¹ μ, the occupancy from the start μ                  (2)
///     ∂J/∂r_k = d(k)                                                        (3)
///     ∂J/∂P_k(t) = γ d(k) V(t)                                              (4)
///     ∂J/∂γ = Σ_k d(k) Σ_t P_k(t) V(t)                                      (5)
///
/// J = μᵀ V is the value from the start. One transposed solve gives all derivatives at once. For an
/// optimal policy they are the derivatives of J* itself wherever the optimal choice is unique in every
/// state that is visited (see ``ActionGaps``); elsewhere J*, the greatest J over policies, has a kink,
/// and they are one of its one-sided slopes.
///
/// - Shapes: `reward` has K entries; ``probability(ofChoice:next:)`` computes (4) on demand. A row must
///   go on summing to 1, so only differences of (4) within a row have a meaning of their own.
/// - Units: value per unit of reward, of probability, of discount.
/// - Guarantee: exact formulas, evaluated in doubles by LU; not certified.
/// - Deviates: none.
/// - Complexity: one factorization, two solves.
/// - Source: [puterman1994], section 6.9 for (2); [cao1997] for the derivative formulas.
public struct Sensitivity: Sendable {
  /// The value from the start, J = μᵀ V.
  public let value: Double
  /// V of each state.
  public let values: [Double]
  /// The expected discounted visits to each choice.
  public let occupancy: OccupancyMeasure
  /// ∂J/∂γ.
  public let discount: Double
  private let gamma: Double

  /// ∂J/∂r_k of each choice.
  public var reward: [Double] { occupancy.visits }

  /// Computes the derivatives of a policy.
  ///
  /// - Parameters:
  ///   - policy: The policy, usually an optimal one.
  ///   - problem: The problem.
  ///   - start: The start distribution; the model's own if `nil`.
  /// - Throws: Errors of the factorization.
  public init(
    _ policy: DeterministicPolicy, in problem: DiscountedMDP, start: [Double]? = nil
  ) throws {
    let model = problem.dynamics
    let mu = start ?? model.startDistribution
    let system = try PolicyEvaluation(policy, in: problem)
    let V = system.values()  // (1)
    let measure = system.occupancy(from: mu)  // (2) (3)
    var slope = 0.0
    for k in policy.choices where measure.visits[k] != 0 {  // (5)
      var next = 0.0
      model.transitions.forEachEntry(row: k) { t, p, _ in next += p * V[t] }
      slope += measure.visits[k] * next
    }
    value = zip(mu, V).reduce(0) { $0 + $1.0 * $1.1 }
    values = V
    occupancy = measure
    discount = slope
    gamma = problem.discount
  }

  /// ∂J/∂P_k(t), formula (4).
  public func probability(ofChoice k: Int, next t: Int) -> Double {
    gamma * occupancy.visits[k] * values[t]  // (4)
  }
}
