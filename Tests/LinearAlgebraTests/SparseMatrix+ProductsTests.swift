// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra
import Testing

@Suite("Sparse matrix products")
struct SparseMatrixProductsTests {
  @Test("agrees with the dense product", arguments: [(1, 1), (20, 3), (50, 20)])
  func agreesWithDense(n: Int, perRow: Int) throws {
    let p = try RandomData.stochastic(n, perRow: perRow, seed: 91)
    let x = RandomData.vector(n, seed: 92)
    #expect(distance(p.times(x), RandomData.dense(p).times(x)) <= 1e-15)
  }

  @Test("transposing agrees with the dense transpose and sorts the columns")
  func transposed() throws {
    let a = try SparseMatrix(
      rowCount: 2, columnCount: 3, rowPointers: [0, 2, 4], columns: [2, 0, 2, 1],
      values: [1, 2, 3, 4])
    let t = a.transposed()
    #expect(t.rowPointers == [0, 1, 2, 4])
    #expect(t.columns == [0, 1, 0, 1])
    #expect(t.values == [2, 4, 1, 3])
    let p = try RandomData.stochastic(40, perRow: 5, seed: 93)
    #expect(RandomData.dense(p.transposed()) == RandomData.dense(p).transposed())
  }

  @Test("the density is the share of stored entries")
  func density() throws {
    let p = try RandomData.sparse(Matrix(rows: [[1, 0], [0, 0]]))
    #expect(p.density == 0.25)
    let empty = try SparseMatrix(
      rowCount: 0, columnCount: 5, rowPointers: [0], columns: [], values: [])
    #expect(empty.density == 0)
    #expect(empty.times([1, 2, 3, 4, 5]).isEmpty)
    #expect(empty.transposed().rowPointers == [0, 0, 0, 0, 0, 0])
  }
}
