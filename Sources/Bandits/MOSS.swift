// SPDX-License-Identifier: Apache-2.0
import Randomness

/// The minimax optimal strategy in the stochastic case, for a known horizon.
///
///     for t = 1 … K:  play arm t                                        (1)
///     for t = K+1 … T
///       play argmax_a  μ̂_a + √(max{0, ln(T / (K n_a))} / n_a)           (2)
///       update μ̂_a, n_a of the arm played                               (3)
///
/// - Units: rewards in [0, 1].
/// - Assumes: stationary independent arms with rewards in [0, 1]; the horizon T is known.
/// - Guarantee: E[R_T] grows at most as √(KT) (rate only: no constant is proved here).
/// - Deviates: none. The index of an arm changes only when it is played, so it is kept.
/// - Numerics: ties go to the lowest arm; no libm function is called.
/// - Complexity: O(K) a round, one logarithm.
/// - Source: [audibert2009], section 2.
public struct MOSS: BanditLearner {
  /// The name in tables and figures.
  public let name = "MOSS"
  private var counts: [Double] = []
  private var sums: [Double] = []
  private var indices: [Double] = []
  private var budget = 0.0

  /// Creates a learner.
  public init() {}

  /// Forgets everything and prepares for a number of arms and rounds.
  public mutating func begin(arms: Int, rounds: Int) {
    counts = [Double](repeating: 0, count: arms)
    sums = counts
    indices = [Double](repeating: .infinity, count: arms)  // (1)
    budget = Double(rounds) / Double(arms)
  }

  /// The arm of round *t*, counted from 1.
  @inline(__always)
  public mutating func arm(ofRound t: Int, using rng: inout Xoshiro256) -> Int {
    indices.withUnsafeBufferPointer { indices in
      var best = 0
      for a in indices.indices where indices[a] > indices[best] { best = a }  // (2)
      return best
    }
  }

  /// Takes note of the reward of an arm.
  @inline(__always)
  public mutating func observe(_ reward: Double, ofArm a: Int) {
    counts[a] += 1  // (3)
    sums[a] += reward
    let n = counts[a]
    let width = budget > n ? (Portable.log(budget / n) / n).squareRoot() : 0
    indices[a] = sums[a] / n + width
  }
}
