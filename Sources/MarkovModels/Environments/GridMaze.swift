// SPDX-License-Identifier: Apache-2.0

/// A maze of any size: find the way from the first cell to the last, on slippery ground.
///
///     S..#...#.      Rooms lie at even rows and even columns. A random depth-first walk knocks
///     ##.#.#.#.      through the walls between rooms until all are connected (#: wall), then each
///     ...#.#...      wall left between two rooms falls with probability `openings`.
///     .###.###.      A move goes sideways with probability `slip`, half to either side; a move
///     .....#..G      into a wall stays. The episode ends in G.
///
/// - Shapes: states are the free cells, row after row; actions are up, right, down, left.
/// - Closed form: without slips, V*(s) = −(1 − γ^d)/(1 − γ) or γ^(d − 1), d the distance to the goal:
///   ``optimalValues(discount:)``.
/// - Complexity: O(cells) time and memory.
/// - Source: grid worlds with sideways slips are those of [russell2020]; the walls are our own.
public struct GridMaze: Equatable, Sendable {
  /// The number of rows of cells.
  public let rows: Int
  /// The number of columns of cells.
  public let columns: Int
  /// The probability that a wall which the maze does not need falls.
  public let openings: Double
  /// The probability that a move goes sideways.
  public let slip: Double
  /// What is paid.
  public let objective: GridObjective
  /// The seed of the walls.
  public let seed: UInt64
  let layout: GridLayout

  /// The number of states: the free cells.
  public var stateCount: Int { layout.stateCount }
  /// The state of the first room, where an episode starts.
  public var start: Int { 0 }
  /// The state of the last room, where it ends.
  public var goal: Int { stateCount - 1 }

  /// Builds the walls.
  ///
  /// - Throws: ``ModelError/badParameter(name:value:expected:)``.
  public init(
    rows: Int = 20, columns: Int = 20, openings: Double = 0.1, slip: Double = 0.1,
    objective: GridObjective = .steps, seed: UInt64 = 1
  ) throws(ModelError) {
    try ParameterCheck.range("rows", rows, 1...1_000_000)
    try ParameterCheck.range("columns", columns, 1...1_000_000)
    try ParameterCheck.require(
      rows >= 3 || columns >= 3, "columns", columns, "a maze with at least two rooms (3 cells)")
    try ParameterCheck.range("openings", openings, 0...1)
    try ParameterCheck.range("slip", slip, 0...1)
    let cells = Double(rows) * Double(columns)
    try ParameterCheck.size(
      "rows", rows, states: cells, choices: 4 * cells, entries: 12 * cells)
    self.rows = rows
    self.columns = columns
    self.openings = openings
    self.slip = slip
    self.objective = objective
    self.seed = seed
    self.layout = GridLayout(
      rows: rows, columns: columns,
      isFree: GridMaze.carve(rows: rows, columns: columns, openings: openings, seed: seed))
  }

  /// The maze with # for walls, S for the start and G for the goal; one line a row.
  public var picture: String {
    let letters = layout.states.map { state in
      state < 0 ? "#" : state == start ? "S" : state == goal ? "G" : "."
    }
    return (0..<rows).map { letters[($0 * columns)..<(($0 + 1) * columns)].joined() }
      .joined(separator: "\n")
  }

  /// The model of the maze.
  ///
  /// - Throws: ``ModelError`` if the numbers do not pass the checks of ``TabularMDP``.
  public func model() throws(ModelError) -> TabularMDP {
    try layout.model(slip: slip, to: .sideways, objective: objective, start: start, goal: goal)
  }

  /// The least number of moves from each state to the goal.
  public func distances() -> [Int] { layout.distances(to: goal) }

  /// The optimal value of each state in closed form; `nil` when moves slip.
  public func optimalValues(discount gamma: Double) -> [Double]? {
    guard slip == 0 else { return nil }
    return layout.optimalValues(goal: goal, objective: objective, discount: gamma)
  }
}
