// SPDX-License-Identifier: Apache-2.0
import MarkovModels
import TestSupport
import Testing

@Suite("FourRooms")
struct FourRoomsTests {
  @Test("has 104 cells, all connected")
  func cells() throws {
    let rooms = try FourRooms()
    #expect(try rooms.model().stateCount == 104)
    #expect(rooms.distances().allSatisfy { $0 >= 0 })
  }

  @Test("without slips, the closed form is the optimal value", arguments: GridObjective.allCases)
  func closedForm(objective: GridObjective) throws {
    let rooms = try FourRooms(goalRow: 9, goalColumn: 9, slip: 0, objective: objective)
    let values = Oracle(try rooms.model()).optimalValues(discount: 0.9)
    let closed = try #require(rooms.optimalValues(discount: 0.9))
    expectClose(closed, values, tolerance: 1e-9)
    // From the first corner to (9, 9) there are 8 + 8 moves, and the hallways lie on the way.
    #expect(rooms.distances()[0] == 16)
    #expect(try FourRooms().optimalValues(discount: 0.9) == nil)
  }

  @Test("a slip goes in each other direction with a third of its probability")
  func slips() throws {
    let model = try FourRooms(slip: 0.3).model()
    // State 12 is cell (2, 3), with free cells all around; up is state 2.
    expectClose(model.transitions.probability(row: 48, next: 2), 0.7, tolerance: 1e-15)
    expectClose(model.transitions.probability(row: 48, next: 11), 0.1, tolerance: 1e-15)
    expectClose(model.transitions.probability(row: 48, next: 13), 0.1, tolerance: 1e-15)
    expectClose(model.transitions.probability(row: 48, next: 22), 0.1, tolerance: 1e-15)
  }

  @Test("refuses a goal in a wall")
  func badParameters() {
    #expect(throws: ModelError.self) { try FourRooms(goalRow: 0, goalColumn: 0) }
    #expect(throws: ModelError.self) { try FourRooms(goalRow: 13) }
    #expect(throws: ModelError.self) { try FourRooms(slip: 2) }
  }
}
