// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra
import Testing

@Suite("QR factorization")
struct QRFactorizationTests {
  @Test(
    "Q is orthonormal, R triangular, and Q R the matrix",
    arguments: [(1, 1), (5, 5), (9, 4), (4, 9), (80, 30)])
  func reproduces(m: Int, n: Int) throws {
    let a = RandomData.matrix(m, n, seed: 121)
    let qr = try QRFactorization(a)
    let (q, r) = (try qr.orthogonalFactor(), qr.upperFactor)
    #expect(distance(q.times(r), a) <= 1e-13)
    #expect(distance(q.transposed().times(q), .identity(min(m, n))) <= 1e-13)
    for j in 0..<n {
      for i in (j + 1)..<max(j + 1, r.rowCount) { #expect(r[i, j] == 0) }
    }
  }

  @Test("a line through three points has its closed form")
  func line() throws {
    // y = 1 + x/2 fits (0, 1), (1, 1), (2, 2) with residuals (1/6)(1, -2, 1).
    let a = Matrix(rows: [[1, 0], [1, 1], [1, 2]])
    let x = try QRFactorization(a).leastSquares([1, 1, 2])
    #expect(distance(x, [5.0 / 6, 0.5]) <= 1e-15)
  }

  @Test("the residual is orthogonal to the columns")
  func normalEquations() throws {
    let a = RandomData.matrix(50, 8, seed: 122)
    let b = RandomData.vector(50, seed: 123)
    let x = try QRFactorization(a).leastSquares(b)
    let residual = zip(b, a.times(x)).map { $0 - $1 }
    #expect(a.transposedTimes(residual).allSatisfy { $0.magnitude <= 1e-13 })
    #expect(distance(x, try SingularValueDecomposition(a).leastSquares(b)) <= 1e-13)
  }

  @Test("a zero column is refused with its index from one")
  func deficient() throws {
    let qr = try QRFactorization(Matrix(rows: [[1, 0], [1, 0], [1, 0]]))
    #expect(throws: LinearAlgebraError.singular(routine: "dtrtrs", info: 2)) {
      try qr.leastSquares([1, 2, 3])
    }
  }

  @Test("a matrix without entries has empty factors")
  func empty() throws {
    for (m, n) in [(0, 0), (3, 0), (0, 3)] {
      let qr = try QRFactorization(Matrix(m, n))
      #expect(try qr.orthogonalFactor() == Matrix(m, 0))
      #expect(qr.upperFactor == Matrix(0, n))
    }
    #expect(try QRFactorization(Matrix(3, 0)).leastSquares([1, 2, 3]).isEmpty)
  }
}
