// SPDX-License-Identifier: Apache-2.0

/// Four rooms joined by four hallways; find the goal.
///
///     # # # # # # # # # # # # #      # is a wall. With probability `slip` a move goes in one of
///     #           #           #      the other three directions, a third each; a move into a
///     #           #           #      wall stays. Reaching the goal ends the episode.
///     #                       #
///     #           #           #      The picture shows the 13 × 13 cells; of the 104 free ones
///     #           #           #      the east hallway G = (7, 9) is the default goal.
///     # #   # # # #           #
///     #           # # # G # # #
///     #           #           #
///     #           #           #
///     #                       #
///     #           #           #
///     # # # # # # # # # # # # #
///
/// - Shapes: 104 states, the free cells row after row; actions are up, right, down, left.
/// - Closed form: without slips, ``optimalValues(discount:)``.
/// - Source: [sutton1999].
public struct FourRooms: Equatable, Sendable {
  /// The free cells of each row, as half-open ranges of columns.
  private static let halls: [[Range<Int>]] = [
    [], [1..<6, 7..<12], [1..<6, 7..<12], [1..<12], [1..<6, 7..<12], [1..<6, 7..<12],
    [2..<3, 7..<12], [1..<6, 9..<10], [1..<6, 7..<12], [1..<6, 7..<12], [1..<12],
    [1..<6, 7..<12], [],
  ]

  /// The row of the goal, 0 … 12.
  public let goalRow: Int
  /// The column of the goal, 0 … 12.
  public let goalColumn: Int
  /// The probability that a move goes astray.
  public let slip: Double
  /// What is paid.
  public let objective: GridObjective
  private let layout: GridLayout

  /// The state of the goal.
  public var goal: Int { Int(layout.states[goalRow * 13 + goalColumn]) }

  /// Creates the rooms.
  ///
  /// - Throws: ``ModelError/badParameter(name:value:expected:)`` when the goal is a wall.
  public init(
    goalRow: Int = 7, goalColumn: Int = 9, slip: Double = 1.0 / 3, objective: GridObjective = .goal
  ) throws(ModelError) {
    try ParameterCheck.range("goalRow", goalRow, 0...12)
    try ParameterCheck.range("goalColumn", goalColumn, 0...12)
    try ParameterCheck.range("slip", slip, 0...1)
    let isFree = FourRooms.halls.flatMap { halls in
      (0..<13).map { column in halls.contains { $0.contains(column) } }
    }
    try ParameterCheck.require(
      isFree[goalRow * 13 + goalColumn], "goal", "(\(goalRow), \(goalColumn))", "a free cell")
    self.goalRow = goalRow
    self.goalColumn = goalColumn
    self.slip = slip
    self.objective = objective
    self.layout = GridLayout(rows: 13, columns: 13, isFree: isFree)
  }

  /// The model of the rooms; an episode starts in the corner of the first room.
  ///
  /// - Throws: ``ModelError`` if the numbers do not pass the checks of ``TabularMDP``.
  public func model() throws(ModelError) -> TabularMDP {
    try layout.model(slip: slip, to: .anywhere, objective: objective, start: 0, goal: goal)
  }

  /// The least number of moves from each state to the goal.
  public func distances() -> [Int] { layout.distances(to: goal) }

  /// The optimal value of each state, −(1 − γ^d)/(1 − γ) or γ^(d − 1), d the distance to the goal;
  /// `nil` when moves slip.
  public func optimalValues(discount gamma: Double) -> [Double]? {
    guard slip == 0 else { return nil }
    return layout.optimalValues(goal: goal, objective: objective, discount: gamma)
  }
}
