// SPDX-License-Identifier: Apache-2.0

/// The rows of a sparse matrix of exact rationals, compressed by rows (CSR).
///
/// - Shapes: `rowPointers` has one entry more than there are rows; `columns` and `values` have one
///   entry for each stored number. Several entries of a row may name the same column; they count as
///   their sum.
public struct RationalRows: Sendable {
  /// The number of columns.
  public let columnCount: Int
  /// Where each row starts.
  public let rowPointers: [Int]
  /// The column of each stored number.
  public let columns: [Int32]
  /// The stored numbers.
  public let values: RationalVector

  /// The number of rows.
  public var rowCount: Int { rowPointers.count - 1 }

  /// Creates rows from the arrays of a matrix in compressed-row form, which must fit together.
  ///
  /// - Complexity: O(rows + entries).
  public init(columnCount: Int, rowPointers: [Int], columns: [Int32], values: RationalVector) {
    precondition(rowPointers.first == 0, "row pointers start at zero")
    precondition(
      rowPointers.last == values.count && columns.count == values.count,
      "\(columns.count) columns, \(values.count) values and a last pointer that differs")
    precondition(
      zip(rowPointers, rowPointers.dropFirst()).allSatisfy { $0 <= $1 }, "row pointers decrease")
    precondition(
      columns.allSatisfy { $0 >= 0 && Int($0) < columnCount }, "a column is out of range")
    self.columnCount = columnCount
    self.rowPointers = rowPointers
    self.columns = columns
    self.values = values
  }

  /// The vector r + γ P v: one exact Bellman backup of every row.
  ///
  /// - Shapes: `rewards` and the result have one element for each row, `values` one for each column.
  /// - Parameters:
  ///   - rewards: The vector r.
  ///   - discount: The number γ.
  ///   - v: The vector v.
  /// - Returns: The backed-up values.
  /// - Complexity: O(rows + entries) operations.
  public func backup(
    rewards: RationalVector, discount: Rational, values v: RationalVector
  ) -> RationalVector {
    precondition(rewards.count == rowCount, "\(rewards.count) rewards for \(rowCount) rows")
    precondition(v.count == columnCount, "\(v.count) values for \(columnCount) columns")
    return RationalVector(
      storage: values.storage.backup(
        pointers: rowPointers, columns: columns, discount: discount.storage,
        rewards: rewards.storage, values: v.storage))
  }

  /// The exact solution x of (I - γ P_π) x = r_π, where row s of P_π is row `choice[s]` of P.
  ///
  /// - Shapes: `rewards` has one element for each row of P; `choice` and the result have one for
  ///   each column.
  /// - Parameters:
  ///   - rewards: The vector r, of which the chosen elements are used.
  ///   - discount: The number γ.
  ///   - choice: The row that each state uses.
  ///   - maximumDimension: The greatest n that is tried; the memory is some 40 n² bytes.
  /// - Returns: The solution, in lowest terms.
  /// - Throws: ``RationalError/singular``, or ``RationalError/tooLarge(dimension:limit:)``.
  /// - Complexity: O(n³) word operations with a factor for the size of the numbers; the solution has
  ///   O(n · digits of an entry) digits an element.
  /// - Source: [dixon1982], as implemented by FLINT.
  public func solve(
    rewards: RationalVector, discount: Rational, choice: [Int], maximumDimension: Int = 4_096
  ) throws(RationalError) -> RationalVector {
    precondition(rewards.count == rowCount, "\(rewards.count) rewards for \(rowCount) rows")
    precondition(choice.count == columnCount, "\(choice.count) choices for \(columnCount) states")
    precondition(choice.allSatisfy { $0 >= 0 && $0 < rowCount }, "a chosen row does not exist")
    guard choice.count <= maximumDimension else {
      throw .tooLarge(dimension: choice.count, limit: maximumDimension)
    }
    let solution = values.storage.solve(
      choice: choice, pointers: rowPointers, columns: columns, discount: discount.storage,
      rewards: rewards.storage)
    guard let solution else { throw .singular }
    return RationalVector(storage: solution)
  }
}
