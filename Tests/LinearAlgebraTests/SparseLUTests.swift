// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra
import Testing

@Suite("Sparse LU")
struct SparseLUTests {
  private static func sparse(_ rows: [[Double]]) throws -> SparseMatrix {
    try RandomData.sparse(Matrix(rows: rows))
  }

  @Test("solves a 3 × 3 system in both directions exactly")
  func closedForm() throws {
    let lu = try SparseLU(try Self.sparse([[2, 1, 0], [0, 4, 0], [8, 0, 1]]))
    #expect(lu.solve([4, 8, 9]) == [1, 2, 1])
    #expect(lu.solveTransposed([10, 9, 1]) == [1, 2, 1])
  }

  @Test("values of the two-state chain have their closed form")
  func twoStateChain() throws {
    // 0 → 1 with probability 1/4 and reward 1 in state 0; state 1 absorbs without reward.
    let p = try Self.sparse([[0.75, 0.25], [0, 1]])
    let lu = try SparseLU(.identity(minus: 0.5, times: p))
    let v = lu.solve([1, 0])
    #expect((v[0] - 1.6).magnitude <= 0x1p-51)
    #expect(v[1] == 0)
  }

  @Test("agrees with dense LU on discounted random chains", arguments: [1, 2, 7, 60, 150])
  func agreesWithDense(n: Int) throws {
    let a = SparseMatrix.identity(
      minus: 0.95, times: try RandomData.stochastic(n, perRow: 4, seed: 11))
    let b = RandomData.vector(n, seed: 12)
    let sparse = try SparseLU(a)
    let dense = try LUFactorization(RandomData.dense(a))
    // ‖(I - γP)⁻¹‖∞ = 20; both are backward stable.
    #expect(distance(sparse.solve(b), dense.solve(b)) <= 1e-12)
    #expect(distance(sparse.solveTransposed(b), dense.solveTransposed(b)) <= 1e-11)
  }

  @Test("several right-hand sides are solved as one by one")
  func matrixRightHandSide() throws {
    let n = 40
    let a = SparseMatrix.identity(
      minus: 0.9, times: try RandomData.stochastic(n, perRow: 3, seed: 13))
    let lu = try SparseLU(a)
    let b = RandomData.matrix(n, 6, seed: 14)
    let x = lu.solve(b)
    for j in 0..<6 { #expect(distance(x.column(j), lu.solve(b.column(j))) <= 1e-13) }
    #expect(lu.solve(Matrix(n, 0)).elements.isEmpty)
  }

  @Test("duplicate entries are added up")
  func duplicates() throws {
    let a = try SparseMatrix(
      rowCount: 1, columnCount: 1, rowPointers: [0, 2], columns: [0, 0], values: [1, 3])
    #expect(try SparseLU(a).solve([8]) == [2])
  }

  @Test("an empty matrix factors")
  func empty() throws {
    let a = try SparseMatrix(rowCount: 0, columnCount: 0, rowPointers: [0], columns: [], values: [])
    let lu = try SparseLU(a)
    #expect(lu.solve([]).isEmpty)
    #expect(lu.reciprocalCondition == 1)
    #expect(lu.factorEntryCount == 0)
  }

  @Test("a matrix without an entry in row 1 is structurally singular")
  func structurallySingular() throws {
    let a = try Self.sparse([[1, 2], [0, 0]])
    #expect(throws: SparseLUError.singular(row: 1)) { try SparseLU(a) }
  }

  @Test("a numerically singular matrix is refused with a row")
  func numericallySingular() throws {
    let a = try Self.sparse([[1, 2], [2, 4]])
    #expect { try SparseLU(a) } throws: { error in
      guard case .singular(let row) = error as? SparseLUError else { return false }
      return row == 0 || row == 1
    }
    let undiscounted = SparseMatrix.identity(minus: 1, times: try Self.sparse([[1]]))
    #expect(throws: SparseLUError.singular(row: 0)) { try SparseLU(undiscounted) }
  }

  @Test("other shapes and entries that are not finite are refused")
  func refused() throws {
    let wide = try Self.sparse([[1, 2]])
    #expect(throws: SparseLUError.notSquare(rowCount: 1, columnCount: 2)) { try SparseLU(wide) }
    let bad = try Self.sparse([[1, 0], [.nan, 1]])
    #expect(throws: SparseLUError.notFinite(entry: 1)) { try SparseLU(bad) }
  }

  @Test("the reciprocal condition tells a good pivot ratio from a bad one")
  func condition() throws {
    #expect(try SparseLU(try Self.sparse([[1, 0], [0, 1]])).reciprocalCondition == 1)
    let poor = try SparseLU(try Self.sparse([[1, 1], [1, 1 + 0x1p-40]])).reciprocalCondition
    #expect(poor > 0 && poor < 1e-11)
  }

  @Test("threads that share a factorization get the serial answers")
  func shared() async throws {
    let n = 200
    let a = SparseMatrix.identity(
      minus: 0.9, times: try RandomData.stochastic(n, perRow: 3, seed: 15))
    let lu = try SparseLU(a)
    let serial = (0..<16).map { lu.solve(RandomData.vector(n, seed: UInt64($0))) }
    await withTaskGroup(of: (Int, [Double]).self) { group in
      for i in 0..<16 {
        group.addTask { (i, lu.solve(RandomData.vector(n, seed: UInt64(i)))) }
      }
      for await (i, x) in group { #expect(x == serial[i]) }
    }
  }
}
