// SPDX-License-Identifier: Apache-2.0
import CShims

/// The operator I - γP of a square sparse matrix P and a factor γ, without forming it.
///
/// With P the transitions of a Markov chain and γ a discount, (I - γP) v = r says that v is the
/// discounted value of the rewards r.
///
/// - Complexity: O(stored entries + rows) an application; no memory of its own.
public struct DiscountedOperator: LinearOperator, Sendable {
  /// The matrix P.
  public let transitions: SparseMatrix
  /// The factor γ.
  public let discount: Double

  /// The number of rows and of columns.
  public var dimension: Int { transitions.rowCount }

  /// Creates the operator of a square matrix.
  public init(transitions: SparseMatrix, discount: Double) {
    precondition(
      transitions.rowCount == transitions.columnCount,
      "P is \(transitions.rowCount) × \(transitions.columnCount), not square")
    self.transitions = transitions
    self.discount = discount
  }

  /// Writes x - γ P x into `y`; both have ``dimension`` entries.
  public func apply(_ x: UnsafeBufferPointer<Double>, into y: UnsafeMutableBufferPointer<Double>) {
    let n = dimension
    precondition(x.count == n && y.count == n, "buffers of \(n) entries are needed")
    let gamma = discount
    transitions.withKernelPointers { pointers, columns, values in
      // Blocks of rows, so that y is still in the first-level cache for its second visit.
      var begin = 0
      while begin < n {
        let end = min(begin &+ 1_024, n)
        provably_sparse_times_vector(
          pointers, columns, values, Int64(begin), Int64(end), x.baseAddress, y.baseAddress)
        var i = begin
        while i < end {
          y[i] = x[i] - gamma * y[i]
          i &+= 1
        }
        begin = end
      }
    }
  }
}
