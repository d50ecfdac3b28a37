// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra
import TestSupport
import Testing

@Suite("Banded LU")
struct BandedLUTests {
  /// I − γP of a random chain with next states at most `w` away.
  private func matrix(_ n: Int, _ w: Int, seed: UInt64, discount: Double = 0.99) throws
    -> SparseMatrix
  {
    var rng = RepeatableGenerator(seed: seed)
    var pointers = [0]
    var columns: [Int32] = []
    var values: [Double] = []
    for i in 0..<n {
      columns.append(Int32(i))
      values.append(1)
      let (low, high) = (max(0, i - w), min(n - 1, i + w))
      var weights: [(Int, Double)] = []
      for _ in 0..<4 {
        let j = low + Int(rng.next() % UInt64(high - low + 1))
        weights.append((j, Double(rng.next() >> 11) * 0x1p-53 + 1e-3))
      }
      let total = weights.reduce(0) { $0 + $1.1 }
      for (j, weight) in weights {
        columns.append(Int32(j))
        values.append(-discount * weight / total)
      }
      pointers.append(values.count)
    }
    return try SparseMatrix(
      rowCount: n, columnCount: n, rowPointers: pointers, columns: columns, values: values)
  }

  private func product(_ a: SparseMatrix, _ x: [Double]) -> [Double] {
    (0..<a.rowCount).map { i in
      a.entries(ofRow: i).reduce(0) { $0 + a.values[$1] * x[Int(a.columns[$1])] }
    }
  }

  /// Sizes around every boundary: no rows, fewer than the separator, odd and even halves, no band.
  static let shapes = [
    (0, 3), (1, 0), (1, 5), (2, 1), (3, 3), (5, 2), (6, 2), (7, 0), (20, 9), (21, 30), (100, 1),
    (101, 7), (300, 8), (333, 50), (1000, 13),
  ]

  @Test("what is solved solves the system", arguments: shapes)
  func solves(_ shape: (n: Int, w: Int)) throws {
    let a = try matrix(shape.n, shape.w, seed: UInt64(1 + shape.n))
    let lu = BandedLU(
      dimension: shape.n, halfBandwidth: max(shape.w, BandedLU.halfBandwidth(of: a)))
    #expect(lu.factor(a))
    var rng = RepeatableGenerator(seed: 5)
    let x = (0..<shape.n).map { _ in Double(rng.next() >> 11) * 0x1p-53 - 0.5 }
    let found = lu.solve(product(a, x))
    // ‖A⁻¹‖∞ is at most 1/(1 − γ) = 100; a backward error of some u n is the promise.
    for (p, q) in zip(found, x) { #expect(abs(p - q) <= 100 * 64 * 0x1p-53) }
    let again = lu.solve(product(a, x))
    #expect(again == found)
  }

  @Test("the room serves another matrix, and agrees with KLU")
  func recycled() throws {
    let (n, w) = (500, 11)
    let lu = BandedLU(dimension: n, halfBandwidth: w)
    for seed in 1...3 {
      let a = try matrix(n, w, seed: UInt64(seed), discount: 0.999)
      #expect(lu.factor(a))
      let b = (0..<n).map { Double($0 % 7) - 3 }
      let expected = try SparseLU(a).solve(b)
      for (p, q) in zip(lu.solve(b), expected) { #expect(abs(p - q) <= 1e-9) }
    }
  }

  @Test("rows named in a longer matrix give the bits of the matrix they make", arguments: shapes)
  func selected(_ shape: (n: Int, w: Int)) throws {
    let n = shape.n
    let blocks = try (1...3).map { try matrix(n, shape.w, seed: UInt64($0)) }
    let rows = (0..<n).map { $0 + n * ($0 % 3) }
    var (longPointers, longColumns, longValues) = ([0], [Int32](), [Double]())
    for block in blocks {
      for i in 0..<n {
        longColumns += block.columns[block.entries(ofRow: i)]
        longValues += block.values[block.entries(ofRow: i)]
        longPointers.append(longValues.count)
      }
    }
    let long = try SparseMatrix(
      rowCount: 3 * n, columnCount: n, rowPointers: longPointers, columns: longColumns,
      values: longValues)
    var (pointers, columns, values) = ([0], [Int32](), [Double]())
    for i in 0..<n {
      columns.append(Int32(i))
      values.append(3)
      for p in long.entries(ofRow: rows[i]) {
        columns.append(long.columns[p])
        values.append(-0.5 * long.values[p])
      }
      pointers.append(values.count)
    }
    let assembled = try SparseMatrix(
      rowCount: n, columnCount: n, rowPointers: pointers, columns: columns, values: values)
    let width = max(shape.w, BandedLU.halfBandwidth(of: assembled))
    let (a, b) = (
      BandedLU(dimension: n, halfBandwidth: width), BandedLU(dimension: n, halfBandwidth: width)
    )
    #expect(a.factor(assembled))
    #expect(b.factor(rows, of: long, times: -0.5, plus: 3))
    let right = (0..<n).map { Double($0 % 5) - 2 }
    #expect(a.solve(right) == b.solve(right))
  }

  @Test("a zero pivot and a value that is no number are refused")
  func refused() throws {
    let lu = BandedLU(dimension: 2, halfBandwidth: 1)
    for corner in [0, Double.nan] {
      let a = try SparseMatrix(
        rowCount: 2, columnCount: 2, rowPointers: [0, 2, 4], columns: [0, 1, 0, 1],
        values: [corner, 1, 1, 0])
      #expect(!lu.factor(a))
    }
  }
}
