// SPDX-License-Identifier: Apache-2.0
import CLAPACKE

/// The LU factorization of a square matrix with partial pivoting: A = P L U.
///
/// - Numerics: backward stable up to the growth of the pivots. The last bits depend on the BLAS and
///   on its thread count.
/// - Edge cases: a 0 × 0 matrix factors; its determinant is 1 and its condition number 1.
/// - Complexity: O(n³) to factor, O(n²) a solve.
/// - Source: LAPACK's dgetrf, dgetrs, dgecon, dgetri.
public struct LUFactorization: Sendable {
  /// The number of rows and of columns.
  public let dimension: Int
  private let factors: [Double]
  private let pivots: [CLapackInt]
  private let norm: Double

  /// Factors a square matrix.
  ///
  /// - Throws: ``LinearAlgebraError/notSquare(rowCount:columnCount:)``,
  ///   ``LinearAlgebraError/notFinite(row:column:)``, or
  ///   ``LinearAlgebraError/singular(routine:info:)`` when a pivot is exactly zero.
  public init(_ a: Matrix) throws(LinearAlgebraError) {
    try LAPACK.check(a, square: true)
    let n = LAPACK.size(a.rowCount)
    var factors = a.elements
    var pivots = [CLapackInt](repeating: 0, count: a.rowCount)
    if n > 0 {
      BLAS.prepare()
      let info = LAPACKE_dgetrf(LAPACK.columnMajor, n, n, &factors, n, &pivots)
      if info > 0 { throw .singular(routine: "dgetrf", info: Int(info)) }
      try LAPACK.require(info, "dgetrf")
    }
    self.dimension = a.rowCount
    self.factors = factors
    self.pivots = pivots
    self.norm = a.oneNorm
  }

  /// The solution x of A x = b.
  ///
  /// - Shapes: `b` and the result have ``dimension`` entries.
  /// - Complexity: O(n²).
  public func solve(_ b: [Double]) -> [Double] { solved(b, 1, LAPACK.noTranspose) }

  /// The solution x of Aᵀ x = b.
  ///
  /// - Shapes: `b` and the result have ``dimension`` entries.
  /// - Complexity: O(n²).
  public func solveTransposed(_ b: [Double]) -> [Double] { solved(b, 1, LAPACK.transpose) }

  /// The solution X of A X = B.
  ///
  /// - Shapes: `b` and the result are *n × k*.
  /// - Complexity: O(n² k).
  public func solve(_ b: Matrix) -> Matrix {
    precondition(b.rowCount == dimension, "\(b.rowCount) rows, expected \(dimension)")
    let x = solved(b.elements, b.columnCount, LAPACK.noTranspose)
    return Matrix(b.rowCount, b.columnCount, columnMajor: x)
  }

  /// The solution X of Aᵀ X = B.
  ///
  /// - Shapes: `b` and the result are *n × k*.
  /// - Complexity: O(n² k).
  public func solveTransposed(_ b: Matrix) -> Matrix {
    precondition(b.rowCount == dimension, "\(b.rowCount) rows, expected \(dimension)")
    let x = solved(b.elements, b.columnCount, LAPACK.transpose)
    return Matrix(b.rowCount, b.columnCount, columnMajor: x)
  }

  private func solved(_ b: [Double], _ columnCount: Int, _ direction: CChar) -> [Double] {
    precondition(
      b.count == dimension * columnCount, "\(b.count) entries, expected \(dimension * columnCount)")
    var x = b
    if x.isEmpty { return x }
    BLAS.prepare()
    let n = LAPACK.size(dimension)
    // The work routine: it does not look for NaN in b, which is the caller's affair.
    let info = LAPACKE_dgetrs_work(
      LAPACK.columnMajor, direction, n, LAPACK.size(columnCount), factors, n, pivots, &x, n)
    precondition(info == 0, "dgetrs refused argument \(-info)")
    return x
  }

  /// The determinant; infinite or zero when it is out of the range of doubles.
  ///
  /// - Complexity: O(n).
  public var determinant: Double { product.value }

  /// The sign of the determinant: -1 or 1, never 0, since the factorization exists.
  ///
  /// - Complexity: O(n).
  public var determinantSign: Double { product.sign }

  /// The natural logarithm of the magnitude of the determinant, safe from overflow.
  ///
  /// - Complexity: O(n).
  public var logAbsoluteDeterminant: Double { product.logMagnitude }

  private var product: ScaledProduct {
    var product = ScaledProduct()
    for i in 0..<dimension {
      product.multiply(by: factors[i * dimension + i])
      if Int(pivots[i]) != i + 1 { product.multiply(by: -1) }
    }
    return product
  }

  /// An estimate of 1 / (‖A‖₁ ‖A⁻¹‖₁): near 1 for a well-conditioned matrix, near 0 for a singular
  /// one.
  ///
  /// - Throws: ``LinearAlgebraError/failure(routine:info:)``.
  /// - Complexity: O(n²).
  public func reciprocalCondition() throws(LinearAlgebraError) -> Double {
    if dimension == 0 { return 1 }
    BLAS.prepare()
    let n = LAPACK.size(dimension)
    var result = 0.0
    let info = LAPACKE_dgecon(
      LAPACK.columnMajor, LAPACK.oneNorm, n, factors, n, norm, &result)
    try LAPACK.require(info, "dgecon")
    return result
  }

  /// The inverse matrix.
  ///
  /// Prefer a solve where the inverse itself is not wanted.
  ///
  /// - Shapes: *n × n*.
  /// - Throws: ``LinearAlgebraError/failure(routine:info:)``.
  /// - Complexity: O(n³).
  public func inverse() throws(LinearAlgebraError) -> Matrix {
    var result = factors
    if dimension > 0 {
      BLAS.prepare()
      let n = LAPACK.size(dimension)
      try LAPACK.require(LAPACKE_dgetri(LAPACK.columnMajor, n, &result, n, pivots), "dgetri")
    }
    return Matrix(dimension, dimension, columnMajor: result)
  }
}
