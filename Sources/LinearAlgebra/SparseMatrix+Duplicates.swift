// SPDX-License-Identifier: Apache-2.0

extension SparseMatrix {
  /// A matrix in which no row names a column twice, and how many entries that took away.
  public struct Merged: Equatable, Sendable {
    /// The matrix; within each row the columns ascend.
    public let matrix: SparseMatrix
    /// How many entries were added to another one and thereby removed.
    public let mergedCount: Int
  }

  /// Sums the entries of equal row and column, and sorts each row by column.
  ///
  /// Entries that are stored as zero stay. Equal entries are added in their stored order.
  ///
  /// - Complexity: O(rows + stored entries · log(longest row)); O(entries) when already in order.
  public func mergingDuplicates() -> Merged {
    if isStrictlySorted { return Merged(matrix: self, mergedCount: 0) }
    var pointers = [0]
    pointers.reserveCapacity(rowCount + 1)
    var newColumns: [Int32] = []
    var newValues: [Double] = []
    newColumns.reserveCapacity(storedCount)
    newValues.reserveCapacity(storedCount)
    var order: [Int] = []
    for i in 0..<rowCount {
      order.removeAll(keepingCapacity: true)
      order.append(contentsOf: rowPointers[i]..<rowPointers[i + 1])
      order.sort { (columns[$0], $0) < (columns[$1], $1) }
      let start = newColumns.count
      for k in order {
        if newColumns.count > start && newColumns[newColumns.count - 1] == columns[k] {
          newValues[newValues.count - 1] += values[k]
        } else {
          newColumns.append(columns[k])
          newValues.append(values[k])
        }
      }
      pointers.append(newColumns.count)
    }
    let matrix = SparseMatrix(
      uncheckedRowCount: rowCount, columnCount: columnCount, rowPointers: pointers,
      columns: newColumns, values: newValues)
    return Merged(matrix: matrix, mergedCount: storedCount - newColumns.count)
  }

  /// Whether the columns of every row ascend strictly.
  private var isStrictlySorted: Bool {
    columns.withUnsafeBufferPointer { columns in
      for i in 0..<rowCount {
        var k = rowPointers[i] &+ 1
        while k < rowPointers[i &+ 1] {
          if columns[k &- 1] >= columns[k] { return false }
          k &+= 1
        }
      }
      return true
    }
  }

  /// The matrix I - γP for a square P, with merged entries and sorted rows.
  ///
  /// The diagonal entry of every row is stored, even where it is zero.
  ///
  /// - Parameters:
  ///   - discount: The factor γ.
  ///   - transitions: The square matrix P.
  /// - Returns: I - γP, *n × n*.
  /// - Complexity: that of ``mergingDuplicates()``.
  public static func identity(
    minus discount: Double, times transitions: SparseMatrix
  ) -> SparseMatrix {
    let p = transitions.mergingDuplicates().matrix
    let n = p.rowCount
    precondition(n == p.columnCount, "P is \(n) × \(p.columnCount), not square")
    var pointers = [0]
    pointers.reserveCapacity(n + 1)
    var newColumns: [Int32] = []
    var newValues: [Double] = []
    newColumns.reserveCapacity(p.storedCount + n)
    newValues.reserveCapacity(p.storedCount + n)
    for i in 0..<n {
      let row = p.entries(ofRow: i)
      let split = row.first { Int(p.columns[$0]) >= i } ?? row.upperBound
      for k in row.lowerBound..<split {
        newColumns.append(p.columns[k])
        newValues.append(-(discount * p.values[k]))
      }
      let hasDiagonal = split < row.upperBound && Int(p.columns[split]) == i
      newColumns.append(Int32(i))
      newValues.append(hasDiagonal ? 1 - discount * p.values[split] : 1)
      for k in (hasDiagonal ? split + 1 : split)..<row.upperBound {
        newColumns.append(p.columns[k])
        newValues.append(-(discount * p.values[k]))
      }
      pointers.append(newColumns.count)
    }
    return SparseMatrix(
      uncheckedRowCount: n, columnCount: n, rowPointers: pointers, columns: newColumns,
      values: newValues)
  }
}
