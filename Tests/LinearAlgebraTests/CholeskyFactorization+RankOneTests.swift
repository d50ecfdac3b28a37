// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra
import Testing

@Suite("Cholesky updates")
struct CholeskyRankOneTests {
  /// A + s v vᵀ.
  private static func changed(_ a: Matrix, _ v: [Double], _ s: Double) -> Matrix {
    var result = a
    for j in v.indices {
      for i in v.indices { result[i, j] += s * v[i] * v[j] }
    }
    return result
  }

  @Test("a scalar is updated to the root of the sum of squares")
  func scalar() throws {
    var cholesky = CholeskyFactorization(scaledIdentity: 9, dimension: 1)
    cholesky.update([-4])
    #expect(cholesky.lowerFactor == Matrix(rows: [[5]]))
    try cholesky.downdate([4])
    #expect(distance(cholesky.lowerFactor, Matrix(rows: [[3]])) <= 0x1p-50)
  }

  @Test("an update is the factorization of the changed matrix", arguments: [1, 2, 8, 40])
  func update(n: Int) throws {
    let a = RandomData.positiveDefinite(n, seed: 111)
    let v = RandomData.vector(n, seed: 112)
    var cholesky = try CholeskyFactorization(a)
    cholesky.update(v)
    let direct = try CholeskyFactorization(Self.changed(a, v, 1))
    #expect(distance(cholesky.lowerFactor, direct.lowerFactor) <= 1e-13)
  }

  @Test("a downdate is the factorization of the changed matrix", arguments: [1, 2, 8, 40])
  func downdate(n: Int) throws {
    let a = RandomData.positiveDefinite(n, seed: 113)
    let v = RandomData.vector(n, seed: 114)
    var cholesky = try CholeskyFactorization(Self.changed(a, v, 1))
    try cholesky.downdate(v)
    let direct = try CholeskyFactorization(a)
    #expect(distance(cholesky.lowerFactor, direct.lowerFactor) <= 1e-11)
  }

  @Test("update then downdate returns, many times over")
  func roundTrip() throws {
    let n = 12
    var cholesky = CholeskyFactorization(scaledIdentity: 1, dimension: n)
    for k in 0..<200 { cholesky.update(RandomData.vector(n, seed: UInt64(k))) }
    let before = cholesky.lowerFactor
    for k in 200..<260 { cholesky.update(RandomData.vector(n, seed: UInt64(k))) }
    for k in 200..<260 { try cholesky.downdate(RandomData.vector(n, seed: UInt64(k))) }
    #expect(distance(cholesky.lowerFactor, before) <= 1e-12)
  }

  @Test("many updates agree with ridge regression from scratch")
  func designMatrix() throws {
    let n = 10
    var cholesky = CholeskyFactorization(scaledIdentity: 0.5, dimension: n)
    var design = Matrix.identity(n)
    for i in 0..<n { design[i, i] = 0.5 }
    for k in 0..<500 {
      let v = RandomData.vector(n, seed: UInt64(1_000 + k))
      cholesky.update(v)
      design = Self.changed(design, v, 1)
    }
    let direct = try CholeskyFactorization(design)
    let x = RandomData.vector(n, seed: 115)
    let (found, expected) = (cholesky.inverseQuadraticForm(x), direct.inverseQuadraticForm(x))
    #expect((found / expected - 1).magnitude <= 1e-12)
    #expect((cholesky.logDeterminant - direct.logDeterminant).magnitude <= 1e-12)
  }

  @Test("a zero vector changes nothing")
  func zero() throws {
    let a = try CholeskyFactorization(RandomData.positiveDefinite(5, seed: 116))
    var b = a
    b.update([0, 0, 0, 0, 0])
    try b.downdate([0, 0, 0, 0, 0])
    #expect(a == b)
  }

  @Test("a downdate out of the definite cone throws and changes nothing")
  func refused() throws {
    let a = try CholeskyFactorization(RandomData.positiveDefinite(5, seed: 117))
    for v in [[9.0, 9, 9, 9, 9], [.nan, 0, 0, 0, 0], [.infinity, 0, 0, 0, 0]] {
      var b = a
      #expect(throws: LinearAlgebraError.notPositiveDefinite(routine: "downdate", info: 5)) {
        try b.downdate(v)
      }
      #expect(a == b)
    }
  }
}
