// SPDX-License-Identifier: Apache-2.0
import CLAPACKE

/// The thin singular value decomposition A = U diag(σ) Vᵀ.
///
/// - Shapes: for A of *m × n* and k = min(m, n): ``leftVectors`` is *m × k*, ``singularValues`` has
///   k entries in descending order, ``rightVectorsTransposed`` is *k × n*.
/// - Numerics: by divide and conquer; each singular value is wrong by at most a modest multiple of
///   u σ₁. The signs of the vectors, and the last bits, depend on the BLAS.
/// - Edge cases: a matrix without rows or columns has no singular values.
/// - Complexity: O(m n min(m, n)).
/// - Source: LAPACK's dgesdd.
public struct SingularValueDecomposition: Sendable {
  /// The left singular vectors U, *m × k*.
  public let leftVectors: Matrix
  /// The singular values, from the greatest to the least.
  public let singularValues: [Double]
  /// The transposed right singular vectors Vᵀ, *k × n*.
  public let rightVectorsTransposed: Matrix

  /// Decomposes a matrix.
  ///
  /// - Throws: ``LinearAlgebraError/notFinite(row:column:)``, or
  ///   ``LinearAlgebraError/noConvergence(routine:info:)``.
  public init(_ a: Matrix) throws(LinearAlgebraError) {
    try LAPACK.check(a, square: false)
    let (m, n) = (a.rowCount, a.columnCount)
    let k = min(m, n)
    var left = Matrix(m, k)
    var right = Matrix(k, n)
    var values = [Double](repeating: 0, count: k)
    if k > 0 {
      BLAS.prepare()
      var copy = a.elements
      let info = LAPACKE_dgesdd(
        LAPACK.columnMajor, LAPACK.thin, LAPACK.size(m), LAPACK.size(n), &copy, LAPACK.size(m),
        &values, &left.elements, LAPACK.size(m), &right.elements, LAPACK.size(k))
      if info > 0 { throw .noConvergence(routine: "dgesdd", info: Int(info)) }
      try LAPACK.require(info, "dgesdd")
    }
    self.leftVectors = left
    self.singularValues = values
    self.rightVectorsTransposed = right
  }

  /// The threshold below which a singular value is taken for rounding: max(m, n) · ε · σ₁, ε = 2⁻⁵².
  public var defaultTolerance: Double {
    let size = max(leftVectors.rowCount, rightVectorsTransposed.columnCount)
    return Double(size) * .ulpOfOne * (singularValues.first ?? 0)
  }

  /// The number of singular values above a tolerance; ``defaultTolerance`` when none is given.
  public func rank(tolerance: Double? = nil) -> Int {
    let bound = tolerance ?? defaultTolerance
    return singularValues.firstIndex { !($0 > bound) } ?? singularValues.count
  }

  /// The spectral condition number σ₁ / σ_k: infinite for a rank-deficient matrix, 1 for an empty
  /// one.
  public var conditionNumber: Double {
    guard let first = singularValues.first, let last = singularValues.last else { return 1 }
    return last == 0 ? .infinity : first / last
  }

  /// The best approximation of a given rank, in the spectral and in the Frobenius norm.
  ///
  /// - Parameter rank: At least zero; a rank above min(m, n) means min(m, n).
  /// - Returns: The factors and the two errors.
  /// - Complexity: O((m + n) rank).
  /// - Source: [eckart1936].
  public func truncated(rank: Int) -> LowRankApproximation {
    precondition(rank >= 0, "a rank is at least zero")
    let (m, n, k) = (
      leftVectors.rowCount, rightVectorsTransposed.columnCount, singularValues.count
    )
    let r = min(rank, k)
    var right = Matrix(r, n)
    for j in 0..<n {
      for i in 0..<r { right[i, j] = rightVectorsTransposed[i, j] }
    }
    let dropped = Array(singularValues[r...])
    return LowRankApproximation(
      left: Matrix(m, r, columnMajor: Array(leftVectors.elements[..<(m * r)])),
      singularValues: Array(singularValues[..<r]), rightTransposed: right,
      spectralError: dropped.first ?? 0, frobeniusError: norm(dropped))
  }

  /// The shortest x among those that make ‖A x - b‖ least, for a matrix of any rank.
  ///
  /// - Shapes: `b` has m entries and the result n.
  /// - Parameters:
  ///   - b: The right-hand side.
  ///   - tolerance: Singular values up to this are taken for zero; ``defaultTolerance`` when none is
  ///     given.
  /// - Returns: The solution x.
  /// - Complexity: O((m + n) k).
  public func leastSquares(_ b: [Double], tolerance: Double? = nil) -> [Double] {
    let r = rank(tolerance: tolerance)
    var coefficients = leftVectors.transposedTimes(b)
    for i in 0..<singularValues.count {
      coefficients[i] = i < r ? coefficients[i] / singularValues[i] : 0
    }
    return rightVectorsTransposed.transposedTimes(coefficients)
  }
}

/// A matrix of low rank in factored form, and its distance from the matrix that it approximates.
public struct LowRankApproximation: Equatable, Sendable {
  /// The left factor, *m × r*, with orthonormal columns.
  public let left: Matrix
  /// The r singular values that were kept, in descending order.
  public let singularValues: [Double]
  /// The right factor, *r × n*, with orthonormal rows.
  public let rightTransposed: Matrix
  /// The spectral norm of what was left out: the greatest dropped singular value.
  public let spectralError: Double
  /// The Frobenius norm of what was left out.
  public let frobeniusError: Double

  /// The product left · diag(σ) · right.
  ///
  /// - Shapes: *m × n*.
  /// - Complexity: O(m n r).
  public func matrix() -> Matrix {
    var scaled = left
    for (j, value) in singularValues.enumerated() {
      for i in 0..<left.rowCount { scaled[i, j] *= value }
    }
    return scaled.times(rightTransposed)
  }
}
