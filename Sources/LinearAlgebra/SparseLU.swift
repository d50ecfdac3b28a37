// SPDX-License-Identifier: Apache-2.0
import CSuiteSparse
import Synchronization

/// The sparse LU factorization of a square matrix, by KLU of SuiteSparse.
///
/// The rows and columns are first permuted to block triangular form and each diagonal block ordered
/// by approximate minimum degree; the pivots prefer the diagonal. That suits Markov chains, whose
/// I - γP has many small blocks when states are transient.
///
/// - Numerics: rows are scaled by their largest entry; threshold partial pivoting with 0.001.
///   Backward stable in practice; watch ``reciprocalCondition``.
/// - Edge cases: a matrix without rows factors, and its solutions are empty. Several entries at one
///   place are added up.
/// - Complexity: O(entries + fill) memory; time grows with the fill, which is small for local or
///   block-structured chains and up to O(n²) entries for random ones (use ``GMRES`` there).
/// - Source: [davis2010].
public final class SparseLU: Sendable {
  /// The number of rows and of columns.
  public let dimension: Int
  /// The least pivot over the greatest pivot: 0 for a singular matrix and at most 1.
  ///
  /// A crude and cheap hint at the reciprocal condition number, of the matrix with scaled rows.
  public let reciprocalCondition: Double
  /// The number of entries in both factors, off-diagonal blocks included.
  public let factorEntryCount: Int
  private let factors: Mutex<Factors>

  /// Factors a square matrix.
  ///
  /// - Throws: ``SparseLUError``; in particular ``SparseLUError/singular(row:)``.
  public init(_ a: SparseMatrix) throws(SparseLUError) {
    guard a.rowCount == a.columnCount else {
      throw .notSquare(rowCount: a.rowCount, columnCount: a.columnCount)
    }
    if let k = a.values.firstIndex(where: { !$0.isFinite }) { throw .notFinite(entry: k) }
    let merged = a.mergingDuplicates().matrix
    var factors = try Factors(merged)
    self.dimension = a.rowCount
    self.reciprocalCondition = factors.reciprocalCondition()
    self.factorEntryCount = factors.entryCount
    self.factors = Mutex(factors)
  }

  /// The solution x of A x = b.
  ///
  /// - Shapes: `b` and the result have ``dimension`` entries.
  /// - Complexity: O(entries of the factors). Threads take turns on one factorization.
  public func solve(_ b: [Double]) -> [Double] {
    solved(b, columnCount: 1, transposed: false)
  }

  /// The solution x of Aᵀ x = b.
  ///
  /// - Shapes: `b` and the result have ``dimension`` entries.
  /// - Complexity: O(entries of the factors). Threads take turns on one factorization.
  public func solveTransposed(_ b: [Double]) -> [Double] {
    solved(b, columnCount: 1, transposed: true)
  }

  /// The solution X of A X = B.
  ///
  /// - Shapes: `b` and the result are *n × k*, n = ``dimension``.
  /// - Complexity: O(k · entries of the factors).
  public func solve(_ b: Matrix) -> Matrix {
    precondition(b.rowCount == dimension, "\(b.rowCount) rows, expected \(dimension)")
    return Matrix(
      b.rowCount, b.columnCount,
      columnMajor: solved(b.elements, columnCount: b.columnCount, transposed: false))
  }

  private func solved(_ b: [Double], columnCount: Int, transposed: Bool) -> [Double] {
    precondition(
      b.count == dimension * columnCount, "\(b.count) entries, expected \(dimension * columnCount)")
    var x = b
    if x.isEmpty { return x }
    factors.withLock { $0.solve(&x, columnCount: columnCount, transposed: transposed) }
    return x
  }
}

/// Why a sparse matrix has no LU factorization here.
public enum SparseLUError: Error, Equatable, Sendable {
  /// The matrix must be square.
  case notSquare(rowCount: Int, columnCount: Int)
  /// Stored entry number `entry` is infinite or not a number.
  case notFinite(entry: Int)
  /// The matrix is singular, structurally or numerically: no pivot was left for `row`, counted from
  /// zero. (KLU is given the transposed matrix and calls this row its column.)
  case singular(row: Int)
  /// The matrix or its factors have more entries than 32-bit indices reach.
  case tooLarge
  /// There was not enough memory.
  case outOfMemory
  /// KLU refused its input with this status.
  case failure(status: Int)
}

extension SparseLUError: CustomStringConvertible {
  /// The error in words.
  public var description: String {
    switch self {
    case .notSquare(let rowCount, let columnCount):
      "the matrix is \(rowCount) × \(columnCount), not square"
    case .notFinite(let entry): "stored entry \(entry) is not finite"
    case .singular(let row): "singular matrix: no pivot for row \(row)"
    case .tooLarge: "the sparse factors need more entries than 32-bit indices reach"
    case .outOfMemory: "not enough memory for the sparse factors"
    case .failure(let status): "KLU failed with status \(status)"
    }
  }
}

/// The owner of KLU's memory.
///
/// KLU reads compressed columns, so that the arrays of a row-compressed A describe Aᵀ to it. The
/// factors are therefore those of Aᵀ and the two directions of solving change places.
private struct Factors: ~Copyable {
  private var common = klu_common()
  private var symbolic: UnsafeMutablePointer<klu_symbolic>?
  private var numeric: UnsafeMutablePointer<klu_numeric>?
  private let dimension: Int

  init(_ a: SparseMatrix) throws(SparseLUError) {
    dimension = a.rowCount
    _ = klu_defaults(&common)
    if a.rowCount == 0 { return }
    guard a.rowCount < Int32.max, a.storedCount <= Int32.max else { throw .tooLarge }
    // KLU reads these arrays and keeps no pointer to them; its interface merely lacks `const`.
    var pointers = a.rowPointers.map { Int32(truncatingIfNeeded: $0) }
    var columns = a.columns
    var values = a.values
    symbolic = klu_analyze(Int32(a.rowCount), &pointers, &columns, &common)
    guard symbolic != nil else { throw Factors.error(common) }
    numeric = klu_factor(&pointers, &columns, &values, symbolic, &common)
    guard numeric != nil, common.status == KLU_OK else { throw Factors.error(common) }
  }

  deinit {
    var (common, symbolic, numeric) = (common, symbolic, numeric)
    _ = klu_free_numeric(&numeric, &common)
    _ = klu_free_symbolic(&symbolic, &common)
  }

  private static func error(_ common: klu_common) -> SparseLUError {
    switch common.status {
    case KLU_SINGULAR: .singular(row: Int(common.singular_col))
    case KLU_OUT_OF_MEMORY: .outOfMemory
    case KLU_TOO_LARGE: .tooLarge
    default: .failure(status: Int(common.status))
    }
  }

  var entryCount: Int {
    guard let numeric else { return 0 }
    return Int(numeric.pointee.lnz) + Int(numeric.pointee.unz) + Int(numeric.pointee.nzoff)
  }

  mutating func reciprocalCondition() -> Double {
    guard let symbolic, let numeric else { return 1 }
    _ = klu_rcond(symbolic, numeric, &common)
    return common.rcond
  }

  /// Replaces the right-hand sides by the solutions.
  mutating func solve(_ x: inout [Double], columnCount: Int, transposed: Bool) {
    // The arguments were checked by the caller, and then neither routine can fail.
    let (n, k) = (Int32(dimension), Int32(columnCount))
    let done =
      transposed
      ? klu_solve(symbolic, numeric, n, k, &x, &common)
      : klu_tsolve(symbolic, numeric, n, k, &x, &common)
    precondition(done != 0, "KLU refused a right-hand side of the right shape")
  }
}
