// SPDX-License-Identifier: Apache-2.0
import Foundation
import Provably

/// The Swift types that own memory of OpenBLAS, SuiteSparse, CLP, FLINT and cmark, as users call
/// them.
enum Wrappers {
  static func drivers(in scratch: Scratch) throws -> [Driver] {
    let study = try ReportedStudy(in: scratch)
    return [
      Driver(name: "LAPACK factorizations") { try factorizations() },
      Driver(name: "sparse LU (KLU)") { try sparseLU() },
      Driver(name: "banded LU") { bandedLU() },
      Driver(name: "simplex (CLP)") { try simplex() },
      Driver(name: "rationals (FLINT)") { try rationals() },
      Driver(name: "Markdown and pages (cmark)") { try study.render() },
      Driver(name: "archives, read (libarchive)", round: try Archives.reading(in: scratch)),
      Driver(name: "archives, damaged", round: try Archives.damaged(in: scratch)),
      Driver(name: "archives, written", round: try Archives.writing(in: scratch)),
      Driver(name: "stores (SQLite)") { try Stores.whole(in: scratch) },
      Driver(name: "stores, refused", round: try Stores.refusals(in: scratch)),
    ]
  }

  private static func matrix(_ n: Int, _ entry: (Int, Int) -> Double) -> Matrix {
    Matrix(rows: (0..<n).map { i in (0..<n).map { entry(i, $0) } })
  }

  private static func factorizations() throws {
    let n = 6
    let b = (0..<n).map { Double($0) }
    let regular = matrix(n) { i, j in i == j ? 8 : Double((3 * i + 5 * j) % 7) / 7 }
    let symmetric = matrix(n) { i, j in i == j ? 8 : 1 / Double(1 + i + j) }
    let singular = matrix(n) { _, _ in 1 }
    let lu = try LUFactorization(regular)
    _ = (lu.solve(b), lu.solveTransposed(b), lu.solve(symmetric), lu.solveTransposed(symmetric))
    _ = (try lu.reciprocalCondition(), try lu.inverse())
    var cholesky = try CholeskyFactorization(symmetric)
    _ = (cholesky.solve(b), cholesky.solve(regular), cholesky.inverseQuadraticForm(b))
    cholesky.update(b)
    try cholesky.downdate(b)
    let qr = try QRFactorization(regular)
    _ = (try qr.orthogonalFactor(), try qr.leastSquares(b))
    let svd = try SingularValueDecomposition(singular)
    _ = (svd.rank(), svd.truncated(rank: 2).matrix(), svd.leastSquares(b))
    _ = try SymmetricEigendecomposition(symmetric)
    _ = try Eigendecomposition(regular).vector(0)
    refused("a singular matrix") { try LUFactorization(singular) }
    refused("a matrix that is not definite") { try CholeskyFactorization(singular) }
    refused("a downdate below zero") {
      var small = CholeskyFactorization(scaledIdentity: 1, dimension: n)
      try small.downdate(b)
    }
    let wide = Matrix(2, 3)
    refused("a matrix that is not square") { try LUFactorization(wide) }
    let infinite = matrix(n) { i, j in i == j ? .infinity : 0 }
    refused("an infinite entry") { try SingularValueDecomposition(infinite) }
    refused("an infinite entry") { try Eigendecomposition(infinite) }
    refused("an infinite entry") { try QRFactorization(infinite) }
  }

  private static func sparse(_ n: Int, _ entries: [(Int, Int, Double)]) throws -> SparseMatrix {
    var pointers = [0]
    var (columns, values) = ([Int32](), [Double]())
    for i in 0..<n {
      for (row, column, value) in entries where row == i {
        columns.append(Int32(column))
        values.append(value)
      }
      pointers.append(columns.count)
    }
    return try SparseMatrix(
      rowCount: n, columnCount: n, rowPointers: pointers, columns: columns, values: values)
  }

