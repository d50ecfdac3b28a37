// SPDX-License-Identifier: Apache-2.0

/// What a grid world pays.
public enum GridObjective: String, CaseIterable, Sendable {
  /// −1 for every step until the goal is reached.
  case steps
  /// 1 on reaching the goal, 0 otherwise.
  case goal
}

/// The free cells of a rectangular grid and the moves between them; states are the free cells, row
/// after row.
struct GridLayout: Equatable, Sendable {
  /// Where a slip leads.
  enum Slip {
    /// Half to either side of the intended direction.
    case sideways
    /// A third to each of the other three directions.
    case anywhere
  }

  static let actionNames = ["up", "right", "down", "left"]

  let rows: Int
  let columns: Int
  /// The state of each cell, −1 for a wall; row-major.
  let states: [Int32]
  /// The cell of each state.
  let cells: [Int32]

  var stateCount: Int { cells.count }

  init(rows: Int, columns: Int, isFree: [Bool]) {
    var states = [Int32](repeating: -1, count: isFree.count)
    var cells: [Int32] = []
    for cell in isFree.indices where isFree[cell] {
      states[cell] = Int32(truncatingIfNeeded: cells.count)
      cells.append(Int32(truncatingIfNeeded: cell))
    }
    self.rows = rows
    self.columns = columns
    self.states = states
    self.cells = cells
  }

  /// Where a move leads: the neighboring free cell, or the same state at a wall or border.
  func next(of state: Int, direction: Int) -> Int {
    let cell = Int(cells[state])
    let column = cell % columns
    let target: Int
    switch direction {
    case 0: target = cell >= columns ? cell - columns : cell
    case 1: target = column + 1 < columns ? cell + 1 : cell
    case 2: target = cell + columns < states.count ? cell + columns : cell
    default: target = column > 0 ? cell - 1 : cell
    }
    return states[target] >= 0 ? Int(states[target]) : state
  }

  /// The least number of moves from each state to `goal`, −1 where there is no way: breadth first.
  func distances(to goal: Int) -> [Int] {
    var distances = [Int](repeating: -1, count: stateCount)
    var queue = [goal]
    queue.reserveCapacity(stateCount)
    distances[goal] = 0
    var head = 0
    while head < queue.count {
      let state = queue[head]
      head += 1
      for direction in 0..<4 {
        let neighbor = next(of: state, direction: direction)
        if distances[neighbor] < 0 {
          distances[neighbor] = distances[state] + 1
          queue.append(neighbor)
        }
      }
    }
    return distances
  }

  /// The optimal values when no move slips, from the distances d to the goal:
  /// −(1 − γ^d)/(1 − γ) for steps, γ^(d − 1) for the goal.
  func optimalValues(goal: Int, objective: GridObjective, discount gamma: Double) -> [Double] {
    let distances = distances(to: goal)
    var table = [0.0]
    var power = 1.0
    for d in 0..<(distances.max() ?? 0) {
      table.append(objective == .goal ? power : table[d] - power)
      power *= gamma
    }
    return distances.map { table[max($0, 0)] }
  }

  /// The model in which moves go astray with probability `slip` and every action ends the episode in
  /// the goal cell, without pay.
  func model(
    slip: Double, to noise: Slip, objective: GridObjective, start: Int, goal: Int
  ) throws(ModelError) -> TabularMDP {
    var builder = ModelBuilder(
      states: stateCount, actions: 4, entries: stateCount * (noise == .sideways ? 12 : 16))
    let turns = noise == .sideways ? [1, 3] : [1, 2, 3]
    let astray = slip / Double(turns.count)
    for state in 0..<stateCount {
      for action in 0..<4 {
        guard state != goal else {
          builder.endChoice(reward: 0, terminatesWithProbability: 1)
          continue
        }
        let intended = next(of: state, direction: action)
        builder.add(1 - slip, to: intended)
        var arrival = intended == goal ? 1 - slip : 0
        for turn in turns {
          let side = next(of: state, direction: (action + turn) & 3)
          builder.add(astray, to: side)
          if side == goal { arrival += astray }
        }
        builder.endChoice(reward: objective == .goal ? arrival : -1)
      }
    }
    return try builder.model(
      start: start, actionNames: GridLayout.actionNames, stateLabels: ["goal": [goal]])
  }
}
