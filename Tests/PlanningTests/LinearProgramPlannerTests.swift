// SPDX-License-Identifier: Apache-2.0
import Certificates
import MarkovModels
import Planning
import TestSupport
import Testing

@Suite("Linear-programme planner")
struct LinearProgramPlannerTests {
  @Test("primal and dual meet within 1e-7, and the duals are visits that earn the value")
  func duality() throws {
    for kind in [RandomModelKind.dense, .sparse, .stateDependentActions, .terminating] {
      for seed in 1...25 {
        let model = try randomMDP(kind: kind, states: 10, actions: 3, seed: UInt64(seed))
        let problem = try DiscountedMDP(model, discount: 0.95)
        let start = [Double](repeating: 0.1, count: 10)
        for form in LinearProgramPlanner.Form.allCases {
          let result = try LinearProgramPlanner(form: form).solve(
            problem, from: start, stopping: StoppingRule(epsilon: 1e-9))
          #expect(result.dualityGap <= 1e-7, "\(kind) \(seed) \(form)")
          #expect(result.solution.status == .converged)
          #expect(CertificateChecker().check(result.solution.certificate, against: model) == nil)
          #expect(result.occupancy.flowResidual(of: problem, start: start) <= 1e-6)
          expectClose(
            result.occupancy.reward(in: model),
            zip(start, result.solution.values).reduce(0) { $0 + $1.0 * $1.1 }, tolerance: 1e-6)
        }
      }
    }
  }

  @Test("visits agree with the evaluation of the optimal policy when it is unique")
  func occupancy() throws {
    let model = try randomMDP(kind: .dense, states: 8, actions: 3, seed: 3)
    let problem = try DiscountedMDP(model, discount: 0.9)
    let start = [Double](repeating: 0.125, count: 8)
    let result = try LinearProgramPlanner().solve(problem, from: start)
    let visits = try PolicyEvaluation(result.solution.policy, in: problem).occupancy(from: start)
    for k in 0..<model.choiceCount {
      expectClose(result.occupancy.visits[k], visits.visits[k], tolerance: 1e-6)
    }
  }
}
