// SPDX-License-Identifier: Apache-2.0

/// The incomplete LU factorization with no fill: L and U keep the pattern of the matrix.
///
///     for i = 0 … n-1
///       for k < i with (i, k) in the pattern, k ascending
///         l_ik ← a_ik / u_kk                                    (1)
///         for j > k with (i, j) in the pattern
///           a_ij ← a_ij - l_ik u_kj                             (2)
///
/// - Numerics: exact elimination on the pattern; the dropped fill is the only approximation. For an
///   M-matrix such as I - γP the factorization exists and its pivots are positive.
/// - Complexity: O(Σ_i Σ_{k in row i} entries of row k) to make; O(entries) to apply.
/// - Source: [saad2003], section 10.3.
public struct ILU0: Preconditioner, Sendable {
  /// The number of rows and of columns.
  public let dimension: Int
  private let rowPointers: [Int]
  private let columns: [Int32]
  private let values: [Double]
  private let diagonal: [Int]
  private let pivotReciprocals: [Double]

  /// Factors a square matrix; several entries at one place are added up first.
  ///
  /// - Throws: ``PreconditionerError/notSquare(rowCount:columnCount:)``, or
  ///   ``PreconditionerError/zeroPivot(row:)`` when a pivot is zero, missing or not finite.
  public init(_ a: SparseMatrix) throws(PreconditionerError) {
    guard a.rowCount == a.columnCount else {
      throw .notSquare(rowCount: a.rowCount, columnCount: a.columnCount)
    }
    let sorted = a.mergingDuplicates().matrix
    let n = a.rowCount
    var values = sorted.values
    var diagonal = [Int](repeating: -1, count: n)
    var reciprocals = [Double](repeating: 0, count: n)
    let failure = values.withUnsafeMutableBufferPointer { values in
      sorted.rowPointers.withUnsafeBufferPointer { pointers in
        sorted.columns.withUnsafeBufferPointer { columns in
          ILU0.factor(pointers, columns, values, &diagonal, &reciprocals)
        }
      }
    }
    if let failure { throw .zeroPivot(row: failure) }
    self.dimension = n
    self.rowPointers = sorted.rowPointers
    self.columns = sorted.columns
    self.values = values
    self.diagonal = diagonal
    self.pivotReciprocals = reciprocals
  }

  /// Factors in place; returns the row of an unusable pivot, if there is one.
  private static func factor(
    _ pointers: UnsafeBufferPointer<Int>, _ columns: UnsafeBufferPointer<Int32>,
    _ values: UnsafeMutableBufferPointer<Double>, _ diagonal: inout [Int],
    _ reciprocals: inout [Double]
  ) -> Int? {
    let n = diagonal.count
    // Where column j of the current row is stored, or -1.
    var position = [Int](repeating: -1, count: n)
    for i in 0..<n {
      let (begin, end) = (pointers[i], pointers[i &+ 1])
      for p in begin..<end { position[Int(truncatingIfNeeded: columns[p])] = p }
      var p = begin
      while p < end {
        let k = Int(truncatingIfNeeded: columns[p])
        if k >= i { break }
        let factor = values[p] * reciprocals[k]  // (1)
        values[p] = factor
        var q = diagonal[k] &+ 1
        while q < pointers[k &+ 1] {
          let target = position[Int(truncatingIfNeeded: columns[q])]
          if target >= 0 { values[target] -= factor * values[q] }  // (2)
          q &+= 1
        }
        p &+= 1
      }
      guard p < end, Int(columns[p]) == i, values[p] != 0, values[p].isFinite else { return i }
      diagonal[i] = p
      reciprocals[i] = 1 / values[p]
      for p in begin..<end { position[Int(truncatingIfNeeded: columns[p])] = -1 }
    }
    return nil
  }

  /// Writes U⁻¹ L⁻¹ r into `z`; both have ``dimension`` entries.
  public func apply(_ r: UnsafeBufferPointer<Double>, into z: UnsafeMutableBufferPointer<Double>) {
    let n = dimension
    precondition(r.count == n && z.count == n, "buffers of \(n) entries are needed")
    rowPointers.withUnsafeBufferPointer { pointers in
      columns.withUnsafeBufferPointer { columns in
        values.withUnsafeBufferPointer { values in
          diagonal.withUnsafeBufferPointer { diagonal in
            var i = 0
            while i < n {
              var sum = r[i]
              var p = pointers[i]
              let end = diagonal[i]
              while p < end {
                sum -= values[p] * z[Int(truncatingIfNeeded: columns[p])]
                p &+= 1
              }
              z[i] = sum
              i &+= 1
            }
            pivotReciprocals.withUnsafeBufferPointer { reciprocals in
              while i > 0 {
                i &-= 1
                var sum = z[i]
                var p = diagonal[i] &+ 1
                let end = pointers[i &+ 1]
                while p < end {
                  sum -= values[p] * z[Int(truncatingIfNeeded: columns[p])]
                  p &+= 1
                }
                z[i] = sum * reciprocals[i]
              }
            }
          }
        }
      }
    }
  }
}
