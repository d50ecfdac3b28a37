// SPDX-License-Identifier: Apache-2.0
import Bounds
import Randomness

/// A deterministic policy with a choice for each stage and state, as a learner plays it.
public final class PolicyTable {
  /// The choices, −1 where a state has none.
  let choices: Planes<Int32>

  init(_ problem: EpisodicProblem) {
    choices = Planes(problem.horizon, of: problem.stateCount, repeating: -1)
    for h in 0..<problem.horizon {
      for s in 0..<problem.stateCount
      where problem.choicePointers[s] < problem.choicePointers[s + 1] {
        choices.plane(h)[s] = Int32(truncatingIfNeeded: problem.choicePointers[s])
      }
    }
  }

  /// The choice in a stage, counted from 0, and a state; `nil` at the end of the episode.
  public subscript(stage h: Int, state s: Int) -> Int? {
    let k = choices.plane(h)[s]
    return k < 0 ? nil : Int(k)
  }
}

/// A tabular learner in the middle of a run.
public protocol EpisodicAgent: AnyObject {
  /// The policy of the current episode.
  var policy: PolicyTable { get }
  /// Decides the policy of the next episode.
  func plan(using rng: inout Xoshiro256)
  /// Notes that a choice led to a state.
  func observe(choice k: Int, next t: Int)
}

/// An algorithm that plays a tabular finite-horizon problem episode after episode, with rewards known
/// and transition probabilities unknown.
public protocol EpisodicLearner: Sendable {
  /// A run of the learner.
  associatedtype Agent: EpisodicAgent

  /// The name in tables and figures.
  var name: String { get }

  /// A new run of so many episodes.
  func agent(for problem: EpisodicProblem, episodes: Int) -> Agent

  /// What is known about the regret of so many episodes; `nil` if nothing with constants is.
  func regretBound(on problem: EpisodicProblem, episodes: Int) -> Bound?

  /// Plays and returns the regret at checkpoints, and the agent at the end.
  ///
  /// - Throws: ``LearningError`` if there is no checkpoint, or they do not increase from 1 or more.
  func run(
    on problem: EpisodicProblem, at checkpoints: [Int], using rng: inout Xoshiro256
  ) throws(LearningError) -> EpisodicRun<Agent>
}

/// What a run leaves.
public struct EpisodicRun<Agent: EpisodicAgent> {
  /// The regret Σ_k (V*(start) − V^{π_k}(start)) at each checkpoint; exact, no sampled rewards.
  public let regret: [Double]
  /// The agent after the last episode.
  public let agent: Agent
}

extension EpisodicLearner {
  /// The regret at checkpoints; see ``run(on:at:using:)``.
  ///
  /// - Throws: ``LearningError`` as ``run(on:at:using:)``.
  public func regret(
    on problem: EpisodicProblem, at checkpoints: [Int], using rng: inout Xoshiro256
  ) throws(LearningError) -> [Double] {
    try run(on: problem, at: checkpoints, using: &rng).regret
  }
}

// `run` is a requirement, so that each learner's loop is compiled for its own types.
extension EpisodicLearner {
  /// No bound with constants is known.
  public func regretBound(on problem: EpisodicProblem, episodes: Int) -> Bound? { nil }

  /// Plays and returns the regret at checkpoints, and the agent at the end.
  ///
  /// The policy of every episode is evaluated exactly against the model; only next states are random.
  ///
  /// - Parameters:
  ///   - problem: What is played.
  ///   - checkpoints: Numbers of episodes, increasing from 1 or more; the last one is K.
  ///   - rng: The random numbers of model and learner, in the order of steps.
  /// - Returns: The regret at the checkpoints, and the agent.
  /// - Throws: ``LearningError`` if there is no checkpoint, or they do not increase from 1 or more.
  public func run(
    on problem: EpisodicProblem, at checkpoints: [Int], using rng: inout Xoshiro256
  ) throws(LearningError) -> EpisodicRun<Agent> {
    var previous = 0
    for checkpoint in checkpoints {
      guard checkpoint > previous else { throw .badEpisodeCount(checkpoint) }
      previous = checkpoint
    }
    guard previous >= 1 else { throw .badEpisodeCount(0) }
    let agent = agent(for: problem, episodes: previous)
    let evaluator = PolicyEvaluator(problem)
    var regret = 0.0
    var curve: [Double] = []
    curve.reserveCapacity(checkpoints.count)
    var k = 0
    for checkpoint in checkpoints {
      while k < checkpoint {
        agent.plan(using: &rng)
        regret += problem.optimalReturn - evaluator.expectedReturn(of: agent.policy)
        play(agent, on: problem, using: &rng)
        k &+= 1
      }
      curve.append(regret)
    }
    return EpisodicRun(regret: curve, agent: agent)
  }

  /// Plays one episode.
  @inline(__always)
  private func play(_ agent: Agent, on problem: EpisodicProblem, using rng: inout Xoshiro256) {
    let choices = agent.policy.choices
    var s = problem.start(using: &rng)
    problem.rowPointers.withUnsafeBufferPointer { rows in
      problem.cumulative.withUnsafeBufferPointer { cumulative in
        problem.nextStates.withUnsafeBufferPointer { next in
          for h in 0..<problem.horizon {
            let k = Int(choices.plane(h)[s])
            guard k >= 0 else { return }
            var i = rows[k]
            let last = rows[k &+ 1] &- 1
            if i < last {
              let u = Double(rng.next() >> 11) * 0x1p-53
              while i < last && u >= cumulative[i] { i &+= 1 }
            }
            let t = Int(next[i])
            agent.observe(choice: k, next: t)
            s = t
          }
        }
      }
    }
  }
}
