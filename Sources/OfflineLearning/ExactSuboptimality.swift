// SPDX-License-Identifier: Apache-2.0
import MarkovModels

/// Expected suboptimality of a rule on two Bernoulli arms, by binomial sums instead of simulation.
///
/// Given the numbers of pulls n₀ and n₁, the successes K₀ and K₁ are independent binomial variables,
/// and arm 0 is chosen if and only if K₀ is at least a threshold t(K₁):
///
///     t ← the least k₀ for which arm 0 is chosen against k₁; it never falls with k₁          (1)
///     P(arm 0 | n₀, n₁) = Σ_{k₁} P(K₁ = k₁) P(K₀ ≥ t(k₁))                                    (2)
///     E = Σ_{n₀} P(n₀) Σ_a gap_a P(arm a | n₀, N − n₀),   n₀ ~ Bin(N, μ₀)                     (3)
///
/// For a contextual bandit E is the ρ-weighted sum over contexts, each with n ~ Bin(N, μ(s)) data.
///
/// - Assumes: a score that does not fall with successes, as ``OfflineBanditLearner`` demands.
/// - Numerics: sums of nonnegative terms. With `negligible` ε the value is off by at most about
///   10 ε √N in absolute terms; with ε = 0 all terms are there and the relative error is that of
///   rounding, about N ulp.
/// - Complexity: the three sums have O(√N) terms each beside the mode: O(N) for the arms, O(N^{3/2})
///   a context, up to log(1/ε); O(N²) and O(N³) with ε = 0.
/// - Source: the binomial distribution; derived here.
public struct ExactSuboptimality<Learner: OfflineBanditLearner>: Sendable {
  /// The rule.
  public let learner: Learner
  /// Terms below this share of the greatest one are left out.
  public let negligible: Double

  /// Creates the sums for a rule.
  ///
  /// - Precondition: `negligible ≥ 0`.
  public init(of learner: Learner, negligible: Double = 1e-15) {
    precondition(negligible >= 0, "a share is not negative")
    (self.learner, self.negligible) = (learner, negligible)
  }

  /// The probability that arm 0 is chosen, given how often each arm was pulled.
  ///
  /// - Precondition: two arms, nonnegative counts.
  public func probabilityOfFirstArm(pulls: (Int, Int), means: (Double, Double)) -> Double {
    let (n0, n1) = pulls
    let zero = BinomialTable(trials: n0, probability: means.0, negligible: negligible)
    let one = BinomialTable(trials: n1, probability: means.1, negligible: negligible)
    // P(K₀ ≥ first + i), summed from the small end.
    var tails = [Double](repeating: 0, count: zero.probabilities.count + 1)
    for i in zero.probabilities.indices.reversed() {
      tails[i] = tails[i + 1] + zero.probabilities[i]
    }
    var threshold = 0
    var sum = 0.0
    for (i, probability) in one.probabilities.enumerated() {
      let k1 = one.first + i
      while threshold < zero.probabilities.count,
        !learner.isFirst(n0, zero.first + threshold, over: n1, k1)
      {
        threshold += 1  // (1)
      }
      sum += probability * tails[threshold]  // (2)
    }
    return sum
  }

  /// E[max r − r(â)] for N draws, arm 0 of them with probability μ₀.
  ///
  /// - Parameters:
  ///   - count: The number N of draws, nonnegative.
  ///   - firstShare: The probability μ₀ of arm 0.
  ///   - means: The means of both arms.
  /// - Returns: The expectation.
  public func expected(draws count: Int, firstShare: Double, means: (Double, Double)) -> Double {
    let best = max(means.0, means.1)
    let counts = BinomialTable(trials: count, probability: firstShare, negligible: negligible)
    var sum = 0.0
    for (i, probability) in counts.probabilities.enumerated() {
      let n0 = counts.first + i
      let first = probabilityOfFirstArm(pulls: (n0, count - n0), means: means)
      // Only one of the gaps is positive. The complement is computed as such, so that a small
      // probability of arm 1 keeps its digits only if arm 1 is the better one.
      let loss =
        means.0 < best ? (best - means.0) * first : (best - means.1) * max(0, 1 - first)
      sum += probability * loss  // (3)
    }
    return sum
  }

  /// E[Σ_s ρ(s) gap] of the rule on a contextual bandit of two arms.
  ///
  /// - Precondition: two arms.
  /// - Complexity: O(N^{3/2}) for each different context.
  public func expected(draws count: Int, on bandit: ContextualBandit) -> Double {
    precondition(bandit.armCount == 2, "the sums are for two arms, not \(bandit.armCount)")
    var known: [[Double]: Double] = [:]
    var sum = 0.0
    for s in 0..<bandit.contextCount where bandit.contextWeights[s] > 0 {
      let (mu, r) = (bandit.dataWeights[s], bandit.means[s])
      // Contexts that are alike are computed once.
      let key = mu + r
      let own = known[key] ?? expected(draws: count, weights: (mu[0], mu[1]), means: (r[0], r[1]))
      known[key] = own
      sum += bandit.contextWeights[s] * own
    }
    return sum
  }

  /// The expected gap in a context with n ~ Bin(N, μ(s, 0) + μ(s, 1)) draws.
  private func expected(
    draws count: Int, weights: (Double, Double), means: (Double, Double)
  ) -> Double {
    let share = min(1, weights.0 + weights.1)
    guard means.0 != means.1 else { return 0 }
    let totals = BinomialTable(trials: count, probability: share, negligible: negligible)
    var sum = 0.0
    for (i, probability) in totals.probabilities.enumerated() {
      sum +=
        probability
        * expected(
          draws: totals.first + i, firstShare: share > 0 ? min(1, weights.0 / share) : 0,
          means: means)
    }
    return sum
  }
}
