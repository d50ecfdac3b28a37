// SPDX-License-Identifier: Apache-2.0
import CLAPACKE
import CShims

/// The Cholesky factorization of a symmetric positive definite matrix: A = L Lᵀ.
///
/// - Numerics: backward stable without pivoting. Everything after the factorization (vector solves,
///   quadratic forms, updates, downdates) is done here in a fixed order and has the same bits on
///   every CPU; a factorization that starts from ``init(scaledIdentity:dimension:)`` never calls
///   LAPACK and is therefore reproducible as a whole.
/// - Edge cases: a 0 × 0 matrix factors.
/// - Complexity: O(n³) to factor; O(n²) a solve, quadratic form, update or downdate.
/// - Source: LAPACK's dpotrf and dpotrs.
public struct CholeskyFactorization: Equatable, Sendable {
  /// The number of rows and of columns.
  public let dimension: Int
  /// L by columns, zeros above the diagonal.
  var factor: [Double]

  /// Factors a symmetric positive definite matrix, of which only the lower triangle is used.
  ///
  /// - Throws: ``LinearAlgebraError/notSquare(rowCount:columnCount:)``,
  ///   ``LinearAlgebraError/notFinite(row:column:)``, or
  ///   ``LinearAlgebraError/notPositiveDefinite(routine:info:)``.
  public init(_ a: Matrix) throws(LinearAlgebraError) {
    try LAPACK.check(a, square: true)
    let n = a.rowCount
    var factor = a.elements
    if n > 0 {
      BLAS.prepare()
      let size = LAPACK.size(n)
      let info = LAPACKE_dpotrf(LAPACK.columnMajor, LAPACK.lower, size, &factor, size)
      if info > 0 { throw .notPositiveDefinite(routine: "dpotrf", info: Int(info)) }
      try LAPACK.require(info, "dpotrf")
    }
    for j in 0..<n {
      for i in 0..<j { factor[j * n + i] = 0 }
    }
    self.dimension = n
    self.factor = factor
  }

  /// The factorization of λ I, the regularizer of ridge regression.
  ///
  /// - Complexity: O(n²).
  public init(scaledIdentity lambda: Double, dimension n: Int) {
    precondition(lambda > 0 && lambda.isFinite, "λ is positive and finite, not \(lambda)")
    precondition(n >= 0, "a dimension is at least zero")
    dimension = n
    factor = [Double](repeating: 0, count: n * n)
    for i in 0..<n { factor[i * n + i] = lambda.squareRoot() }
  }

  /// The lower triangular factor L.
  ///
  /// - Shapes: *n × n*.
  public var lowerFactor: Matrix { Matrix(dimension, dimension, columnMajor: factor) }

  /// The solution x of A x = b.
  ///
  /// - Shapes: `b` and the result have ``dimension`` entries.
  /// - Complexity: O(n²).
  public func solve(_ b: [Double]) -> [Double] {
    var x = b
    solveLower(&x)
    solveLowerTransposed(&x)
    return x
  }

  /// The solution X of A X = B, by LAPACK.
  ///
  /// - Shapes: `b` and the result are *n × k*.
  /// - Complexity: O(n² k).
  public func solve(_ b: Matrix) -> Matrix {
    precondition(b.rowCount == dimension, "\(b.rowCount) rows, expected \(dimension)")
    var x = b
    if x.elements.isEmpty { return x }
    BLAS.prepare()
    let n = LAPACK.size(dimension)
    let info = LAPACKE_dpotrs_work(
      LAPACK.columnMajor, LAPACK.lower, n, LAPACK.size(b.columnCount), factor, n, &x.elements, n)
    precondition(info == 0, "dpotrs refused argument \(-info)")
    return x
  }

  /// The quadratic form xᵀ A⁻¹ x = ‖L⁻¹ x‖², never negative.
  ///
  /// The squared width of a confidence ellipsoid in direction x when A is a design matrix.
  ///
  /// - Shapes: `x` has ``dimension`` entries.
  /// - Complexity: O(n²).
  public func inverseQuadraticForm(_ x: [Double]) -> Double {
    var y = x
    solveLower(&y)
    return dot(y, y)
  }

  /// The natural logarithm of the determinant.
  ///
  /// - Complexity: O(n).
  public var logDeterminant: Double {
    var product = ScaledProduct()
    for i in 0..<dimension { product.multiply(by: factor[i * dimension + i]) }
    return 2 * product.logMagnitude
  }

  /// Replaces x by L⁻¹ x, column by column.
  func solveLower(_ x: inout [Double]) {
    let n = dimension
    precondition(x.count == n, "\(x.count) entries, expected \(n)")
    x.withUnsafeMutableBufferPointer { x in
      factor.withUnsafeBufferPointer { l in
        for j in 0..<n {
          let column = UnsafeBufferPointer(rebasing: l[(j &* n)..<((j &+ 1) &* n)])
          let value = x[j] / column[j]
          x[j] = value
          var i = j &+ 1
          while i < n {
            x[i] -= value * column[i]
            i &+= 1
          }
        }
      }
    }
  }

  /// Replaces x by L⁻ᵀ x, with one canonical dot product a column.
  func solveLowerTransposed(_ x: inout [Double]) {
    let n = dimension
    precondition(x.count == n, "\(x.count) entries, expected \(n)")
    x.withUnsafeMutableBufferPointer { x in
      factor.withUnsafeBufferPointer { l in
        for j in stride(from: n - 1, through: 0, by: -1) {
          let below = UnsafeBufferPointer(rebasing: l[(j &* n &+ j &+ 1)..<((j &+ 1) &* n)])
          let known = UnsafeBufferPointer(rebasing: x[(j &+ 1)..<n])
          x[j] = (x[j] - canonicalDot(below, known)) / l[j &* n &+ j]
        }
      }
    }
  }
}
