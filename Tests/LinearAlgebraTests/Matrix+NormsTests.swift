// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra
import Testing

@Suite("Matrix norms")
struct MatrixNormsTests {
  @Test("the norms of a 2 × 2 matrix have their closed forms")
  func closedForms() {
    let a = Matrix(rows: [[1, -7], [-5, 5]])
    #expect(a.oneNorm == 12)
    #expect(a.infinityNorm == 10)
    #expect(a.frobeniusNorm == 10)
  }

  @Test("a matrix without entries has norm zero")
  func empty() {
    #expect(Matrix(0, 4).oneNorm == 0)
    #expect(Matrix(0, 4).infinityNorm == 0)
    #expect(Matrix(4, 0).infinityNorm == 0)
    #expect(Matrix(4, 0).frobeniusNorm == 0)
  }

  @Test("a NaN shows in every norm")
  func notANumber() {
    let a = Matrix(rows: [[1, .nan], [2, 3]])
    #expect(a.oneNorm.isNaN && a.infinityNorm.isNaN && a.frobeniusNorm.isNaN)
  }
}
