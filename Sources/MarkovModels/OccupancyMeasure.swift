// SPDX-License-Identifier: Apache-2.0

/// The expected discounted number of visits to each choice, Σ_t γ^t P(s_t = s, a_t = a).
///
/// - Shapes: K entries, one for each choice. Under a discount γ and no termination they sum to
///   1 / (1 − γ).
/// - Source: [puterman1994], section 6.9.
public struct OccupancyMeasure: Equatable, Sendable {
  /// The visits to each choice.
  public let visits: [Double]

  /// Creates a measure from the visits to each choice.
  public init(visits: [Double]) { self.visits = visits }

  /// The visits to each state.
  public func stateVisits(in model: TabularMDP) -> [Double] {
    (0..<model.stateCount).map { s in model.choices(of: s).reduce(0) { $0 + visits[$1] } }
  }

  /// The expected total reward that the measure earns.
  public func reward(in model: TabularMDP) -> Double {
    var sum = CompensatedSum()
    for (d, r) in zip(visits, model.rewards) { sum.add(d * r) }
    return sum.value
  }

  /// The greatest violation of the flow constraints
  /// Σ_a d(s, a) = μ(s) + γ Σ_{s′, a} P(s | s′, a) d(s′, a) over all states.
  public func flowResidual(of problem: DiscountedMDP, start: [Double]) -> Double {
    let model = problem.dynamics
    var flow = start
    for k in 0..<model.choiceCount {
      model.transitions.forEachEntry(row: k) { next, p, _ in
        flow[next] += problem.discount * p * visits[k]
      }
    }
    return zip(flow, stateVisits(in: model)).map { abs($0 - $1) }.max() ?? 0
  }

  /// The policy that the measure comes from; uniform in states that it never visits.
  ///
  /// - Throws: ``ModelError/badPolicy(state:reason:)`` if a visit is infinite.
  public func policy(in model: TabularMDP) throws(ModelError) -> StochasticPolicy {
    var probabilities = StochasticPolicy.uniform(of: model).probabilities
    for s in 0..<model.stateCount {
      let total = model.choices(of: s).reduce(0) { $0 + max(visits[$1], 0) }
      guard total > 0 else { continue }
      for k in model.choices(of: s) { probabilities[k] = max(visits[k], 0) / total }
    }
    return try StochasticPolicy(probabilities: probabilities, of: model)
  }
}
