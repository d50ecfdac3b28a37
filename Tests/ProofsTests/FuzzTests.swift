// SPDX-License-Identifier: Apache-2.0
#if ExactRationals
  import Bounds
  import ExactArithmetic
  import Testing

  /// Each guarantee on random small instances, in exact arithmetic.
  ///
  /// A twin of it, deliberately too strong, must be refuted by the same instances. Where a guarantee has
  /// a root or a logarithm, the sides are compared as doubles, with a margin of 10⁻¹² in its favour.
  @Suite("Guarantees on random instances")
  struct FuzzTests {
    /// What an instance says: whether the guarantee holds, and whether the twin does.
    struct Verdict {
      let holds: Bool
      let twin: Bool
    }

    /// The instances of a guarantee; `nil` for a rate, which has no number that could fail.
    static func instances(
      of guarantee: Guarantee
    ) -> (count: Int, one: (inout Draws) throws -> Verdict)? {
      switch guarantee {
      case .aposteriori: (200, PlanningFuzz.aposteriori)
      case .aposterioriNext: (200, PlanningFuzz.aposterioriNext)
      case .macqueen: (200, PlanningFuzz.macqueen)
      case .macqueenGreedy: (200, PlanningFuzz.macqueenGreedy)
      case .greedyLoss: (200, PlanningFuzz.greedyLoss)
      case .certificateGap: (300, PlanningFuzz.certificateGap)
      case .certificateStoredRows: (300, CertificateFuzz.storedRows)
      case .certificateHorizon: (300, CertificateFuzz.horizon)
      case .gainBracket: (100, CertificateFuzz.gainBracket)
      case .spanUpper: (100, CertificateFuzz.spanUpper)
      case .spanLower: (100, CertificateFuzz.spanLower)
      case .totalUpper: (60, CertificateFuzz.totalUpper)
      case .totalLower: (60, CertificateFuzz.totalLower)
      case .simulation: (200, PlanningFuzz.simulation)
      case .lowRankBounds: (200, CertificateFuzz.lowRank)
      case .lpWeakDuality: (200, CertificateFuzz.weakDuality)
      case .occupancyExists: (100, CertificateFuzz.occupancyExists)
      case .occupancyValue: (100, CertificateFuzz.occupancyValue)
      case .vilcb: (300, EpisodeFuzz.pessimism)
      case .ucbvi: (300, EpisodeFuzz.optimism)
      case .ellipticalProduct: (100, PotentialFuzz.product)
      case .ellipticalPotential: (100, PotentialFuzz.potential)
      case .delayedCounts: (300, PotentialFuzz.charges)
      case .hoeffdingScalar: (500, TailFuzz.scalar)
      case .hoeffdingSample: (300, TailFuzz.sample)
      case .azuma: (300, TailFuzz.azuma)
      case .visitsHoeffding: (200, TailFuzz.visits)
      case .visitsBernstein: (200, TailFuzz.bernstein)
      case .foldsHoeffding: (200, TailFuzz.folds)
      case .lcbBandit: (200, LearnerFuzz.lcb)
      case .vilcbFolds: (60, LearnerFuzz.vilcb)
      case .peviQuantifier: (60, LearnerFuzz.peviQuantifier)
      case .peviSplit: (60, LearnerFuzz.peviSplit)
      case .linearQuantifier: (40, LearnerFuzz.linearQuantifier)
      case .linearSplit: (40, LearnerFuzz.linearSplit)
      case .ucb1Plays: (40, LearnerFuzz.ucb1Plays)
      case .ucb1Regret: (40, LearnerFuzz.ucb1Regret)
      case .ucbviOptimism: (20, LearnerFuzz.ucbviOptimism)
      case .ucbviRegret: (20, LearnerFuzz.ucbviSmaller)
      case .ucbviUniformRegret: (20, LearnerFuzz.ucbviUniform)
      case .ucbviSharpRegret: (20, LearnerFuzz.ucbviSharp)
      case .ucbviBernsteinRate: nil
      }
    }

    @Test("every guarantee holds, and its twin fails", arguments: Guarantee.allCases)
    func fuzz(_ guarantee: Guarantee) throws {
      guard let (count, one) = Self.instances(of: guarantee) else {
        #expect(guarantee.status == .rateOnly)
        return
      }
      var refuted = 0
      for i in 0..<count {
        var draws = Draws(UInt64(i) &+ 1)
        let verdict = try one(&draws)
        #expect(verdict.holds, "\(guarantee) fails on instance \(i)")
        refuted += verdict.twin ? 0 : 1
      }
      #expect(refuted > 0, "the twin of \(guarantee) held on all \(count) instances")
    }
  }

  enum PlanningFuzz {
    typealias Verdict = FuzzTests.Verdict

    /// V* + c, where the bounds are tight, or any vector.
    static func vector(_ draws: inout Draws, _ m: ExactMDP, _ best: [Rational])
      -> [Rational]
    {
      if draws.int(0...1) == 0 {
        let c = draws.number()
        return best.map { $0 + c }
      }
      return best.map { $0 + draws.number() }
    }

    private static func residual(_ m: ExactMDP, _ V: [Rational]) -> Rational {
      zip(m.T(V), V).map { ($0 - $1).magnitude }.max() ?? q(0)
    }

    private static func distance(_ a: [Rational], _ b: [Rational]) -> Rational {
      zip(a, b).map { ($0 - $1).magnitude }.max() ?? q(0)
    }

    static func aposteriori(_ draws: inout Draws) -> Verdict {
      let m = ExactMDP(&draws)
      let best = m.optimal
      let V = vector(&draws, m, best)
      let bound = residual(m, V) / (q(1) - m.g)
      return Verdict(
        holds: distance(V, best) <= bound, twin: distance(V, best) <= q(99, 100) * bound)
    }

    static func aposterioriNext(_ draws: inout Draws) -> Verdict {
      let m = ExactMDP(&draws)
      let best = m.optimal
      let V = vector(&draws, m, best)
      let bound = m.g * residual(m, V) / (q(1) - m.g)
      return Verdict(
        holds: distance(m.T(V), best) <= bound,
        twin: distance(m.T(V), best) <= q(99, 100) * bound)
    }

    static func macqueen(_ draws: inout Draws) -> Verdict {
      let m = ExactMDP(&draws)
      let best = m.optimal
      let V = vector(&draws, m, best)
      let change = zip(m.T(V), V).map { $0 - $1 }
      guard let low = change.min(), let high = change.max() else {
        preconditionFailure("no states")
      }
      func inside(_ margin: Rational) -> Bool {
        (0..<m.S).allSatisfy { s in
          V[s] + low / (q(1) - m.g) + margin <= best[s]
            && best[s] <= V[s] + high / (q(1) - m.g) - margin
        }
      }
      return Verdict(holds: inside(q(0)), twin: inside(q(1, 1000)))
    }

    static func macqueenGreedy(_ draws: inout Draws) -> Verdict {
      let m = ExactMDP(&draws)
      let V = vector(&draws, m, m.optimal)
      let own = m.value(m.greedy(V))
      let low = zip(m.T(V), V).map { $0 - $1 }.min() ?? q(0)
      func holds(_ margin: Rational) -> Bool {
        (0..<m.S).allSatisfy { s in V[s] + low / (q(1) - m.g) + margin <= own[s] }
      }
      return Verdict(holds: holds(q(0)), twin: holds(q(1, 1000)))
    }

    static func greedyLoss(_ draws: inout Draws) -> Verdict {
      var m = ExactMDP(&draws)
      var V = vector(&draws, m, m.optimal)
      if draws.int(0...3) == 0, m.g.sign > 0 {
        // The worst case: staying costs 2 γ e a step, leaving is free, and V misses by e both ways.
        let e = q(draws.int(1...8), 8)
        m = ExactMDP(
          g: m.g, P: [[[q(1), q(0)], [q(0), q(1)]], [[q(0), q(1)], [q(0), q(1)]]],
          r: [[q(-2) * m.g * e, q(0)], [q(0), q(0)]])
        V = [e, q(0) - e]
      }
      let best = m.optimal
      let e = distance(V, best)
      let loss = zip(best, m.value(m.greedy(V))).map { $0 - $1 }.max() ?? q(0)
      let bound = q(2) * m.g * e / (q(1) - m.g)
      return Verdict(holds: loss <= bound, twin: loss <= q(99, 100) * bound)
    }

    static func certificateGap(_ draws: inout Draws) -> Verdict {
      let m = ExactMDP(&draws)
      let pi = m.policies[draws.int(0...m.policies.count - 1)]
      let (best, own) = (m.optimal, m.value(pi))
      let c = vector(&draws, m, best)
      let lower = draws.int(0...1) == 0 ? own.map { $0 - q(draws.int(0...8), 8) } : c
      let bounds = VerifiedCheckerInstance(m, pi, upper: c, lower: lower)
      let isTrue = (0..<m.S).allSatisfy { s in
        lower[s] <= own[s] && own[s] <= best[s] && best[s] <= c[s]
      }
      // The twin forgets to look at the upper bound.
      return Verdict(holds: !bounds.isAccepted || isTrue, twin: !bounds.isLowerAccepted || isTrue)
    }

    static func simulation(_ draws: inout Draws) -> Verdict {
      let m = ExactMDP(&draws)
      var other = ExactMDP(&draws)
      other.g = m.g
      if draws.int(0...1) == 0 {
        // The same transitions and a constant more reward, where the bound is tight.
        let c = draws.number()
        (other.P, other.r) = (m.P, m.r.map { $0.map { $0 + c } })
      }
      let pi = m.policies[draws.int(0...m.policies.count - 1)]
      let (V, W) = (m.value(pi), other.value(pi))
      var (eR, eP) = (q(0), q(0))
      for s in 0..<m.S {
        for a in 0..<m.A {
          eR = max(eR, (m.r[s][a] - other.r[s][a]).magnitude)
          eP = max(eP, (m.dot(m.P[s][a], W) - m.dot(other.P[s][a], W)).magnitude)
        }
      }
      let bound = (eR + m.g * eP) / (q(1) - m.g)
      return Verdict(holds: distance(V, W) <= bound, twin: distance(V, W) <= q(99, 100) * bound)
    }
  }

  enum EpisodeFuzz {
    typealias Verdict = FuzzTests.Verdict

    /// Values with estimates that miss the backups by at most b, clipped to [0, H − h].
    private static func run(
      _ draws: inout Draws, sign: Int
    ) -> (m: ExactEpisode, b: [[[Rational]]], V: [[Rational]], pi: [[Int]]) {
      let m = ExactEpisode(&draws)
      let b = (0..<m.H).map { _ in
        (0..<m.S).map { _ in (0..<m.A).map { _ in q(draws.int(0...4), 8) } }
      }
      var V = [[Rational]](repeating: [Rational](repeating: q(0), count: m.S), count: m.H + 1)
      var pi = [[Int]](repeating: [Int](repeating: 0, count: m.S), count: m.H)
      for h in (0..<m.H).reversed() {
        for s in 0..<m.S {
          let Q = (0..<m.A).map { a in
            // Both ends often: there the guarantees are tight.
            let miss = b[h][s][a] * q([-2, -1, 0, 1, 2][draws.int(0...4)], 2)
            let estimate = m.backup(h, V[h + 1], s, a) + miss + q(sign) * b[h][s][a]
            return min(q(m.H - h), max(q(0), estimate))
          }
          V[h][s] = Q.max() ?? q(0)
          pi[h][s] = Q.firstIndex(of: V[h][s]) ?? 0
        }
      }
      return (m, b, V, pi)
    }

    static func pessimism(_ draws: inout Draws) -> Verdict {
      let (m, b, V, pi) = run(&draws, sign: -1)
      let own = m.sums(pi, of: m.r)
      let (best, bestPolicy) = m.optimal
      let penalty = m.sums(bestPolicy, of: b)
      func loss(at most: Rational) -> Bool {
        for h in 0..<m.H {
          for s in 0..<m.S {
            let isValid = V[h][s] <= own[h][s]
            let loss: Rational = best[h][s] - own[h][s]
            if !isValid || loss > most * penalty[h][s] { return false }
          }
        }
        return true
      }
      return Verdict(holds: loss(at: q(2)), twin: loss(at: q(1, 2)))
    }

    static func optimism(_ draws: inout Draws) -> Verdict {
      let (m, b, V, pi) = run(&draws, sign: 1)
      let own = m.sums(pi, of: m.r)
      let best = m.optimal.values
      let bonus = m.sums(pi, of: b)
      func loss(at most: Rational) -> Bool {
        for h in 0..<m.H {
          for s in 0..<m.S {
            let isValid = best[h][s] <= V[h][s]
            let loss: Rational = best[h][s] - own[h][s]
            if !isValid || loss > most * bonus[h][s] { return false }
          }
        }
        return true
      }
      return Verdict(holds: loss(at: q(2)), twin: loss(at: q(1, 2)))
    }
  }
#endif
