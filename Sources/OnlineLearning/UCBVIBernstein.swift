// SPDX-License-Identifier: Apache-2.0
import Bounds
import Randomness

/// Upper-confidence-bound value iteration with empirical Bernstein bonuses.
///
///     Q_h(x) ← r(x) + H − h                                              (1)
///     for k = 1 … K
///       for h = H … 1, all x = (s, a) with n(x) > 1
///         v ← the sample variance of V_{h+1} over the next states seen    (2)
///         b ← m (√(2 v L / n) + 7 (H − h) L / 3(n − 1))                   (3)
///         Q_h(x) ← min{ Q_h(x), r(x) + P̂ V_{h+1} + b }                    (4)
///         V_h(s) ← max_a Q_h(s, a),  π_h(s) ← the lowest maximizer        (5)
///       play π for an episode;  update n, P̂                               (6)
///
/// A pair seen less than twice keeps (1). L is that of ``UCBVI``.
///
/// - Shapes: Q is *H × C* (C pairs), V is *(H + 1) × S*.
/// - Units: rewards in [0, 1]; time in episodes; values in units of reward.
/// - Assumes: as ``UCBVI``.
/// - Guarantee: none with constants. The paper's algorithm has Õ(√(H S A T) + H² S² A + H √T), T = K H
///   (abstract); its bonus has a further term for the error of V_{h+1}, which is left out here.
/// - Deviates: the bonus is the empirical Bernstein bound of [maurer2009], theorem 4, at the learner's
///   own V, as if V were fixed; values are capped at r(x) + H − h.
/// - Numerics: as ``UCBVI``; the variance is summed about the mean.
/// - Complexity: O(H · (pairs seen + their next states)) an episode at most; no allocation.
/// - Source: [azar2017], [maurer2009].
public struct UCBVIBernstein: EpisodicLearner {
  /// The name in tables and figures.
  public let name: String
  /// The failure probability δ in the logarithm.
  public let failureProbability: Double
  /// The factor m of the bonus.
  public let multiplier: Double

  /// Creates a learner.
  ///
  /// - Precondition: 0 < δ < 1; the multiplier is not negative.
  public init(
    failureProbability: Double = 0.05, multiplier: Double = 1, name: String = "UCBVI-Bernstein"
  ) {
    precondition(failureProbability > 0 && failureProbability < 1, "δ is in (0, 1)")
    precondition(multiplier >= 0 && multiplier.isFinite, "the multiplier is not negative")
    self.failureProbability = failureProbability
    self.multiplier = multiplier
    self.name = name
  }

  /// A new run.
  public func agent(for problem: EpisodicProblem, episodes: Int) -> Agent {
    let L = UCBVI(failureProbability: failureProbability)
      .numbers(of: problem, episodes: episodes).bonusLogTerm
    return Agent(problem, multiplier: multiplier, logTerm: L)
  }

  /// A run of the learner.
  public final class Agent: EpisodicAgent {
    /// The policy of the current episode.
    public let policy: PolicyTable
    private let problem: EpisodicProblem
    private let model: EmpiricalModel
    private let Q: Planes<Double>
    private let V: Planes<Double>
    private let changed: StateSets
    /// 2 m² L / n and 7 m L / 3(n − 1) of each pair.
    private let scales: Planes<Double>
    private let offsets: Planes<Double>
    private let multiplier: Double
    private let logTerm: Double

    init(_ problem: EpisodicProblem, multiplier: Double, logTerm: Double) {
      let (H, S, C) = (problem.horizon, problem.stateCount, problem.choiceCount)
      self.problem = problem
      self.multiplier = multiplier
      self.logTerm = logTerm
      policy = PolicyTable(problem)
      model = EmpiricalModel(problem)
      Q = Planes(H, of: C, repeating: 0)
      V = Planes(H + 1, of: S, repeating: 0)
      changed = StateSets(rows: H + 1, states: S)
      scales = Planes(1, of: C, repeating: 0)
      offsets = Planes(1, of: C, repeating: 0)
      for h in 0..<H {
        let (q, v, pi) = (Q.plane(h), V.plane(h), policy.choices.plane(h))
        for s in 0..<S where pi[s] >= 0 {
          var best = -Double.infinity
          for k in problem.choicePointers[s]..<problem.choicePointers[s + 1] {
            q[k] = problem.rewards[k] + Double(H - 1 - h)  // (1)
            if q[k] > best {
              best = q[k]
              pi[s] = Int32(truncatingIfNeeded: k)
            }
          }
          v[s] = best
        }
      }
    }

    /// Q of the current episode, H × C; it never rises from episode to episode.
    public var optimisticValues: [Double] { Q.elements }

    /// Notes that a choice led to a state.
    @inline(__always)
    public func observe(choice k: Int, next t: Int) { model.observe(choice: k, next: t) }  // (6)

    /// Decides the policy of the next episode.
    public func plan(using rng: inout Xoshiro256) {
      let (m, L) = (multiplier, logTerm)
      model.updateChanges { k, n in
        scales.base[k] = 2 * m * m * L / n
        offsets.base[k] = 7 * m * L / (3 * (n - 1))
      }
      changed.removeAll()
      problem.choicePointers.withUnsafeBufferPointer { pointers in
        problem.rewards.withUnsafeBufferPointer { rewards in
          var isAnyChanged = false
          for h in (0..<problem.horizon).reversed() {
            isAnyChanged = backUp(h, pointers, rewards, isNextChanged: isAnyChanged)
          }
        }
      }
      model.forgetChanges()
    }

    /// Backs up a stage; returns whether a value changed.
    @inline(__always)
    private func backUp(
      _ h: Int, _ pointers: UnsafeBufferPointer<Int>, _ rewards: UnsafeBufferPointer<Double>,
      isNextChanged: Bool
    ) -> Bool {
      let (q, v, vNext) = (Q.plane(h), V.plane(h), V.plane(h &+ 1))
      let pi = policy.choices.plane(h)
      let remaining = Double(problem.horizon &- 1 &- h)
      var isAnyChanged = false
      for s in 0..<problem.stateCount {
        let isReached = isNextChanged && model.successorsOfState.intersects(s, changed, h &+ 1)
        guard isReached || model.isStateChanged.base[s] else { continue }
        var best = -Double.infinity
        var choice = -1
        for k in pointers[s]..<pointers[s &+ 1] {
          let isStale = isReached && model.successors.intersects(k, changed, h &+ 1)
          if (isStale || model.isChanged.base[k]) && model.visits.base[k] > 1 {
            let mean = model.mean(k, vNext)
            let variance = model.sampleVariance(k, vNext, mean: mean)  // (2)
            let bonus =
              (variance * scales.base[k]).squareRoot() + remaining * offsets.base[k]  // (3)
            q[k] = min(q[k], rewards[k] + mean + bonus)  // (4)
          }
          if q[k] > best {
            best = q[k]
            choice = k
          }
        }
        pi[s] = Int32(truncatingIfNeeded: choice)  // (5)
        if best != v[s] {
          v[s] = best
          changed.insert(s, into: h)
          isAnyChanged = true
        }
      }
      return isAnyChanged
    }
  }
}
