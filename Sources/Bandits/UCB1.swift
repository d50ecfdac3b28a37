// SPDX-License-Identifier: Apache-2.0
import Bounds
import Randomness

/// Upper confidence bounds with Hoeffding's inequality, for rewards in [0, 1].
///
///     for t = 1 … K:  play arm t                                        (1)
///     for t = K+1 …
///       play argmax_a  μ̂_a + √(c · ln t / n_a)                          (2)
///       update μ̂_a, n_a of the arm played                               (3)
///
/// - Units: rewards in [0, 1]; c = 2 in the paper, exposed as ``exploration``.
/// - Assumes: stationary independent arms with rewards in [0, 1].
/// - Guarantee: with c = 2, E[R_T] ≤ Σ_{a: Δ_a > 0} (8 ln T / Δ_a + (7/6) Δ_a): `UCB1Regret`,
///   machine-checked in `Proofs/UCB1.v`; see ``regretBound(gaps:rounds:)``.
/// - Deviates: none; the index is computed as μ̂_a + √(c ln t) · n_a^{−1/2}, so that only the arm
///   played needs a division.
/// - Numerics: ties go to the lowest arm; no libm function is called.
/// - Complexity: O(K) a round.
/// - Source: [auer2002], figure 1, theorem 1 (whose constant is 1 + π²/3).
public struct UCB1: BanditLearner {
  /// The name in tables and figures.
  public let name: String
  /// The factor c under the root.
  public let exploration: Double
  private var arms: [Arm] = []

  private struct Arm {
    var mean = 0.0
    /// n^{−1/2}.
    var scale = 0.0
    var count = 0.0
    var sum = 0.0
  }

  /// Creates a learner.
  ///
  /// - Precondition: `exploration ≥ 0`.
  public init(exploration: Double = 2, name: String = "UCB1") {
    precondition(exploration >= 0, "the exploration factor is not negative")
    self.exploration = exploration
    self.name = name
  }

  /// The bound on the expected regret that was proved; `nil` unless c = 2.
  ///
  /// - Precondition: gaps are in [0, 1], `rounds ≥ 1`.
  public func regretBound(gaps: [Double], rounds: Int) -> Bound? {
    exploration == 2 ? UCB1Regret(gaps: gaps).regret(rounds: rounds) : nil
  }

  /// Forgets everything and prepares for a number of arms and rounds.
  public mutating func begin(arms: Int, rounds: Int) {
    self.arms = [Arm](repeating: Arm(), count: arms)
  }

  /// The arm of round *t*, counted from 1.
  @inline(__always)
  public mutating func arm(ofRound t: Int, using rng: inout Xoshiro256) -> Int {
    if t <= arms.count { return t - 1 }  // (1)
    let width = (exploration * Portable.log(Double(t))).squareRoot()
    return arms.withUnsafeBufferPointer { arms in
      var best = 0
      var greatest = arms[0].mean + width * arms[0].scale  // (2)
      for a in 1..<max(1, arms.count) {
        let index = arms[a].mean + width * arms[a].scale
        best = index > greatest ? a : best
        greatest = index > greatest ? index : greatest
      }
      return best
    }
  }

  /// Takes note of the reward of an arm.
  @inline(__always)
  public mutating func observe(_ reward: Double, ofArm a: Int) {
    arms[a].count += 1  // (3)
    arms[a].sum += reward
    arms[a].mean = arms[a].sum / arms[a].count
    arms[a].scale = (1 / arms[a].count).squareRoot()
  }
}
