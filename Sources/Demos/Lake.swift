// SPDX-License-Identifier: Apache-2.0
import Provably

/// FrozenLake drawn with its policy and certified values.
enum Lake: Demo {
  static let name = "lake"
  static let summary = "FrozenLake with its best moves, and values that are certain"

  static func run(seed: UInt64, on screen: inout Screen) throws {
    // The map of Gymnasium at seed 1; any other seed draws four holes.
    let map = try map(seed: seed)
    let lake = try FrozenLake(map: map)
    let model = try lake.model()
    let solution = try PolicyIteration().solve(
      model, discount: 0.99, stopping: StoppingRule(epsilon: 1e-9))
    let epsilon = 1e-9
    try check(solution.certificate.gap <= epsilon, "the certified gap is what was asked for")
    let cells = map.flatMap { Array($0) }
    let actions = solution.policy.actions(in: model)
    let arrows: [Character] = ["←", "↓", "→", "↑"]

    screen.title("Frozen lake: the best move in every cell, and the chance-weighted value")
    screen.grid(
      rows: 4, columns: 4,
      mark: { cells[$0] == "H" ? "○" : cells[$0] == "G" ? "★" : arrows[actions[$0]] },
      value: { cells[$0] == "H" || cells[$0] == "G" ? nil : solution.values[$0] })
    screen.line()
    screen.line("○ hole, ★ goal (reward 1); start top left; discount 0.99. The ice is slippery:")
    screen.line("a move goes where the arrow points, or to one of its two sides, each with 1/3.")
    screen.line("So a good move may point at a wall: then it is its sides that lead on.")
    screen.line()
    let away = cells.indices.filter {
      (cells[$0] == "S" || cells[$0] == "F") && (actions[$0] == 0 || actions[$0] == 3)
    }
    screen.line("Cells whose best move points left or up, away from the goal: \(away.count).")
    screen.line("Before rounding to 3 digits all values are right within \(epsilon), certified.")
    screen.closing("--seed 2 for another lake; `provably solve frozenlake:map=8x8 --verbose`.")
  }

  private static func map(seed: UInt64) throws -> [String] {
    guard seed != 1 else { return FrozenLake.map4x4 }
    var rng = Xoshiro256(seed: seed, purpose: "demo lake")
    while true {
      var cells: [Character] = ["S"] + Array(repeating: "F", count: 14) + ["G"]
      for i in rng.sample(4, below: 14) { cells[1 + i] = "H" }
      let map = (0..<4).map { String(cells[(4 * $0)..<(4 * $0 + 4)]) }
      if try FrozenLake(map: map).shortestPath != nil { return map }
    }
  }
}
