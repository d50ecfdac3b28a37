// SPDX-License-Identifier: Apache-2.0
import CShims
import LinearAlgebra
import Testing

/// The documented order in plain Swift: eight lanes, then a fixed tree.
private func reference(_ terms: [Double]) -> Double {
  var lanes = [Double](repeating: 0, count: 8)
  for (i, term) in terms.enumerated() { lanes[i % 8] += term }
  return ((lanes[0] + lanes[4]) + (lanes[2] + lanes[6]))
    + ((lanes[1] + lanes[5]) + (lanes[3] + lanes[7]))
}

@Suite("Canonical order of reductions")
struct CanonicalOrderTests {
  static let lengths = Array(0...40) + [63, 64, 65, 100, 999, 1_000, 1_001, 4_096]

  @Test("the dot product kernel has the bits of the documented order", arguments: lengths)
  func dotKernel(n: Int) {
    let (x, y) = (RandomData.vector(n, seed: 1), RandomData.vector(n, seed: 2))
    let expected = reference(zip(x, y).map { $0 * $1 })
    #expect(provably_dot(x, y, Int64(n)).bitPattern == expected.bitPattern)
    #expect(dot(x, y).bitPattern == expected.bitPattern)
  }

  @Test("the sparse dot product has the bits of the documented order", arguments: lengths)
  func sparseDotKernel(n: Int) {
    let values = RandomData.vector(n, seed: 3)
    let x = RandomData.vector(n + 7, seed: 4)
    let columns = (0..<n).map { Int32(($0 * 5 + 3) % (n + 7)) }
    let expected = reference((0..<n).map { values[$0] * x[Int(columns[$0])] })
    let found = provably_sparse_dot(values, columns, Int64(n), x)
    #expect(found.bitPattern == expected.bitPattern)
  }

  @Test("signed zeros and infinities come out as in the documented order")
  func specialValues() {
    for n in 0...20 {
      for value in [-0.0, .infinity, 0x1p-1074] {
        let x = [Double](repeating: value, count: n)
        let y = [Double](repeating: 1, count: n)
        let columns = (0..<n).map { Int32($0) }
        let expected = reference(x)
        #expect(dot(x, y).bitPattern == expected.bitPattern)
        #expect(provably_sparse_dot(x, columns, Int64(n), y).bitPattern == expected.bitPattern)
      }
    }
  }

  @Test("both products of a dense matrix have the bits of the documented order")
  func denseProducts() {
    for (m, n) in [(1, 1), (3, 7), (5, 8), (9, 17), (130, 40), (257, 33), (8, 300)] {
      let a = RandomData.matrix(m, n, seed: UInt64(m * 1_000 + n))
      let (x, y) = (RandomData.vector(n, seed: 5), RandomData.vector(m, seed: 6))
      let forward = a.times(x)
      for i in 0..<m {
        let expected = reference(zip(a.row(i), x).map { $0 * $1 })
        #expect(forward[i].bitPattern == expected.bitPattern)
      }
      let backward = a.transposedTimes(y)
      for j in 0..<n {
        let expected = reference(zip(a.column(j), y).map { $0 * $1 })
        #expect(backward[j].bitPattern == expected.bitPattern)
      }
    }
  }

  @Test("the product of a sparse matrix has the bits of the documented order")
  func sparseProducts() throws {
    for (n, perRow) in [(1, 1), (30, 3), (50, 8), (40, 21), (2_000, 12)] {
      let p = try RandomData.stochastic(n, perRow: perRow, seed: 7)
      let x = RandomData.vector(n, seed: 8)
      let y = p.times(x)
      for i in 0..<n {
        let terms = p.entries(ofRow: i).map { p.values[$0] * x[Int(p.columns[$0])] }
        #expect(y[i].bitPattern == reference(terms).bitPattern)
      }
    }
  }
}
