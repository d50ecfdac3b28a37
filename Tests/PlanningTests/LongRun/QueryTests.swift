// SPDX-License-Identifier: Apache-2.0
import Certificates
import ExactArithmetic
import MarkovModels
import TestSupport
import Testing

@testable import Planning

@Suite("Queries")
struct QueryTests {
  @Test("certified gaps contain the exact gaps", arguments: RandomModelKind.allCases)
  func gaps(_ kind: RandomModelKind) throws {
    for seed in 1...20 {
      let model = try randomMDP(kind: kind, states: 1 + seed % 6, actions: 3, seed: UInt64(seed))
      let problem = try DiscountedMDP(model, discount: [0.3, 0.9, 0.999][seed % 3])
      let solution = try PolicyIteration().solve(problem, stopping: StoppingRule(epsilon: 1e-8))
      let gaps = ActionGaps(solution.certificate, of: problem)
      let exact = try ExactPolicyIteration().solve(problem)
      let rows = model.transitions.sparseForm()
      let q = RationalRows(
        columnCount: model.stateCount, rowPointers: rows.rowPointers, columns: rows.columns,
        values: try RationalVector(rows.values)
      ).backup(
        rewards: try RationalVector(model.rewards), discount: try Rational(problem.discount),
        values: exact.values)
      for s in 0..<model.stateCount {
        for k in model.choices(of: s) {
          let gap = exact.values.selecting([s]).subtracting(q.selecting([k]))[0]
          #expect(try Rational(gaps.gaps[k].lowerBound) <= gap, "\(kind) \(seed) \(s) \(k)")
          #expect(try gap <= Rational(gaps.gaps[k].upperBound), "\(kind) \(seed) \(s) \(k)")
          #expect(try Rational(gaps.actionValues[k].lowerBound) <= q[k])
          #expect(try q[k] <= Rational(gaps.actionValues[k].upperBound))
        }
        #expect(Set(exact.optimalChoices[s]).isSubset(of: gaps.candidates(of: s)))
        if gaps.decidedStates.contains(s) {
          #expect(exact.optimalChoices[s] == gaps.candidates(of: s))
        }
      }
    }
  }

  @Test("derivatives agree with difference quotients")
  func sensitivity() throws {
    for seed in 1...30 {
      let model = try randomMDP(kind: .dense, states: 5, actions: 2, seed: UInt64(seed))
      let problem = try DiscountedMDP(model, discount: 0.9)
      let policy = try PolicyIteration().solve(problem).policy
      let mu = [0.1, 0.2, 0.3, 0.4, 0]
      let found = try Sensitivity(policy, in: problem, start: mu)
      func value(_ model: TabularMDP, _ discount: Double) throws -> Double {
        try zip(
          mu, PolicyEvaluation(policy, in: DiscountedMDP(model, discount: discount)).values()
        ).reduce(0) { $0 + $1.0 * $1.1 }
      }
      func changed(_ rewards: [Double], _ p: (inout [Double]) -> Void) throws -> TabularMDP {
        var matrix = model.transitions.denseForm()
        p(&matrix.elements)
        return try TabularMDP(
          stateCount: 5, actionCount: 2, transitions: .dense(matrix), rewards: rewards)
      }
      let h = 0x1p-17
      let slope = try (value(model, 0.9 + h) - value(model, 0.9 - h)) / (2 * h)
      expectClose(found.discount, slope, tolerance: 1e-5 * max(1, abs(slope)))
      for k in policy.choices {
        var (up, down) = (model.rewards, model.rewards)
        up[k] += h
        down[k] -= h
        expectClose(
          found.reward[k],
          try (value(changed(up) { _ in }, 0.9) - value(changed(down) { _ in }, 0.9)) / (2 * h),
          tolerance: 1e-7)
        // Probability moves from state 0 to state 1.
        let e = 0x1p-30
        let moved = try changed(model.rewards) {
          $0[5 * k] -= e
          $0[5 * k + 1] += e
        }
        expectClose(
          found.probability(ofChoice: k, next: 1) - found.probability(ofChoice: k, next: 0),
          try (value(moved, 0.9) - found.value) / e, tolerance: 1e-4)
      }
    }
  }

