// SPDX-License-Identifier: Apache-2.0
import MarkovModels

/// The constant of the asymptotic lower bound of Lai and Robbins.
public enum LaiRobbins {
  /// Σ_{a: Δ_a > 0} Δ_a / kl(μ_a, μ*): the least possible limit of E[R_T]/ln T over consistent
  /// algorithms.
  ///
  /// - Edge cases: 0 if all arms are equal; arms that a mean μ* = 1 rules out at once add nothing.
  /// - Complexity: O(K).
  /// - Source: [lai1985], theorem 1.
  public static func constant(_ bandit: BernoulliBandit) -> Double {
    let best = bandit.means[bandit.bestArm]
    return bandit.means.reduce(0) { sum, mean in
      mean < best ? sum + (best - mean) / bernoulliDivergence(mean, best) : sum
    }
  }

  /// Σ_{a: Δ_a > 0} 2σ² / Δ_a, the same for Gaussian arms of one known standard deviation.
  ///
  /// - Precondition: all standard deviations are equal.
  /// - Source: [lai1985], theorem 1, with the relative entropy Δ²/(2σ²).
  public static func constant(_ bandit: GaussianBandit) -> Double {
    let sigma = bandit.standardDeviations[0]
    precondition(
      bandit.standardDeviations.allSatisfy { $0 == sigma },
      "the constant is for arms of one standard deviation")
    return bandit.means.indices.reduce(0) { sum, arm in
      let gap = bandit.gap(ofArm: arm)
      return gap > 0 ? sum + 2 * sigma * sigma / gap : sum
    }
  }
}
