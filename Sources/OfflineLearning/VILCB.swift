// SPDX-License-Identifier: Apache-2.0
import Bounds
import Randomness

/// Value iteration with lower confidence bounds, on a fresh part of the data in every iteration.
///
///     T ← ⌈log N / (1 − γ)⌉; split the data at random into D_0, …, D_T               (1)
///     V_0 ← 0; π_0(s) ← the action that D_0 holds most often in s                    (2)
///     for t = 1 … T, with counts m_t and empirical r̂_t, P̂_t of D_t
///       b_t(s, a) ← c V_max √(L / (2 max(1, m_t(s, a))))                            (3)
///       Q_t ← r̂_t + γ P̂_t V_{t−1} − b_t                                            (4)
///       where max_a Q_t(s, a) > V_{t−1}(s): V_t(s) and π_t(s) from it; else keep both  (5)
///     return π_T, V_T                                                                (6)
///
/// - Shapes: arrays over choices are indexed by k as in `TabularMDP`.
/// - Units: rewards in [0, 1]; V_max = 1/(1 − γ).
/// - Assumes: independent observations; K choices in all; c = 1 and L = log(2 K T/δ).
/// - Guarantee (machine-checked, `Proofs/VILCB.v`): with probability at least 1 − δ, V_T ≤ V^{π_T} in every state, and for every policy π
///   and start ρ, if L ≥ 2,  ρ·V^π − ρ·V^{π_T} ≤ 2 Σ_{i<T} γ^i Σ_k (ρ P_π^i)(k) b_{T−i}(k) + γ^T V_max.
///
///   Proof. V_{t−1} does not depend on D_t and lies in [0, V_max] where (*) held before, so r + γ
///   V_{t−1}(s′) lies in [0, V_max], and Hoeffding's inequality with a union over K T pairs gives,
///   with probability 1 − 2 K T e^{−L} = 1 − δ,  |r̂_t + γ P̂_t V_{t−1} − (r + γ P V_{t−1})| ≤ b_t
///   where m_t > 0; where m_t = 0, Q_t = −b_t ≤ 0 (*). Let T_π be the Bellman operator of π. Lower
///   bound: suppose V_{t−1} ≤ T_{π_{t−1}} V_{t−1}; it holds at t = 1, rewards not being negative.
///   Where (5) changes s, V_t(s) = Q_t ≤ (T_{π_t} V_{t−1})(s); elsewhere V_t(s) = V_{t−1}(s) ≤
///   (T_{π_t} V_{t−1})(s) by assumption. V_{t−1} ≤ V_t, so V_t ≤ T_{π_t} V_t, hence V_t ≤ V^{π_t} ≤
///   V_max. Suboptimality: V_t(s) ≥ Q_t(s, a) ≥ r + γ P V_{t−1} − 2 b_t for every a (where m_t = 0
///   since b_t ≥ V_max for L ≥ 2), so V^π − V_t ≤ γ P_π (V^π − V_{t−1}) + 2 b_t(·, π); unroll T
///   times from V^π − V_0 ≤ V_max, and use V_T ≤ V^{π_T}. ∎
///
///   With data μ ≥ d^π/C* the sum is of order √(S C* L/((1 − γ)⁵ N)): T folds, V_max, and the
///   horizon once more from the sum over i.
/// - Deviates: the constants of (3) are those of the proof above, not the paper's.
/// - Numerics: sums in the order of the data's next states; no libm function.
/// - Complexity: O(K + entries of all folds).
/// - Source: [rashidinejad2021], the algorithm for Markov decision processes.
public struct VILCB: Sendable {
  /// The multiplier c of the penalty; 1 is the theory.
  public let multiplier: Double
  /// The probability δ that the guarantee may fail.
  public let failureProbability: Double

  /// Creates the method.
  ///
  /// - Precondition: `multiplier ≥ 0`, `0 < failureProbability < 1`.
  public init(multiplier: Double = 1, failureProbability: Double = 0.1) {
    precondition(multiplier >= 0 && multiplier.isFinite, "the multiplier is not negative")
    precondition(failureProbability > 0 && failureProbability < 1, "δ lies in (0, 1)")
    (self.multiplier, self.failureProbability) = (multiplier, failureProbability)
  }

  /// The number T of iterations for N observations: ⌈log N/(1 − γ)⌉, at least 1.
  ///
  /// The data are to be split into T + 1 folds.
  ///
  /// - Precondition: `count ≥ 1`, `0 ≤ discount < 1`.
  public static func iterations(count N: Int, discount gamma: Double) -> Int {
    precondition(N >= 1 && gamma >= 0 && gamma < 1, "needs data and a discount below 1")
    return max(1, Int((Portable.log(Double(N)) / (1 - gamma)).rounded(.up)))  // (1)
  }

  /// The penalty for K choices and T iterations.
  public func penalty(choices K: Int, iterations T: Int) -> HoeffdingPenalty {
    HoeffdingPenalty(
      multiplier: multiplier,
      logarithm: numbers(choices: K, iterations: T, discount: 0).logTerm)
  }

  /// The numbers that the proof is about.
  func numbers(choices K: Int, iterations T: Int, discount gamma: Double) -> VILCBHoeffding {
    VILCBHoeffding(
      choices: K, iterations: T, discount: gamma, failureProbability: failureProbability)
  }

  /// Learns a policy from T + 1 folds of the data.
  ///
  /// - Parameters:
  ///   - folds: The folds D_0, …, D_T of independent observations, rewards in [0, 1].
  ///   - gamma: The discount, in [0, 1).
  /// - Returns: The policy with its lower values.
  /// - Throws: ``OfflineLearningError/mismatch(_:)`` if there are fewer than two folds or they are
  ///   of different models, or a reward is outside [0, 1] on average.
  public func learn(
    from folds: [BatchDataset], discount gamma: Double
  ) throws(OfflineLearningError) -> PessimisticSolution {
    guard folds.count >= 2 else {
      throw .mismatch("\(folds.count) folds are too few; one for the first policy, one to learn")
    }
    for fold in folds {
      try fold.checkRewards()
      guard fold.choicePointers == folds[0].choicePointers else {
        throw .mismatch("the folds have different numbers of choices")
      }
    }
    precondition(gamma >= 0 && gamma < 1, "the discount lies in [0, 1)")
    let b = penalty(choices: folds[0].choiceCount, iterations: folds.count - 1)
    var backup = MonotoneBackup(start: folds[0], discount: gamma)  // (2)
    for fold in folds.dropFirst() { backup.step(fold, b) }  // (3), (4), (5)
    return PessimisticSolution(  // (6)
      choices: backup.choices, lowerValues: backup.values, iterations: folds.count - 1)
  }
}

extension BatchDataset {
  /// Throws unless the mean reward of each choice lies in [0, 1] up to rounding.
  ///
  /// - Throws: ``OfflineLearningError/mismatch(_:)`` naming the choice.
  func checkRewards() throws(OfflineLearningError) {
    for k in visits.indices where visits[k] > 0 {
      let mean = rewardSums[k] / Double(visits[k])
      guard mean >= -1e-12, mean <= 1 + 1e-12 else {
        throw .mismatch("the rewards of choice \(k) have mean \(mean); scale them into [0, 1]")
      }
    }
  }
}