  private static func sparseLU() throws {
    let n = 12
    let ring: [(Int, Int, Double)] = (0..<n).flatMap { i in
      [(i, i, 2.0), (i, (i + 1) % n, -1), (i, (i + 5) % n, 0.5)]
    }
    let b = (0..<n).map { Double($0) }
    let lu = try SparseLU(sparse(n, ring))
    _ = (lu.solve(b), lu.solveTransposed(b), lu.solve(Matrix(n, 3, repeating: 1)))
    _ = try SparseLU(sparse(0, []))
    // Singular by its pattern, and by its numbers.
    let missing = try sparse(n, ring.filter { $0.0 != 3 })
    refused("a matrix with an empty row") { try SparseLU(missing) }
    let twins = try sparse(3, [(0, 0, 1), (0, 1, 2), (1, 0, 1), (1, 1, 2), (2, 2, 1)])
    refused("a matrix with equal rows") { try SparseLU(twins) }
    let cancelled = try sparse(2, [(0, 0, 1), (0, 0, -1), (1, 1, 1)])
    refused("a pivot that cancels") { try SparseLU(cancelled) }
    let infinite = try sparse(2, [(0, 0, .infinity), (1, 1, 1)])
    refused("an infinite entry") { try SparseLU(infinite) }
  }

  private static func bandedLU() {
    let n = 30
    let entries: [(Int, Int, Double)] = (0..<n).flatMap { i in
      [(i, i, 3.0), (i, max(0, i - 1), -1), (i, min(n - 1, i + 1), -1)]
    }
    guard let band = try? sparse(n, entries), let zero = try? sparse(n, []) else {
      fail("a band is no matrix")
    }
    let lu = BandedLU(dimension: n, halfBandwidth: BandedLU.halfBandwidth(of: band))
    require(lu.factor(band), "a band matrix with pivots")
    _ = lu.solve((0..<n).map { Double($0) })
    require(!lu.factor(zero), "a zero matrix without pivots")
  }

  private static func simplex() throws {
    for method in Simplex.Method.allCases {
      for sense in [LinearProgram.Sense.minimize, .maximize] {
        // x + y <= 4 with a box; x >= 3 against x <= 2; no bound above; the box without a step.
        let box = try LinearProgram(
          sense, objective: [3, 5], rowBounds: [.atMost(4)],
          columnBounds: [.init(0, 3), .init(-1, 2)], columnPointers: [0, 1, 2], rows: [0, 0],
          coefficients: [1, 1])
        require(try box.solve(by: method).status == .optimal, "an optimum in a box")
        let empty = try LinearProgram(
          sense, objective: [1], rowBounds: [.atLeast(3), .atMost(2)], columnPointers: [0, 2],
          rows: [0, 1], coefficients: [1, 1])
        require(try empty.solve(by: method).status == .infeasible, "an empty program infeasible")
        let open = try LinearProgram(
          sense, objective: [1, 1], rowBounds: [.init(-1, 1)], columnBounds: [.free, .free],
          columnPointers: [0, 1, 2], rows: [0, 0], coefficients: [1, -1])
        require(try open.solve(by: method).status == .unbounded, "an open program unbounded")
        require(
          try Simplex(method: method, iterationLimit: 0).solve(box).status != .unbounded,
          "a program that was not begun unfinished")
      }
    }
    refused("bounds out of order") {
      try LinearProgram(
        .minimize, objective: [1], rowBounds: [.init(2, 1)], columnPointers: [0, 0], rows: [],
        coefficients: [])
    }
  }

  private static func rationals() throws {
    let v = try RationalVector([0.5, 0.25, -0.1, 3])
    let w = try RationalVector(texts: ["1/3", "-2.5e-3", "7", "1e400"])
    _ = (v.text(at: 2), w.bounds(at: 3), w.sign(at: 1), v.compare(0, with: w, 0))
    _ = (v.selecting([3, 0]), v.subtracting(w), v == w)
    let (a, b) = (try Rational(0.1), try Rational(text: "22/7"))
    _ = (a + b, a - b, a * b, a / b, a < b, a == b)
    let rows = RationalRows(
      columnCount: 2, rowPointers: [0, 2, 4], columns: [0, 1, 0, 1],
      values: try RationalVector([0.5, 0.5, 0.25, 0.75]))
    let rewards = try RationalVector([1, 2])
    let half = try Rational(0.5)
    let x = try rows.solve(rewards: rewards, discount: half, choice: [0, 1])
    require(rows.backup(rewards: rewards, discount: half, values: x) == x, "a fixed point")
    let one = try Rational(1.0)
    refused("a singular system") {
      try rows.solve(rewards: rewards, discount: one, choice: [0, 1])
    }
    refused("a system above the limit") {
      try rows.solve(rewards: rewards, discount: half, choice: [0, 1], maximumDimension: 1)
    }
    refused("an infinite number") { try RationalVector([1, .infinity]) }
    for text in ["", "1/0", "x", "1e", "1e999999999999"] {
      refused("the number \(text)") { try RationalVector(texts: ["1", text]) }
    }
  }
}
