// SPDX-License-Identifier: Apache-2.0
import CLAPACKE

/// The eigenvalues and right eigenvectors of a square matrix: A v = λ v.
///
/// - Shapes: ``values`` has n entries. Conjugate pairs stand next to each other, the one with
///   positive imaginary part first; otherwise the order is LAPACK's.
/// - Numerics: the values are those of a matrix within a modest multiple of u ‖A‖ of A; ill-
///   conditioned values (nearly parallel vectors) may move much more. The vectors have Euclidean
///   norm 1 and a real largest component. The last bits depend on the BLAS.
/// - Complexity: O(n³).
/// - Source: LAPACK's dgeev.
public struct Eigendecomposition: Sendable {
  /// An eigenvalue.
  public struct Value: Equatable, Sendable {
    /// The real part.
    public let real: Double
    /// The imaginary part; exactly zero for a real eigenvalue.
    public let imaginary: Double
    /// The distance from zero.
    public var modulus: Double { norm([real, imaginary]) }
  }

  /// An eigenvector, real and imaginary parts apart.
  public struct Vector: Equatable, Sendable {
    /// The real parts of the components.
    public let real: [Double]
    /// The imaginary parts of the components; zeros for a real eigenvalue.
    public let imaginary: [Double]
  }

  /// The eigenvalues.
  public let values: [Value]
  private let packed: Matrix

  /// Decomposes a square matrix.
  ///
  /// - Throws: ``LinearAlgebraError/notSquare(rowCount:columnCount:)``,
  ///   ``LinearAlgebraError/notFinite(row:column:)``, or
  ///   ``LinearAlgebraError/noConvergence(routine:info:)``.
  public init(_ a: Matrix) throws(LinearAlgebraError) {
    try LAPACK.check(a, square: true)
    var packed = Matrix(a.rowCount, a.rowCount)
    var real = [Double](repeating: 0, count: a.rowCount)
    var imaginary = real
    if a.rowCount > 0 {
      BLAS.prepare()
      let n = LAPACK.size(a.rowCount)
      var copy = a.elements
      let info = LAPACKE_dgeev(
        LAPACK.columnMajor, LAPACK.values, LAPACK.vectors, n, &copy, n, &real, &imaginary, nil, n,
        &packed.elements, n)
      if info > 0 { throw .noConvergence(routine: "dgeev", info: Int(info)) }
      try LAPACK.require(info, "dgeev")
    }
    self.values = zip(real, imaginary).map { Value(real: $0, imaginary: $1) }
    self.packed = packed
  }

  /// The right eigenvector that belongs to `values[k]`.
  ///
  /// - Shapes: n components.
  /// - Complexity: O(n).
  public func vector(_ k: Int) -> Vector {
    precondition(k >= 0 && k < values.count, "eigenvector \(k) of \(values.count)")
    // LAPACK packs a conjugate pair v ± i w into two columns: v, then w.
    let imaginary = values[k].imaginary
    if imaginary > 0 { return Vector(real: packed.column(k), imaginary: packed.column(k + 1)) }
    if imaginary < 0 {
      return Vector(real: packed.column(k - 1), imaginary: packed.column(k).map { -$0 })
    }
    return Vector(
      real: packed.column(k), imaginary: [Double](repeating: 0, count: packed.rowCount))
  }

  /// The greatest modulus of an eigenvalue; 0 for an empty matrix.
  public var spectralRadius: Double { values.map(\.modulus).max() ?? 0 }
}
