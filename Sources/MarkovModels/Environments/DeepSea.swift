// SPDX-License-Identifier: Apache-2.0

/// A dive of n steps in which only one of 2ⁿ ways reaches the treasure.
///
///     0                       Each step goes down one row. Left also goes one column left (or
///     │\                      stays in column 0) and is free; right also goes one column right
///     0 1                     and costs 0.01/n, except that right in the last cell of the
///     │\│\                    diagonal pays 1 − 0.01/n. The episode ends below the last row.
///     0 1 2  → treasure
///
/// - Shapes: cell (row, column ≤ row) is state row (row + 1)/2 + column: n (n + 1)/2 states; actions
///   are left, right.
/// - Closed form: ``optimalValues(discount:)``; 0.99 at the start for n steps without discount.
/// - Source: [osband2019].
public struct DeepSea: Equatable, Sendable {
  /// The number of rows n, and of steps of an episode.
  public let size: Int
  /// The cost of n steps to the right.
  public let totalCost: Double

  /// The number of states.
  public var stateCount: Int { size * (size + 1) / 2 }

  /// Creates a sea.
  ///
  /// - Throws: ``ModelError/badParameter(name:value:expected:)``.
  public init(size: Int = 10, totalCost: Double = 0.01) throws(ModelError) {
    try ParameterCheck.range("size", size, 1...65_535)
    try ParameterCheck.range("totalCost", totalCost, 0...1)
    let states = Double(size) * Double(size + 1) / 2
    try ParameterCheck.size("size", size, states: states, choices: 2 * states, entries: 2 * states)
    self.size = size
    self.totalCost = totalCost
  }

  /// The state of a cell.
  public func state(row: Int, column: Int) -> Int { row * (row + 1) / 2 + column }

  /// The model of the sea.
  ///
  /// - Throws: ``ModelError`` if the numbers do not pass the checks of ``TabularMDP``.
  public func model() throws(ModelError) -> TabularMDP {
    var builder = ModelBuilder(states: stateCount, actions: 2, entries: 2 * stateCount)
    let cost = totalCost / Double(size)
    for row in 0..<size {
      let isLast = row == size - 1
      for column in 0...row {
        for action in 0...1 {
          if !isLast {
            let next = action == 1 ? column + 1 : max(column - 1, 0)
            builder.add(1, to: state(row: row + 1, column: next))
          }
          let treasure = isLast && column == row ? 1.0 : 0
          builder.endChoice(
            reward: action == 1 ? treasure - cost : 0, terminatesWithProbability: isLast ? 1 : 0)
        }
      }
    }
    return try builder.model(start: 0, actionNames: ["left", "right"])
  }

  /// The optimal value of each state; a discount of 1 gives the optimal return.
  ///
  /// Off the diagonal the treasure is out of reach, so V* = 0. On it, with k = n − row steps left,
  /// V* = max{0, γ^(k − 1) − (c/n)(1 + γ + … + γ^(k − 1))}.
  public func optimalValues(discount gamma: Double) -> [Double] {
    var values = [Double](repeating: 0, count: stateCount)
    var power = 1.0
    var sum = 0.0
    for k in 1...size {
      sum += power
      let row = size - k
      values[state(row: row, column: row)] = max(0, power - totalCost / Double(size) * sum)
      power *= gamma
    }
    return values
  }
}
