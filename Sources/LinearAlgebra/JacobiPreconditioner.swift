// SPDX-License-Identifier: Apache-2.0

/// The diagonal of a matrix as a preconditioner: M = diag(A).
///
/// - Complexity: O(entries) to make, O(n) to apply.
/// - Source: [saad2003], section 10.2.
public struct JacobiPreconditioner: Preconditioner, Sendable {
  private let reciprocals: [Double]

  /// Creates the preconditioner of a square matrix; several entries at one place are added up.
  ///
  /// - Throws: ``PreconditionerError/notSquare(rowCount:columnCount:)``, or
  ///   ``PreconditionerError/zeroPivot(row:)`` when a diagonal entry is zero, missing or not finite.
  public init(_ a: SparseMatrix) throws(PreconditionerError) {
    guard a.rowCount == a.columnCount else {
      throw .notSquare(rowCount: a.rowCount, columnCount: a.columnCount)
    }
    var diagonal = [Double](repeating: 0, count: a.rowCount)
    for i in 0..<a.rowCount {
      for k in a.entries(ofRow: i) where Int(a.columns[k]) == i { diagonal[i] += a.values[k] }
      guard diagonal[i] != 0 && diagonal[i].isFinite else { throw .zeroPivot(row: i) }
    }
    self.reciprocals = diagonal.map { 1 / $0 }
  }

  /// Writes each entry of `r` times the reciprocal of its diagonal entry into `z`.
  public func apply(_ r: UnsafeBufferPointer<Double>, into z: UnsafeMutableBufferPointer<Double>) {
    precondition(r.count == reciprocals.count && z.count == reciprocals.count, "wrong length")
    reciprocals.withUnsafeBufferPointer { d in
      var i = 0
      while i < d.count {
        z[i] = r[i] * d[i]
        i &+= 1
      }
    }
  }
}
