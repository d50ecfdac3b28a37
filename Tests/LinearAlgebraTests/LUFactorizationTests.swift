// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra
import Testing

@Suite("LU factorization")
struct LUFactorizationTests {
  @Test("a 2 × 2 system has its closed form")
  func closedForm() throws {
    let lu = try LUFactorization(Matrix(rows: [[1, 2], [3, 4]]))
    #expect(distance(lu.solve([5, 11]), [1, 2]) <= 1e-14)
    #expect(distance(lu.solveTransposed([7, 10]), [1, 2]) <= 1e-14)
    #expect((lu.determinant + 2).magnitude <= 1e-15)
    #expect(lu.determinantSign == -1)
    #expect((lu.logAbsoluteDeterminant - 0.693_147_180_559_945_3).magnitude <= 1e-15)
    let inverse = try lu.inverse()
    #expect(distance(inverse, Matrix(rows: [[-2, 1], [1.5, -0.5]])) <= 1e-14)
    // ‖A‖₁ = 6, ‖A⁻¹‖₁ = 3.5.
    #expect((try lu.reciprocalCondition() - 1 / 21).magnitude <= 1e-15)
  }

  @Test("the inverse of a Hilbert matrix is close to its integers", arguments: 1...7)
  func hilbertInverse(n: Int) throws {
    func binomial(_ n: Int, _ k: Int) -> Double {
      (0..<k).reduce(1) { $0 * Double(n - $1) / Double($1 + 1) }
    }
    var exact = Matrix(n, n)
    for i in 1...n {
      for j in 1...n {
        let sign: Double = (i + j) % 2 == 0 ? 1 : -1
        exact[i - 1, j - 1] =
          sign * Double(i + j - 1) * binomial(n + i - 1, n - j) * binomial(n + j - 1, n - i)
          * binomial(i + j - 2, i - 1) * binomial(i + j - 2, i - 1)
      }
    }
    let lu = try LUFactorization(hilbert(n))
    let condition = hilbert(n).oneNorm * exact.oneNorm
    // The rounding of the entries 1/(i+j+1) alone moves the inverse by u · condition.
    let bound = 8 * condition * 0x1p-53 * exact.oneNorm
    #expect(distance(try lu.inverse(), exact) <= bound)
    #expect((try lu.reciprocalCondition() * condition - 1).magnitude <= 1e-4)
  }

  @Test("solutions have small residuals", arguments: [1, 2, 10, 100])
  func residuals(n: Int) throws {
    let a = RandomData.matrix(n, n, seed: 61)
    let b = RandomData.matrix(n, 3, seed: 62)
    let lu = try LUFactorization(a)
    let x = lu.solve(b)
    let scale = a.infinityNorm * (x.elements.map(\.magnitude).max() ?? 0)
    #expect(distance(a.times(x), b) <= Double(n) * 0x1p-52 * scale)
    let y = lu.solveTransposed(b)
    let other = a.oneNorm * (y.elements.map(\.magnitude).max() ?? 0)
    #expect(distance(a.transposed().times(y), b) <= Double(n) * 0x1p-52 * other)
    #expect(lu.solve(b.column(1)).count == n)
  }

  @Test("the determinant of a product is the product of the determinants")
  func multiplicative() throws {
    let (a, b) = (RandomData.matrix(8, 8, seed: 63), RandomData.matrix(8, 8, seed: 64))
    let (da, db) = (try LUFactorization(a), try LUFactorization(b))
    let product = try LUFactorization(a.times(b))
    let ratio = product.determinant / (da.determinant * db.determinant)
    #expect((ratio - 1).magnitude <= 1e-12)
    #expect(product.determinantSign == da.determinantSign * db.determinantSign)
    let logs = da.logAbsoluteDeterminant + db.logAbsoluteDeterminant
    #expect((product.logAbsoluteDeterminant - logs).magnitude <= 1e-12)
  }

  @Test("the logarithm of the determinant outlives its overflow and underflow")
  func range() throws {
    var a = Matrix.identity(400)
    for i in 0..<400 { a[i, i] = 1e10 }
    let large = try LUFactorization(a)
    #expect(large.determinant == .infinity)
    #expect((large.logAbsoluteDeterminant / (4_000 * 2.302_585_092_994_046) - 1).magnitude < 1e-14)
    for i in 0..<400 { a[i, i] = -1e-10 }
    let small = try LUFactorization(a)
    #expect(small.determinant == 0)
    #expect(small.determinantSign == 1)
    #expect((small.logAbsoluteDeterminant / (4_000 * -2.302_585_092_994_046) - 1).magnitude < 1e-14)
  }

  @Test("an empty matrix has determinant one")
  func empty() throws {
    let lu = try LUFactorization(Matrix(0, 0))
    #expect(lu.determinant == 1)
    #expect(lu.solve([]).isEmpty)
    #expect(try lu.reciprocalCondition() == 1)
    #expect(try lu.inverse() == Matrix(0, 0))
  }

  @Test("a singular matrix is refused with LAPACK's info")
  func singular() {
    #expect(throws: LinearAlgebraError.singular(routine: "dgetrf", info: 2)) {
      try LUFactorization(Matrix(rows: [[1, 2], [2, 4]]))
    }
    #expect(throws: LinearAlgebraError.singular(routine: "dgetrf", info: 1)) {
      try LUFactorization(Matrix(1, 1))
    }
  }

  @Test("other shapes and entries that are not finite are refused")
  func refused() {
    #expect(throws: LinearAlgebraError.notSquare(rowCount: 2, columnCount: 3)) {
      try LUFactorization(Matrix(2, 3))
    }
    #expect(throws: LinearAlgebraError.notFinite(row: 1, column: 0)) {
      try LUFactorization(Matrix(rows: [[1, 2], [.infinity, .nan]]))
    }
  }
}
