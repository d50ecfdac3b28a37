// SPDX-License-Identifier: Apache-2.0
#if ExactRationals
  import Certificates
  import ExactArithmetic

  /// Certificates of other criteria, low rank, and linear programming.
  enum CertificateFuzz {
    typealias Verdict = FuzzTests.Verdict

    static func storedRows(_ draws: inout Draws) -> Verdict {
      var m = ExactMDP(&draws)
      // Rows that sum to σ, below or above 1, with γ σ < 1.
      let sigma = q(draws.int(12...17), 16)
      m.g = q(draws.int(0...8), 10)
      m.P = m.P.map { $0.map { $0.map { sigma * $0 } } }
      let pi = m.policies[draws.int(0...m.policies.count - 1)]
      let (best, own) = (m.optimal, m.value(pi))
      let upper = PlanningFuzz.vector(&draws, m, best)
      let lower = own.map { $0 - q(draws.int(0...4), 8) }
      let isUpper = zip(m.T(upper), upper).allSatisfy { $0 <= $1 }
      let isLower = (0..<m.S).allSatisfy { s in lower[s] <= m.Q(lower, s, pi[s]) }
      let isTrue = (0..<m.S).allSatisfy { s in
        lower[s] <= own[s] && own[s] <= best[s] && best[s] <= upper[s]
      }
      return Verdict(holds: !(isUpper && isLower) || isTrue, twin: !isLower || isTrue)
    }

    /// V* with n stages to go, and V^π of a stationary policy.
    private static func stages(
      _ m: ExactMDP, _ n: Int, _ pi: [Int]
    ) -> (best: [[Rational]], own: [[Rational]]) {
      var (best, own) = ([m.r.map { _ in q(0) }], [m.r.map { _ in q(0) }])
      for k in 0..<n {
        best.append(m.T(best[k]))
        own.append((0..<m.S).map { m.Q(own[k], $0, pi[$0]) })
      }
      return (best, own)
    }

    static func horizon(_ draws: inout Draws) -> Verdict {
      var m = ExactMDP(&draws, states: 2)
      m.g = q(1)
      let (H, pi) = (3, m.policies[draws.int(0...m.policies.count - 1)])
      let (best, own) = stages(m, H, pi)
      // Bounds that are off by more the more stages are to go, sometimes the wrong way.
      let step = q(draws.int(-1...4), 8)
      let policy = pi.map { a in (0..<m.A).map { q($0 == a ? 1 : 0) } }
      let certificates = (0..<H).map { h in
        VerifiedChecker.Bounds(
          policy: policy, upper: best[H - h].map { $0 + step * q(H - h) },
          lower: own[H - h].map { $0 - q(H - h, 8) })
      }
      let model = VerifiedChecker.Model(discount: m.g, P: m.P, r: m.r)
      let refusal = VerifiedChecker.check(
        model, stages: certificates, horizon: H, states: m.S, actions: m.A)
      let isTrue = certificates.enumerated().allSatisfy { h, c in
        (0..<m.S).allSatisfy { s in
          c.lower[s] <= own[H - h][s] && best[H - h][s] <= c.upper[s]
        }
      }
      // The twin forgives an upper bound that is too low.
      return Verdict(
        holds: refusal != nil || isTrue,
        twin: (refusal != nil && refusal != .upperFails) || isTrue)
    }

    // MARK: Long run

    /// An undiscounted model, any v, and the range of T v − v.
    private static func span(
      _ draws: inout Draws
    ) -> (m: ExactMDP, v: [Rational], low: Rational, high: Rational, width: Rational) {
      var m = ExactMDP(&draws, states: 2)
      m.g = q(1)
      let v = (0..<m.S).map { _ in draws.number() }
      let change = zip(m.T(v), v).map { $0 - $1 }
      guard let low = change.min(), let high = change.max(), let least = v.min(),
        let most = v.max()
      else { preconditionFailure("no states") }
      return (m, v, low, high, most - least)
    }

    /// Whether J_n ≤ n c + K, or J_n ≥ n c − K, for n up to 10 with K the span of v.
    private static func isBounded(
      _ values: [[Rational]], above: Bool, _ c: Rational, _ K: Rational
    ) -> Bool {
      values.enumerated().allSatisfy { n, J in
        J.allSatisfy { above ? $0 <= q(n) * c + K : $0 >= q(n) * c - K }
      }
    }

    static func spanUpper(_ draws: inout Draws) -> Verdict {
      let x = span(&draws)
      let best = stages(x.m, 10, x.m.greedy(x.v)).best
      return Verdict(
        holds: isBounded(best, above: true, x.high, x.width),
        twin: isBounded(best, above: true, x.low - q(1, 8), x.width))
    }

    static func spanLower(_ draws: inout Draws) -> Verdict {
      let x = span(&draws)
      let own = stages(x.m, 10, x.m.greedy(x.v)).own
      return Verdict(
        holds: isBounded(own, above: false, x.low, x.width),
        twin: isBounded(own, above: false, x.high + q(1, 8), x.width))
    }

    static func gainBracket(_ draws: inout Draws) -> Verdict {
      // Constant gains, the same bias vector for both: the inequalities hold by the choice of gains.
      let x = span(&draws)
      let pi = x.m.greedy(x.v)
      let (best, own) = stages(x.m, 10, pi)
      return Verdict(
        holds: isBounded(best, above: true, x.high, x.width)
          && isBounded(own, above: false, x.low, x.width),
        twin: isBounded(best, above: true, x.low - q(1, 8), x.width)
          && isBounded(own, above: false, x.low, x.width))
    }

    /// State 0 keeps everything and pays nothing; the others go there with probability at least 1/2.
    private static func shortestPath(_ draws: inout Draws) -> (m: ExactMDP, value: [Rational]) {
      var m = ExactMDP(&draws)
      m.g = q(1)
      m.P[0] = m.P[0].map { _ in [q(1), q(0), q(0)] }
      m.r[0] = m.r[0].map { _ in q(0) }
      for s in 1..<m.S {
        m.P[s] = m.P[s].map { row in
          [q(1, 2) + row[0] / q(2), row[1] / q(2), row[2] / q(2)]
        }
      }
      // The greatest total reward: by enumeration, state 0 left out.
      var value = [q(0), q(-1000), q(-1000)]
      for pi in m.policies where pi[0] == 0 {
        let rows = (1..<m.S).map { s in
          (1..<m.S).map { t in (s == t ? q(1) : q(0)) - m.P[s][pi[s]][t] }
        }
        let V = solve(rows, (1..<m.S).map { m.r[$0][pi[$0]] })
        for s in 1..<m.S { value[s] = max(value[s], V[s - 1]) }
      }
      return (m, value)
    }

    static func totalUpper(_ draws: inout Draws) -> Verdict {
      let (m, value) = shortestPath(&draws)
      let h = [q(0)] + value.dropFirst().map { $0 + q(draws.int(0...1), 8) }
      guard zip(m.T(h), h).allSatisfy({ $0 <= $1 }) else {
        return Verdict(holds: true, twin: true)  // not a super-solution: nothing is said
      }
      let J = stages(m, 24, [0, 0, 0]).best[24]
      let small = q(1, 1 << 16)
      return Verdict(
        holds: zip(J, h).allSatisfy { $0 <= $1 + small },
        twin: zip(J, h).allSatisfy { $0 <= $1 - q(1, 16) || $1.sign == 0 })
    }

    static func totalLower(_ draws: inout Draws) -> Verdict {
      let (m, value) = shortestPath(&draws)
      let h = [q(0)] + value.dropFirst().map { $0 - q(draws.int(0...1), 8) }
      let pi = m.greedy(h)
      guard (0..<m.S).allSatisfy({ h[$0] <= m.Q(h, $0, pi[$0]) }) else {
        return Verdict(holds: true, twin: true)  // not a sub-solution: nothing is said
      }
      let J = stages(m, 24, pi).own[24]
      let small = q(1, 1 << 16)
      return Verdict(
        holds: zip(J, h).allSatisfy { $0 >= $1 - small },
        twin: zip(J, h).allSatisfy { $0 >= $1 + q(1, 16) || $1.sign == 0 })
    }

    // MARK: Low rank and linear programmes

    static func lowRank(_ draws: inout Draws) -> Verdict {
      let m = ExactMDP(&draws)
      // Φ M of rank 1 or 2, near P or not at all; its rows need not be distributions.
      let measures = (0..<draws.int(1...2)).map { _ in draws.distribution(m.S) }
      var factored = m
      factored.P = m.P.map { rows in
        rows.map { row in
          let phi = measures.map { _ in q(draws.int(0...4), 4) }
          return row.indices.map { t in zip(phi, measures).map { $0 * $1[t] }.sum }
        }
      }
      let v = PlanningFuzz.vector(&draws, m, m.optimal)
      guard let low = v.min(), let high = v.max() else { preconditionFailure("no states") }
      var slack = q(0)
      for s in 0..<m.S {
        for a in 0..<m.A {
          let errors = zip(m.P[s][a], factored.P[s][a]).map { $0 - $1 }
          let row =
            errors.map(\.magnitude).sum * (high - low) / q(2)
            + errors.sum.magnitude * ((low + high) / q(2)).magnitude
          slack = max(slack, m.g * row)
        }
      }
      let change = zip(factored.T(v), v).map { $0 - $1 }
      guard let least = change.min(), let most = change.max() else {
        preconditionFailure("no states")
      }
      let (best, own) = (m.optimal, m.value(factored.greedy(v)))
      func holds(_ slack: Rational) -> Bool {
        (0..<m.S).allSatisfy { s in
          v[s] + (least - slack) / (q(1) - m.g) <= own[s]
            && best[s] <= v[s] + (most + slack) / (q(1) - m.g)
        }
      }
      return Verdict(holds: holds(slack), twin: holds(q(0)))
    }

    /// The discounted visits of a policy from μ, and μ.
    private static func visits(
      _ draws: inout Draws, _ m: ExactMDP, _ pi: [Int]
    ) -> (mu: [Rational], visits: [Rational]) {
      let mu = draws.distribution(m.S)
      let rows = (0..<m.S).map { t in
        (0..<m.S).map { s in (s == t ? q(1) : q(0)) - m.g * m.P[s][pi[s]][t] }
      }
      return (mu, solve(rows, mu))
    }

    static func weakDuality(_ draws: inout Draws) -> Verdict {
      let m = ExactMDP(&draws)
      let best = m.optimal
      let pi = m.greedy(best)
      let (mu, d) = visits(&draws, m, pi)
      let V = best.map { $0 + q(draws.int(0...1), 4) }
      guard zip(m.T(V), V).allSatisfy({ $0 <= $1 }) else {
        return Verdict(holds: true, twin: true)  // not dual feasible: nothing is said
      }
      let primal = (0..<m.S).map { d[$0] * m.r[$0][pi[$0]] }.sum
      let dual = m.dot(mu, V)
      return Verdict(holds: primal <= dual, twin: primal <= dual - q(1, 1000))
    }

    static func occupancyExists(_ draws: inout Draws) -> Verdict {
      let m = ExactMDP(&draws)
      let pi = m.policies[draws.int(0...m.policies.count - 1)]
      let (mu, d) = visits(&draws, m, pi)
      func flows(_ factor: Rational) -> Bool {
        (0..<m.S).allSatisfy { t in
          let inflow = (0..<m.S).map { d[$0] * m.P[$0][pi[$0]][t] }.sum
          return d[t].sign >= 0 && d[t] == mu[t] + factor * m.g * inflow
        }
      }
      return Verdict(holds: flows(q(1)), twin: flows(q(1, 2)))
    }

    static func occupancyValue(_ draws: inout Draws) -> Verdict {
      let m = ExactMDP(&draws)
      let pi = m.policies[draws.int(0...m.policies.count - 1)]
      let (mu, d) = visits(&draws, m, pi)
      let sum = (0..<m.S).map { d[$0] * m.r[$0][pi[$0]] }.sum
      let value = m.dot(mu, m.value(pi))
      return Verdict(holds: sum == value, twin: sum == (q(1) - m.g) * value)
    }
  }
#endif
