// SPDX-License-Identifier: Apache-2.0
import MarkovModels
import Randomness

/// A learner that plans before every episode and plays the plan.
public protocol OptimisticLearner: Sendable {
  /// The action of every stage and state, H·S of them.
  var policy: [Int] { get }
  /// The optimistic action values of the last plan, H stages of ``stride`` numbers, the first K of
  /// each meaningful.
  var actionValues: [Double] { get }
  /// The distance between stages of ``actionValues``.
  var stride: Int { get }

  /// Plans from what was observed.
  ///
  /// - Returns: Whether a new plan was made; a learner that switches rarely may keep the old one.
  mutating func plan() -> Bool

  /// Takes note of a transition.
  mutating func observe(stage: Int, choice: Int, reward: Double, next: Int)
}

/// What a learner did over a number of episodes.
public struct OptimisticRun: Equatable, Sendable {
  /// The exact regret Σ_k (V* − V^{π_k}) at each checkpoint.
  public let regret: [Double]
  /// The least of Q_h^k − Q*_h over episodes, stages and choices; not computed (0) unless asked for.
  public let optimism: Double
  /// How many plans were made.
  public let plans: Int
  /// How often the policy changed.
  public let policyChanges: Int
}

extension OptimisticLearner {
  /// Plays a problem and returns the exact regret of the policies played.
  ///
  /// A policy is evaluated exactly whenever it changes; rewards seen do not enter the regret.
  ///
  /// - Parameters:
  ///   - model: The problem.
  ///   - checkpoints: Episodes, increasing; the last is the number of episodes.
  ///   - checkingOptimism: Whether Q^k is compared with Q* after every plan.
  ///   - rng: The random numbers of first and next states.
  /// - Returns: The regret at the checkpoints and what was counted on the way.
  /// - Throws: `RandomnessError` if a row of the model cannot be sampled from.
  /// - Complexity: O(1) a step besides the learner's own work, O(H S²) a change of policy.
  public mutating func play(
    _ model: LinearEpisode, at checkpoints: [Int], checkingOptimism: Bool = false,
    using rng: inout Xoshiro256
  ) throws -> OptimisticRun {
    let (S, A, K, H) = (model.stateCount, model.actionCount, model.choiceCount, model.horizon)
    let tables = try (0..<K).map { try AliasTable(Array(model.transition(of: $0))) }
    let starts = try AliasTable(model.initialDistribution)
    var regret: [Double] = []
    var (sum, gap, optimism) = (0.0, 0.0, Double.infinity)
    var (plans, changes) = (0, 0)
    var current: [Int] = []
    var episode = 0
    for checkpoint in checkpoints {
      while episode < checkpoint {
        episode += 1
        if plan() {
          plans += 1
          if policy != current {
            current = policy
            changes += 1
            gap = max(0, model.optimalValue - model.value(of: current))
          }
          if checkingOptimism {
            for h in 0..<H {
              for k in 0..<K {
                let margin = actionValues[h * stride + k] - model.optimalActionValues[h * K + k]
                optimism = min(optimism, margin)
              }
            }
          }
        }
        sum += gap
        var s = starts.sample(using: &rng)
        for h in 0..<H {
          let k = s &* A &+ current[h &* S &+ s]
          let next = tables[k].sample(using: &rng)
          observe(stage: h, choice: k, reward: model.rewards[k], next: next)
          s = next
        }
      }
      regret.append(sum)
    }
    return OptimisticRun(
      regret: regret, optimism: checkingOptimism ? optimism : 0, plans: plans,
      policyChanges: changes)
  }
}
