// SPDX-License-Identifier: Apache-2.0
import Randomness

/// Thompson sampling for Gaussian arms of known variance, with flat priors.
///
///     for t = 1 … K:  play arm t                                        (1)
///     for t = K+1 …
///       θ_a ~ Normal(μ̂_a, σ² / n_a), independent                        (2)
///       play argmax_a θ_a                                               (3)
///       update μ̂_a, n_a of the arm played                               (4)
///
/// - Units: rewards are real numbers of standard deviation σ.
/// - Assumes: stationary independent arms, Gaussian with standard deviation ``deviation``.
/// - Guarantee: rate ln T, as for ``ThompsonSampling`` (rate only).
/// - Deviates: none.
/// - Complexity: O(K) normal numbers a round.
/// - Source: [thompson1933]; [agrawal2013], algorithm 2 (with its prior replaced by one look at each
///   arm).
public struct GaussianThompsonSampling: BanditLearner {
  /// The name in tables and figures.
  public let name = "Gaussian Thompson"
  /// The standard deviation σ of a reward.
  public let deviation: Double
  private var counts: [Double] = []
  private var sums: [Double] = []
  private var means: [Double] = []
  private var scales: [Double] = []

  /// Creates a learner.
  ///
  /// - Precondition: `deviation > 0`.
  public init(deviation: Double = 1) {
    precondition(deviation > 0, "a standard deviation is positive")
    self.deviation = deviation
  }

  /// Forgets everything and prepares for a number of arms and rounds.
  public mutating func begin(arms: Int, rounds: Int) {
    counts = [Double](repeating: 0, count: arms)
    (sums, means, scales) = (counts, counts, counts)
  }

  /// The arm of round *t*, counted from 1.
  public mutating func arm(ofRound t: Int, using rng: inout Xoshiro256) -> Int {
    if t <= counts.count { return t - 1 }  // (1)
    var best = 0
    var greatest = -Double.infinity
    for a in counts.indices {
      let theta = means[a] + scales[a] * rng.gaussian()  // (2)
      if theta > greatest {  // (3)
        best = a
        greatest = theta
      }
    }
    return best
  }

  /// Takes note of the reward of an arm.
  public mutating func observe(_ reward: Double, ofArm a: Int) {
    counts[a] += 1  // (4)
    sums[a] += reward
    means[a] = sums[a] / counts[a]
    scales[a] = deviation / counts[a].squareRoot()
  }
}
