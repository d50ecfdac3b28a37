// SPDX-License-Identifier: Apache-2.0

/// A frozen lake: from the start to the goal without falling into a hole, on slippery ice.
///
///     S F F F      S start, F frozen, H hole, G goal. A move goes where it is meant to, or to
///     F H F H      either side, with probability 1/3 each; into the border it stays. Reaching
///     F F F H      G pays 1; reaching G or H ends the episode.
///     H F F G
///
/// - Shapes: states are the cells, row after row; actions are left, down, right, up.
/// - Closed form: without slips, V*(start) = γ^(d − 1) with d = ``shortestPath``.
/// - Complexity: O(cells).
/// - Source: [towers2024], FrozenLake-v1: the tables agree entry for entry.
public struct FrozenLake: Equatable, Sendable {
  /// The map with 4 rows.
  public static let map4x4 = ["SFFF", "FHFH", "FFFH", "HFFG"]
  /// The map with 8 rows.
  public static let map8x8 = [
    "SFFFFFFF", "FFFFFFFF", "FFFHFFFF", "FFFFFHFF", "FFFHFFFF", "FHHFFFHF", "FHFFHFHF",
    "FFFHFFFG",
  ]

  /// The rows of the map, of the letters S, F, H and G.
  public let map: [String]
  /// Whether moves slip.
  public let slippery: Bool
  private let cells: [UInt8]
  private let columns: Int

  /// Creates a lake.
  ///
  /// - Throws: ``ModelError/badParameter(name:value:expected:)`` unless the rows have one length and
  ///   consist of S, F, H and G with at least one S.
  public init(map: [String] = map4x4, slippery: Bool = true) throws(ModelError) {
    let columns = map.first?.utf8.count ?? 0
    for row in map {
      try ParameterCheck.require(
        row.utf8.count == columns && row.allSatisfy { "SFHG".contains($0) }, "map", row,
        "rows of one length, of the letters S, F, H and G")
    }
    let cells = map.flatMap { Array($0.utf8) }
    try ParameterCheck.require(
      cells.contains(UInt8(ascii: "S")), "map", map.joined(separator: "/"), "a start S")
    try ParameterCheck.size(
      "map", cells.count, states: Double(cells.count), choices: 4 * Double(cells.count),
      entries: 96 * Double(cells.count))
    self.map = map
    self.slippery = slippery
    self.cells = cells
    self.columns = columns
  }

  /// The outcomes of each state and action, in Gymnasium's order.
  public func table() -> OutcomeTable {
    let starts = cells.count { $0 == UInt8(ascii: "S") }
    return OutcomeTable(
      states: cells.count, actions: 4,
      initialDistribution: cells.map { $0 == UInt8(ascii: "S") ? 1 / Double(starts) : 0 },
      actionNames: ["left", "down", "right", "up"]
    ) { cell, action in
      if isEnd(cell) { return [Outcome(1, to: cell, terminates: true)] }
      let directions = slippery ? [(action + 3) % 4, action, (action + 1) % 4] : [action]
      return directions.map { direction in
        let next = neighbor(of: cell, direction: direction)
        return Outcome(
          1 / Double(directions.count), to: next, reward: cells[next] == UInt8(ascii: "G") ? 1 : 0,
          terminates: isEnd(next))
      }
    }
  }

  /// The model of the table.
  ///
  /// - Throws: ``ModelError`` if the numbers do not pass the checks of ``TabularMDP``.
  public func model() throws(ModelError) -> TabularMDP { try table().model() }

  /// The least number of moves from the (first) start to a goal when no move slips; `nil` if there
  /// is no way.
  public var shortestPath: Int? {
    guard let start = cells.firstIndex(of: UInt8(ascii: "S")) else { return nil }
    var distances = [start: 0]
    var queue = [start]
    var head = 0
    while head < queue.count {
      let cell = queue[head]
      head += 1
      if cells[cell] == UInt8(ascii: "G") { return distances[cell] }
      guard !isEnd(cell) else { continue }
      for direction in 0..<4 {
        let next = neighbor(of: cell, direction: direction)
        if distances[next] == nil {
          distances[next] = distances[cell, default: 0] + 1
          queue.append(next)
        }
      }
    }
    return nil
  }

  private func isEnd(_ cell: Int) -> Bool {
    cells[cell] == UInt8(ascii: "H") || cells[cell] == UInt8(ascii: "G")
  }

  /// The neighboring cell to the left, below, to the right or above; the same cell at the border.
  private func neighbor(of cell: Int, direction: Int) -> Int {
    let column = cell % columns
    switch direction {
    case 0: return column > 0 ? cell - 1 : cell
    case 1: return cell + columns < cells.count ? cell + columns : cell
    case 2: return column + 1 < columns ? cell + 1 : cell
    default: return cell >= columns ? cell - columns : cell
    }
  }
}
