// SPDX-License-Identifier: Apache-2.0
import Randomness

/// Plays what is best in the empirical model: no bonus, no exploration.
///
///     for k = 1 … K
///       for h = H … 1, all x = (s, a)
///         Q_h(x) ← r(x) + P̂ V_{h+1},  P̂ V = 0 if n(x) = 0                 (1)
///         V_h(s) ← max_a Q_h(s, a),  π_h(s) ← the lowest maximizer        (2)
///       play π for an episode;  update n, P̂                               (3)
///
/// - Shapes: V is *(H + 1) × S*.
/// - Units: rewards in [0, 1]; time in episodes.
/// - Assumes: tabular; known rewards.
/// - Guarantee: none; it is a control. It can play a bad policy for ever, and its regret is then linear.
/// - Deviates: certainty equivalence of the textbook; ties go to the lowest choice.
/// - Complexity: O(H · (C + next states seen)) an episode.
/// - Source: the control of [azar2017]'s setting; certainty equivalence has no single source.
public struct GreedyModel: EpisodicLearner {
  /// The name in tables and figures.
  public let name: String

  /// Creates a learner.
  public init(name: String = "greedy model") { self.name = name }

  /// A new run.
  public func agent(for problem: EpisodicProblem, episodes: Int) -> Agent { Agent(problem) }

  /// A run of the learner.
  public final class Agent: EpisodicAgent {
    /// The policy of the current episode.
    public let policy: PolicyTable
    private let problem: EpisodicProblem
    private let model: EmpiricalModel
    private let V: Planes<Double>

    init(_ problem: EpisodicProblem) {
      self.problem = problem
      policy = PolicyTable(problem)
      model = EmpiricalModel(problem)
      V = Planes(problem.horizon + 1, of: problem.stateCount, repeating: 0)
    }

    /// Notes that a choice led to a state.
    public func observe(choice k: Int, next t: Int) { model.observe(choice: k, next: t) }  // (3)

    /// Decides the policy of the next episode.
    public func plan(using rng: inout Xoshiro256) {
      model.updateChanges { _, _ in }
      model.forgetChanges()
      for h in (0..<problem.horizon).reversed() {
        let (v, vNext, pi) = (V.plane(h), V.plane(h + 1), policy.choices.plane(h))
        for s in 0..<problem.stateCount where pi[s] >= 0 {
          var best = -Double.infinity
          for k in problem.choicePointers[s]..<problem.choicePointers[s + 1] {
            let q = problem.rewards[k] + model.mean(k, vNext)  // (1)
            if q > best {
              best = q
              pi[s] = Int32(truncatingIfNeeded: k)  // (2)
            }
          }
          v[s] = best
        }
      }
    }
  }
}
