// SPDX-License-Identifier: Apache-2.0

/// A taxi that fetches a passenger at one of four stands and brings them to another.
///
///     +---------+      A move pays −1 and is blocked by |. Picking up at the passenger's stand
///     |R: | : :G|      pays −1, anywhere else −10. Setting down at the destination pays 20 and
///     | : | : : |      ends the episode; at another stand −1; elsewhere −10.
///     | : : : : |
///     | | : | : |      Actions: down, up, right, left, pick up, set down.
///     |Y| : |B: |
///     +---------+
///
/// - Shapes: state = ((row · 5 + column) · 5 + passenger) · 4 + destination; passenger 0 … 3 waits at
///   R, G, Y, B and 4 sits in the taxi. 500 states, 6 actions.
/// - Closed form: V*(s) = 20 γ^(n − 1) − (1 − γ^(n − 1))/(1 − γ), n = ``steps(from:)``.
/// - Source: [dietterich2000]; [towers2024], Taxi-v3: the tables agree entry for entry.
public struct Taxi: Equatable, Sendable {
  /// The cells of the stands R, G, Y and B.
  public static let stands = [0, 4, 20, 23]
  /// The cells with a wall on their right.
  private static let walls: Set<Int> = [1, 6, 15, 17, 20, 22]

  /// The least number of moves between any two of the 25 cells, row after row.
  private let distances: [Int]

  /// Creates the town.
  public init() {
    var distances = [Int](repeating: 0, count: 625)
    for goal in 0..<25 {
      var seen: Set<Int> = [goal]
      var ring = [goal]
      var d = 0
      while !ring.isEmpty {
        for cell in ring { distances[cell * 25 + goal] = d }
        d += 1
        let edge = ring.flatMap { cell in (0..<4).map { Taxi.next(of: cell, direction: $0) } }
        ring = Set(edge).subtracting(seen).sorted()
        seen.formUnion(ring)
      }
    }
    self.distances = distances
  }

  /// The outcomes of each state and action, in Gymnasium's order.
  public func table() -> OutcomeTable {
    func state(_ cell: Int, _ passenger: Int, _ destination: Int) -> Int {
      (cell * 5 + passenger) * 4 + destination
    }
    // An episode starts with the passenger at a stand that is not the destination: 300 states.
    let starts = (0..<500).map { $0 / 4 % 5 < 4 && $0 / 4 % 5 != $0 % 4 ? 1 / 300.0 : 0 }
    return OutcomeTable(
      states: 500, actions: 6, initialDistribution: starts,
      actionNames: ["down", "up", "right", "left", "pick up", "set down"]
    ) { s, action in
      let (cell, passenger, destination) = (s / 20, s / 4 % 5, s % 4)
      switch action {
      case 0..<4:
        let next = Taxi.next(of: cell, direction: action)
        return [Outcome(1, to: state(next, passenger, destination), reward: -1)]
      case 4:
        if passenger < 4 && cell == Taxi.stands[passenger] {
          return [Outcome(1, to: state(cell, 4, destination), reward: -1)]
        }
      default:
        if passenger == 4, let stand = Taxi.stands.firstIndex(of: cell) {
          let arrived = stand == destination
          return [
            Outcome(
              1, to: state(cell, stand, destination), reward: arrived ? 20 : -1,
              terminates: arrived)
          ]
        }
      }
      return [Outcome(1, to: s, reward: -10)]
    }
  }

  /// The model of the table.
  ///
  /// - Throws: ``ModelError`` if the numbers do not pass the checks of ``TabularMDP``.
  public func model() throws(ModelError) -> TabularMDP { try table().model() }

  /// The number of steps n of the best way to serve the passenger: drive, pick up, drive, set down.
  public func steps(from state: Int) -> Int {
    precondition(state >= 0 && state < 500, "state \(state) is not in 0 ..< 500")
    let (cell, passenger, goal) = (state / 20, state / 4 % 5, Taxi.stands[state % 4])
    guard passenger < 4 else { return distances[cell * 25 + goal] + 1 }
    let stand = Taxi.stands[passenger]
    return distances[cell * 25 + stand] + 1 + distances[stand * 25 + goal] + 1
  }

  /// The optimal value of each state in closed form.
  public func optimalValues(discount gamma: Double) -> [Double] {
    (0..<500).map { s in
      (1..<steps(from: s)).reduce(20.0) { value, _ in -1 + gamma * value }
    }
  }

  /// The cell that a move down, up, right or left leads to.
  private static func next(of cell: Int, direction: Int) -> Int {
    let (row, column) = (cell / 5, cell % 5)
    switch direction {
    case 0: return row < 4 ? cell + 5 : cell
    case 1: return row > 0 ? cell - 5 : cell
    case 2: return column < 4 && !walls.contains(cell) ? cell + 1 : cell
    default: return column > 0 && !walls.contains(cell - 1) ? cell - 1 : cell
    }
  }
}
