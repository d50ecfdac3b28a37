// SPDX-License-Identifier: Apache-2.0
import Certificates
import LinearAlgebra
import MarkovModels
import Planning
import TestSupport
import Testing

/// What a model's scale lets doubles reach: a hundred times the rounding floor, or 10⁻⁶ relatively.
func reachableEpsilon(_ model: TabularMDP, discount: Double) -> Double {
  let range = model.rewardRange
  let scale = max(abs(range.lowerBound), abs(range.upperBound), 1e-250) / (1 - discount)
  return max(1e-7 * scale, 1e-13 * scale / (1 - discount))
}

@Suite("Methods agree")
struct AgreementTests {
  @Test(
    "on 100 random models of each kind, within their certificates",
    arguments: RandomModelKind.allCases)
  func agree(_ kind: RandomModelKind) throws {
    for seed in 1...100 {
      let S = 2 + seed % 11
      let model = try randomMDP(
        kind: kind, states: S, actions: 1 + seed % 4, seed: UInt64(seed))
      let discount = [0, 0.5, 0.9, 0.99, 0.999][seed % 5]
      let problem = try DiscountedMDP(model, discount: discount)
      let epsilon = reachableEpsilon(model, discount: discount)
      var lower = [Double](repeating: -.infinity, count: S)
      var upper = [Double](repeating: .infinity, count: S)
      for planner in allPlanners {
        let name = type(of: planner).name
        let solution = try planner.solve(
          problem, stopping: StoppingRule(epsilon: epsilon, maximumIterations: 200_000))
        #expect(
          solution.status == .converged,
          "\(kind) \(seed) \(name): gap \(solution.certificate.gap) of \(epsilon)")
        let refusal = CertificateChecker().check(solution.certificate, against: model)
        #expect(refusal == nil, "\(kind) \(seed) \(name): \(refusal?.description ?? "")")
        let stage = solution.certificate.stages[0]
        for s in 0..<S {
          lower[s] = max(lower[s], stage.lower[s])
          upper[s] = min(upper[s], stage.upper[s])
        }
      }
      // All intervals contain V*, so every lower bound lies below every upper bound.
      for s in 0..<S { #expect(lower[s] <= upper[s], "\(kind) \(seed), state \(s)") }
    }
  }

  @Test("dense and sparse storage give bounds that meet", arguments: RandomModelKind.allCases)
  func storage(_ kind: RandomModelKind) throws {
    let model = try randomMDP(kind: kind, states: 9, actions: 3, seed: 5)
    var stages: [Certificate.Stage] = []
    for storage in [TransitionMatrix.Storage.dense, .sparse] {
      let copy = try TabularMDP(
        stateCount: model.stateCount, actionCount: model.actionCount,
        choicePointers: model.choicePointers, choiceActions: model.choiceActions,
        transitions: model.transitions, rewards: model.rewards, termination: model.termination,
        storage: storage)
      let solution = try AutomaticPlanner().solve(
        copy, discount: 0.95, stopping: .init(epsilon: reachableEpsilon(model, discount: 0.95)))
      // A certificate of one storage is one of the other.
      #expect(CertificateChecker().check(solution.certificate, against: model) == nil)
      stages.append(solution.certificate.stages[0])
    }
    for s in 0..<model.stateCount {
      #expect(stages[0].lower[s] <= stages[1].upper[s])
      #expect(stages[1].lower[s] <= stages[0].upper[s])
    }
  }

  @Test("an independent value iteration in plain Swift lies in every interval")
  func oracle() throws {
    for kind in [RandomModelKind.dense, .sparse, .terminating, .stateDependentActions] {
      for seed in 1...20 {
        let model = try randomMDP(kind: kind, states: 12, actions: 3, seed: UInt64(seed))
        let values = Oracle(model).optimalValues(discount: 0.9, tolerance: 1e-12)
        let stage = try AutomaticPlanner().solve(
          model, discount: 0.9, stopping: .init(epsilon: 1e-9)
        ).certificate.stages[0]
        for s in 0..<12 {
          #expect(stage.lower[s] - 1e-10 <= values[s] && values[s] <= stage.upper[s] + 1e-10)
        }
      }
    }
  }

  @Test("a finite horizon agrees with the oracle, stationary or by stages")
  func finiteHorizon() throws {
    for seed in 1...30 {
      let kind = RandomModelKind.allCases[seed % 4]
      let model = try randomMDP(kind: kind, states: 7, actions: 3, seed: UInt64(seed))
      let H = 1 + seed % 12
      let values = Oracle(model).optimalValues(horizon: H)
      for problem in [
        try FiniteHorizonMDP(model, horizon: H),
        try FiniteHorizonMDP(stages: [TabularMDP](repeating: model, count: H)),
      ] {
        let solution = try BackwardInduction().solve(problem, epsilon: 1e-9)
        #expect(solution.certificate.status == .converged)
        #expect(CertificateChecker().check(solution.certificate, against: problem) == nil)
        let stage = solution.certificate.stages[0]
        for s in 0..<7 {
          #expect(stage.lower[s] - 1e-12 <= values[s] && values[s] <= stage.upper[s] + 1e-12)
        }
      }
    }
  }
}
