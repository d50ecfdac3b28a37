// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra
import Testing

@Suite("Cholesky factorization")
struct CholeskyFactorizationTests {
  @Test("a 2 × 2 matrix has its closed form")
  func closedForm() throws {
    let cholesky = try CholeskyFactorization(Matrix(rows: [[4, 2], [2, 5]]))
    #expect(cholesky.lowerFactor == Matrix(rows: [[2, 0], [1, 2]]))
    #expect(cholesky.solve([8, 12]) == [1, 2])
    #expect(cholesky.solve(Matrix(rows: [[8], [12]])) == Matrix(rows: [[1], [2]]))
    #expect((cholesky.logDeterminant - 2.772_588_722_239_781).magnitude <= 1e-15)
    // A⁻¹ = [5 -2; -2 4] / 16.
    #expect(cholesky.inverseQuadraticForm([1, 0]) == 0.3125)
  }

  @Test("only the lower triangle is used")
  func lowerTriangle() throws {
    let full = try CholeskyFactorization(Matrix(rows: [[4, 2], [2, 5]]))
    #expect(try CholeskyFactorization(Matrix(rows: [[4, -99], [2, 5]])) == full)
  }

  @Test("the factor reproduces the matrix and solves with it", arguments: [1, 2, 9, 70])
  func reproduces(n: Int) throws {
    let a = RandomData.positiveDefinite(n, seed: 101)
    let cholesky = try CholeskyFactorization(a)
    let l = cholesky.lowerFactor
    #expect(distance(l.times(l.transposed()), a) <= 1e-13 * Double(n))
    let b = RandomData.vector(n, seed: 102)
    let x = cholesky.solve(b)
    #expect(distance(a.times(x), b) <= 1e-12)
    #expect(distance(cholesky.solve(Matrix(n, 1, columnMajor: b)).elements, x) <= 1e-13)
    #expect((cholesky.inverseQuadraticForm(b) - dot(b, x)).magnitude <= 1e-12)
    let lu = try LUFactorization(a)
    #expect((cholesky.logDeterminant - lu.logAbsoluteDeterminant).magnitude <= 1e-12)
  }

  @Test("the factorization of λ I is a multiple of the identity")
  func scaledIdentity() {
    let cholesky = CholeskyFactorization(scaledIdentity: 4, dimension: 3)
    #expect(cholesky.solve([4, 8, 12]) == [1, 2, 3])
    #expect(cholesky.inverseQuadraticForm([2, 0, 0]) == 1)
  }

  @Test("an empty matrix factors")
  func empty() throws {
    let cholesky = try CholeskyFactorization(Matrix(0, 0))
    #expect(cholesky.solve([]).isEmpty)
    #expect(cholesky.logDeterminant == 0)
    #expect(cholesky.inverseQuadraticForm([]) == 0)
  }

  @Test("an indefinite matrix is refused with LAPACK's info")
  func indefinite() {
    #expect(throws: LinearAlgebraError.notPositiveDefinite(routine: "dpotrf", info: 2)) {
      try CholeskyFactorization(Matrix(rows: [[1, 2], [2, 1]]))
    }
    #expect(throws: LinearAlgebraError.notSquare(rowCount: 1, columnCount: 2)) {
      try CholeskyFactorization(Matrix(1, 2))
    }
  }
}
