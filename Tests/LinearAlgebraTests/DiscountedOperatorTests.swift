// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra
import Testing

@Suite("Discounted operator")
struct DiscountedOperatorTests {
  @Test("sends the constant vector to 1 - γ")
  func constants() throws {
    let p = try RandomData.stochastic(3_000, perRow: 4, seed: 51)
    let y = DiscountedOperator(transitions: p, discount: 0.75)(
      [Double](repeating: 1, count: 3_000))
    for value in y { #expect((value - 0.25).magnitude <= 0x1p-50) }
  }

  @Test("equals the explicit matrix I - γP", arguments: [1, 5, 1_023, 1_024, 1_025, 2_500])
  func explicit(n: Int) throws {
    let p = try RandomData.stochastic(n, perRow: 3, seed: 52)
    let x = RandomData.vector(n, seed: 53)
    let implicit = DiscountedOperator(transitions: p, discount: 0.9)(x)
    let matrix = SparseMatrix.identity(minus: 0.9, times: p)
    #expect(distance(implicit, matrix.times(x)) <= 1e-15)
  }

  @Test("a discount of zero is the identity")
  func identity() throws {
    let p = try RandomData.stochastic(20, perRow: 3, seed: 54)
    let x = RandomData.vector(20, seed: 55)
    #expect(DiscountedOperator(transitions: p, discount: 0)(x) == x)
  }
}
