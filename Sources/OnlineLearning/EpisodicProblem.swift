// SPDX-License-Identifier: Apache-2.0
import MarkovModels

/// A finite-horizon model prepared for learners: its truth, its optimal values and its sampler.
///
/// If a choice may end the episode, the end is one more state, the last one, with value 0 in every
/// stage and no choices. Stages are counted from 0.
///
/// - Shapes: C choices; transitions in compressed rows by ascending next state; V* is (H + 1) × S,
///   Q* is H × C, row-major, S with the end of the episode.
/// - Numerics: every value is r(k) + Σ P(t | k) V(t), summed by ascending t, for the optimal policy
///   and for a learner's. Rounding is monotone, so a regret is never negative, not even by rounding.
/// - Complexity: O(H (entries + C)) to create.
public final class EpisodicProblem: Sendable {
  /// The horizon H.
  public let horizon: Int
  /// The number of states, the end of the episode included.
  public let stateCount: Int
  /// The number of choices C.
  public let choiceCount: Int
  /// The first choice of each state, and C.
  public let choicePointers: [Int]
  /// The reward of each choice, in [0, 1].
  public let rewards: [Double]
  /// V*, stage after stage; *(H + 1) × S*, the last stage zeros.
  public let optimalValues: [Double]
  /// Q*, stage after stage; *H × C*.
  public let optimalActionValues: [Double]
  /// The optimal expected return of an episode.
  public let optimalReturn: Double

  let rowPointers: [Int]
  let nextStates: [Int32]
  let probabilities: [Double]
  /// The running sums of `probabilities` in each row.
  let cumulative: [Double]
  /// The states where an episode may start, ascending, and their probabilities.
  let starts: [(state: Int, probability: Double)]

  /// Prepares a problem with the same dynamics in every stage.
  ///
  /// - Throws: ``LearningError`` if the horizon is below 1 or a reward is outside [0, 1].
  public init(_ model: TabularMDP, horizon: Int) throws(LearningError) {
    guard horizon >= 1 else { throw .badHorizon(horizon) }
    let ends = model.termination?.contains { $0 > 0 } ?? false
    let S = model.stateCount + (ends ? 1 : 0)
    var pointers = [0]
    var next: [Int32] = []
    var probabilities: [Double] = []
    var cumulative: [Double] = []
    for k in 0..<model.choiceCount {
      guard model.rewards[k] >= 0 && model.rewards[k] <= 1 else {
        throw .badReward(state: model.state(ofChoice: k), choice: k, reward: model.rewards[k])
      }
      var row: [(Int, Double)] = []
      model.transitions.forEachEntry(row: k) { t, p, _ in row.append((t, p)) }
      row.sort { $0.0 < $1.0 }
      if let end = model.termination?[k], end > 0 { row.append((S - 1, end)) }
      var sum = 0.0
      for (t, p) in row {
        next.append(Int32(truncatingIfNeeded: t))
        probabilities.append(p)
        sum += p
        cumulative.append(sum)
      }
      pointers.append(next.count)
    }
    self.horizon = horizon
    stateCount = S
    choiceCount = model.choiceCount
    choicePointers = model.choicePointers + (ends ? [model.choiceCount] : [])
    rewards = model.rewards
    rowPointers = pointers
    nextStates = next
    self.probabilities = probabilities
    self.cumulative = cumulative
    let start = model.startDistribution
    starts = start.indices.filter { start[$0] > 0 }.map { ($0, start[$0]) }
    // Backward induction.
    var V = [Double](repeating: 0, count: (horizon + 1) * S)
    var Q = [Double](repeating: 0, count: horizon * model.choiceCount)
    for h in (0..<horizon).reversed() {
      for s in 0..<model.stateCount {
        var best = -Double.infinity
        for k in model.choices(of: s) {
          var sum = 0.0
          for i in pointers[k]..<pointers[k + 1] {
            sum += probabilities[i] * V[(h + 1) * S + Int(next[i])]
          }
          Q[h * model.choiceCount + k] = model.rewards[k] + sum
          best = max(best, model.rewards[k] + sum)
        }
        V[h * S + s] = best
      }
    }
    optimalValues = V
    optimalActionValues = Q
    optimalReturn = starts.reduce(0) { $0 + $1.probability * V[$1.state] }
  }

  /// A start state.
  @inline(__always)
  func start(using rng: inout some RandomNumberGenerator) -> Int {
    guard starts.count > 1 else { return starts[0].state }
    var u = Double(rng.next() >> 11) * 0x1p-53
    for (state, probability) in starts {
      u -= probability
      if u < 0 { return state }
    }
    return starts[starts.count - 1].state
  }
}

/// What a learner cannot work with.
public enum LearningError: Error, Equatable, CustomStringConvertible {
  /// A horizon below 1.
  case badHorizon(Int)
  /// A number of episodes below 1.
  case badEpisodeCount(Int)
  /// A reward outside [0, 1].
  case badReward(state: Int, choice: Int, reward: Double)

  /// What is wrong, where, and what to do.
  public var description: String {
    switch self {
    case .badHorizon(let value): "the horizon is \(value), expected at least 1"
    case .badEpisodeCount(let value): "the number of episodes is \(value), expected at least 1"
    case .badReward(let state, let choice, let reward):
      "state \(state), choice \(choice): the reward is \(reward), but bonuses are made for rewards in "
        + "[0, 1]; shift and scale the rewards"
    }
  }
}
