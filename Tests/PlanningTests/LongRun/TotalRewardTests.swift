// SPDX-License-Identifier: Apache-2.0
import Certificates
import ExactArithmetic
import Foundation
import MarkovModels
import Planning
import TestSupport
import Testing

@Suite("Total reward")
struct TotalRewardTests {
  private func solve(_ model: TabularMDP, epsilon: Double = 1e-9) throws -> TotalSolution {
    let solution = try StochasticShortestPath().solve(
      TotalRewardMDP(model), stopping: StoppingRule(epsilon: epsilon))
    let refusal = CertificateChecker().check(solution.certificate, against: model)
    #expect(refusal == nil, "\(refusal?.description ?? "")")
    return solution
  }

  @Test("a coin tossed until heads costs 1/p")
  func geometric() throws {
    for p in [0.5, 1e-3, 1e-9] {
      let model = try OutcomeTable(states: 2, actions: 1) { s, _ in
        s == 1
          ? [Outcome(1, to: 1)]
          : [Outcome(p, to: 1, reward: -1), Outcome(1 - p, to: 0, reward: -1)]
      }.model()
      let solution = try solve(model, epsilon: 1e-12 / p)
      #expect(solution.status == .converged)
      expectClose(solution.value(of: 0), -1 / p, tolerance: 1e-6)
      expectClose(solution.value(of: 1), 0, tolerance: 1e-12)
      #expect(solution.properStates == [0, 1])
    }
  }

  @Test("a free cycle is left for a reward, and entered to avoid a cost")
  func freeCycle() throws {
    // 0 ⇄ 1 is free; 1 may go to the absorbing 2 for 3 or −3.
    for prize in [3.0, -3] {
      let model = try OutcomeTable(states: 3, actions: 2) { s, a in
        switch (s, a) {
        case (0, _): [Outcome(1, to: 1)]
        case (1, 0): [Outcome(1, to: 0)]
        case (1, _): [Outcome(1, to: 2, reward: prize)]
        default: [Outcome(1, to: 2)]
        }
      }.model()
      let solution = try solve(model)
      expectClose(solution.value(of: 0), max(prize, 0), tolerance: 1e-9)
      expectClose(solution.value(of: 1), max(prize, 0), tolerance: 1e-9)
    }
  }

  @Test("infinite values are found and proved")
  func infinite() throws {
    // 0 → 1 or the goal 3; 1 pays 1 for ever; 2 loses 1 for ever.
    let model = try OutcomeTable(states: 4, actions: 2) { s, a in
      switch s {
      case 0:
        a == 0 ? [Outcome(1e-6, to: 1), Outcome(1 - 1e-6, to: 3)] : [Outcome(1, to: 3, reward: 5)]
      case 1: [Outcome(1, to: 1, reward: 1)]
      case 2: [Outcome(1, to: 2, reward: -1)]
      default: [Outcome(1, to: 3)]
      }
    }.model()
    let solution = try solve(model)
    #expect(solution.values[0] == .infinite)
    #expect(solution.values[1] == .infinite)
    #expect(solution.values[2] == .minusInfinite)
    expectClose(solution.value(of: 3), 0, tolerance: 1e-12)
    #expect(solution.properStates == [0, 3])
    #expect(solution.notes.contains { $0.hasPrefix("states 0, 1: +∞") })
    #expect(try Certificate(json: Data(solution.certificate.json().utf8)) == solution.certificate)
  }

  @Test("totals that swing for ever are undecided, with the reason")
  func swinging() throws {
    let model = try OutcomeTable(states: 3, actions: 1) { s, _ in
      s == 2 ? [Outcome(1, to: 2)] : [Outcome(1, to: 1 - s, reward: s == 0 ? 1 : -1)]
    }.model()
    let solution = try solve(model)
    #expect(solution.values[0] == .undecided)
    #expect(solution.value(of: 0).isNaN)
    #expect(solution.certificate.gap == .infinity)
    #expect(try Certificate(json: Data(solution.certificate.json().utf8)) == solution.certificate)
    #expect(solution.notes.contains { $0.contains("swing") })
    expectClose(solution.value(of: 2), 0, tolerance: 1e-12)
  }

