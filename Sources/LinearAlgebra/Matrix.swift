// SPDX-License-Identifier: Apache-2.0

/// A dense matrix of doubles, stored by columns as LAPACK expects.
///
/// - Shapes: entry (i, j) is `elements[j * rowCount + i]`.
/// - Edge cases: a matrix may have no rows or no columns.
public struct Matrix: Equatable, Sendable {
  /// The number of rows.
  public let rowCount: Int
  /// The number of columns.
  public let columnCount: Int
  /// The entries, column after column, `rowCount * columnCount` of them.
  public var elements: [Double]

  /// Creates a matrix whose entries all have one value.
  public init(_ rowCount: Int, _ columnCount: Int, repeating value: Double = 0) {
    precondition(rowCount >= 0 && columnCount >= 0, "a matrix needs sizes of at least zero")
    self.rowCount = rowCount
    self.columnCount = columnCount
    self.elements = [Double](repeating: value, count: rowCount * columnCount)
  }

  /// Creates a matrix from entries that are already in column-major order.
  public init(_ rowCount: Int, _ columnCount: Int, columnMajor elements: [Double]) {
    precondition(
      elements.count == rowCount * columnCount,
      "\(elements.count) elements do not fill \(rowCount) × \(columnCount)")
    self.rowCount = rowCount
    self.columnCount = columnCount
    self.elements = elements
  }

  /// Creates a matrix from its rows, which must all have the same length.
  public init(rows: [[Double]]) {
    self.init(rows.count, rows.first?.count ?? 0)
    for (i, row) in rows.enumerated() {
      precondition(
        row.count == columnCount, "row \(i) has \(row.count) entries, not \(columnCount)")
      for (j, value) in row.enumerated() { self[i, j] = value }
    }
  }

  /// The identity matrix of size *n × n*.
  public static func identity(_ n: Int) -> Matrix {
    var result = Matrix(n, n)
    for i in 0..<n { result[i, i] = 1 }
    return result
  }

  /// The entry in row `i` and column `j`, both counted from zero.
  @inlinable
  public subscript(i: Int, j: Int) -> Double {
    get {
      precondition(i >= 0 && i < rowCount && j >= 0 && j < columnCount, "index out of range")
      return elements[j &* rowCount &+ i]
    }
    set {
      precondition(i >= 0 && i < rowCount && j >= 0 && j < columnCount, "index out of range")
      elements[j &* rowCount &+ i] = newValue
    }
  }
}
