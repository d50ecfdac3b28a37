// SPDX-License-Identifier: Apache-2.0
import CShims
import Dispatch

/// The LU factorization of a band matrix without pivoting, from both ends at once.
///
///     rows 0 … m−1 are eliminated downwards, rows n−1 … m+w upwards         (1)
///     the w rows between, which alone know both halves: a dense system S     (2)
///     S is factored                                                          (3)
///     solve: both halves forwards, S, both halves backwards                  (4)
///
/// The halves never meet before (2), so they are worked on by two threads. How many there are does not
/// change a bit: the order of every sum is that of `CShims.h`.
///
/// - Assumes: elimination needs no pivots, as for I − γP, whose rows are diagonally dominant.
/// - Numerics: for row diagonally dominant matrices the growth factor is at most 2, and the
///   factorization is backward stable. Other matrices may fail, or give poor solutions.
/// - Complexity: O(n w²) time and O(n w) memory to factor; O(n w) to solve.
/// - Source: Gaussian elimination; two ends instead of one are folklore ("twisted" factorizations).
public final class BandedLU {
  /// The number of rows and of columns.
  public let dimension: Int
  /// The greatest |i − j| of an entry.
  public let halfBandwidth: Int

  private let stride: Int
  /// The rows eliminated in each half.
  private let counts: [Int]
  /// The rows of each half and of the separator, the second half reversed.
  private var halves: [[Double]]
  private var reciprocals: [[Double]]
  private var separator: [Double]

  /// Makes room for matrices of `n` rows and half bandwidth `w`.
  public init(dimension n: Int, halfBandwidth w: Int) {
    precondition(n >= 0 && w >= 0, "sizes cannot be negative")
    dimension = n
    halfBandwidth = w
    stride = (2 * w + 1 + 16) & ~7
    let size = min(w, n)
    let first = (n - size) / 2
    counts = [first, n - size - first]
    let stride = stride
    halves = counts.map { [Double](inHugePages: 0, count: ($0 + size) * stride + 16) }
    reciprocals = counts.map { [Double](repeating: 0, count: $0) }
    separator = [Double](repeating: 0, count: size * size)
  }

  private var separatorCount: Int { dimension - counts[0] - counts[1] }

  /// The greatest |i − j| of the entries of a matrix.
  public static func halfBandwidth(of a: SparseMatrix) -> Int {
    var w = 0
    for i in 0..<a.rowCount {
      for p in a.entries(ofRow: i) { w = max(w, abs(Int(a.columns[p]) - i)) }
    }
    return w
  }

  /// Factors a matrix; entries at one place are added up.
  ///
  /// - Returns: Whether all pivots are usable; if not, there is no factorization.
  /// - Precondition: The matrix has the dimension and at most the half bandwidth of the room.
  public func factor(_ a: SparseMatrix) -> Bool {
    precondition(a.rowCount == dimension, "\(dimension) rows are needed")
    return factor(Array(0..<dimension), of: a, times: 1, plus: 0)
  }

