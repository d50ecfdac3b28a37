// SPDX-License-Identifier: Apache-2.0
import Randomness

/// Upper confidence bounds with the Bernoulli relative entropy, for rewards in [0, 1].
///
///     for t = 1 … K:  play arm t                                                    (1)
///     for t = K+1 …
///       f ← ln t + c · ln ln t                                                      (2)
///       play argmax_a  max{ q ≥ μ̂_a : n_a kl(μ̂_a, q) ≤ f }                          (3)
///       update μ̂_a, n_a of the arm played                                           (4)
///
/// Which index is the greatest is decided without computing all of them: an index grows with t only
/// until its arm is played, so a bound of it for a later round t′ > t rules an arm out until t′; and
/// an arm's index exceeds a number x > μ̂_a exactly if n_a kl(μ̂_a, x) < f.
///
/// - Units: rewards in [0, 1]; c = 0 is the paper's recommendation for practice, c = 3 its theorem's.
/// - Assumes: stationary independent arms with rewards in [0, 1].
/// - Guarantee: for Bernoulli arms and c = 3, limsup E[R_T]/ln T ≤ Σ_a Δ_a / kl(μ_a, μ*): the constant of
///   Lai and Robbins (rate and constant of the limit; no finite-time constant is proved here).
/// - Deviates: none in the arms that are played, up to ties within rounding.
/// - Numerics: ties go to the lowest arm, where indices are equal in floating point.
/// - Complexity: O(K) comparisons a round; about one index a round is solved for.
/// - Source: [garivier2011], algorithm 1; the constant is [lai1985]'s.
public struct KLUCB: BanditLearner {
  /// The name in tables and figures.
  public let name: String
  /// The factor c of ln ln t.
  public let logLogFactor: Double
  private var arms: [Arm] = []
  /// The last round for which the ceilings hold, and their budget.
  private var ceilingRound = 0
  private var ceilingBudget = 0.0
  private var leader = 0

  private struct Arm {
    var mean = 0.0
    var count = 0.0
    var sum = 0.0
    /// At least the index in every round up to `ceilingRound`.
    var ceiling = Double.infinity
  }

  /// Creates a learner.
  ///
  /// - Precondition: `logLogFactor ≥ 0`.
  public init(logLogFactor: Double = 0, name: String = "KL-UCB") {
    precondition(logLogFactor >= 0, "the factor of ln ln t is not negative")
    self.logLogFactor = logLogFactor
    self.name = name
  }

  /// Forgets everything and prepares for a number of arms and rounds.
  public mutating func begin(arms: Int, rounds: Int) {
    self.arms = [Arm](repeating: Arm(), count: arms)
    ceilingRound = 0
    leader = 0
  }

  /// f of a round, not negative.
  private func budget(_ t: Int) -> Double {
    let log = Portable.log(Double(t))
    guard logLogFactor > 0 else { return log }
    return max(0, log + logLogFactor * Portable.log(max(log, 1)))  // (2)
  }

  /// The arm of round *t*, counted from 1.
  public mutating func arm(ofRound t: Int, using rng: inout Xoshiro256) -> Int {
    if t <= arms.count { return t - 1 }  // (1)
    if t > ceilingRound { raiseCeilings(after: t) }
    let f = budget(t)
    var best = leader
    var greatest = index(of: best, budget: f)
    for a in arms.indices where a != leader && arms[a].ceiling >= greatest {  // (3)
      // The bound says that arm a may be greater; the divergence says whether it is. The slack is for
      // ties, which only the indices themselves decide.
      if arms[a].mean < greatest,
        arms[a].count * bernoulliDivergence(arms[a].mean, greatest) > f * (1 + 0x1p-30)
      {
        continue
      }
      let other = index(of: a, budget: f)
      if other > greatest || (other == greatest && a < best) {
        best = a
        greatest = other
      }
    }
    leader = best
    return best
  }

  @inline(__always)
  private func index(of a: Int, budget f: Double) -> Double {
    bernoulliUpperBound(arms[a].mean, budget: f / arms[a].count)
  }

  /// Bounds all indices for the rounds up to 1.02 t.
  private mutating func raiseCeilings(after t: Int) {
    ceilingRound = t + t / 50
    ceilingBudget = budget(ceilingRound)
    for a in arms.indices { raiseCeiling(of: a) }
  }

  /// A little above the index at the end of the period, because Newton's steps may stop short.
  private mutating func raiseCeiling(of a: Int) {
    arms[a].ceiling = index(of: a, budget: ceilingBudget) + 0x1p-40
  }

  /// Takes note of the reward of an arm.
  public mutating func observe(_ reward: Double, ofArm a: Int) {
    arms[a].count += 1  // (4)
    arms[a].sum += reward
    arms[a].mean = arms[a].sum / arms[a].count
    // The leader's index is solved for anyway; its ceiling is only needed once it leads no more.
    if ceilingRound > 0 { raiseCeiling(of: a) }
  }
}
