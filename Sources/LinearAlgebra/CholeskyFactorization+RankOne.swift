// SPDX-License-Identifier: Apache-2.0

extension CholeskyFactorization {
  /// Turns the factorization of A into that of A + v vᵀ.
  ///
  ///     for j = 0 … n-1
  ///       rotate (l_jj, v_j) to (r, 0), and column j of L and v below with it
  ///
  /// - Shapes: `v` has ``dimension`` entries.
  /// - Numerics: n plane rotations; backward stable. The diagonal stays positive.
  /// - Edge cases: entries of `v` that are not finite make the factor not finite.
  /// - Complexity: O(n²), no allocation besides a copy of `v`.
  /// - Source: [gill1974].
  public mutating func update(_ v: [Double]) {
    let n = dimension
    precondition(v.count == n, "\(v.count) entries, expected \(n)")
    var rest = v
    rest.withUnsafeMutableBufferPointer { rest in
      factor.withUnsafeMutableBufferPointer { l in
        for j in 0..<n {
          let column = UnsafeMutableBufferPointer(rebasing: l[(j &* n)..<((j &+ 1) &* n)])
          let rotation = GivensRotation(column[j], rest[j])
          // The rotation keeps the sign of its larger entry; a diagonal entry must be positive.
          let sign: Double = rotation.length < 0 ? -1 : 1
          let (c, s) = (sign * rotation.cosine, sign * rotation.sine)
          column[j] = sign * rotation.length
          var i = j &+ 1
          while i < n {
            let (upper, lower) = (column[i], rest[i])
            column[i] = c * upper + s * lower
            rest[i] = c * lower - s * upper
            i &+= 1
          }
        }
      }
    }
  }

  /// Turns the factorization of A into that of A - v vᵀ, when that is positive definite.
  ///
  ///     p ← L⁻¹ v,  α ← √(1 - ‖p‖²)                                   (1)
  ///     for j = n-1 … 0
  ///       rotate (α, p_j) to (r, 0), and a column that starts at zero and column j with it; α ← r
  ///
  /// - Shapes: `v` has ``dimension`` entries.
  /// - Throws: ``LinearAlgebraError/notPositiveDefinite(routine:info:)`` when ‖p‖² ≥ 1 or is not a
  ///   number, that is when A - v vᵀ is not positive definite up to rounding. `info` is then n, the
  ///   order of the leading minor that is not positive. The factorization is left as it was.
  /// - Numerics: plane rotations, no hyperbolic ones; the error grows like 1 / (1 - ‖p‖²), as that
  ///   of the problem itself.
  /// - Complexity: O(n²).
  /// - Source: [gill1974]; [stewart1979] for the error analysis.
  public mutating func downdate(_ v: [Double]) throws(LinearAlgebraError) {
    let n = dimension
    var p = v
    solveLower(&p)
    let remaining = 1 - dot(p, p)  // (1)
    guard remaining > 0 else { throw .notPositiveDefinite(routine: "downdate", info: n) }
    var alpha = remaining.squareRoot()
    var extra = [Double](repeating: 0, count: n)
    extra.withUnsafeMutableBufferPointer { extra in
      factor.withUnsafeMutableBufferPointer { l in
        for j in stride(from: n - 1, through: 0, by: -1) {
          let column = UnsafeMutableBufferPointer(rebasing: l[(j &* n)..<((j &+ 1) &* n)])
          let rotation = GivensRotation(alpha, p[j])
          // α stays positive, so that the diagonal does.
          let sign: Double = rotation.length < 0 ? -1 : 1
          let (c, s) = (sign * rotation.cosine, sign * rotation.sine)
          alpha = sign * rotation.length
          var i = j
          while i < n {
            let (upper, lower) = (column[i], extra[i])
            column[i] = c * upper - s * lower
            extra[i] = c * lower + s * upper
            i &+= 1
          }
        }
      }
    }
  }
}
