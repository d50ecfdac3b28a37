// SPDX-License-Identifier: Apache-2.0
#if ExactRationals
  import Bandits
  import Bounds
  import ExactArithmetic
  import Foundation
  import LinearAlgebra
  import MarkovModels
  import OfflineLearning
  import OnlineLearning
  import Randomness

  /// The learners themselves on every possible data set of a small problem, each with its exact
  /// probability.
  enum LearnerFuzz {
    typealias Verdict = FuzzTests.Verdict

    /// The exact probability, as a double, that `test` holds of bits with these probabilities of a 1.
    private static func probability(
      _ ps: [Rational], of test: ([Bool]) throws -> Bool
    ) rethrows -> Double {
      var sum = q(0)
      for word in 0..<(1 << ps.count) {
        let bits = ps.indices.map { word >> $0 & 1 == 1 }
        guard try test(bits) else { continue }
        sum = sum + zip(bits, ps).map { $0 ? $1 : q(1) - $1 }.reduce(q(1), *)
      }
      return sum.double
    }

    // MARK: Fixed data

    static func lcb(_ draws: inout Draws) throws -> Verdict {
      let pulls = [draws.int(1...4), draws.int(1...5)]
      let means = [q(draws.int(0...10), 10), q(draws.int(0...10), 10)]
      let delta = Double(draws.int(1...19)) / 20
      let rule = LCBBandit(arms: 2, failureProbability: delta)
      let best = means[0] >= means[1] ? 0 : 1
      let bound = LCBHoeffding(arms: 2, failureProbability: delta)
        .suboptimality(observations: pulls[best]).value
      let ps = pulls.indices.flatMap { a in [Rational](repeating: means[a], count: pulls[a]) }
      func fails(_ factor: Double) throws -> Double {
        try probability(ps) { bits in
          let wins = [bits[..<pulls[0]].count { $0 }, bits[pulls[0]...].count { $0 }]
          let arm = rule.arm(from: try ArmData(pulls: pulls, successes: wins))
          return (means[best] - means[arm]).double > factor * bound + 1e-12
        }
      }
      return Verdict(holds: try fails(1) <= delta * margin, twin: try fails(0.1) <= delta)
    }

    static func vilcb(_ draws: inout Draws) throws -> Verdict {
      // One state with two choices, T = 2, one observation of each choice in each of three parts.
      let means = [q(draws.int(5...20), 20), q(draws.int(5...20), 20)]
      let (gamma, delta) = (0.5, [0.2, 0.5, 0.9][draws.int(0...2)])
      let numbers = VILCBHoeffding(
        choices: 2, iterations: 2, discount: gamma, failureProbability: delta)
      guard let bound = numbers.suboptimality(observations: 1)?.value else {
        preconditionFailure("L < 2")
      }
      let best = means.map(\.double).max() ?? 0
      func fails(_ multiplier: Double, _ bound: Double) throws -> Double {
        let learner = VILCB(multiplier: multiplier, failureProbability: delta)
        return try probability((0..<6).map { means[$0 % 2] }) { bits in
          let folds = try (0..<3).map { t in
            try BatchDataset(
              (0..<2).map { k in
                BatchDataset.Sample(choice: k, reward: bits[2 * t + k] ? 1 : 0, next: 0)
              }, choicePointers: [0, 2])
          }
          let solution = try learner.learn(from: folds, discount: gamma)
          let own = means[solution.choices[0]].double / (1 - gamma)
          return solution.lowerValues[0] > own + 1e-9
            || best / (1 - gamma) - own > bound + 1e-9
        }
      }
      return Verdict(
        holds: try fails(1, bound) <= delta * margin, twin: try fails(0.01, bound) <= delta)
    }

    /// Pessimistic value iteration on two states, one action, two stages, n observations of each choice
    /// in the first stage: the quantifier and pessimism, as shares of all data sets.
    private static func pevi(
      _ draws: inout Draws, spread: Double = 1
    ) -> (delta: Double, fails: (_ factor: Double, _ quantifier: Bool) -> Double) {
      let n = draws.int(1...4)
      let p = [q(draws.int(1...9), 10), q(draws.int(1...9), 10)]  // to state 1
      let rewards = [q(draws.int(0...4), 4), q(draws.int(0...4), 4)]
      let (lambda, delta) = (1.0 / 64, [0.01, 0.1, 0.5][draws.int(0...2)])
      let numbers = PEVIHoeffding(
        choices: 2, horizon: 2, regularization: lambda, failureProbability: delta)
      let beta = numbers.multipliers(spread: spread)
      let ps = (0..<2 * n).map { p[$0 / n] }
      let r = rewards.map(\.double)
      let fails = { (factor: Double, quantifier: Bool) -> Double in
        let scale = (1 / (lambda + Double(n))).squareRoot()
        let gammas = beta.map { factor * $0 * scale }
        // The last stage: the same number of observations, whose next states do not matter.
        let last = r.map { max(0, min(1, Double(n) * $0 / (lambda + Double(n)) - gammas[1])) }
        return probability(ps) { bits in
          var isOff = false
          for k in 0..<2 {
            let ones = Double(bits[(k * n)..<((k + 1) * n)].count { $0 })
            let seen = ones * last[1] + (Double(n) - ones) * last[0]
            let estimate = (Double(n) * r[k] + seen) / (lambda + Double(n))
            let mean = p[k].double * last[1] + (1 - p[k].double) * last[0]
            let truth = r[k] + mean
            if quantifier {
              isOff =
                isOff || abs(estimate - truth) > gammas[0] + 1e-12
                || abs(Double(n) * r[k] / (lambda + Double(n)) - r[k]) > gammas[1] + 1e-12
            } else {
              // There is one policy, so V^π is V*: pessimism, and the loss of the returned value.
              let low = max(0, min(2, estimate - gammas[0]))
              let own = r[k] + p[k].double * r[1] + (1 - p[k].double) * r[0]
              isOff = isOff || low > own + 1e-12 || last[k] > r[k] + 1e-12
            }
          }
          return isOff
        }
      }
      return (delta, fails)
    }

    static func peviQuantifier(_ draws: inout Draws) -> Verdict {
      let (delta, fails) = pevi(&draws)
      return Verdict(holds: fails(1, true) <= delta * margin, twin: fails(0.05, true) <= delta)
    }

    static func peviSplit(_ draws: inout Draws) -> Verdict {
      let (delta, fails) = pevi(&draws)
      return Verdict(holds: fails(1, false) <= delta * margin, twin: fails(0, false) <= delta)
    }

    // Unit vectors are simplex features; the multipliers for these are greater by √d.

    static func linearQuantifier(_ draws: inout Draws) -> Verdict {
      let (delta, fails) = pevi(&draws, spread: 2.0.squareRoot())
      return Verdict(holds: fails(1, true) <= delta * margin, twin: fails(0.05, true) <= delta)
    }

    static func linearSplit(_ draws: inout Draws) -> Verdict {
      let (delta, fails) = pevi(&draws, spread: 2.0.squareRoot())
      return Verdict(holds: fails(1, false) <= delta * margin, twin: fails(0, false) <= delta)
    }

    // MARK: UCB1

    /// Expected plays of the worse arm and expected regret of two arms, over all sequences of rewards.
    private static func ucb1(
      _ draws: inout Draws
    ) -> (T: Int, gap: Double, plays: Double, regret: Double) {
      let T = draws.int(2...10)
      let worse = draws.int(0...8)
      let means = [q(draws.int((worse + 1)...10), 10), q(worse, 10)]
      let gap = (means[0] - means[1]).double
      var expected = q(0)
      for word in 0..<(1 << T) {
        var learner = UCB1()
        var rng = Xoshiro256(seed: 1, purpose: "fuzz")
        learner.begin(arms: 2, rounds: T)
        var (weight, plays) = (q(1), 0)
        for t in 1...T {
          let a = learner.arm(ofRound: t, using: &rng)
          let win = word >> (t - 1) & 1 == 1
          weight = weight * (win ? means[a] : q(1) - means[a])
          plays += a
          learner.observe(win ? 1 : 0, ofArm: a)
        }
        expected = expected + weight * q(plays)
      }
      return (T, gap, expected.double, expected.double * gap)
    }

    static func ucb1Plays(_ draws: inout Draws) -> Verdict {
      let (T, gap, plays, _) = ucb1(&draws)
      let bound = UCB1Regret(gaps: [gap]).regret(rounds: T).value / gap
      return Verdict(
        holds: plays <= bound * margin, twin: plays <= log(Double(T)) / (8 * gap * gap) + 0.5)
    }

    static func ucb1Regret(_ draws: inout Draws) -> Verdict {
      let (T, gap, _, regret) = ucb1(&draws)
      let bound = UCB1Regret(gaps: [gap]).regret(rounds: T).value
      return Verdict(
        holds: regret <= bound * margin, twin: regret <= log(Double(T)) / (8 * gap) + gap / 2)
    }

    // MARK: UCBVI

    /// All runs of two episodes: the share that is not optimistic, and that with too great a regret.
    private static func ucbvi(
      _ draws: inout Draws, multiplier: Double
    ) throws -> (delta: Double, numbers: UCBVIHoeffding, pessimistic: Double, regrets: [Double]) {
      let (H, K, delta) = (3, 2, [0.05, 0.3, 0.9][draws.int(0...2)])
      let p = (0..<4).map { _ in q(draws.int(1...9), 10) }  // of choice k to state 1
      let rows = p.flatMap { [1 - $0.double, $0.double] }
      let model = try TabularMDP(
        stateCount: 2, actionCount: 2,
        transitions: .dense(Matrix(2, 4, columnMajor: rows)),
        rewards: (0..<4).map { _ in Double(draws.int(0...4)) / 4 }, initialDistribution: [1, 0])
      let problem = try EpisodicProblem(model, horizon: H)
      let learner = UCBVI(failureProbability: delta, multiplier: multiplier)
      var rng = Xoshiro256(seed: 1, purpose: "fuzz")
      var (pessimistic, regrets) = (q(0), [Double]())
      for word in 0..<(1 << (K * H)) {
        let agent = learner.agent(for: problem, episodes: K)
        var (weight, isOptimistic, regret) = (q(1), true, 0.0)
        for k in 0..<K {
          agent.plan(using: &rng)
          isOptimistic =
            isOptimistic
            && zip(agent.optimisticValues, problem.optimalActionValues)
              .allSatisfy { $0 >= $1 - 1e-12 }
          regret += problem.optimalReturn - value(of: agent.policy, rows, problem)
          var s = 0
          for h in 0..<H {
            guard let choice = agent.policy[stage: h, state: s] else { break }
            let one = word >> (k * H + h) & 1 == 1
            weight = weight * (one ? p[choice] : q(1) - p[choice])
            s = one ? 1 : 0
            agent.observe(choice: choice, next: s)
          }
        }
        if !isOptimistic { pessimistic = pessimistic + weight }
        regrets.append(regret)
      }
      return (delta, learner.numbers(of: problem, episodes: K), pessimistic.double, regrets)
    }

    /// V^π from state 0.
    private static func value(
      of policy: PolicyTable, _ rows: [Double], _ problem: EpisodicProblem
    ) -> Double {
      var V = [0.0, 0.0]
      for h in (0..<problem.horizon).reversed() {
        V = (0..<2).map { s in
          let k = policy[stage: h, state: s] ?? 0
          return problem.rewards[k] + rows[2 * k] * V[0] + rows[2 * k + 1] * V[1]
        }
      }
      return V[0]
    }

    static func ucbviOptimism(_ draws: inout Draws) throws -> Verdict {
      var again = draws
      let run = try ucbvi(&draws, multiplier: 1)
      let bare = try ucbvi(&again, multiplier: 0)
      return Verdict(
        holds: run.pessimistic <= run.delta / 3 * margin,
        twin: bare.pessimistic <= bare.delta / 3)
    }

    static func ucbviUniform(_ draws: inout Draws) throws -> Verdict {
      let run = try ucbvi(&draws, multiplier: 1)
      let bound = run.numbers.uniformRegret(after: 2)
      // At two episodes the bound is far above any regret: every run is below it.
      return Verdict(
        holds: run.regrets.allSatisfy { $0 <= bound },
        twin: run.regrets.allSatisfy { $0 <= bound / 1_000 })
    }

    static func ucbviSmaller(_ draws: inout Draws) throws -> Verdict {
      let run = try ucbvi(&draws, multiplier: 1)
      let bound = run.numbers.regret(after: 2).value
      return Verdict(
        holds: run.regrets.allSatisfy { $0 <= bound },
        twin: run.regrets.allSatisfy { $0 <= bound / 1_000 })
    }

    static func ucbviSharp(_ draws: inout Draws) throws -> Verdict {
      let run = try ucbvi(&draws, multiplier: 1)
      let bound = run.numbers.bernsteinRegret(after: 2)
      return Verdict(
        holds: run.regrets.allSatisfy { $0 <= bound },
        twin: run.regrets.allSatisfy { $0 <= bound / 5_000 })
    }
  }
#endif
