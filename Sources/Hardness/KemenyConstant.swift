// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra

/// Kemeny's constant K = Σ_j π(j) E_s[τ_j] of a policy's chain.
///
/// It is the expected time to a state drawn from the stationary distribution π, the same from every s,
/// and equals Σ_{i≥2} 1/(1 − λ_i).
///
///     Z ≈ (I − P + 1 πᵀ)⁻¹;  m_ij ≈ (z_jj − z_ij)/π(j)                        (1)
///     |1 + Σ_t P(i, t) m_tj − m_ij| ≤ e for i ≠ j                              (2)
///     E_i[τ_j] ∈ [m_ij/(1 + e), m_ij/(1 − e)]                                  (3)
///     K = Σ_j π(j) E_0[τ_j] in interval arithmetic                             (4)
///
/// τ_j counts from 0, so that E_j[τ_j] = 0; texts that count returns have K + 1. (3) is the argument
/// of `TargetProblem` with one choice; how (1) was found does not matter.
///
/// - Assumes: an irreducible chain; it may be periodic.
/// - Guarantee: two-sided in spite of rounding. The upper end is infinite when some time is beyond
///   what doubles can prove.
/// - Numerics: (2) sums P(i, t)(m_tj − m_ij) over t ≠ i, which needs no diagonal; each term is off by
///   at most 2 u, the sum of n terms by n u of Σ P(i, t)(m_tj + m_ij) ≤ 2 max m.
/// - Complexity: O(n³).
/// - Source: [kemeny1960].
public struct KemenyConstant: Sendable {
  /// The constant, in steps.
  public let steps: Measured

  /// Finds the constant of a chain.
  ///
  /// - Throws: ``HardnessError/notIrreducible(from:to:)``; errors of LAPACK.
  public init(of chain: PolicyChain) throws {
    try chain.requireIrreducible()
    let n = chain.stateCount
    if n == 1 {
      steps = Measured(0)
      return
    }
    let stationary = try StationaryDistribution(of: chain)
    let pi = stationary.middle
    var a = Matrix(n, n)
    for i in 0..<n {
      var leaving = 0.0
      for j in 0..<n where j != i {
        a[i, j] = pi[j] - chain.rows[i * n + j]
        leaving += chain.rows[i * n + j]
      }
      a[i, i] = leaving + pi[i]
    }
    let Z = try LUFactorization(a).inverse()
    var total = Measured(0)
    for j in 0..<n {
      let m = (0..<n).map { max(0, (Z[j, j] - Z[$0, j]) / pi[j]) }  // (1)
      let largest = m.max() ?? 0
      var e = 0.0
      for i in 0..<n where i != j {  // (2)
        var d = 1.0
        for t in 0..<n where t != i { d += chain.rows[i * n + t] * (m[t] - m[i]) }
        e = max(e, abs(d))
      }
      e += Double(n + 6) * 0x1.02p-53 * (2 + 4 * largest) + 4 * chain.entryError * largest
      let time = Measured(
        lower: (m[0] / (1 + e).nextUp).nextDown,
        upper: e < 1 ? (m[0] / (1 - e).nextDown).nextUp : .infinity
      ).atLeast(0)  // (3)
      if j != 0 { total = total + stationary.probabilities[j] * time }  // (4)
    }
    steps = total.atLeast(0)
  }
}