  /// Factors d I + c A′, where row i of A′ is row `rows[i]` of `a`; nothing is assembled before.
  ///
  /// - Parameters:
  ///   - rows: A row of `a` for each row of the matrix.
  ///   - a: A matrix of ``dimension`` columns and any number of rows.
  ///   - scale: The factor c.
  ///   - diagonal: The number d.
  /// - Returns: Whether all pivots are usable; if not, there is no factorization.
  /// - Precondition: The matrix has at most the half bandwidth of the room; stored zeros do not count.
  public func factor(
    _ rows: [Int], of a: SparseMatrix, times scale: Double, plus diagonal: Double
  ) -> Bool {
    let n = dimension
    precondition(rows.count == n && a.columnCount == n, "\(n) rows and columns are needed")
    let (m, w, size, stride) = (counts[0], halfBandwidth, separatorCount, stride)
    let counts = counts
    // The rows that are filled and eliminated before the next are filled: they stay in the cache.
    let block = 64
    withHalves { halves, reciprocals in
      nonisolated(unsafe) let (halves, reciprocals) = (halves, reciprocals)
      DispatchQueue.concurrentPerform(iterations: 2) { half in  // (1)
        let band = halves[half]
        let count = counts[half] + size
        for begin in Swift.stride(from: 0, to: count, by: block) {
          let end = min(begin + block, count)
          band[begin * stride..<end * stride].update(repeating: 0)
          a.columns.withUnsafeBufferPointer { columns in
            a.values.withUnsafeBufferPointer { values in
              for row in begin..<end {
                let i = half == 0 ? row : n - 1 - row
                let middle = row * stride + w
                // A separator row's entries in the separator go to the first half, others to their own.
                let isShared = i >= m && i < m + size
                if !(isShared && half == 1) { band[middle] = diagonal }
                for p in a.entries(ofRow: rows[i]) where values[p] != 0 {
                  let j = Int(truncatingIfNeeded: columns[p])
                  precondition(abs(i - j) <= w, "entry (\(i), \(j)) is outside the band")
                  if isShared, half == 0 ? j >= m + size : j < m + size { continue }
                  band[middle + (half == 0 ? j - i : i - j)] += scale * values[p]
                }
              }
            }
          }
          provably_band_factor(
            band.baseAddress, Int64(stride), Int64(w), Int64(begin), Int64(end),
            Int64(counts[half]), reciprocals[half].baseAddress)
        }
      }
    }
    for i in 0..<size {  // (2)
      let (up, down) = (counts[0] + i, counts[1] + size - 1 - i)
      for j in 0..<size {
        let from = (halves[0][up * stride + w + j - i], halves[1][down * stride + w + i - j])
        separator[i * size + j] = from.0 + from.1
      }
    }
    for i in 0..<size {  // (3)
      for k in 0..<i {
        let f = separator[i * size + k] / separator[k * size + k]
        separator[i * size + k] = f
        for j in (k + 1)..<size { separator[i * size + j] -= f * separator[k * size + j] }
      }
    }
    return reciprocals.allSatisfy { $0.allSatisfy { $0.isFinite && $0 != 0 } }
      && (0..<size).allSatisfy {
        separator[$0 * size + $0].isFinite && separator[$0 * size + $0] != 0
      }
  }

  /// The solution x of A x = b for the matrix that was factored last.
  ///
  /// - Shapes: `b` and the result have ``dimension`` entries.
  public func solve(_ b: [Double]) -> [Double] {
    precondition(b.count == dimension, "\(b.count) entries, expected \(dimension)")
    let (n, m, w, size, stride) = (dimension, counts[0], halfBandwidth, separatorCount, stride)
    let counts = counts
    var parts = [Array(b[0..<(m + size)]), b[(m + size)...].reversed()]
    parts[1].append(contentsOf: [Double](repeating: 0, count: size))
    return withHalves { halves, reciprocals in
      var (x, y) = (parts[0], parts[1])
      parts = []
      return x.withUnsafeMutableBufferPointer { x in
        y.withUnsafeMutableBufferPointer { y in
          nonisolated(unsafe) let (halves, reciprocals, sides) = (halves, reciprocals, [x, y])
          DispatchQueue.concurrentPerform(iterations: 2) { half in  // (4)
            provably_band_forward(
              halves[half].baseAddress, Int64(stride), Int64(w), Int64(counts[half] + size),
              Int64(counts[half]), sides[half].baseAddress)
          }
          for i in 0..<size { x[m + i] += y[counts[1] + size - 1 - i] }
          for i in 0..<size {
            for k in 0..<i { x[m + i] -= separator[i * size + k] * x[m + k] }
          }
          for i in (0..<size).reversed() {
            for j in (i + 1)..<size { x[m + i] -= separator[i * size + j] * x[m + j] }
            x[m + i] /= separator[i * size + i]
          }
          for i in 0..<size { y[counts[1] + size - 1 - i] = x[m + i] }
          DispatchQueue.concurrentPerform(iterations: 2) { half in
            provably_band_backward(
              halves[half].baseAddress, Int64(stride), Int64(w), Int64(counts[half] + size),
              Int64(counts[half]), reciprocals[half].baseAddress, sides[half].baseAddress)
          }
          return [Double](unsafeUninitializedCapacity: n) { out, count in
            for i in 0..<(m + size) { out[i] = x[i] }
            for i in 0..<counts[1] { out[n - 1 - i] = y[i] }
            count = n
          }
        }
      }
    }
  }

  private func withHalves<R>(
    _ body: ([UnsafeMutableBufferPointer<Double>], [UnsafeMutableBufferPointer<Double>]) -> R
  ) -> R {
    var (a, b) = (halves[0], halves[1])
    var (r, s) = (reciprocals[0], reciprocals[1])
    // Emptied, so that the arrays are changed in place.
    (halves, reciprocals) = ([], [])
    defer { (halves, reciprocals) = ([a, b], [r, s]) }
    return a.withUnsafeMutableBufferPointer { a in
      b.withUnsafeMutableBufferPointer { b in
        r.withUnsafeMutableBufferPointer { r in
          s.withUnsafeMutableBufferPointer { s in body([a, b], [r, s]) }
        }
      }
    }
  }
}
