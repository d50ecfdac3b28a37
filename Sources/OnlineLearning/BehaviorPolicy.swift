// SPDX-License-Identifier: Apache-2.0
import Randomness

/// How a learner of action values chooses what to play.
public protocol BehaviorPolicy: Sendable {
  /// The position of the choice to play, given the estimates of a state's choices.
  ///
  /// - Precondition: there is an estimate.
  func choice(among values: ArraySlice<Double>, using rng: inout Xoshiro256) -> Int
}

/// Which of several greatest estimates a greedy policy takes.
public enum TieBreaking: Equatable, Sendable {
  /// The lowest choice.
  case lowest
  /// One of those within a tolerance of the greatest, each with the same probability; one word of
  /// random numbers, whether there is a tie or not.
  ///
  /// With a tolerance far above rounding and far below the differences that matter, rounding does
  /// not decide what is played.
  case uniform(within: Double)
}

/// Plays a choice of greatest estimate; it explores only as long as the estimates are optimistic.
public struct GreedyBehavior: BehaviorPolicy, Equatable {
  /// Which of several.
  public let ties: TieBreaking

  /// Creates a policy.
  public init(ties: TieBreaking = .lowest) { self.ties = ties }

  /// The position of a greatest estimate.
  public func choice(among values: ArraySlice<Double>, using rng: inout Xoshiro256) -> Int {
    var best = values.startIndex
    for k in values.indices where values[k] > values[best] { best = k }
    guard case .uniform(let tolerance) = ties else { return best }
    let least = values[best] - tolerance
    var count = 0
    for value in values where value >= least { count += 1 }
    var left = rng.uniform(below: count)
    for k in values.indices where values[k] >= least {
      if left == 0 { return k }
      left -= 1
    }
    return best
  }
}

/// Plays any choice, each alike, with probability ε, and otherwise a greatest estimate.
public struct EpsilonGreedyBehavior: BehaviorPolicy, Equatable {
  /// The probability ε.
  public let epsilon: Double
  /// What it does otherwise.
  public let greedy: GreedyBehavior

  /// Creates a policy.
  ///
  /// - Precondition: `0 ≤ epsilon ≤ 1`.
  public init(_ epsilon: Double, ties: TieBreaking = .lowest) {
    precondition(epsilon >= 0 && epsilon <= 1, "ε lies in [0, 1]")
    self.epsilon = epsilon
    greedy = GreedyBehavior(ties: ties)
  }

  /// The position of a random estimate or of a greatest one.
  public func choice(among values: ArraySlice<Double>, using rng: inout Xoshiro256) -> Int {
    rng.bernoulli(epsilon)
      ? values.startIndex + rng.uniform(below: values.count)
      : greedy.choice(among: values, using: &rng)
  }
}
