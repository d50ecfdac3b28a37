// SPDX-License-Identifier: Apache-2.0
import Randomness

/// Plays the arm with the greatest mean so far: the negative control, with regret linear in T.
///
///     for t = 1 … K:  play arm t                                        (1)
///     for t = K+1 …:  play argmax_a μ̂_a; update the arm played          (2)
///
/// With positive probability the best arm's first rewards are the worst, and it is never played again.
///
/// - Guarantee: none; E[R_T] grows linearly wherever two arms can be confused by one reward.
/// - Deviates: none.
/// - Complexity: O(K) a round.
/// - Source: [lattimore2020], chapter 4 (the setting).
public struct FollowTheLeader: BanditLearner {
  /// The name in tables and figures.
  public let name = "follow the leader"
  private var counts: [Double] = []
  private var sums: [Double] = []
  private var means: [Double] = []

  /// Creates a learner.
  public init() {}

  /// Forgets everything and prepares for a number of arms and rounds.
  public mutating func begin(arms: Int, rounds: Int) {
    counts = [Double](repeating: 0, count: arms)
    (sums, means) = (counts, counts)
  }

  /// The arm of round *t*, counted from 1.
  public mutating func arm(ofRound t: Int, using rng: inout Xoshiro256) -> Int {
    if t <= means.count { return t - 1 }  // (1)
    var best = 0
    for a in means.indices where means[a] > means[best] { best = a }  // (2)
    return best
  }

  /// Takes note of the reward of an arm.
  public mutating func observe(_ reward: Double, ofArm a: Int) {
    counts[a] += 1
    sums[a] += reward
    means[a] = sums[a] / counts[a]
  }
}
