// SPDX-License-Identifier: Apache-2.0
import CLAPACKE

/// The QR factorization of a matrix by Householder reflections: A = Q R.
///
/// - Shapes: for A of *m × n* and k = min(m, n): Q is *m × k* with orthonormal columns and R is
///   *k × n*, upper trapezoidal. The diagonal of R may have either sign.
/// - Numerics: backward stable. The last bits depend on the BLAS.
/// - Complexity: O(m n k).
/// - Source: LAPACK's dgeqrf, dormqr, dorgqr, dtrtrs.
public struct QRFactorization: Sendable {
  /// The number of rows of A.
  public let rowCount: Int
  /// The number of columns of A.
  public let columnCount: Int
  private let reflectors: [Double]
  private let scales: [Double]

  /// Factors a matrix.
  ///
  /// - Throws: ``LinearAlgebraError/notFinite(row:column:)``.
  public init(_ a: Matrix) throws(LinearAlgebraError) {
    try LAPACK.check(a, square: false)
    let (m, n) = (a.rowCount, a.columnCount)
    var reflectors = a.elements
    var scales = [Double](repeating: 0, count: min(m, n))
    if !scales.isEmpty {
      BLAS.prepare()
      let info = LAPACKE_dgeqrf(
        LAPACK.columnMajor, LAPACK.size(m), LAPACK.size(n), &reflectors, LAPACK.size(m), &scales)
      try LAPACK.require(info, "dgeqrf")
    }
    self.rowCount = m
    self.columnCount = n
    self.reflectors = reflectors
    self.scales = scales
  }

  /// The upper trapezoidal factor R, *k × n*.
  ///
  /// - Complexity: O(k n).
  public var upperFactor: Matrix {
    var r = Matrix(scales.count, columnCount)
    for j in 0..<columnCount {
      for i in 0..<min(j + 1, scales.count) { r[i, j] = reflectors[j * rowCount + i] }
    }
    return r
  }

  /// The factor Q with orthonormal columns, *m × k*.
  ///
  /// - Throws: ``LinearAlgebraError/failure(routine:info:)``.
  /// - Complexity: O(m k²).
  public func orthogonalFactor() throws(LinearAlgebraError) -> Matrix {
    let (m, k) = (rowCount, scales.count)
    var q = Array(reflectors[..<(m * k)])
    if k > 0 {
      BLAS.prepare()
      let (rows, columns) = (LAPACK.size(m), LAPACK.size(k))
      let info = LAPACKE_dorgqr(LAPACK.columnMajor, rows, columns, columns, &q, rows, scales)
      try LAPACK.require(info, "dorgqr")
    }
    return Matrix(m, k, columnMajor: q)
  }

  /// The x that makes ‖A x - b‖ least, for A with independent columns.
  ///
  /// - Shapes: `b` has m entries and the result n; m must be at least n.
  /// - Throws: ``LinearAlgebraError/singular(routine:info:)`` when entry `info` of the diagonal of R
  ///   is exactly zero. A rank that is deficient only up to rounding is not noticed; use
  ///   ``SingularValueDecomposition/leastSquares(_:tolerance:)`` where that may happen.
  /// - Complexity: O(m n).
  public func leastSquares(_ b: [Double]) throws(LinearAlgebraError) -> [Double] {
    precondition(b.count == rowCount, "\(b.count) entries, expected \(rowCount)")
    precondition(rowCount >= columnCount, "least squares needs at least as many rows as columns")
    if columnCount == 0 { return [] }
    BLAS.prepare()
    let (m, n) = (LAPACK.size(rowCount), LAPACK.size(columnCount))
    var x = b
    try LAPACK.require(
      LAPACKE_dormqr(
        LAPACK.columnMajor, LAPACK.left, LAPACK.transpose, m, 1, n, reflectors, m, scales, &x, m),
      "dormqr")
    let info = LAPACKE_dtrtrs(
      LAPACK.columnMajor, LAPACK.upper, LAPACK.noTranspose, LAPACK.nonUnit, n, 1, reflectors, m,
      &x, m)
    if info > 0 { throw .singular(routine: "dtrtrs", info: Int(info)) }
    try LAPACK.require(info, "dtrtrs")
    return Array(x[..<columnCount])
  }
}
