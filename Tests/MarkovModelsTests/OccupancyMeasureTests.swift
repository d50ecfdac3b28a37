// SPDX-License-Identifier: Apache-2.0
import MarkovModels
import TestSupport
import Testing

@Suite("OccupancyMeasure")
struct OccupancyMeasureTests {
  /// Visits of a policy from a start, by summing γ^t times the distribution at time t.
  private func visits(
    of policy: StochasticPolicy, in model: TabularMDP, discount: Double, start: [Double]
  ) -> [Double] {
    var visits = [Double](repeating: 0, count: model.choiceCount)
    var mass = start
    for _ in 0..<1_000 {
      var next = [Double](repeating: 0, count: model.stateCount)
      for s in 0..<model.stateCount {
        for k in model.choices(of: s) {
          let d = mass[s] * policy.probabilities[k]
          visits[k] += d
          model.transitions.forEachEntry(row: k) { t, p, _ in next[t] += discount * d * p }
        }
      }
      mass = next
    }
    return visits
  }

  @Test(
    "visits satisfy the flow constraints, earn the value and give the policy back",
    arguments: [RandomModelKind.dense, .sparse, .stateDependentActions, .terminating])
  func identities(kind: RandomModelKind) throws {
    let model = try randomMDP(kind: kind, states: 8, actions: 3, seed: 4)
    let problem = try DiscountedMDP(model, discount: 0.9)
    let policy = StochasticPolicy.uniform(of: model)
    let start = model.startDistribution
    let measure = OccupancyMeasure(
      visits: visits(of: policy, in: model, discount: 0.9, start: start))
    expectClose(measure.flowResidual(of: problem, start: start), 0, tolerance: 1e-12)
    let values = Oracle(model).valuesOfUniformPolicy(discount: 0.9, tolerance: 1e-12)
    let value = zip(start, values).reduce(0) { $0 + $1.0 * $1.1 }
    expectClose(measure.reward(in: model), value, tolerance: 1e-10)
    let total = measure.stateVisits(in: model).reduce(0, +)
    if kind == .terminating {
      #expect(total < 10)
    } else {
      expectClose(total, 10, tolerance: 1e-10)
    }
    let recovered = try measure.policy(in: model)
    expectClose(recovered.probabilities, policy.probabilities, tolerance: 1e-12)
  }

  @Test("the policy is uniform where nothing is visited")
  func unvisited() throws {
    let model = try PutermanTwoState().model()
    let policy = try OccupancyMeasure(visits: [0, 0, 3]).policy(in: model)
    #expect(policy.probabilities == [0.5, 0.5, 1])
    let noisy = try OccupancyMeasure(visits: [-1e-12, 2, 1]).policy(in: model)
    #expect(noisy.probabilities == [0, 1, 1])
  }

  @Test("a wrong flow has a residual")
  func residual() throws {
    let problem = try DiscountedMDP(PutermanTwoState().model(), discount: 0.5)
    let measure = OccupancyMeasure(visits: [0, 1, 1])
    // From s1 all goes to s2, which must be visited 0.5 + 0.5 · 1 = 1 times: no residual.
    #expect(measure.flowResidual(of: problem, start: [1, 0]) == 0)
    #expect(measure.flowResidual(of: problem, start: [0.75, 0.25]) == 0.25)
  }
}
