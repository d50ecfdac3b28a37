// SPDX-License-Identifier: Apache-2.0
import CShims

extension SparseMatrix {
  /// The share of the entries that are stored; 0 for a matrix without entries.
  public var density: Double {
    let size = Double(rowCount) * Double(columnCount)
    return size == 0 ? 0 : Double(storedCount) / size
  }

  /// The product with a vector, with the same bits on every CPU.
  ///
  /// - Shapes: `x` has ``columnCount`` entries and the result ``rowCount``.
  /// - Numerics: each entry is a dot product in the canonical order over the stored entries.
  /// - Complexity: O(rows + stored entries).
  public func times(_ x: [Double]) -> [Double] {
    precondition(x.count == columnCount, "\(x.count) entries, expected \(columnCount)")
    return [Double](unsafeUninitializedCapacity: rowCount) { y, count in
      withKernelPointers { pointers, columns, values in
        provably_sparse_times_vector(
          pointers, columns, values, 0, Int64(rowCount), x, y.baseAddress)
      }
      count = rowCount
    }
  }

  /// The transposed matrix; within its rows the columns ascend.
  ///
  /// - Complexity: O(rows + columns + stored entries).
  public func transposed() -> SparseMatrix {
    var next = [Int](repeating: 0, count: columnCount + 1)
    for column in columns { next[Int(column) + 1] += 1 }
    for j in 0..<columnCount { next[j + 1] += next[j] }
    let pointers = next
    var rows = [Int32](repeating: 0, count: storedCount)
    var moved = [Double](repeating: 0, count: storedCount)
    for i in 0..<rowCount {
      for k in rowPointers[i]..<rowPointers[i + 1] {
        let j = Int(columns[k])
        let target = next[j]
        rows[target] = Int32(i)
        moved[target] = values[k]
        next[j] = target + 1
      }
    }
    return SparseMatrix(
      uncheckedRowCount: columnCount, columnCount: rowCount, rowPointers: pointers, columns: rows,
      values: moved)
  }

  /// Calls `body` with the three arrays as the C kernels want them.
  @inline(__always)
  func withKernelPointers<Result>(
    _ body: (UnsafePointer<Int64>?, UnsafePointer<Int32>?, UnsafePointer<Double>?) -> Result
  ) -> Result {
    rowPointers.withUnsafeBufferPointer { pointers in
      columns.withUnsafeBufferPointer { columns in
        values.withUnsafeBufferPointer { values in
          pointers.withMemoryRebound(to: Int64.self) { pointers in
            body(pointers.baseAddress, columns.baseAddress, values.baseAddress)
          }
        }
      }
    }
  }
}

extension SparseMatrix: LinearOperator {
  /// The number of rows of a square matrix.
  public var dimension: Int {
    precondition(rowCount == columnCount, "the matrix is \(rowCount) × \(columnCount), not square")
    return rowCount
  }

  /// Writes the product with `x` into `y`, without allocating.
  ///
  /// - Shapes: `x` has ``columnCount`` entries and `y` ``rowCount``; they do not overlap.
  /// - Complexity: O(rows + stored entries).
  public func apply(_ x: UnsafeBufferPointer<Double>, into y: UnsafeMutableBufferPointer<Double>) {
    precondition(x.count == columnCount && y.count == rowCount, "buffers of the wrong length")
    withKernelPointers { pointers, columns, values in
      provably_sparse_times_vector(
        pointers, columns, values, 0, Int64(rowCount), x.baseAddress, y.baseAddress)
    }
  }
}
