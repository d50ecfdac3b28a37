// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra
import Testing

@Suite("Matrix")
struct MatrixTests {
  @Test("entries are stored by columns")
  func layout() {
    let a = Matrix(rows: [[1, 2, 3], [4, 5, 6]])
    #expect(a.elements == [1, 4, 2, 5, 3, 6])
    #expect(a == Matrix(2, 3, columnMajor: [1, 4, 2, 5, 3, 6]))
    #expect(a[1, 2] == 6)
  }

  @Test("the identity leaves vectors alone")
  func identity() { #expect(Matrix.identity(3).times([1, 2, 3]) == [1, 2, 3]) }
}
