// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra
import Testing

@Suite("Duplicate entries")
struct SparseMatrixDuplicatesTests {
  @Test("equal columns of a row are added up and the rows sorted")
  func merges() throws {
    let a = try SparseMatrix(
      rowCount: 3, columnCount: 3, rowPointers: [0, 4, 4, 6], columns: [2, 0, 2, 2, 1, 0],
      values: [1, 5, 2, 4, 8, 0])
    let merged = a.mergingDuplicates()
    #expect(merged.mergedCount == 2)
    #expect(merged.matrix.rowPointers == [0, 2, 2, 4])
    #expect(merged.matrix.columns == [0, 2, 0, 1])
    #expect(merged.matrix.values == [5, 7, 0, 8])
    let again = merged.matrix.mergingDuplicates()
    #expect(again.matrix == merged.matrix)
    #expect(again.mergedCount == 0)
  }

  @Test("equal entries are added in their stored order")
  func order() throws {
    let a = try SparseMatrix(
      rowCount: 1, columnCount: 1, rowPointers: [0, 3], columns: [0, 0, 0],
      values: [1e16, -1e16, 1])
    #expect(a.mergingDuplicates().matrix.values == [1])
  }

  @Test("merging keeps the dense matrix")
  func keepsDense() throws {
    let p = try RandomData.stochastic(30, perRow: 25, seed: 94)
    let merged = p.mergingDuplicates()
    #expect(merged.mergedCount == p.storedCount - merged.matrix.storedCount)
    #expect(merged.mergedCount > 0)
    #expect(RandomData.dense(merged.matrix) == RandomData.dense(p))
  }

  @Test("I - γP stores every diagonal entry")
  func identityMinus() throws {
    let p = try RandomData.sparse(Matrix(rows: [[0, 1, 0], [0, 1, 0], [0.5, 0.5, 0]]))
    let a = SparseMatrix.identity(minus: 0.5, times: p)
    #expect(
      RandomData.dense(a) == Matrix(rows: [[1, -0.5, 0], [0, 0.5, 0], [-0.25, -0.25, 1]]))
    let absorbing = SparseMatrix.identity(minus: 1, times: try RandomData.sparse(.identity(2)))
    #expect(absorbing.values == [0, 0])
    #expect(absorbing.columns == [0, 1])
  }
}
