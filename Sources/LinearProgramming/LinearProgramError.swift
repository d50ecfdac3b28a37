// SPDX-License-Identifier: Apache-2.0

/// Why numbers are not a linear program, or why the solver gave up on one.
public enum LinearProgramError: Error, Equatable {
  /// An array has the wrong length.
  case wrongCount(array: String, expected: Int, found: Int)
  /// There are more rows, variables or coefficients than the solver can number.
  case tooLarge(Int)
  /// The column pointers do not start at 0, decrease, or do not end at the number of coefficients.
  case pointers(column: Int)
  /// A coefficient names a row that does not exist, or a row twice in one column.
  case row(column: Int, row: Int)
  /// A coefficient is NaN or too large.
  case coefficient(column: Int, row: Int, Double)
  /// An entry of the objective is NaN or too large.
  case objective(column: Int, Double)
  /// The bounds of a row are out of order, NaN or too large.
  case rowBounds(row: Int, LinearProgram.Bounds)
  /// The bounds of a variable are out of order, NaN or too large.
  case columnBounds(column: Int, LinearProgram.Bounds)
  /// The solver stopped on numerical trouble.
  case solverFailed(code: Int)
}

extension LinearProgramError: CustomStringConvertible {
  /// What is wrong and where, in one line.
  public var description: String {
    let limit = "at most \(LinearProgram.largestMagnitude) in magnitude"
    switch self {
    case .wrongCount(let array, let expected, let found):
      return "\(array): \(found) entries, expected \(expected)"
    case .tooLarge(let count): return "\(count) items, expected fewer than \(Int32.max)"
    case .pointers(let column): return "column \(column): the column pointers are out of order"
    case .row(let column, let row):
      return "column \(column): row \(row) is out of range or listed twice"
    case .coefficient(let column, let row, let value):
      return "column \(column), row \(row): the coefficient is \(value), expected \(limit)"
    case .objective(let column, let value):
      return "column \(column): the objective is \(value), expected \(limit)"
    case .rowBounds(let row, let bounds):
      return "row \(row): bounds \(bounds.lower) … \(bounds.upper), expected in order, \(limit)"
    case .columnBounds(let column, let bounds):
      return
        "column \(column): bounds \(bounds.lower) … \(bounds.upper), expected in order, \(limit)"
    case .solverFailed(let code): return "the solver stopped on numerical trouble (code \(code))"
    }
  }
}
