// SPDX-License-Identifier: Apache-2.0

/// A linear program over n variables and m rows: optimize cᵀx subject to bounds on Ax and on x.
///
///     minimize (or maximize)  cᵀ x
///     subject to              rowLower ≤ A x ≤ rowUpper
///                             columnLower ≤ x ≤ columnUpper
///
/// - Shapes: A is *m × n*, given by columns; c and the column bounds have n entries.
/// - Source: any text on linear programming, for example [vanderbei2020].
public struct LinearProgram: Equatable, Sendable {
  /// Whether small or large objectives are wanted.
  public enum Sense: Sendable {
    /// The least objective is wanted.
    case minimize
    /// The greatest objective is wanted.
    case maximize
  }

  /// An interval for a row or a variable; either end may be infinite.
  public struct Bounds: Equatable, Sendable {
    /// The lower end, −∞ for none.
    public let lower: Double
    /// The upper end, +∞ for none.
    public let upper: Double

    /// Creates an interval.
    public init(_ lower: Double, _ upper: Double) {
      self.lower = lower
      self.upper = upper
    }

    /// No bounds.
    public static let free = Bounds(-.infinity, .infinity)
    /// At least 0.
    public static let nonnegative = Bounds(0, .infinity)
    /// At least a value.
    public static func atLeast(_ value: Double) -> Bounds { Bounds(value, .infinity) }
    /// At most a value.
    public static func atMost(_ value: Double) -> Bounds { Bounds(-.infinity, value) }
    /// Exactly a value.
    public static func equal(to value: Double) -> Bounds { Bounds(value, value) }
  }

  /// Whether small or large objectives are wanted.
  public let sense: Sense
  /// The objective c.
  public let objective: [Double]
  /// The bounds of each row of A x.
  public let rowBounds: [Bounds]
  /// The bounds of each variable.
  public let columnBounds: [Bounds]
  /// Where each column of A starts in ``rows`` and ``coefficients``; n + 1 entries.
  public let columnPointers: [Int]
  /// The row of each stored coefficient.
  public let rows: [Int32]
  /// The stored coefficients.
  public let coefficients: [Double]

  /// The number of rows m.
  public var rowCount: Int { rowBounds.count }
  /// The number of variables n.
  public var columnCount: Int { objective.count }

  /// The greatest magnitude of a finite number in a program; the solver takes more for infinite.
  public static let largestMagnitude = 1e20

  /// Creates a program and checks it.
  ///
  /// - Parameters:
  ///   - sense: Whether to minimize or to maximize.
  ///   - objective: c, one number for each variable.
  ///   - rowBounds: The bounds of each row.
  ///   - columnBounds: The bounds of each variable; `nil` for nonnegative variables.
  ///   - columnPointers: Where each column starts, n + 1 positions that never decrease.
  ///   - rows: The row of each coefficient, distinct within a column.
  ///   - coefficients: The coefficients, column after column.
  /// - Throws: ``LinearProgramError``, naming the row or the variable.
  /// - Complexity: O(m + n + coefficients).
  public init(
    _ sense: Sense, objective: [Double], rowBounds: [Bounds], columnBounds: [Bounds]? = nil,
    columnPointers: [Int], rows: [Int32], coefficients: [Double]
  ) throws(LinearProgramError) {
    let (m, n) = (rowBounds.count, objective.count)
    let columnBounds = columnBounds ?? [Bounds](repeating: .nonnegative, count: n)
    try LinearProgram.check(columnBounds.count, is: n, "column bounds")
    try LinearProgram.check(columnPointers.count, is: n + 1, "column pointers")
    try LinearProgram.check(rows.count, is: coefficients.count, "rows of coefficients")
    guard columnPointers[0] == 0, columnPointers[n] == coefficients.count else {
      throw .pointers(column: columnPointers[0] == 0 ? n : 0)
    }
    guard max(m, n, coefficients.count) < Int(Int32.max) else {
      throw .tooLarge(max(m, n, coefficients.count))
    }
    for (i, bounds) in rowBounds.enumerated() {
      guard bounds.isUsable else { throw .rowBounds(row: i, bounds) }
    }
    var seenIn = [Int](repeating: -1, count: m)
    for j in 0..<n {
      guard abs(objective[j]) <= LinearProgram.largestMagnitude else {
        throw .objective(column: j, objective[j])
      }
      guard columnBounds[j].isUsable else { throw .columnBounds(column: j, columnBounds[j]) }
      guard columnPointers[j] <= columnPointers[j + 1] else { throw .pointers(column: j) }
    }
    for j in 0..<n {
      for k in columnPointers[j]..<columnPointers[j + 1] {
        let i = Int(rows[k])
        guard i >= 0, i < m, seenIn[i] != j else { throw .row(column: j, row: i) }
        seenIn[i] = j
        guard abs(coefficients[k]) <= LinearProgram.largestMagnitude else {
          throw .coefficient(column: j, row: i, coefficients[k])
        }
      }
    }
    self.sense = sense
    self.objective = objective
    self.rowBounds = rowBounds
    self.columnBounds = columnBounds
    self.columnPointers = columnPointers
    self.rows = rows
    self.coefficients = coefficients
  }

  private static func check(
    _ found: Int, is expected: Int, _ array: String
  ) throws(LinearProgramError) {
    guard found == expected else {
      throw .wrongCount(array: array, expected: expected, found: found)
    }
  }
}

extension LinearProgram.Bounds {
  /// Not NaN, in order, not empty at infinity, and finite ends below the greatest magnitude.
  fileprivate var isUsable: Bool {
    lower <= upper && lower < .infinity && upper > -.infinity
      && (lower.isInfinite || abs(lower) <= LinearProgram.largestMagnitude)
      && (upper.isInfinite || abs(upper) <= LinearProgram.largestMagnitude)
  }
}
