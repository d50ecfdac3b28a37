// SPDX-License-Identifier: Apache-2.0
import CLAPACKE

/// The eigendecomposition of a symmetric matrix: A = V diag(λ) Vᵀ.
///
/// - Shapes: ``values`` has n entries in ascending order; column k of ``vectors``, *n × n*, belongs
///   to value k, and the columns are orthonormal.
/// - Numerics: by divide and conquer; each value is wrong by at most a modest multiple of u ‖A‖₂.
///   The signs of the vectors, and the last bits, depend on the BLAS.
/// - Complexity: O(n³).
/// - Source: LAPACK's dsyevd.
public struct SymmetricEigendecomposition: Sendable {
  /// The eigenvalues, from the least to the greatest.
  public let values: [Double]
  /// The eigenvectors, one a column.
  public let vectors: Matrix

  /// Decomposes a symmetric matrix, of which only the lower triangle is used.
  ///
  /// - Throws: ``LinearAlgebraError/notSquare(rowCount:columnCount:)``,
  ///   ``LinearAlgebraError/notFinite(row:column:)``, or
  ///   ``LinearAlgebraError/noConvergence(routine:info:)``.
  public init(_ a: Matrix) throws(LinearAlgebraError) {
    try LAPACK.check(a, square: true)
    var vectors = a
    var values = [Double](repeating: 0, count: a.rowCount)
    if a.rowCount > 0 {
      BLAS.prepare()
      let n = LAPACK.size(a.rowCount)
      let info = LAPACKE_dsyevd(
        LAPACK.columnMajor, LAPACK.vectors, LAPACK.lower, n, &vectors.elements, n, &values)
      if info > 0 { throw .noConvergence(routine: "dsyevd", info: Int(info)) }
      try LAPACK.require(info, "dsyevd")
    }
    self.values = values
    self.vectors = vectors
  }
}
