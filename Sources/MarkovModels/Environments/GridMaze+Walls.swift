// SPDX-License-Identifier: Apache-2.0
import Randomness

extension GridMaze {
  /// Whether each cell is free, after a depth-first walk over the rooms and some more openings.
  static func carve(rows: Int, columns: Int, openings: Double, seed: UInt64) -> [Bool] {
    var rng = Xoshiro256(seed: seed, purpose: "maze")
    var isFree = [Bool](repeating: false, count: rows * columns)
    func room(_ cell: Int, towards direction: Int) -> Int? {
      switch direction {
      case 0: cell / columns >= 2 ? cell - 2 * columns : nil
      case 1: cell % columns + 2 < columns ? cell + 2 : nil
      case 2: cell / columns + 2 < rows ? cell + 2 * columns : nil
      default: cell % columns >= 2 ? cell - 2 : nil
      }
    }
    var path = [0]
    isFree[0] = true
    while let cell = path.last {
      var closed: [Int] = []
      for direction in 0..<4 {
        if let other = room(cell, towards: direction), !isFree[other] { closed.append(other) }
      }
      guard !closed.isEmpty else {
        path.removeLast()
        continue
      }
      let other = closed[rng.uniform(below: closed.count)]
      isFree[(cell + other) / 2] = true
      isFree[other] = true
      path.append(other)
    }
    for row in stride(from: 0, to: rows, by: 2) {
      for cell in stride(from: row * columns, to: (row + 1) * columns, by: 2) {
        for direction in 1...2 {
          guard let other = room(cell, towards: direction) else { continue }
          let wall = (cell + other) / 2
          if !isFree[wall] && rng.uniform() < openings { isFree[wall] = true }
        }
      }
    }
    return isFree
  }
}
