// SPDX-License-Identifier: Apache-2.0
import MarkovModels
import Randomness

/// Offline data of a finite-horizon problem as counts N_h(k, s′), with the recipe that drew them.
///
/// - Shapes: H stages of K·S counts; rewards are deterministic and part of the data.
public struct StageCounts: Equatable, Sendable {
  /// How episodes become data.
  public enum Layout: String, Sendable {
    /// N/H episodes for each stage, of which only that stage is kept: the data of different stages
    /// are independent.
    case folds
    /// As many visits of every choice as its occupancy times N/H, rounded; only next states are
    /// random. Independent stages, tuned coverage without sampling noise.
    case balanced
  }

  /// What was drawn from what.
  public struct Recipe: Equatable, Sendable {
    /// The behaviour's occupancy, H stages of K probabilities.
    public let occupancy: [Double]
    /// The number of episodes N.
    public let episodes: Int
    /// The layout.
    public let layout: Layout
    /// The greatest ratio of an optimal policy's occupancy to the behaviour's, over its support:
    /// C*; infinite if something of it is never visited.
    public let concentrability: Double
  }

  /// The number of stages H.
  public let horizon: Int
  /// The number of states S.
  public let stateCount: Int
  /// The number of actions A.
  public let actionCount: Int
  /// The reward of each choice.
  public let rewards: [Double]
  /// N_h(k, s′) at `(h·K + k)·S + s′`.
  public let counts: [Int]
  /// Where the counts come from.
  public let recipe: Recipe

  /// Draws data of a behaviour.
  ///
  /// - Parameters:
  ///   - model: The problem.
  ///   - behaviour: Policies and their weights: an episode follows one of them throughout, drawn in
  ///     proportion to the weights; each is H·K action probabilities.
  ///   - episodes: N; each stage gets ⌊N/H⌋ of them.
  ///   - layout: How episodes become data.
  ///   - rng: The random numbers.
  /// - Numerics: occupancies are computed, counts are multinomial; the law is that of simulated
  ///   episodes.
  /// - Precondition: weights are positive; `episodes ≥ H`.
  /// - Complexity: O(H K S), whatever N is.
  public init(
    of model: LinearEpisode, behaviour: [(weight: Double, probabilities: [Double])],
    episodes: Int, layout: Layout = .folds, using rng: inout some RandomNumberGenerator
  ) {
    let (S, K, H) = (model.stateCount, model.choiceCount, model.horizon)
    precondition(episodes >= H, "a stage needs an episode")
    precondition(!behaviour.isEmpty && behaviour.allSatisfy { $0.weight > 0 }, "positive weights")
    let total = behaviour.reduce(0) { $0 + $1.weight }
    var occupancy = [Double](repeating: 0, count: H * K)
    for (weight, probabilities) in behaviour {
      let part = model.occupancy(of: probabilities)
      for i in occupancy.indices { occupancy[i] += weight / total * part[i] }
    }
    let optimal = model.occupancy(of: model.probabilities(of: model.optimalPolicy))
    var worst = 0.0
    for i in occupancy.indices where optimal[i] > 0 {
      worst = max(worst, optimal[i] / occupancy[i])
    }
    var counts = [Int](repeating: 0, count: H * K * S)
    let share = episodes / H
    for h in 0..<H {
      let masses = Array(occupancy[h * K..<(h + 1) * K])
      let visits: [Int]
      switch layout {
      case .folds: visits = rng.multinomial(trials: share, weights: masses)
      case .balanced: visits = masses.map { Int((Double(share) * $0).rounded()) }
      }
      for k in 0..<K where visits[k] > 0 {
        let next = rng.multinomial(trials: visits[k], weights: Array(model.transition(of: k)))
        for s in 0..<S { counts[(h * K + k) * S + s] = next[s] }
      }
    }
    horizon = H
    stateCount = S
    actionCount = model.actionCount
    rewards = model.rewards
    self.counts = counts
    recipe = Recipe(
      occupancy: occupancy, episodes: episodes, layout: layout, concentrability: worst)
  }

  /// The number of choices K.
  public var choiceCount: Int { stateCount * actionCount }

  /// The number of visits of a choice at a stage.
  public func visits(stage h: Int, choice k: Int) -> Int {
    let first = (h * choiceCount + k) * stateCount
    return counts[first..<first + stateCount].reduce(0, +)
  }
}
