// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra
import Testing

@Suite("Eigendecomposition")
struct EigendecompositionTests {
  @Test("a rotation by 60° has the eigenvalues cos ± i sin")
  func rotation() throws {
    let (c, s) = (0.5, 0.75.squareRoot())
    let eigen = try Eigendecomposition(Matrix(rows: [[c, -s], [s, c]]))
    #expect(distance(eigen.values.map(\.real), [c, c]) <= 1e-15)
    #expect(distance(eigen.values.map(\.imaginary), [s, -s]) <= 1e-15)
    #expect((eigen.spectralRadius - 1).magnitude <= 1e-15)
    #expect(eigen.vector(0).real == eigen.vector(1).real)
    #expect(eigen.vector(0).imaginary == eigen.vector(1).imaginary.map { -$0 })
  }

  @Test("a companion matrix has the roots of its polynomial")
  func companion() throws {
    // (x - 1)(x - 2)(x - 3)(x - 4) = x⁴ - 10 x³ + 35 x² - 50 x + 24
    let a = Matrix(rows: [[10, -35, 50, -24], [1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0]])
    let eigen = try Eigendecomposition(a)
    #expect(distance(eigen.values.map(\.real).sorted(), [1, 2, 3, 4]) <= 1e-12)
    #expect(eigen.values.allSatisfy { $0.imaginary == 0 })
  }

  @Test("A v = λ v with vectors of norm one", arguments: [1, 2, 7, 30])
  func definition(n: Int) throws {
    let a = RandomData.matrix(n, n, seed: 141)
    let eigen = try Eigendecomposition(a)
    for (k, value) in eigen.values.enumerated() {
      let v = eigen.vector(k)
      let (re, im) = (a.times(v.real), a.times(v.imaginary))
      for i in 0..<n {
        let real = value.real * v.real[i] - value.imaginary * v.imaginary[i]
        let imaginary = value.real * v.imaginary[i] + value.imaginary * v.real[i]
        #expect((re[i] - real).magnitude <= 1e-13)
        #expect((im[i] - imaginary).magnitude <= 1e-13)
      }
      #expect((norm(v.real + v.imaginary) - 1).magnitude <= 1e-13)
    }
  }

  @Test("the greatest eigenvalue of a stochastic matrix is one")
  func stochastic() throws {
    let p = RandomData.dense(try RandomData.stochastic(40, perRow: 5, seed: 142))
    #expect((try Eigendecomposition(p).spectralRadius - 1).magnitude <= 1e-13)
  }

  @Test("an empty matrix has spectral radius zero, and NaN is refused")
  func edges() throws {
    #expect(try Eigendecomposition(Matrix(0, 0)).spectralRadius == 0)
    #expect(throws: LinearAlgebraError.notFinite(row: 0, column: 0)) {
      try Eigendecomposition(Matrix(rows: [[.nan]]))
    }
  }
}
