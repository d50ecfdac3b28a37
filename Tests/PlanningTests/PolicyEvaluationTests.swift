// SPDX-License-Identifier: Apache-2.0
import MarkovModels
import Planning
import TestSupport
import Testing

@Suite("Policy evaluation")
struct PolicyEvaluationTests {
  @Test("values, action values and visits satisfy their equations")
  func equations() throws {
    for kind in [RandomModelKind.dense, .sparse, .stateDependentActions, .terminating] {
      for seed in 1...10 {
        let model = try randomMDP(kind: kind, states: 8, actions: 3, seed: UInt64(seed))
        let problem = try DiscountedMDP(model, discount: 0.95)
        let policy = StochasticPolicy.uniform(of: model)
        let evaluation = try PolicyEvaluation(policy, in: problem)
        let v = evaluation.values()
        let q = evaluation.actionValues(of: v)
        for s in 0..<8 {
          let mean = model.choices(of: s).reduce(0) { $0 + policy.probabilities[$1] * q[$1] }
          expectClose(v[s], mean, tolerance: 1e-12)
        }
        let oracle = Oracle(model).valuesOfUniformPolicy(discount: 0.95, tolerance: 1e-13)
        for s in 0..<8 { expectClose(v[s], oracle[s], tolerance: 1e-10) }
        // Duality: the reward of the visits is the value from the start.
        let start = model.startDistribution
        let visits = evaluation.occupancy(from: start)
        expectClose(
          visits.reward(in: model), zip(start, v).reduce(0) { $0 + $1.0 * $1.1 }, tolerance: 1e-10)
        #expect(visits.flowResidual(of: problem, start: start) <= 1e-12)
        if model.termination == nil {
          expectClose(visits.visits.reduce(0, +), 20, tolerance: 1e-10)
        }
        let recovered = try visits.policy(in: model)
        for k in 0..<model.choiceCount {
          expectClose(recovered.probabilities[k], policy.probabilities[k], tolerance: 1e-10)
        }
      }
    }
  }
}
