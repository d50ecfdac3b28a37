// SPDX-License-Identifier: Apache-2.0
import Randomness
import Statistics

/// Thompson sampling for Bernoulli arms with uniform priors.
///
///     for t = 1 …
///       θ_a ~ Beta(1 + successes_a, 1 + failures_a), independent                   (1)
///       play argmax_a θ_a                                                          (2)
///       update the counts of the arm played                                        (3)
///
/// The argmax is drawn without drawing every θ_a: θ of last round's arm is drawn first; another arm
/// exceeds a number x with probability P(Beta(α, β) > x) = P(Bin(n, x) < α), n = α + β − 1, which for
/// x above c = (α−1)/n is at most e^{−n kl(c, x)} by Chernoff, and kl(c, x) ≥ (x − c)²/(2v) with v the
/// greatest t(1 − t) between c and x. So with an exponential E, θ_a = F⁻¹(1 − e^{−E}) need be computed
/// only if E exceeds these bounds; and where that would be often, θ_a is drawn as in (1). Which of the two
/// depends on x and the counts only, so the arms played have the same law as in (1), (2).
///
/// - Units: rewards are 0 or 1.
/// - Assumes: stationary independent Bernoulli arms.
/// - Guarantee: limsup E[R_T]/ln T ≤ Σ_a Δ_a / kl(μ_a, μ*) (rate and constant of the limit; no
///   finite-time constant is proved here).
/// - Deviates: none in law.
/// - Numerics: the rare inversions call Boost.Math, which calls libm.
/// - Complexity: O(K) exponentials and about one Beta a round.
/// - Source: [thompson1933]; [kaufmann2012] (the limit).
public struct ThompsonSampling: BanditLearner {
  /// The name in tables and figures.
  public let name = "Thompson"
  private var arms: [Arm] = []
  private var leader = 0

  private struct Arm {
    var successes = 0.0
    var failures = 0.0
    /// α − 1 over n, the point from which Hoeffding's bound holds.
    var center = 0.0
    /// n.
    var weight = 1.0
  }

  /// Creates a learner.
  public init() {}

  /// Forgets everything and prepares for a number of arms and rounds.
  public mutating func begin(arms: Int, rounds: Int) {
    self.arms = [Arm](repeating: Arm(), count: arms)
    leader = 0
  }

  /// The arm of round *t*, counted from 1.
  public mutating func arm(ofRound t: Int, using rng: inout Xoshiro256) -> Int {
    var best = leader
    var greatest = rng.beta(1 + arms[leader].successes, 1 + arms[leader].failures)  // (1)
    for a in arms.indices where a != leader {
      let (c, n) = (arms[a].center, arms[a].weight)
      let distance = greatest - c
      let v = greatest <= 0.5 ? greatest * (1 - greatest) : c >= 0.5 ? c * (1 - c) : 0.25
      let theta: Double
      if distance <= 0 || n * distance * distance < 6 * v {
        // E would often exceed the bound.
        theta = rng.beta(1 + arms[a].successes, 1 + arms[a].failures)
      } else {
        let excess = -Portable.log(1 - rng.uniform())
        if 2 * v * excess < n * distance * distance { continue }
        if excess < n * bernoulliDivergence(c, min(greatest, 1)) { continue }
        // P(θ > x) = e^{−E} has the solution θ = x with the law of (1).
        let mirrored = BetaDistribution(1 + arms[a].failures, 1 + arms[a].successes)
        theta = 1 - mirrored.quantile(Portable.exp(-excess))
      }
      if theta > greatest {  // (2)
        best = a
        greatest = theta
      }
    }
    leader = best
    return best
  }

  /// Takes note of the reward of an arm.
  public mutating func observe(_ reward: Double, ofArm a: Int) {
    if reward > 0 { arms[a].successes += 1 } else { arms[a].failures += 1 }  // (3)
    let n = arms[a].successes + arms[a].failures + 1
    arms[a].center = arms[a].successes / n
    arms[a].weight = n
  }
}
