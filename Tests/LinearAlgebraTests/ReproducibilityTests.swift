// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra
import Testing

/// The 64-bit FNV-1a hash of the bits of some numbers.
private func fingerprint(_ numbers: [Double]) -> UInt64 {
  var hash: UInt64 = 0xCBF2_9CE4_8422_2325
  for number in numbers {
    for shift in stride(from: UInt64(0), to: 64, by: 8) {
      hash = (hash ^ (number.bitPattern >> shift & 0xFF)) &* 0x0000_0100_0000_01B3
    }
  }
  return hash
}

/// What must not depend on the CPU, the build or the number of threads has bits written down once.
///
/// A change here is a change of published numbers.
@Suite("Reproducibility")
struct ReproducibilityTests {
  private static func problem() throws -> (SparseMatrix, [Double]) {
    (try RandomData.stochastic(3_000, perRow: 7, seed: 301), RandomData.vector(3_000, seed: 302))
  }

  @Test("the bits of the data are fixed")
  func data() throws {
    let (p, b) = try Self.problem()
    #expect(fingerprint(p.values) == 0x4DF4_DDAD_1F32_B0A1)
    #expect(fingerprint(b) == 0x0663_715A_4D98_6944)
  }

  @Test("the bits of GMRES are fixed")
  func gmres() throws {
    let (p, b) = try Self.problem()
    let a = DiscountedOperator(transitions: p, discount: 0.99)
    #expect(
      fingerprint(GMRES(restart: 9, tolerance: 1e-8).solve(a, b).solution) == 0x3C83_4525_45C1_5F12)
  }

  @Test("the bits of BiCGStab with ILU(0) are fixed")
  func biCGStab() throws {
    let (p, b) = try Self.problem()
    let a = SparseMatrix.identity(minus: 0.99, times: p)
    let result = BiCGStab(tolerance: 1e-8).solve(a, b, preconditioner: try ILU0(a))
    #expect(fingerprint(result.solution) == 0x5334_BEC9_45BE_D4DF)
  }

  @Test("the bits of banded LU are fixed")
  func bandedLU() throws {
    let (n, w) = (400, 21)
    var (pointers, columns, values) = ([0], [Int32](), [Double]())
    for i in 0..<n {
      let entries = RandomData.vector(2 * w + 1, seed: UInt64(400 + i))
      for d in -w...w where i + d >= 0 && i + d < n {
        columns.append(Int32(i + d))
        values.append(d == 0 ? 1 : -abs(entries[d + w]) / Double(4 * w))
      }
      pointers.append(values.count)
    }
    let lu = BandedLU(dimension: n, halfBandwidth: w)
    #expect(
      lu.factor(
        try SparseMatrix(
          rowCount: n, columnCount: n, rowPointers: pointers, columns: columns, values: values)))
    #expect(fingerprint(lu.solve(RandomData.vector(n, seed: 399))) == 0x72B8_C4A2_5AD2_4D40)
  }

  @Test("the bits of Cholesky updates, solves and quadratic forms are fixed")
  func cholesky() throws {
    let n = 37
    var cholesky = CholeskyFactorization(scaledIdentity: 1, dimension: n)
    for k in UInt64(0)..<100 { cholesky.update(RandomData.vector(n, seed: k)) }
    for k in UInt64(0)..<20 { try cholesky.downdate(RandomData.vector(n, seed: k)) }
    let x = RandomData.vector(n, seed: 303)
    #expect(fingerprint(cholesky.lowerFactor.elements) == 0xFA2D_8259_26D2_B8F8)
    #expect(
      fingerprint(cholesky.solve(x) + [cholesky.inverseQuadraticForm(x)]) == 0xD101_E077_A422_954E)
  }

  @Test("the bits of Sherman–Morrison updates are fixed")
  func shermanMorrison() throws {
    let n = 23
    var follower = ShermanMorrison(scaledIdentity: 0.5, dimension: n)
    for k in UInt64(0)..<60 {
      let v = RandomData.vector(n, seed: k)
      try follower.update(v, v)
    }
    #expect(fingerprint(follower.inverse.elements) == 0xC1B8_3762_17B0_A94E)
  }
}
