// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra
import Testing

@Suite("Sherman–Morrison update")
struct ShermanMorrisonTests {
  @Test("a scalar inverse has its closed form")
  func scalar() throws {
    var inverse = ShermanMorrison(scaledIdentity: 2, dimension: 1)
    try inverse.update([3], [2])
    #expect(inverse.inverse == Matrix(rows: [[0.125]]))
  }

  @Test("agrees with the inverse of the changed matrix")
  func agrees() throws {
    let n = 20
    var a = RandomData.positiveDefinite(n, seed: 151)
    var follower = ShermanMorrison(inverse: try LUFactorization(a).inverse())
    for k in UInt64(0)..<10 {
      let u = RandomData.vector(n, seed: 160 + k)
      let v = RandomData.vector(n, seed: 170 + k)
      for j in 0..<n {
        for i in 0..<n { a[i, j] += u[i] * v[j] }
      }
      try follower.update(u, v)
    }
    let lu = try LUFactorization(a)
    let bound = 1e-13 / (try lu.reciprocalCondition())
    #expect(distance(follower.inverse, try lu.inverse()) <= bound)
  }

  @Test("agrees with the Cholesky update on a design matrix")
  func cholesky() throws {
    let n = 8
    var follower = ShermanMorrison(scaledIdentity: 1, dimension: n)
    var cholesky = CholeskyFactorization(scaledIdentity: 1, dimension: n)
    for k in UInt64(0)..<100 {
      let v = RandomData.vector(n, seed: 200 + k)
      try follower.update(v, v)
      cholesky.update(v)
    }
    let x = RandomData.vector(n, seed: 152)
    let form = dot(x, follower.inverse.times(x))
    #expect((form / cholesky.inverseQuadraticForm(x) - 1).magnitude <= 1e-12)
  }

  @Test("a change to a singular matrix throws and leaves the inverse alone")
  func singular() {
    var inverse = ShermanMorrison(inverse: .identity(2))
    #expect(throws: ShermanMorrisonError.vanishingDenominator(0)) {
      try inverse.update([1, 0], [-1, 0])
    }
    #expect(inverse.inverse == .identity(2))
    // 1 - 0.1 * 10 is 0 only up to rounding of the data.
    #expect(throws: ShermanMorrisonError.self) { try inverse.update([0.1, 0.2], [-4, -3]) }
    #expect(throws: ShermanMorrisonError.self) { try inverse.update([.nan, 0], [1, 0]) }
  }
}
