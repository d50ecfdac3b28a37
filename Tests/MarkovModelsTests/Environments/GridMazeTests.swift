// SPDX-License-Identifier: Apache-2.0
import MarkovModels
import TestSupport
import Testing

@Suite("GridMaze")
struct GridMazeTests {
  @Test("every free cell can reach the goal", arguments: [(3, 3), (1, 9), (20, 31), (101, 7)])
  func connected(rows: Int, columns: Int) throws {
    for openings in [0, 0.1, 1] {
      let maze = try GridMaze(rows: rows, columns: columns, openings: openings)
      let distances = maze.distances()
      #expect(distances.allSatisfy { $0 >= 0 })
      #expect(distances[maze.goal] == 0)
      #expect(distances[maze.start] > 0)
    }
  }

  @Test("without openings, the rooms form a tree")
  func tree() throws {
    // 10 × 13 rooms need 129 passages.
    #expect(try GridMaze(rows: 20, columns: 25, openings: 0).stateCount == 130 + 129)
    #expect(try GridMaze(rows: 20, columns: 25, openings: 1).stateCount == 130 + 9 * 13 + 12 * 10)
  }

  @Test("without slips, the closed form is the optimal value", arguments: GridObjective.allCases)
  func closedForm(objective: GridObjective) throws {
    let maze = try GridMaze(rows: 15, columns: 11, slip: 0, objective: objective)
    let values = Oracle(try maze.model()).optimalValues(discount: 0.95)
    let closed = try #require(maze.optimalValues(discount: 0.95))
    expectClose(closed, values, tolerance: 1e-9)
    #expect(try GridMaze(slip: 0.2).optimalValues(discount: 0.95) == nil)
  }

  @Test("a slippery corridor costs what its recursion says")
  func corridor() throws {
    // One row: a slip sideways meets a wall, so each step succeeds with probability 0.8.
    let model = try GridMaze(rows: 1, columns: 5, slip: 0.2, objective: .steps).model()
    let values = Oracle(model).optimalValues(discount: 0.9)
    var v = [0.0]
    for d in 1...4 { v.append((-1 + 0.9 * 0.8 * v[d - 1]) / (1 - 0.9 * 0.2)) }
    expectClose(values, v.reversed(), tolerance: 1e-9)
  }

  @Test("is terminal in the goal only, where the label points")
  func goal() throws {
    let maze = try GridMaze()
    let model = try maze.model()
    #expect(model.stateLabels == ["goal": [maze.goal]])
    #expect((0..<model.stateCount).filter(model.isTerminal) == [maze.goal])
  }

  @Test("looks like this")
  func picture() throws {
    let maze = try GridMaze(rows: 5, columns: 9, seed: 2)
    #expect(
      maze.picture.split(separator: "\n") == [
        "S..#...#.",
        "##.#.#.#.",
        "...#.#...",
        ".###.###.",
        ".....#..G",
      ])
  }

  @Test("is a pure function of its parameters; the seed moves the walls")
  func repeatable() throws {
    #expect(try GridMaze(seed: 7).model() == GridMaze(seed: 7).model())
    #expect(try GridMaze(seed: 7) != GridMaze(seed: 8))
  }

  @Test("refuses parameters out of range")
  func badParameters() {
    #expect(throws: ModelError.self) { try GridMaze(rows: 0) }
    #expect(throws: ModelError.self) { try GridMaze(rows: 2, columns: 2) }
    #expect(throws: ModelError.self) { try GridMaze(slip: -0.1) }
    #expect(throws: ModelError.self) { try GridMaze(slip: .nan) }
    #expect(throws: ModelError.self) { try GridMaze(openings: 1.5) }
    #expect(throws: ModelError.self) { try GridMaze(rows: 1_000_000, columns: 1_000_000) }
  }
}
