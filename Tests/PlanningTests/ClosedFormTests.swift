// SPDX-License-Identifier: Apache-2.0
import Certificates
import LinearAlgebra
import MarkovModels
import Planning
import TestSupport
import Testing

/// Every planner for discounted tables, as the command line offers them.
let allPlanners: [any DiscountedPlanner] = [
  AutomaticPlanner(), ValueIteration(), GaussSeidel(), ModifiedPolicyIteration(),
  PolicyIteration(evaluation: .dense), PolicyIteration(evaluation: .sparseDirect),
  PolicyIteration(evaluation: .krylov), PolicyIteration(evaluation: .banded),
  LinearProgramPlanner(form: .primal),
  LinearProgramPlanner(form: .dual), LowRankPlanner(),
]

/// A model whose values are known in closed form.
struct ClosedForm: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let discount: Double
  let values: [Double]
  /// The best actions; `nil` when there are ties.
  let actions: [Int]?
  let model: @Sendable (TransitionMatrix.Storage) throws -> TabularMDP
}

/// Puterman's example of section 3.1: in state 0, action 0 pays 5 and leads to 0 or 1 with
/// probability 1/2, action 1 pays 10 and leads to 1; state 1 pays −1 for ever.
func putermanExample(_ discount: Double) -> ClosedForm {
  // V(1) = −1/(1−β); V(0) = max{ (5 + β/2 V(1)) / (1 − β/2), 10 + β V(1) }.
  let second = -1 / (1 - discount)
  let stay = (5 + 0.5 * discount * second) / (1 - 0.5 * discount)
  let leave = 10 + discount * second
  return ClosedForm(
    testDescription: "Puterman's two states, discount \(discount)", discount: discount,
    values: [max(stay, leave), second], actions: [stay >= leave ? 0 : 1, 0]
  ) { storage in
    let P = try SparseMatrix(
      rowCount: 3, columnCount: 2, rowPointers: [0, 2, 3, 4], columns: [0, 1, 1, 1],
      values: [0.5, 0.5, 1, 1])
    return try TabularMDP(
      stateCount: 2, actionCount: 2, choicePointers: [0, 2, 3], choiceActions: [0, 1, 0],
      transitions: .sparse(P), rewards: [5, 10, -1], storage: storage)
  }
}

/// Two states that keep their place with probabilities p and q; state 0 pays 1.
func twoStateChain(_ p: Double, _ q: Double, _ discount: Double) -> ClosedForm {
  // (I − γP)⁻¹ of a 2 × 2 matrix, applied to (1, 0).
  let g = discount
  let determinant = (1 - g * p) * (1 - g * q) - g * g * (1 - p) * (1 - q)
  return ClosedForm(
    testDescription: "two-state chain p=\(p) q=\(q), discount \(discount)", discount: discount,
    values: [(1 - g * q) / determinant, g * (1 - q) / determinant], actions: [0, 0]
  ) { storage in
    let P = try SparseMatrix(
      rowCount: 2, columnCount: 2, rowPointers: [0, 2, 4], columns: [0, 1, 0, 1],
      values: [p, 1 - p, 1 - q, q])
    return try TabularMDP(
      stateCount: 2, actionCount: 1, transitions: .sparse(P), rewards: [1, 0], storage: storage)
  }
}

/// A corridor of n cells with the goal at its right end: one step costs 1, the goal ends the episode.
func corridor(_ n: Int, _ discount: Double) -> ClosedForm {
  ClosedForm(
    testDescription: "corridor of \(n), discount \(discount)", discount: discount,
    values: (0..<n).map { s in
      // −(1 + γ + … ) over the n − s steps to the goal; all in one term at γ = 0.
      -(0..<(n - s)).reduce(0.0) { sum, _ in 1 + discount * sum }
    }, actions: discount == 0 ? nil : [Int](repeating: 1, count: n)
  ) { storage in
    try OutcomeTable(states: n, actions: 2) { s, a in
      if a == 1 && s == n - 1 { return [Outcome(1, to: s, reward: -1, terminates: true)] }
      return [Outcome(1, to: a == 0 ? max(0, s - 1) : s + 1, reward: -1)]
    }.model(storage: storage)
  }
}

let closedForms = [
  putermanExample(0.95), putermanExample(0.9), putermanExample(0.5), putermanExample(0.999),
  twoStateChain(0.9, 0.8, 0.99), twoStateChain(0.5, 0.5, 0.9), twoStateChain(1, 1, 0.9),
  twoStateChain(0.3, 0.7, 0), corridor(7, 0.9), corridor(40, 0.99), corridor(5, 0),
]

@Suite("Closed forms")
struct ClosedFormTests {
  @Test("every method and storage gives the closed form", arguments: closedForms)
  func values(_ example: ClosedForm) throws {
    // Rounding alone costs about 25 u |V| / (1 − γ), and |V| itself grows like 1 / (1 − γ).
    let epsilon = 1e-10 / (1 - example.discount)
    for storage in [TransitionMatrix.Storage.dense, .sparse] {
      let model = try example.model(storage)
      let problem = try DiscountedMDP(model, discount: example.discount)
      for planner in allPlanners {
        let name = type(of: planner).name
        let solution = try planner.solve(problem, stopping: StoppingRule(epsilon: epsilon))
        #expect(solution.status == .converged, "\(name)")
        #expect(solution.certificate.gap <= epsilon, "\(name)")
        #expect(CertificateChecker().check(solution.certificate, against: model) == nil, "\(name)")
        let stage = solution.certificate.stages[0]
        for s in 0..<model.stateCount {
          let v = example.values[s]
          // The closed form itself is rounded: a few units in its last place.
          let slack = 64 * v.ulp + 1e-300
          #expect(stage.lower[s] <= v + slack && v - slack <= stage.upper[s], "\(name), state \(s)")
        }
        if let actions = example.actions {
          #expect(solution.policy.actions(in: model) == actions, "\(name)")
        }
      }
    }
  }
}
