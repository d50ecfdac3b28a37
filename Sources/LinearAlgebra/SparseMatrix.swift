// SPDX-License-Identifier: Apache-2.0

/// A sparse matrix in compressed-row form (CSR).
///
/// Row `i` holds the entries `rowPointers[i] ..< rowPointers[i + 1]` of `columns` and `values`.
///
/// - Shapes: `rowPointers` has `rowCount + 1` entries; `columns` and `values` one per stored entry.
/// - Postconditions: `rowPointers` starts at 0, never decreases and ends at `values.count`; every
///   column lies in `0 ..< columnCount`. The order of columns within a row is the caller's.
public struct SparseMatrix: Equatable, Sendable {
  /// The number of rows.
  public let rowCount: Int
  /// The number of columns.
  public let columnCount: Int
  /// Where each row starts; one more entry than rows.
  public let rowPointers: [Int]
  /// The column of each stored entry.
  public let columns: [Int32]
  /// The value of each stored entry.
  public let values: [Double]

  /// The number of stored entries.
  public var storedCount: Int { values.count }

  /// Creates a matrix from its three arrays.
  ///
  /// - Throws: ``SparseMatrixError`` when the arrays do not describe a matrix.
  /// - Complexity: O(rows + entries).
  public init(
    rowCount: Int, columnCount: Int, rowPointers: [Int], columns: [Int32], values: [Double]
  ) throws(SparseMatrixError) {
    guard rowPointers.count == rowCount + 1 else {
      throw .pointerCount(expected: rowCount + 1, found: rowPointers.count)
    }
    guard columns.count == values.count, rowPointers[0] == 0, rowPointers[rowCount] == values.count
    else {
      throw .entryCount(
        pointers: rowPointers[rowCount], columns: columns.count, values: values.count)
    }
    for i in 0..<rowCount where rowPointers[i] > rowPointers[i + 1] {
      throw .pointersDecrease(row: i)
    }
    let bound = UInt32(clamping: columnCount)
    var largest: UInt32 = 0
    for column in columns { largest = max(largest, UInt32(bitPattern: column)) }
    if !columns.isEmpty && largest >= bound {
      for i in 0..<rowCount {
        for k in rowPointers[i]..<rowPointers[i + 1] where UInt32(bitPattern: columns[k]) >= bound {
          throw .columnOutOfRange(row: i, entry: k, column: Int(columns[k]))
        }
      }
    }
    self.rowCount = rowCount
    self.columnCount = columnCount
    self.rowPointers = rowPointers
    self.columns = columns
    self.values = values
  }

  /// Creates a matrix from arrays that are known to be right.
  init(
    uncheckedRowCount rowCount: Int, columnCount: Int, rowPointers: [Int], columns: [Int32],
    values: [Double]
  ) {
    self.rowCount = rowCount
    self.columnCount = columnCount
    self.rowPointers = rowPointers
    self.columns = columns
    self.values = values
  }

  /// The range of stored entries of a row.
  public func entries(ofRow i: Int) -> Range<Int> { rowPointers[i]..<rowPointers[i + 1] }
}

/// Why three arrays are not a compressed-row matrix.
public enum SparseMatrixError: Error, Equatable {
  /// There must be one pointer more than rows.
  case pointerCount(expected: Int, found: Int)
  /// The first pointer must be 0 and the last the number of columns and of values.
  case entryCount(pointers: Int, columns: Int, values: Int)
  /// The pointer after `row` is smaller than the pointer of `row`.
  case pointersDecrease(row: Int)
  /// Entry number `entry`, in `row`, names a column that does not exist.
  case columnOutOfRange(row: Int, entry: Int, column: Int)
}

extension SparseMatrixError: CustomStringConvertible {
  /// The error in words.
  public var description: String {
    switch self {
    case .pointerCount(let expected, let found):
      "row pointers: \(found) entries, expected \(expected) (one more than rows)"
    case .entryCount(let pointers, let columns, let values):
      "the last row pointer is \(pointers), but there are \(columns) columns and \(values) values"
    case .pointersDecrease(let row):
      "row pointers decrease at row \(row)"
    case .columnOutOfRange(let row, let entry, let column):
      "row \(row), entry \(entry): column \(column) is out of range"
    }
  }
}
