// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra

/// The transition probabilities of a model: one row for each choice (state, action).
///
/// - Shapes: *K × S*, K choices and S states. The dense form keeps row k as **column** k of an
///   *S × K* matrix, so that each row is contiguous in memory.
public enum TransitionMatrix: Equatable, Sendable {
  /// All entries, row k in column k of the matrix.
  case dense(Matrix)
  /// The nonzero entries, compressed by rows.
  case sparse(SparseMatrix)

  /// Which form to keep.
  public enum Storage: Sendable {
    /// Dense when at least ``TransitionMatrix/denseThreshold`` of the entries are stored.
    case automatic
    /// Dense always.
    case dense
    /// Sparse always.
    case sparse
  }

  /// The density from which the dense form is chosen: below it a sweep over the stored entries
  /// (12 bytes and one gather each) costs less than a sweep over all of them (8 bytes each).
  public static let denseThreshold = 0.25

  /// The number of rows K.
  public var rowCount: Int {
    switch self {
    case .dense(let matrix): matrix.columnCount
    case .sparse(let matrix): matrix.rowCount
    }
  }

  /// The number of states S.
  public var stateCount: Int {
    switch self {
    case .dense(let matrix): matrix.rowCount
    case .sparse(let matrix): matrix.columnCount
    }
  }

  /// The number of positive entries.
  ///
  /// - Complexity: O(entries).
  public var transitionCount: Int {
    switch self {
    case .dense(let matrix): matrix.elements.reduce(0) { $0 + ($1 > 0 ? 1 : 0) }
    case .sparse(let matrix): matrix.values.reduce(0) { $0 + ($1 > 0 ? 1 : 0) }
    }
  }

  /// The probability of next state `next` in row `row`.
  public func probability(row: Int, next: Int) -> Double {
    switch self {
    case .dense(let matrix): return matrix[next, row]
    case .sparse(let matrix):
      for k in matrix.entries(ofRow: row) where Int(matrix.columns[k]) == next {
        return matrix.values[k]
      }
      return 0
    }
  }

  /// Calls `body` with each next state of positive probability in row `row`, the probability, and
  /// the position of the entry (which indexes ``TabularMDP/outcomeRewards``).
  @inlinable
  public func forEachEntry(
    row: Int, _ body: (_ next: Int, _ probability: Double, _ position: Int) -> Void
  ) {
    switch self {
    case .dense(let matrix):
      let start = row &* matrix.rowCount
      for next in 0..<matrix.rowCount where matrix.elements[start &+ next] > 0 {
        body(next, matrix.elements[start &+ next], start &+ next)
      }
    case .sparse(let matrix):
      for k in matrix.rowPointers[row]..<matrix.rowPointers[row &+ 1] where matrix.values[k] > 0 {
        body(Int(truncatingIfNeeded: matrix.columns[k]), matrix.values[k], k)
      }
    }
  }

  /// The same probabilities in dense form.
  public func denseForm() -> Matrix {
    switch self {
    case .dense(let matrix): return matrix
    case .sparse(let sparse):
      var matrix = Matrix(sparse.columnCount, sparse.rowCount)
      for row in 0..<sparse.rowCount {
        for k in sparse.entries(ofRow: row) {
          matrix[Int(sparse.columns[k]), row] += sparse.values[k]
        }
      }
      return matrix
    }
  }

  /// The same probabilities in sparse form; zeros of a dense matrix are dropped.
  public func sparseForm() -> SparseMatrix {
    switch self {
    case .sparse(let matrix): return matrix
    case .dense(let matrix):
      var pointers = [0]
      pointers.reserveCapacity(matrix.columnCount + 1)
      var columns: [Int32] = []
      var values: [Double] = []
      for row in 0..<matrix.columnCount {
        for next in 0..<matrix.rowCount where matrix[next, row] != 0 {
          columns.append(Int32(next))
          values.append(matrix[next, row])
        }
        pointers.append(values.count)
      }
      do {
        return try SparseMatrix(
          rowCount: matrix.columnCount, columnCount: matrix.rowCount, rowPointers: pointers,
          columns: columns, values: values)
      } catch { preconditionFailure("\(error)") }
    }
  }
}
