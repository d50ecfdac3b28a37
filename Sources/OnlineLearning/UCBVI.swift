// SPDX-License-Identifier: Apache-2.0
import Bounds
import Randomness

/// Upper-confidence-bound value iteration with Hoeffding bonuses.
///
///     Q_h(x) ← r(x) + H − h                                              (1)
///     for k = 1 … K
///       for h = H … 1, all x = (s, a) with n(x) > 0
///         b ← m (H − h) √(L / 2n(x))                                      (2)
///         Q_h(x) ← min{ Q_h(x), r(x) + P̂ V_{h+1} + b }                    (3)
///         V_h(s) ← max_a Q_h(s, a),  π_h(s) ← the lowest maximizer        (4)
///       play π for an episode;  update n, P̂                               (5)
///
/// The minimum in (3) is over all episodes so far, so Q never rises; a pair that was not seen keeps (1).
///
/// - Shapes: Q is *H × C* (C pairs), V is *(H + 1) × S*.
/// - Units: rewards in [0, 1]; time in episodes; values in units of reward.
/// - Assumes: tabular; the same transition probabilities in every stage; known rewards; known H and K.
/// - Guarantee: with m = 1 Q ≥ Q* throughout, and Regret(K) ≤
///   ``/Bounds/UCBVIHoeffding/regret``, with probability at least 1 − δ; proof in
///   `Sources/Bounds/UCBVIHoeffding.md`. With another m: none.
/// - Deviates: the bonus is the one derived there, (H − h) √(L / 2n), not the paper's, whose constants
///   are not used anywhere; values are capped at r(x) + H − h.
/// - Numerics: P̂ V is summed by ascending next state. A backup is skipped if neither its row nor a value
///   of its next states changed; the bits are those of computing all. No libm function.
/// - Complexity: O(H · (pairs seen + their next states)) an episode at most; no allocation.
/// - Source: [azar2017], algorithms 1 and 2.
public struct UCBVI: EpisodicLearner {
  /// The name in tables and figures.
  public let name: String
  /// The failure probability δ.
  public let failureProbability: Double
  /// The factor m of the bonus; 1 is that of the proof.
  public let multiplier: Double

  /// Creates a learner.
  ///
  /// - Precondition: 0 < δ < 1; the multiplier is not negative.
  public init(failureProbability: Double = 0.05, multiplier: Double = 1, name: String = "UCBVI") {
    precondition(failureProbability > 0 && failureProbability < 1, "δ is in (0, 1)")
    precondition(multiplier >= 0 && multiplier.isFinite, "the multiplier is not negative")
    self.failureProbability = failureProbability
    self.multiplier = multiplier
    self.name = name
  }

  /// The numbers that the proof is about.
  public func numbers(of problem: EpisodicProblem, episodes: Int) -> UCBVIHoeffding {
    UCBVIHoeffding(
      nextStates: problem.stateCount, pairs: problem.choiceCount, horizon: problem.horizon,
      episodes: episodes, failureProbability: failureProbability)
  }

  /// The bound that was proved; `nil` unless the multiplier is 1.
  public func regretBound(on problem: EpisodicProblem, episodes: Int) -> Bound? {
    multiplier == 1 ? numbers(of: problem, episodes: episodes).regret : nil
  }

  /// A new run.
  public func agent(for problem: EpisodicProblem, episodes: Int) -> Agent {
    let L = numbers(of: problem, episodes: episodes).bonusLogTerm
    return Agent(problem, widthSquared: multiplier * multiplier * L / 2)
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
    /// m √(L / 2n) of each pair.
    private let widths: Planes<Double>
    private let widthSquared: Double

    init(_ problem: EpisodicProblem, widthSquared: Double) {
      let (H, S, C) = (problem.horizon, problem.stateCount, problem.choiceCount)
      self.problem = problem
      self.widthSquared = widthSquared
      policy = PolicyTable(problem)
      model = EmpiricalModel(problem)
      Q = Planes(H, of: C, repeating: 0)
      V = Planes(H + 1, of: S, repeating: 0)
      changed = StateSets(rows: H + 1, states: S)
      widths = Planes(1, of: C, repeating: 0)
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
    public func observe(choice k: Int, next t: Int) { model.observe(choice: k, next: t) }  // (5)

    /// Decides the policy of the next episode.
    public func plan(using rng: inout Xoshiro256) {
      model.updateChanges { k, n in widths.base[k] = (widthSquared / n).squareRoot() }
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
          if isStale || model.isChanged.base[k] {
            let bonus = remaining * widths.base[k]  // (2)
            q[k] = min(q[k], rewards[k] + model.mean(k, vNext) + bonus)  // (3)
          }
          if q[k] > best {
            best = q[k]
            choice = k
          }
        }
        pi[s] = Int32(truncatingIfNeeded: choice)  // (4)
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
