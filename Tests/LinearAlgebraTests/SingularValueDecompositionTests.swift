// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra
import Testing

@Suite("Singular value decomposition")
struct SingularValueDecompositionTests {
  @Test("a diagonal matrix has the magnitudes of its diagonal")
  func diagonal() throws {
    let svd = try SingularValueDecomposition(Matrix(rows: [[0, 3], [-4, 0], [0, 0]]))
    #expect(distance(svd.singularValues, [4, 3]) <= 1e-15)
    #expect(svd.rank() == 2)
    #expect((svd.conditionNumber - 4 / 3).magnitude <= 1e-15)
  }

  @Test(
    "the factors reproduce the matrix and are orthonormal",
    arguments: [(1, 1), (5, 3), (3, 5), (40, 40), (60, 7)])
  func reproduces(m: Int, n: Int) throws {
    let a = RandomData.matrix(m, n, seed: 71)
    let svd = try SingularValueDecomposition(a)
    let k = min(m, n)
    #expect(distance(svd.truncated(rank: k).matrix(), a) <= 1e-13)
    let (u, vt) = (svd.leftVectors, svd.rightVectorsTransposed)
    #expect(distance(u.transposed().times(u), .identity(k)) <= 1e-13)
    #expect(distance(vt.times(vt.transposed()), .identity(k)) <= 1e-13)
    #expect(svd.singularValues == svd.singularValues.sorted(by: >))
  }

  @Test("the truncation error is the one that is promised")
  func truncation() throws {
    let a = RandomData.matrix(20, 12, seed: 72)
    let svd = try SingularValueDecomposition(a)
    for r in 0...13 {
      let low = svd.truncated(rank: r)
      let rest = Matrix(
        20, 12, columnMajor: zip(a.elements, low.matrix().elements).map { $0 - $1 })
      #expect((rest.frobeniusNorm - low.frobeniusError).magnitude <= 1e-13)
      let spectral = try SingularValueDecomposition(rest).singularValues[0]
      #expect((spectral - low.spectralError).magnitude <= 1e-13)
    }
  }

  @Test("a product of thin factors has their rank")
  func rank() throws {
    let a = RandomData.matrix(30, 4, seed: 73).times(RandomData.matrix(4, 25, seed: 74))
    let svd = try SingularValueDecomposition(a)
    #expect(svd.rank() == 4)
    #expect(svd.rank(tolerance: .infinity) == 0)
    #expect(svd.truncated(rank: 4).frobeniusError <= 1e-13)
  }

  @Test("least squares gives the shortest solution")
  func leastSquares() throws {
    // x + y = 2 twice: the shortest of many solutions is (1, 1).
    let svd = try SingularValueDecomposition(Matrix(rows: [[1, 1], [1, 1]]))
    #expect(distance(svd.leastSquares([2, 2]), [1, 1]) <= 1e-15)
    #expect(distance(svd.leastSquares([1, 3]), [1, 1]) <= 1e-15)
  }

  @Test("a matrix without entries has no singular values")
  func empty() throws {
    for (m, n) in [(0, 0), (3, 0), (0, 2)] {
      let svd = try SingularValueDecomposition(Matrix(m, n))
      #expect(svd.singularValues.isEmpty)
      #expect(svd.rank() == 0)
      #expect(svd.truncated(rank: 0).matrix() == Matrix(m, n))
      #expect(svd.leastSquares([Double](repeating: 1, count: m)).count == n)
    }
    #expect(try SingularValueDecomposition(Matrix(2, 2)).rank() == 0)
    #expect(try SingularValueDecomposition(Matrix(2, 2)).conditionNumber == .infinity)
  }

  @Test("entries that are not finite are refused")
  func refused() {
    #expect(throws: LinearAlgebraError.notFinite(row: 0, column: 1)) {
      try SingularValueDecomposition(Matrix(rows: [[1, .nan]]))
    }
  }
}
