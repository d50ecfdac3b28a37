// SPDX-License-Identifier: Apache-2.0
import Certificates
import ExactArithmetic
import Foundation
import MarkovModels
import Planning
import TestSupport
import Testing

@Suite("Average reward")
struct AverageRewardTests {
  private let planners: [any AverageRewardPlanner] = [
    RelativeValueIteration(), MultichainPolicyIteration(),
  ]

  @Test("a two-state ring of period 2 has the mean of its rewards as gain")
  func ring() throws {
    let model = try OutcomeTable(states: 2, actions: 1) { s, _ in
      [Outcome(1, to: 1 - s, reward: s == 0 ? 1 : 0)]
    }.model()
    for planner in planners {
      let solution = try planner.solve(
        AverageRewardMDP(model), stopping: StoppingRule(epsilon: 1e-12))
      #expect(solution.status == .converged)
      expectClose(solution.gain, [0.5, 0.5], tolerance: 1e-12)
      expectClose(solution.bias[0] - solution.bias[1], 0.5, tolerance: 1e-12)
      #expect(CertificateChecker().check(solution.certificate, against: model) == nil)
    }
  }

  @Test("Puterman's two-state model has gain −1 everywhere")
  func puterman() throws {
    let model = try PutermanTwoState().model()
    for planner in planners {
      let solution = try planner.solve(
        AverageRewardMDP(model), stopping: StoppingRule(epsilon: 1e-10))
      expectClose(solution.gain, [-1, -1], tolerance: 1e-10)
    }
  }

  @Test("a multichain model has the gain of the component that it can reach")
  func multichain() throws {
    // From 0 one choice leads to 1 (gain 1) or 2 (gain 4) with equal chances, the other to 3 (gain 2).
    let model = try OutcomeTable(states: 4, actions: 2) { s, a in
      switch s {
      case 0: a == 0 ? [Outcome(0.5, to: 1), Outcome(0.5, to: 2)] : [Outcome(1, to: 3)]
      case 1: [Outcome(1, to: 1, reward: 1)]
      case 2: [Outcome(1, to: 2, reward: a == 0 ? 4 : 3)]
      default: [Outcome(1, to: 3, reward: 2)]
      }
    }.model()
    for planner in planners {
      let solution = try planner.solve(
        AverageRewardMDP(model), stopping: StoppingRule(epsilon: 1e-10))
      #expect(solution.status == .converged)
      expectClose(solution.gain, [2.5, 1, 4, 2], tolerance: 1e-10)
      #expect(solution.policy.actions(in: model)[0] == 0)
    }
  }

  /// The property behind every printed gain: 7 kinds × 60 seeds, 2 planners, all policies exactly.
  @Test("certified gains contain the exact optimal gain", arguments: LongRunKind.allCases)
  func intervals(_ kind: LongRunKind) throws {
    for seed in 1...60 {
      let model = try longRunModel(kind, seed: seed)
      let problem = try AverageRewardMDP(model)
      let gains = try allPolicies(model).map { try LaurentExpansion($0, in: problem).gain }
      let scale = max(abs(model.rewardRange.lowerBound), abs(model.rewardRange.upperBound))
      for planner in planners {
        let name = "\(kind) \(seed) \(type(of: planner).name)"
        let solution = try planner.solve(
          problem,
          stopping: StoppingRule(epsilon: max(1e-10, 1e-10 * scale), maximumIterations: 20_000))
        #expect(
          CertificateChecker().check(solution.certificate, against: model) == nil, "\(name)")
        let own = try LaurentExpansion(solution.policy, in: problem).gain
        let stage = solution.certificate.stages[0]
        for s in 0..<model.stateCount {
          let best = try #require(greatest(gains, s))
          #expect(try Rational(stage.lower[s]) <= own[s], "\(name) state \(s): policy")
          #expect(try best <= Rational(stage.upper[s]), "\(name) state \(s): optimum")
        }
        if planner is MultichainPolicyIteration {
          #expect(solution.certificate.gap <= 1e-9 * max(scale, 1e-3), "\(name) \(solution.status)")
        }
      }
    }
  }

  @Test("P* and the deviation matrix satisfy their defining equations")
  func matrices() throws {
    for seed in 1...40 {
      let model = try longRunModel(.thirds, seed: seed)
      let problem = try AverageRewardMDP(model)
      let policy = try allPolicies(model)[0]
      let chain = try LimitingMatrices(policy, in: problem)
      let r = policy.choices.map { model.rewards[$0] }
      let exact = try LaurentExpansion(policy, in: problem, order: 3)
      for (n, y) in chain.laurentCoefficients(r, order: 3).enumerated() {
        for s in y.indices {
          let bounds = exact.coefficients[n].bounds(at: s)
          expectClose(y[s], bounds.lowerBound, tolerance: 1e-8 * (1 + abs(bounds.lowerBound)))
        }
      }
    }
  }

  @Test("refuses a certificate whose gain or bias was moved, or whose policy is another")
  func refusals() throws {
    let model = try RiverSwim(states: 6).model()
    let good = try MultichainPolicyIteration().solve(AverageRewardMDP(model)).certificate
    #expect(CertificateChecker().check(good, against: model) == nil)
    #expect(try Certificate(json: Data(good.json().utf8)) == good)
    func moved(_ change: (inout [Double], inout [Double], inout [Int], Int) -> Void) -> Certificate
    {
      Certificate(
        criterion: .averageReward,
        stages: good.stages.enumerated().map { i, stage in
          var (lower, upper, choices) = (stage.lower, stage.upper, stage.choices)
          change(&lower, &upper, &choices, i)
          return .init(lower: lower, upper: upper, choices: choices)
        }, method: good.method, status: good.status, iterations: good.iterations,
        residual: good.residual, epsilon: good.epsilon)
    }
    for s in 0..<model.stateCount {
      let wrong = [
        moved { _, upper, _, i in if i == 0 { upper[s] -= 1e-6 } },
        moved { lower, _, _, i in if i == 0 { lower[s] += 1e-6 } },
        moved { lower, _, _, i in if i == 1 { lower[s] += 1 } },
        moved { _, upper, _, i in if i == 1 { upper[s] -= 1 } },
        moved { _, upper, _, i in if i == 1 { upper[s] = .infinity } },
        moved { _, _, choices, _ in
          choices[s] = 0 == choices[s] % 2 ? choices[s] + 1 : choices[s] - 1
        },
      ]
      for certificate in wrong {
        #expect(CertificateChecker().check(certificate, against: model) != nil)
      }
    }
    let all = moved { lower, upper, _, i in
      if i == 0 { (lower, upper) = (lower.map { $0 + 1e-6 }, upper.map { $0 + 1e-6 }) }
    }
    #expect(CertificateChecker().check(all, against: model) != nil)
  }
}
