// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra
import Testing

@Suite("Jacobi preconditioner")
struct JacobiPreconditionerTests {
  @Test("divides by the diagonal, duplicates added up")
  func divides() throws {
    let a = try SparseMatrix(
      rowCount: 2, columnCount: 2, rowPointers: [0, 3, 4], columns: [0, 1, 0, 1],
      values: [1, 9, 3, -2])
    let m = try JacobiPreconditioner(a)
    var z = [0.0, 0.0]
    let r = [8.0, 3.0]
    z.withUnsafeMutableBufferPointer { z in r.withUnsafeBufferPointer { m.apply($0, into: z) } }
    #expect(z == [2, -1.5])
  }

  @Test("a zero on the diagonal is refused with its row")
  func zero() throws {
    let a = try RandomData.sparse(Matrix(rows: [[1, 2], [3, 0]]))
    #expect(throws: PreconditionerError.zeroPivot(row: 1)) { try JacobiPreconditioner(a) }
    let wide = try RandomData.sparse(Matrix(rows: [[1, 2]]))
    #expect(throws: PreconditionerError.notSquare(rowCount: 1, columnCount: 2)) {
      try JacobiPreconditioner(wide)
    }
  }
}
