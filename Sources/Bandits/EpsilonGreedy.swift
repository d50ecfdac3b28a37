// SPDX-License-Identifier: Apache-2.0
import Randomness

/// Plays the arm with the greatest mean so far, and with probability ε_t any arm at random.
///
///     for t = 1 … K:  play arm t                                        (1)
///     for t = K+1 …
///       with probability ε_t play an arm drawn uniformly                (2)
///       otherwise play argmax_a μ̂_a                                     (3)
///       update the mean of the arm played                               (4)
///
/// - Units: rewards in any unit; ε in [0, 1].
/// - Assumes: stationary independent arms.
/// - Guarantee: none with constants. A constant ε > 0 pays at least ε (T − K) times the mean of the gaps;
///   the decaying schedule has regret of order ln T if its parameter is at most the least gap
///   (rate only), which a player does not know.
/// - Deviates: the paper draws from the start, so that an arm may be without a mean; here every arm
///   is played once first.
/// - Complexity: O(K) a round.
/// - Source: [auer2002], the randomized policy ε_n-GREEDY.
public struct EpsilonGreedy: BanditLearner {
  /// How the probability of a random arm depends on the round.
  public enum Schedule: Hashable, Sendable {
    /// The same in every round.
    case constant(Double)
    /// min{1, c K / (d² t)}: `decaying(c: c, gap: d)`, d a lower bound on the least gap.
    case decaying(c: Double, gap: Double)
  }

  /// The name in tables and figures.
  public let name: String
  /// The probability of a random arm, by round.
  public let schedule: Schedule
  private var leader = FollowTheLeader()
  private var armCount = 0

  /// Creates a learner.
  ///
  /// - Precondition: a constant ε lies in [0, 1]; `c > 0`, `0 < gap ≤ 1`.
  public init(_ schedule: Schedule = .constant(0.1), name: String = "ε-greedy") {
    switch schedule {
    case .constant(let epsilon):
      precondition((0...1).contains(epsilon), "ε is a probability")
    case .decaying(let c, let gap):
      precondition(c > 0 && c.isFinite && gap > 0 && gap <= 1, "c > 0 and a gap in (0, 1]")
    }
    self.schedule = schedule
    self.name = name
  }

  /// The probability of a random arm in round *t*.
  ///
  /// - Precondition: `t ≥ 1`, `arms ≥ 1`.
  public func epsilon(ofRound t: Int, arms: Int) -> Double {
    switch schedule {
    case .constant(let epsilon): epsilon
    case .decaying(let c, let gap): min(1, c * Double(arms) / (gap * gap * Double(t)))
    }
  }

  /// Forgets everything and prepares for a number of arms and rounds.
  public mutating func begin(arms: Int, rounds: Int) {
    armCount = arms
    leader.begin(arms: arms, rounds: rounds)
  }

  /// The arm of round *t*, counted from 1.
  public mutating func arm(ofRound t: Int, using rng: inout Xoshiro256) -> Int {
    let epsilon = epsilon(ofRound: t, arms: armCount)
    if t > armCount, epsilon > 0, rng.bernoulli(epsilon) {
      return rng.uniform(below: armCount)  // (2)
    }
    return leader.arm(ofRound: t, using: &rng)  // (1), (3)
  }

  /// Takes note of the reward of an arm.
  public mutating func observe(_ reward: Double, ofArm a: Int) {
    leader.observe(reward, ofArm: a)  // (4)
  }
}
