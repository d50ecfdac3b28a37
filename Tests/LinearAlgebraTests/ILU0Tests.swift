// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra
import Testing

@Suite("ILU(0)")
struct ILU0Tests {
  private static func apply(_ m: some Preconditioner, _ r: [Double]) -> [Double] {
    var z = [Double](repeating: .nan, count: r.count)
    z.withUnsafeMutableBufferPointer { z in r.withUnsafeBufferPointer { m.apply($0, into: z) } }
    return z
  }

  @Test("without fill the factorization is complete, and GMRES needs one iteration")
  func tridiagonal() throws {
    let n = 50
    var a = Matrix(n, n)
    for i in 0..<n {
      a[i, i] = 4
      if i > 0 { a[i, i - 1] = -1 }
      if i + 1 < n { a[i, i + 1] = -2 }
    }
    let sparse = try RandomData.sparse(a)
    let b = RandomData.vector(n, seed: 41)
    let exact = try LUFactorization(a).solve(b)
    #expect(distance(Self.apply(try ILU0(sparse), b), exact) <= 1e-14)
    let result = GMRES(tolerance: 1e-13).solve(sparse, b, preconditioner: try ILU0(sparse))
    #expect(result.iterations == 1)
  }

  @Test("a dense pattern gives the complete factorization")
  func dense() throws {
    let a = RandomData.positiveDefinite(9, seed: 42)
    let b = RandomData.vector(9, seed: 43)
    let exact = try LUFactorization(a).solve(b)
    #expect(distance(Self.apply(try ILU0(try RandomData.sparse(a)), b), exact) <= 1e-12)
  }

  @Test("dropped fill is dropped: a 3 × 3 case by hand")
  func dropped() throws {
    // Elimination would fill (1, 2) and (2, 1); the pattern forbids it, so U = upper part with
    // u_11 = 2 - 1/2, u_22 = 2 - 1/2.
    let a = try RandomData.sparse(Matrix(rows: [[2, 1, 1], [1, 2, 0], [1, 0, 2]]))
    let z = Self.apply(try ILU0(a), [2, 1, 1])
    // L y = r: y = (2, 0, 0). U z = y: z = (1, 0, 0).
    #expect(z == [1, 0, 0])
    let w = Self.apply(try ILU0(a), [0, 1.5, 3])
    // y = (0, 1.5, 3); z_2 = 2, z_1 = 1, z_0 = -(1 + 2) / 2.
    #expect(distance(w, [-1.5, 1, 2]) <= 0x1p-51)
  }

  @Test("unsorted rows with duplicates give the same factors")
  func unsorted() throws {
    let messy = try SparseMatrix(
      rowCount: 2, columnCount: 2, rowPointers: [0, 3, 5], columns: [1, 0, 0, 1, 0],
      values: [1, 1, 1, 3, 1])
    let tidy = try RandomData.sparse(Matrix(rows: [[2, 1], [1, 3]]))
    #expect(Self.apply(try ILU0(messy), [1, 2]) == Self.apply(try ILU0(tidy), [1, 2]))
  }

  @Test("a zero, missing or infinite pivot is refused with its row")
  func pivots() throws {
    let missing = try RandomData.sparse(Matrix(rows: [[1, 0], [1, 0]]))
    #expect(throws: PreconditionerError.zeroPivot(row: 1)) { try ILU0(missing) }
    let cancelled = try RandomData.sparse(Matrix(rows: [[1, 1], [1, 1]]))
    #expect(throws: PreconditionerError.zeroPivot(row: 1)) { try ILU0(cancelled) }
    let infinite = try RandomData.sparse(Matrix(rows: [[.infinity]]))
    #expect(throws: PreconditionerError.zeroPivot(row: 0)) { try ILU0(infinite) }
    let wide = try RandomData.sparse(Matrix(rows: [[1, 1]]))
    #expect(throws: PreconditionerError.notSquare(rowCount: 1, columnCount: 2)) { try ILU0(wide) }
  }

  @Test("the pivots of a discounted chain exist for every discount below one")
  func chains() throws {
    for seed in UInt64(0)..<20 {
      let p = try RandomData.stochastic(60, perRow: 6, seed: seed)
      #expect(throws: Never.self) { try ILU0(.identity(minus: 0.999, times: p)) }
    }
  }
}
