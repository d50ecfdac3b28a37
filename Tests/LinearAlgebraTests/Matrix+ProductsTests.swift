// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra
import Testing

@Suite("Matrix products")
struct MatrixProductsTests {
  private let a = Matrix(rows: [[1, 2, 3], [4, 5, 6]])

  @Test("small products have their closed forms")
  func closedForms() {
    #expect(a.times([1, 0, -1]) == [-2, -2])
    #expect(a.transposedTimes([1, -1]) == [-3, -3, -3])
    #expect(a.times(a.transposed()) == Matrix(rows: [[14, 32], [32, 77]]))
    #expect(a.row(1) == [4, 5, 6])
    #expect(a.column(1) == [2, 5])
  }

  @Test(
    "transposing twice is the identity, and swaps indices once",
    arguments: [(0, 0), (0, 3), (1, 1), (31, 33), (64, 32), (100, 7)])
  func transposed(m: Int, n: Int) {
    let b = RandomData.matrix(m, n, seed: 81)
    #expect(b.transposed().transposed() == b)
    for i in 0..<m {
      #expect(b.transposed().column(i) == b.row(i))
    }
  }

  @Test("the product with a matrix agrees with the products with its columns")
  func byColumns() {
    let (b, c) = (RandomData.matrix(13, 21, seed: 82), RandomData.matrix(21, 6, seed: 83))
    let product = b.times(c)
    for j in 0..<6 { #expect(distance(product.column(j), b.times(c.column(j))) <= 1e-14) }
  }

  @Test("a matrix with more rows than one block agrees with its transpose")
  func manyRows() {
    let b = RandomData.matrix(8_200, 3, seed: 84)
    let x = RandomData.vector(3, seed: 85)
    #expect(b.times(x) == b.transposed().transposedTimes(x))
  }

  @Test("empty products are empty or zero")
  func empty() {
    #expect(Matrix(0, 3).times([1, 2, 3]).isEmpty)
    #expect(Matrix(2, 0).times([]) == [0, 0])
    #expect(Matrix(0, 2).transposedTimes([]) == [0, 0])
    #expect(Matrix(2, 0).times(Matrix(0, 3)) == Matrix(2, 3))
  }
}
