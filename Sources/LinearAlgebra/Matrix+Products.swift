// SPDX-License-Identifier: Apache-2.0
import CLAPACKE
import CShims

extension Matrix {
  /// The product with a vector, with the same bits on every CPU.
  ///
  /// - Shapes: `x` has ``columnCount`` entries and the result ``rowCount``.
  /// - Numerics: each entry is the dot product of a row with `x` in the canonical order.
  /// - Complexity: O(rows · columns).
  public func times(_ x: [Double]) -> [Double] {
    precondition(x.count == columnCount, "\(x.count) entries, expected \(columnCount)")
    var y = [Double](repeating: 0, count: rowCount)
    y.withUnsafeMutableBufferPointer { y in
      x.withUnsafeBufferPointer { x in multiply(x, into: y) }
    }
    return y
  }

  /// The product of the transposed matrix with a vector, with the same bits on every CPU.
  ///
  /// The columns are contiguous, so this is the faster direction.
  ///
  /// - Shapes: `x` has ``rowCount`` entries and the result ``columnCount``.
  /// - Numerics: each entry is the dot product of a column with `x` in the canonical order.
  /// - Complexity: O(rows · columns).
  public func transposedTimes(_ x: [Double]) -> [Double] {
    precondition(x.count == rowCount, "\(x.count) entries, expected \(rowCount)")
    return [Double](unsafeUninitializedCapacity: columnCount) { y, count in
      provably_dense_times_vector(
        elements, Int64(rowCount), 0, Int64(columnCount), x, y.baseAddress)
      count = columnCount
    }
  }

  /// The matrix product, by dgemm.
  ///
  /// Its last bits depend on the BLAS.
  ///
  /// - Shapes: *m × k* times *k × n* is *m × n*.
  /// - Complexity: O(m k n).
  public func times(_ other: Matrix) -> Matrix { times(other, inner: 0..<columnCount) }

  /// What the inner indices in `range` contribute to the matrix product, by dgemm.
  ///
  /// The columns `range` of this matrix times the rows `range` of the other; nothing is copied. The last
  /// bits depend on the BLAS.
  ///
  /// - Shapes: *m × k* times *k × n* is *m × n*; `range` lies in 0 ..< k.
  /// - Complexity: O(m n) times the length of the range.
  public func times(_ other: Matrix, inner range: Range<Int>) -> Matrix {
    precondition(
      columnCount == other.rowCount && range.lowerBound >= 0 && range.upperBound <= columnCount,
      "\(range) of \(rowCount) × \(columnCount) times \(other.rowCount) × \(other.columnCount)")
    var result = Matrix(rowCount, other.columnCount)
    if result.elements.isEmpty || range.isEmpty { return result }
    BLAS.prepare()
    let (m, n, k) = (Int32(rowCount), Int32(other.columnCount), Int32(range.count))
    elements.withUnsafeBufferPointer { a in
      other.elements.withUnsafeBufferPointer { b in
        cblas_dgemm(
          CblasColMajor, CblasNoTrans, CblasNoTrans, m, n, k, 1,
          a.baseAddress.unsafelyUnwrapped + range.lowerBound * rowCount, m,
          b.baseAddress.unsafelyUnwrapped + range.lowerBound, Int32(other.rowCount), 0,
          &result.elements, m)
      }
    }
    return result
  }

  /// The transposed matrix.
  ///
  /// - Complexity: O(rows · columns), in square blocks that fit the cache.
  public func transposed() -> Matrix {
    let (m, n) = (rowCount, columnCount)
    let moved = [Double](unsafeUninitializedCapacity: m * n) { target, count in
      elements.withUnsafeBufferPointer { source in
        for columnBlock in stride(from: 0, to: n, by: 32) {
          for rowBlock in stride(from: 0, to: m, by: 32) {
            for j in columnBlock..<min(columnBlock &+ 32, n) {
              for i in rowBlock..<min(rowBlock &+ 32, m) {
                target[i &* n &+ j] = source[j &* m &+ i]
              }
            }
          }
        }
      }
      count = m * n
    }
    return Matrix(n, m, columnMajor: moved)
  }

  /// The entries of row `i`, one for each column.
  ///
  /// - Complexity: O(columns).
  public func row(_ i: Int) -> [Double] {
    precondition(i >= 0 && i < rowCount, "row \(i) of \(rowCount)")
    return (0..<columnCount).map { elements[$0 * rowCount + i] }
  }

  /// The entries of column `j`, one for each row.
  ///
  /// - Complexity: O(rows).
  public func column(_ j: Int) -> [Double] {
    precondition(j >= 0 && j < columnCount, "column \(j) of \(columnCount)")
    return Array(elements[(j * rowCount)..<((j + 1) * rowCount)])
  }

  /// Writes the product with `x` into `y`.
  ///
  /// The rows are strided, so eight lanes are kept for a block of rows at a time and filled column
  /// by column; lane and order of every term are those of the canonical dot product.
  func multiply(_ x: UnsafeBufferPointer<Double>, into y: UnsafeMutableBufferPointer<Double>) {
    let (m, n) = (rowCount, columnCount)
    // Long columns are streamed from memory while the lanes, 64 bytes a row, stay in the cache.
    let block = min(max(m, 1), 8_192)
    elements.withUnsafeBufferPointer { a in
      withUnsafeTemporaryAllocation(of: Double.self, capacity: 8 &* block) { lanes in
        for begin in stride(from: 0, to: m, by: block) {
          let size = min(block, m &- begin)
          lanes.initialize(repeating: 0)
          for j in 0..<n {
            let factor = x[j]
            let column = UnsafeBufferPointer(
              rebasing: a[(j &* m &+ begin)..<(j &* m &+ begin &+ size)])
            let lane = (j & 7) &* block
            let sum = UnsafeMutableBufferPointer(rebasing: lanes[lane..<(lane &+ block)])
            var i = 0
            while i < size {
              sum[i] += column[i] * factor
              i &+= 1
            }
          }
          var i = 0
          while i < size {
            func lane(_ k: Int) -> Double { lanes[k &* block &+ i] }
            y[begin &+ i] =
              ((lane(0) + lane(4)) + (lane(2) + lane(6)))
              + ((lane(1) + lane(5)) + (lane(3) + lane(7)))
            i &+= 1
          }
        }
      }
    }
  }
}

extension Matrix: LinearOperator {
  /// The number of rows of a square matrix.
  public var dimension: Int {
    precondition(rowCount == columnCount, "the matrix is \(rowCount) × \(columnCount), not square")
    return rowCount
  }

  /// Writes the product with `x` into `y`, with one scratch buffer of at most 512 KiB.
  ///
  /// - Shapes: `x` has ``columnCount`` entries and `y` ``rowCount``; they do not overlap.
  /// - Complexity: O(rows · columns).
  public func apply(_ x: UnsafeBufferPointer<Double>, into y: UnsafeMutableBufferPointer<Double>) {
    precondition(x.count == columnCount && y.count == rowCount, "buffers of the wrong length")
    multiply(x, into: y)
  }
}
