// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra
import MarkovModels

/// The limiting matrix and the deviation matrix of a policy: all of its long run.
///
///     C_1, …, C_m ← the recurrent classes                                   (1)
///     x_i ← the stationary distribution of C_i                              (2)
///     A(s, i) ← the probability of ending up in C_i                         (3)
///     P*(s, t) = A(s, i) x_i(t) for t in C_i, else 0                        (4)
///     H = (I − P + P*)⁻¹ (I − P*)                                           (5)
///
/// P* = lim (1/N) Σ_{n<N} Pⁿ; H is the Drazin inverse of I − P, the total deviation Σ (Pⁿ − P*) in the
/// Cesàro sense. The gain of rewards r is P* r and the bias H r. With ρ = (1 − γ)/γ the discounted
/// value has the Laurent expansion
///
///     V_γ = (1 + ρ) [ρ⁻¹ P* r + H r − ρ H² r + ρ² H³ r − …],   ρ ‖H‖ < 1.
///
/// - Numerics: dense LU of LAPACK throughout; nothing here is certified. For certain statements see
///   ``LaurentExpansion``, which is exact, and the planners' certificates.
/// - Deviates: (2) and (3) work class by class, so that multichain policies need no special case.
/// - Complexity: O(S³).
/// - Source: [puterman1994], appendix A.5 and section 8.2; [meyer1975].
public struct LimitingMatrices: Sendable {
  /// P*, *S × S*.
  public let limiting: Matrix
  /// H, *S × S*.
  public let deviation: Matrix

  /// Computes the matrices of a policy.
  ///
  /// - Throws: ``/MarkovModels/ModelError/terminationNotAllowed(_:criterion:)`` through
  ///   ``/MarkovModels/AverageRewardMDP``; errors of the factorization.
  public init(_ policy: DeterministicPolicy, in problem: AverageRewardMDP) throws {
    try self.init(policy.choices, LongRunRows(problem.dynamics))
  }

  init(_ choices: [Int], _ rows: LongRunRows) throws {
    let S = rows.stateCount
    let classes = PolicyClasses(choices, rows)  // (1)
    var P = Matrix(S, S)
    for s in 0..<S {
      for e in rows.entries(choices[s]) { P[s, Int(rows.columns[e])] += rows.probabilities[e] }
    }
    var star = Matrix(S, S)
    let transient = classes.transientStates
    var transientFactors: LUFactorization?
    if !transient.isEmpty {
      var a = Matrix(transient.count, transient.count)
      for (i, s) in transient.enumerated() {
        for t in 0..<S where t != s { a[i, i] += P[s, t] }
        for (j, t) in transient.enumerated() where i != j { a[i, j] -= P[s, t] }
      }
      transientFactors = try LUFactorization(a)
    }
    for recurrent in classes.recurrentClasses {
      let states = recurrent.states
      let n = states.count
      // xᵀ (I − P) = 0 with the last equation replaced by Σ x = 1.
      var a = Matrix(n, n)
      for (i, s) in states.enumerated() {
        for (j, t) in states.enumerated() where i != j {
          a[j, i] -= P[s, t]
          a[i, i] += P[s, t]
        }
      }
      for i in 0..<n { a[n - 1, i] = 1 }
      var one = [Double](repeating: 0, count: n)
      one[n - 1] = 1
      let x = try LUFactorization(a).solve(one)  // (2)
      for s in states {
        for (j, t) in states.enumerated() { star[s, t] = x[j] }  // (4)
      }
      guard let transientFactors else { continue }
      let hit = transient.map { s in states.reduce(0) { $0 + P[s, $1] } }
      let absorbed = transientFactors.solve(hit)  // (3)
      for (i, s) in transient.enumerated() {
        for (j, t) in states.enumerated() { star[s, t] = absorbed[i] * x[j] }
      }
    }
    var a = Matrix.identity(S)
    var b = Matrix.identity(S)
    for i in a.elements.indices {
      a.elements[i] += star.elements[i] - P.elements[i]
      b.elements[i] -= star.elements[i]
    }
    limiting = star
    deviation = try LUFactorization(a).solve(b)  // (5)
  }

  /// The gain P* r of each state.
  ///
  /// - Complexity: O(S²).
  public func gain(_ r: [Double]) -> [Double] { product(limiting, r) }

  /// The bias H r of each state.
  ///
  /// - Complexity: O(S²).
  public func bias(_ r: [Double]) -> [Double] { product(deviation, r) }

  /// The coefficients y_{−1} = P* r, y_0 = H r, y_1 = −H² r, … up to y_`order`.
  ///
  /// - Complexity: O(S²) for each order.
  public func laurentCoefficients(_ r: [Double], order: Int) -> [[Double]] {
    var result = [gain(r), bias(r)]
    for _ in 0..<max(0, order) {
      result.append(product(deviation, result[result.count - 1]).map { -$0 })
    }
    return Array(result.prefix(order + 2))
  }

  private func product(_ a: Matrix, _ x: [Double]) -> [Double] {
    var result = [Double](repeating: 0, count: a.rowCount)
    for j in x.indices {
      for i in result.indices { result[i] += a[i, j] * x[j] }
    }
    return result
  }
}
