// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra
import Testing

@Suite("Symmetric eigendecomposition")
struct SymmetricEigendecompositionTests {
  @Test("a 2 × 2 matrix has its closed form")
  func closedForm() throws {
    let eigen = try SymmetricEigendecomposition(Matrix(rows: [[2, 1], [1, 2]]))
    #expect(distance(eigen.values, [1, 3]) <= 1e-15)
  }

  @Test("the path graph has the eigenvalues 2 - 2 cos(π k / (n + 1))")
  func path() throws {
    // n = 3: 2 - √2, 2, 2 + √2.
    let eigen = try SymmetricEigendecomposition(
      Matrix(rows: [[2, -1, 0], [-1, 2, -1], [0, -1, 2]]))
    let root = 2.0.squareRoot()
    #expect(distance(eigen.values, [2 - root, 2, 2 + root]) <= 1e-14)
  }

  @Test("vectors are orthonormal and reproduce the matrix", arguments: [1, 2, 25, 60])
  func reproduces(n: Int) throws {
    let a = RandomData.positiveDefinite(n, seed: 131)
    let eigen = try SymmetricEigendecomposition(a)
    #expect(eigen.values == eigen.values.sorted())
    let v = eigen.vectors
    #expect(distance(v.transposed().times(v), .identity(n)) <= 1e-13)
    var scaled = v
    for j in 0..<n {
      for i in 0..<n { scaled[i, j] *= eigen.values[j] }
    }
    #expect(distance(scaled.times(v.transposed()), a) <= 1e-13 * a.oneNorm)
  }

  @Test("an empty matrix has no eigenvalues, and another shape is refused")
  func edges() throws {
    #expect(try SymmetricEigendecomposition(Matrix(0, 0)).values.isEmpty)
    #expect(throws: LinearAlgebraError.notSquare(rowCount: 1, columnCount: 2)) {
      try SymmetricEigendecomposition(Matrix(1, 2))
    }
  }
}
