// SPDX-License-Identifier: Apache-2.0
import LinearProgramming
import TestSupport
import Testing

@Suite("LinearProgram")
struct LinearProgramTests {
  @Test("names what is wrong")
  func errors() {
    func make(
      objective: [Double] = [1, 1], rowBounds: [LinearProgram.Bounds] = [.atMost(1)],
      columnBounds: [LinearProgram.Bounds]? = nil, pointers: [Int] = [0, 1, 2],
      rows: [Int32] = [0, 0], coefficients: [Double] = [1, 1]
    ) throws(LinearProgramError) {
      _ = try LinearProgram(
        .maximize, objective: objective, rowBounds: rowBounds, columnBounds: columnBounds,
        columnPointers: pointers, rows: rows, coefficients: coefficients)
    }
    #expect(throws: Never.self) { try make() }
    #expect(throws: LinearProgramError.wrongCount(array: "column bounds", expected: 2, found: 1)) {
      try make(columnBounds: [.free])
    }
    #expect(throws: LinearProgramError.wrongCount(array: "column pointers", expected: 3, found: 2))
    {
      try make(pointers: [0, 2])
    }
    #expect(
      throws: LinearProgramError.wrongCount(array: "rows of coefficients", expected: 2, found: 1)
    ) {
      try make(rows: [0])
    }
    #expect(throws: LinearProgramError.pointers(column: 0)) { try make(pointers: [1, 1, 2]) }
    #expect(throws: LinearProgramError.pointers(column: 2)) { try make(pointers: [0, 1, 1]) }
    #expect(throws: LinearProgramError.pointers(column: 1)) { try make(pointers: [0, 3, 2]) }
    #expect(throws: LinearProgramError.row(column: 1, row: 1)) { try make(rows: [0, 1]) }
    #expect(throws: LinearProgramError.row(column: 0, row: -1)) { try make(rows: [-1, 0]) }
    #expect(throws: LinearProgramError.row(column: 0, row: 0)) { try make(pointers: [0, 2, 2]) }
    #expect(throws: LinearProgramError.coefficient(column: 1, row: 0, .infinity)) {
      try make(coefficients: [1, .infinity])
    }
    #expect(throws: LinearProgramError.objective(column: 0, 1e30)) {
      try make(objective: [1e30, 1])
    }
    #expect(throws: LinearProgramError.rowBounds(row: 0, .init(2, 1))) {
      try make(rowBounds: [.init(2, 1)])
    }
    #expect(throws: LinearProgramError.self) { try make(rowBounds: [.equal(to: .nan)]) }
    #expect(throws: LinearProgramError.columnBounds(column: 1, .equal(to: .infinity))) {
      try make(columnBounds: [.free, .equal(to: .infinity)])
    }
  }

  @Test("errors read as sentences")
  func descriptions() {
    #expect(
      "\(LinearProgramError.row(column: 1, row: 7))"
        == "column 1: row 7 is out of range or listed twice")
    #expect(
      "\(LinearProgramError.rowBounds(row: 2, .init(3, 1)))"
        == "row 2: bounds 3.0 … 1.0, expected in order, at most 1e+20 in magnitude")
  }
}