  /// 7 kinds × 60 seeds × with and without ends; every policy evaluated exactly.
  @Test("what a certificate says of a state is true", arguments: LongRunKind.allCases)
  func truth(_ kind: LongRunKind) throws {
    var (finite, plus, minus, open) = (0, 0, 0, 0)
    for seed in 1...60 {
      for ends in [false, true] {
        let model = try longRunModel(kind, seed: seed, ends: ends)
        let solution = try solve(model)
        let full = try withEndState(model)
        let problem = try AverageRewardMDP(full)
        let expansions = try allPolicies(full).map { policy in
          (policy, try LaurentExpansion(policy, in: problem))
        }
        let own = try LaurentExpansion(
          DeterministicPolicy(
            choices: solution.policy.choices + [full.choiceCount - 1], of: full), in: problem)
        for s in 0..<model.stateCount {
          let place = "\(kind) \(seed) ends \(ends) state \(s)"
          let gains = expansions.map { $0.1.gain.sign(at: s) }
          switch solution.values[s] {
          case .infinite:
            plus += 1
            #expect(own.gain.sign(at: s) > 0, "\(place)")
          case .minusInfinite:
            minus += 1
            #expect(gains.allSatisfy { $0 < 0 }, "\(place)")
          case .finite(let bounds):
            finite += 1
            #expect(gains.allSatisfy { $0 <= 0 }, "\(place)")
            #expect(own.gain.sign(at: s) == 0, "\(place)")
            // The recurrent classes of gain 0 pay nothing, so the bias is the total reward.
            let totals = expansions.filter { $0.1.gain.sign(at: s) == 0 }.map {
              $0.1.coefficients[1]
            }
            let best = try #require(greatest(totals, s))
            #expect(try Rational(bounds.lowerBound) <= own.coefficients[1][s], "\(place) low")
            #expect(try best <= Rational(bounds.upperBound), "\(place) high")
            #expect(solution.properStates.contains(s), "\(place)")
            if kind != .scales {
              // Sticky models add and cancel numbers of 10⁹.
              let size = kind == .sticky ? 1e9 : 1 + abs(bounds.upperBound)
              #expect(bounds.upperBound - bounds.lowerBound < 1e-9 * size, "\(place) \(bounds)")
            }
          case .atLeast(let low):
            open += 1
            #expect(
              try own.gain.sign(at: s) > 0
                || (own.gain.sign(at: s) == 0 && Rational(low) <= own.coefficients[1][s]),
              "\(place)")
          case .atMost(let high):
            open += 1
            #expect(gains.allSatisfy { $0 <= 0 }, "\(place)")
            for (i, gain) in gains.enumerated() where gain == 0 {
              #expect(try expansions[i].1.coefficients[1][s] <= Rational(high), "\(place)")
            }
          case .undecided: open += 1
          }
        }
      }
    }
    #expect(finite > 0)
    #expect(open * 5 < finite + plus + minus, "\(open) open")
  }
}

@Suite("Long-run planners on environments")
struct LongRunEnvironmentTests {
  @Test("taxi, cliff, lake and a maze: totals agree with backward induction over a long horizon")
  func totals() throws {
    let models = [
      try FrozenLake().table().model(), try CliffWalking().table().model(),
      try Taxi().table().model(), try GridMaze(rows: 9, columns: 9).model(),
    ]
    for model in models {
      let solution = try StochasticShortestPath().solve(
        TotalRewardMDP(model), stopping: StoppingRule(epsilon: 1e-8))
      #expect(solution.status == .converged)
      #expect(CertificateChecker().check(solution.certificate, against: model) == nil)
      let long = Oracle(model).optimalValues(horizon: 4_000)
      expectClose(
        (0..<model.stateCount).map { solution.value(of: $0) }, long, tolerance: 1e-6)
    }
  }

  @Test("inventory, river, machines and a random model: both methods agree with the oracle")
  func gains() throws {
    let models = [
      try Inventory().model(), try RiverSwim(states: 12).model(),
      try Garnet(states: 400, actions: 3).model(),
    ]
    for model in models {
      let gain = Oracle(model).optimalGain()
      for planner in [RelativeValueIteration(), MultichainPolicyIteration()]
        as [any AverageRewardPlanner]
      {
        let solution = try planner.solve(
          AverageRewardMDP(model), stopping: StoppingRule(epsilon: 1e-9))
        #expect(solution.status == .converged)
        #expect(CertificateChecker().check(solution.certificate, against: model) == nil)
        expectClose(solution.gain[0], gain, tolerance: 1e-8)
      }
    }
  }

  @Test("a walk of 400 steps home costs 5 a step, between certified bounds")
  func walk() throws {
    let model = try OutcomeTable(states: 401, actions: 2) { s, a in
      s == 0
        ? [Outcome(1, to: 0)]
        : [
          Outcome(a == 0 ? 0.6 : 0.5, to: s - 1, reward: -1),
          Outcome(a == 0 ? 0.4 : 0.5, to: min(400, s + 1), reward: -1),
        ]
    }.model()
    let solution = try StochasticShortestPath().solve(TotalRewardMDP(model))
    #expect(solution.status == .converged)
    // v(s) − v(s − 1) = −5 + (10/3) (2/3)^(400 − s): a step home costs 5, less near the far end.
    expectClose(solution.value(of: 100), -500, tolerance: 1e-6)
    #expect(CertificateChecker().check(solution.certificate, against: model) == nil)
    let stopped = try StochasticShortestPath().solve(
      TotalRewardMDP(model), stopping: StoppingRule(epsilon: 1e-13, maximumIterations: 3))
    #expect(stopped.status != .converged)
    #expect(CertificateChecker().check(stopped.certificate, against: model) == nil)
  }

  @Test("the value from the start is infinite where its states are")
  func fromTheStart() throws {
    let model = try OutcomeTable(states: 3, actions: 1) { s, _ in
      [Outcome(1, to: s, reward: Double(s - 1))]
    }.model()
    let certificate = try StochasticShortestPath().solve(TotalRewardMDP(model)).certificate
    #expect(certificate.valueBounds(from: [0, 1, 0]).contains(0))
    #expect(certificate.valueBounds(from: [0, 0.5, 0.5]) == .infinity ... .infinity)
    #expect(certificate.valueBounds(from: [0.5, 0.5, 0]) == -.infinity ... -.infinity)
    #expect(certificate.valueBounds(from: [0.5, 0, 0.5]) == -.infinity ... .infinity)
  }
}
