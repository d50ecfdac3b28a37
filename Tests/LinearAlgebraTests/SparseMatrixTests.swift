// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra
import Testing

@Suite("Sparse matrix")
struct SparseMatrixTests {
  @Test("arrays that do not describe a matrix are refused")
  func refused() {
    func make(_ pointers: [Int], _ columns: [Int32], _ values: [Double]) throws -> SparseMatrix {
      try SparseMatrix(
        rowCount: 2, columnCount: 2, rowPointers: pointers, columns: columns, values: values)
    }
    #expect(throws: SparseMatrixError.pointerCount(expected: 3, found: 2)) {
      try make([0, 1], [0], [1])
    }
    #expect(throws: SparseMatrixError.entryCount(pointers: 2, columns: 1, values: 1)) {
      try make([0, 1, 2], [0], [1])
    }
    #expect(throws: SparseMatrixError.pointersDecrease(row: 1)) {
      try make([0, 3, 2], [0, 1], [1, 1])
    }
    #expect(throws: SparseMatrixError.columnOutOfRange(row: 1, entry: 1, column: 2)) {
      try make([0, 1, 2], [0, 2], [1, 1])
    }
    #expect(throws: SparseMatrixError.columnOutOfRange(row: 0, entry: 0, column: -1)) {
      try make([0, 1, 2], [-1, 0], [1, 1])
    }
  }
}
