// SPDX-License-Identifier: Apache-2.0
import Certificates
import ExactArithmetic
import MarkovModels
import Planning
import TestSupport
import Testing

@Suite("Exact rationals")
struct ExactPolicyIterationTests {
  @Test("Puterman's example has the closed form as fractions")
  func puterman() throws {
    // Discount 15/16 is a double: V(1) = −16, V(0) = max{(5 − 15/2)/(1 − 15/32), 10 − 15}.
    let model = try putermanExample(0.9375).model(.sparse)
    let exact = try ExactPolicyIteration().solve(DiscountedMDP(model, discount: 0.9375))
    #expect(exact.values.text(at: 1) == "-16")
    #expect(exact.values.text(at: 0) == "-80/17")
    #expect(exact.policy.actions(in: model) == [0, 0])
  }

  @Test("all optimal choices are found, ties included")
  func ties() throws {
    let model = try randomMDP(kind: .constantRewards, states: 6, actions: 3, seed: 2)
    let exact = try ExactPolicyIteration().solve(DiscountedMDP(model, discount: 0.5))
    // Rows sum to 1 only within rounding, so ties in exact arithmetic need rows that sum exactly.
    let table = try OutcomeTable(states: 4, actions: 3) { s, a in
      [Outcome(0.5, to: (s + a) % 4, reward: 1), Outcome(0.5, to: s, reward: 1)]
    }.model()
    let tied = try ExactPolicyIteration().solve(DiscountedMDP(table, discount: 0.75))
    #expect(tied.optimalChoices == (0..<4).map { [3 * $0, 3 * $0 + 1, 3 * $0 + 2] })
    #expect(tied.values.text(at: 0) == "4")
    #expect(exact.optimalChoices.allSatisfy { !$0.isEmpty })
  }

  /// The property behind every printed bound: 12 kinds × 90 seeds, discounts up to 1 − 10⁻⁶.
  @Test(
    "certified intervals contain the exact solution, for adversarial scales",
    arguments: RandomModelKind.allCases)
  func intervals(_ kind: RandomModelKind) throws {
    let discounts = [0, 0.3, 0.9, 0.99, 0.9999, 1 - 1e-6]
    let planners: [any DiscountedPlanner] = [
      AutomaticPlanner(), ValueIteration(), GaussSeidel(), ModifiedPolicyIteration(),
      PolicyIteration(), LinearProgramPlanner(), LowRankPlanner(),
    ]
    for seed in 1...90 {
      let S = 1 + seed % 8
      let model = try randomMDP(kind: kind, states: S, actions: 1 + seed % 3, seed: UInt64(seed))
      let problem = try DiscountedMDP(model, discount: discounts[seed % 6])
      let exact = try ExactPolicyIteration().solve(problem)
      let planner = planners[seed % planners.count]
      // The bounds must hold however the method ends, so a low iteration limit is part of the test.
      let solution = try planner.solve(
        problem, stopping: StoppingRule(epsilon: 1e-9, maximumIterations: 2_000))
      let stage = solution.certificate.stages[0]
      let (lower, upper) = (try RationalVector(stage.lower), try RationalVector(stage.upper))
      for s in 0..<S {
        let place = "\(kind) \(seed) \(type(of: planner).name), state \(s)"
        #expect(lower.compare(s, with: exact.values, s) <= 0, "\(place)")
        #expect(upper.compare(s, with: exact.values, s) >= 0, "\(place)")
      }
      // The lower bound holds for the policy's own value, which is what bounds its loss.
      let rows = model.transitions.sparseForm()
      let own = try RationalRows(
        columnCount: S, rowPointers: rows.rowPointers, columns: rows.columns,
        values: RationalVector(rows.values)
      ).solve(
        rewards: RationalVector(model.rewards), discount: Rational(problem.discount),
        choice: solution.policy.choices)
      for s in 0..<S { #expect(lower.compare(s, with: own, s) <= 0, "\(kind) \(seed) loss") }
      #expect(CertificateChecker().check(solution.certificate, against: model) == nil)
    }
  }

  @Test("finite-horizon intervals contain the exact solution")
  func finiteHorizon() throws {
    for kind in RandomModelKind.allCases {
      for seed in 1...10 {
        let model = try randomMDP(kind: kind, states: 5, actions: 3, seed: UInt64(seed))
        let H = 1 + seed
        let solution = try BackwardInduction().solve(FiniteHorizonMDP(model, horizon: H))
        let sparse = model.transitions.sparseForm()
        let rows = RationalRows(
          columnCount: 5, rowPointers: sparse.rowPointers, columns: sparse.columns,
          values: try RationalVector(sparse.values))
        let rewards = try RationalVector(model.rewards)
        var v = try RationalVector([Double](repeating: 0, count: 5))
        for h in (0..<H).reversed() {
          let q = rows.backup(rewards: rewards, discount: try Rational(1), values: v)
          v = q.selecting(
            (0..<5).map { s in
              model.choices(of: s).reduce(model.choices(of: s).lowerBound) {
                q.compare($1, with: q, $0) > 0 ? $1 : $0
              }
            })
          let stage = solution.certificate.stages[h]
          let (lower, upper) = (try RationalVector(stage.lower), try RationalVector(stage.upper))
          for s in 0..<5 {
            #expect(lower.compare(s, with: v, s) <= 0 && upper.compare(s, with: v, s) >= 0)
          }
        }
      }
    }
  }
}