  @Test("Puterman's policy is optimal from discount 10/11 on")
  func discountInterval() throws {
    let model = try PutermanTwoState().model()
    let hold = try DeterministicPolicy(actions: [0, 0], of: model)
    let leave = try DeterministicPolicy(actions: [1, 0], of: model)
    let above = try #require(
      try DiscountInterval(hold, in: DiscountedMDP(model, discount: 0.95)))
    expectClose(above.lower, 10.0 / 11, tolerance: 1e-9)
    #expect(above.upper == 0.9999 && above.challengerAbove == nil && above.challengerBelow == 1)
    let below = try #require(try DiscountInterval(leave, in: DiscountedMDP(model, discount: 0.5)))
    expectClose(below.upper, 10.0 / 11, tolerance: 1e-9)
    #expect(below.lower == 0 && below.challengerAbove == 0)
    #expect(try DiscountInterval(leave, in: DiscountedMDP(model, discount: 0.95)) == nil)
  }

  @Test("the discount interval agrees with exact solutions on both of its sides")
  func discountIntervalExactly() throws {
    var crossings = 0
    for seed in 1...40 {
      let model = try randomMDP(kind: .sparse, states: 4, actions: 3, seed: UInt64(seed))
      let problem = try DiscountedMDP(model, discount: 0.7)
      let policy = try ExactPolicyIteration().solve(problem).policy
      let found = try #require(try DiscountInterval(policy, in: problem, limit: 0.999))
      func isOptimal(_ discount: Double) throws -> Bool {
        let exact = try ExactPolicyIteration().solve(DiscountedMDP(model, discount: discount))
        return zip(policy.choices, exact.optimalChoices).allSatisfy { $1.contains($0) }
      }
      for share in [0.001, 0.25, 0.5, 0.75, 0.999] {
        #expect(try isOptimal(found.lower + share * (found.upper - found.lower)), "\(seed)")
      }
      if found.challengerAbove != nil {
        crossings += 1
        #expect(try !isOptimal(found.upper + 1e-6), "\(seed)")
      }
      if found.challengerBelow != nil, found.lower > 1e-6 {
        crossings += 1
        #expect(try !isOptimal(found.lower - 1e-6), "\(seed)")
      }
    }
    #expect(crossings > 10)
  }

  @Test("bisimilar copies are found, and the quotient has the same values")
  func bisimulation() throws {
    for seed in 1...30 {
      // Two copies of each state; the probability of a state is split between its copies, differently
      // in each row, in parts that add up exactly.
      let small = try randomMDP(kind: .sparse, states: 6, actions: 2, seed: UInt64(seed))
      var rng = RepeatableGenerator(seed: UInt64(seed))
      let doubled = try OutcomeTable(states: 12, actions: 2) { s, a in
        var outcomes: [Outcome] = []
        small.transitions.forEachEntry(row: 2 * (s % 6) + a) { t, p, _ in
          switch rng.next() % 3 {
          case 0: outcomes.append(Outcome(p, to: t))
          case 1: outcomes.append(Outcome(p, to: t + 6))
          default: outcomes += [Outcome(p / 2, to: t), Outcome(p / 2, to: t + 6)]
          }
        }
        return outcomes
      }.model()
      let rewarded = try TabularMDP(
        stateCount: 12, actionCount: 2, transitions: doubled.transitions,
        rewards: small.rewards + small.rewards)
      let quotient = try BisimulationQuotient(rewarded)
      #expect(quotient.model.stateCount == 6 && quotient.isExact)
      let values = try PolicyIteration().solve(quotient.model, discount: 0.9)
      let full = try PolicyIteration().solve(rewarded, discount: 0.9)
      expectClose(quotient.lifted(values.values), full.values, tolerance: 1e-6)
      let lifted = try quotient.lifted(values.policy, to: rewarded)
      let own = try PolicyEvaluation(lifted, in: DiscountedMDP(rewarded, discount: 0.9)).values()
      expectClose(own, full.values, tolerance: 1e-6)
    }
  }

  @Test("a grid with two mirror halves folds to one, and 0.1 + 0.2 is not 0.3")
  func folding() throws {
    let model = try OutcomeTable(states: 5, actions: 1) { s, _ in
      switch s {
      case 0: [Outcome(0.5, to: 1), Outcome(0.5, to: 2)]
      case 1: [Outcome(0.5, to: 3), Outcome(0.5, to: 4, reward: 2)]
      case 2: [Outcome(1, to: 3, reward: 1)]
      default: [Outcome(1, to: s)]
      }
    }.model()
    let found = try BisimulationQuotient(model)
    #expect(found.blockOfState == [0, 1, 1, 2, 2])
    #expect(found.isExact && found.model.stateCount == 3)
    var (a, b) = (ExactSum(), ExactSum())
    a.add(0.1)
    a.add(0.2)
    b.add(0.3)
    #expect(a != b && !a.isExactly(0.3) && b.isExactly(0.3))
    var c = ExactSum()
    for x in [0x1p-1074, 0.5, 0x1p-1060, 1e-300] { c.add(x) }
    #expect(c.rounded == 0.5 && !c.isExactly(0.5))
    var d = ExactSum()
    for x in [0.2, 0.1] { d.add(x) }
    #expect(a.words == d.words)
  }

  @Test("bias optimality is finer than gain optimality")
  func biasOptimal() throws {
    // From 0: at once to the free state 1, or with 1 in hand; the gain is 0 either way.
    let model = try OutcomeTable(states: 2, actions: 3) { s, a in
      s == 0 ? [Outcome(1, to: 1, reward: [0, 1, 1][a])] : [Outcome(1, to: 1)]
    }.model()
    let problem = try AverageRewardMDP(model)
    let bias = try BlackwellOptimality(.discount(0)).solve(problem)
    #expect(bias.policy.actions(in: model)[0] >= 1)
    #expect(bias.optimalChoices[0] == [1, 2])
    #expect(bias.expansion.coefficients[1].text(at: 0) == "1")
    let blackwell = try BlackwellOptimality().solve(problem)
    #expect(blackwell.optimalChoices[0] == [1, 2])
  }

  @Test("Puterman's example: the bound on the Blackwell discount is above 10/11")
  func blackwellPuterman() throws {
    let model = try PutermanTwoState().model()
    let answer = try BlackwellOptimality().solve(AverageRewardMDP(model))
    #expect(answer.policy.actions(in: model) == [0, 0])
    #expect(answer.expansion.gain.text(at: 0) == "-1")
    let from = try #require(answer.optimalFrom)
    #expect(from >= 10.0 / 11 && from < 1)
  }

  /// 60 seeds of two kinds whose rows sum to 1 exactly, so that all criteria speak of one model.
  @Test("a Blackwell-optimal policy is optimal for discounts above its bound")
  func blackwell() throws {
    for kind in [LongRunKind.deterministic, .coarse, .costs] {
      for seed in 1...60 {
        let model = try longRunModel(kind, seed: seed)
        let problem = try AverageRewardMDP(model)
        let answer = try BlackwellOptimality().solve(problem)
        let from = try #require(answer.optimalFrom)
        for share in [0.0, 0.3, 0.9] {
          let discount = from + share * (1 - from)
          guard discount > 0, discount < 1 else { continue }
          let exact = try ExactPolicyIteration().solve(DiscountedMDP(model, discount: discount))
          for s in 0..<model.stateCount {
            #expect(
              exact.optimalChoices[s].contains(answer.policy.choices[s]),
              "\(kind) \(seed) \(discount)")
            #expect(Set(answer.optimalChoices[s]) == Set(exact.optimalChoices[s]) || share == 0)
          }
        }
        let gain = try MultichainPolicyIteration().solve(problem)
        for s in 0..<model.stateCount {
          #expect(try Rational(gain.certificate.stages[0].lower[s]) <= answer.expansion.gain[s])
          #expect(try answer.expansion.gain[s] <= Rational(gain.certificate.stages[0].upper[s]))
        }
      }
    }
  }
}
