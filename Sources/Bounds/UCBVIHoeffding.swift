// SPDX-License-Identifier: Apache-2.0
import Randomness

/// The bonus and the regret bound of UCBVI with Hoeffding bonuses, every constant derived here.
///
/// With S possible next states (the end of the episode counts as one), C pairs of state and action,
/// horizon H, K episodes, N = K H steps and failure probability δ:
///
///     L   = ln(6 C (H − 1) N / δ)                the bonus of stage h after n visits is
///     b   = (H − h) √(L / 2n)                    and with c = 1 + 1/H
///     L_u = ln(3 C N (2^S − 2) / δ),   L_b = ln(3 C S N / δ),   D = (H − 1) √(2 C N)
///     R_u = C H² + D (√L + √L_u)                     + √(K ln(3/δ)/2 · Σ_{h<H} (H − h)²)
///     R_b = C H² + 2 D √L + S C (H − 1)(H/2 + 1/3) L_b (1 + ln⁺(N/C))
///                                                    + √(K ln(3/δ)/2 · Σ_{h<H} c^{2h} (H − h)²)
///
/// Regret(K) ≤ min{R_u, R_b} with probability at least 1 − δ. R_u grows like √S, R_b has the rate of
/// the paper, H^{3/2} √(SAK), and a lower-order term in S²A.
///
/// - Units: rewards in [0, 1]; values and regret in units of reward.
/// - Assumes: the same transition probabilities in every stage; known rewards in [0, 1]; known H, K.
/// - Complexity: O(H).
/// - Source: the algorithm is that of [azar2017]; the constants are proved in `UCBVIHoeffding.md`
///   beside this file, with [hoeffding1963] and Bennett's inequality as in [maurer2009], theorem 3.
public struct UCBVIHoeffding: Equatable, Sendable {
  /// The number of possible next states S.
  public let nextStateCount: Int
  /// The number of pairs of state and action C; S A if every action is offered everywhere.
  public let pairCount: Int
  /// The horizon H.
  public let horizon: Int
  /// The number of episodes K.
  public let episodeCount: Int
  /// The failure probability δ.
  public let failureProbability: Double

  /// Creates the bounds of a problem.
  ///
  /// - Precondition: counts are at least 1; 0 < δ < 1.
  public init(
    nextStates S: Int, pairs C: Int, horizon H: Int, episodes K: Int,
    failureProbability delta: Double
  ) {
    precondition(S >= 1 && C >= 1 && H >= 1 && K >= 1, "counts are at least 1")
    precondition(delta > 0 && delta < 1, "a failure probability is in (0, 1), not \(delta)")
    nextStateCount = S
    pairCount = C
    horizon = H
    episodeCount = K
    failureProbability = delta
  }

  /// N = K H.
  private var stepCount: Double { Double(episodeCount) * Double(horizon) }

  /// The logarithmic term L of the bonus; with H = 1 there is no bonus, and the term is that of H = 2.
  public var bonusLogTerm: Double {
    Portable.log(
      6 * Double(pairCount) * Double(max(horizon - 1, 1)) * stepCount / failureProbability)
  }

  /// The logarithmic term L_u of all value functions at once; 0 if there is one next state.
  public var uniformLogTerm: Double {
    guard nextStateCount > 1 else { return 0 }
    // ln(2^S − 2) = S ln 2 + ln(1 − 2^{1 − S}), without overflow.
    let S = Double(nextStateCount)
    let subsets = S * Portable.log(2) + Portable.log1p(-Portable.exp((1 - S) * Portable.log(2)))
    return Portable.log(3 * Double(pairCount) * stepCount / failureProbability) + subsets
  }

  /// The logarithmic term L_b of single transition probabilities.
  public var bernsteinLogTerm: Double {
    Portable.log(
      3 * Double(pairCount) * Double(nextStateCount) * stepCount / failureProbability)
  }

  /// The bonus (H − h) √(L / 2n) after n visits, with H − h stages to come.
  ///
  /// - Precondition: `stagesToCome ≥ 0`, `visits ≥ 1`.
  public func bonus(stagesToCome m: Int, visits n: Int) -> Double {
    precondition(m >= 0 && n >= 1, "a bonus needs a visit")
    return Double(m) * (bonusLogTerm / (2 * Double(n))).squareRoot()
  }

  /// The bound R_u after k episodes, whose proof is uniform over value functions.
  public func uniformRegret(after k: Int) -> Double {
    start + spread(k) * (bonusLogTerm.squareRoot() + uniformLogTerm.squareRoot())
      + martingale(k, growth: 1)
  }

  /// The bound R_b after k episodes, whose proof is about V* and single transition probabilities.
  public func bernsteinRegret(after k: Int) -> Double {
    let (S, C, H) = (Double(nextStateCount), Double(pairCount), Double(horizon))
    let harmonic = 1 + max(0, Portable.log(Double(k) * H / C))
    return start + 2 * spread(k) * bonusLogTerm.squareRoot()
      + S * C * (H - 1) * (H / 2 + 1.0 / 3) * bernsteinLogTerm * harmonic
      + martingale(k, growth: 1 + 1 / H)
  }

  /// The regret of all K episodes, with probability at least 1 − δ.
  public var regret: Bound { regret(after: episodeCount) }

  /// The regret of the first k of K episodes, with probability at least 1 − δ for each k: the smaller
  /// of two bounds, both of which hold.
  ///
  /// - Precondition: `1 ≤ k ≤ K`.
  public func regret(after k: Int) -> Bound {
    precondition((1...episodeCount).contains(k), "the bound is about 1 to \(episodeCount) episodes")
    return Bound(
      min(uniformRegret(after: k), bernsteinRegret(after: k)), guarantee: .ucbviRegret,
      assumptions: [
        "the transition probabilities are the same in every stage",
        "rewards are known and in [0, 1]",
        "the bonus is that of the proof, for this number of episodes",
      ])
  }

  /// What the first H visits of each pair may cost: C H².
  private var start: Double { Double(pairCount) * Double(horizon) * Double(horizon) }

  /// (H − 1) √(2 C k H).
  private func spread(_ k: Int) -> Double {
    Double(horizon - 1) * (2 * Double(pairCount) * Double(k) * Double(horizon)).squareRoot()
  }

  /// √(k ln(3/δ)/2 · Σ_{h=0}^{H−1} g^{2h} (H − h)²): Azuma and Hoeffding for the steps' noise.
  private func martingale(_ k: Int, growth g: Double) -> Double {
    var (sum, weight) = (0.0, 1.0)
    for h in 0..<horizon {
      let width = weight * Double(horizon - h)
      sum += width * width
      weight *= g
    }
    return (Double(k) * Portable.log(3 / failureProbability) / 2 * sum).squareRoot()
  }
}
