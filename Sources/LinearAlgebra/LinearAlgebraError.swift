// SPDX-License-Identifier: Apache-2.0

/// Why a dense factorization or solve failed.
///
/// `info` is always the number that the LAPACK routine returned: positive values count rows,
/// columns or pivots from one, as LAPACK does.
public enum LinearAlgebraError: Error, Hashable, Sendable {
  /// The factorization exists only for square matrices.
  case notSquare(rowCount: Int, columnCount: Int)
  /// An entry is infinite or not a number.
  case notFinite(row: Int, column: Int)
  /// Pivot number `info` of the factorization is exactly zero.
  case singular(routine: String, info: Int)
  /// The leading minor of order `info` is not positive.
  case notPositiveDefinite(routine: String, info: Int)
  /// The iteration inside the routine did not converge; `info` quantities are missing.
  case noConvergence(routine: String, info: Int)
  /// The routine refused an argument (negative `info`) or found no memory (-1010, -1011).
  case failure(routine: String, info: Int)
}

extension LinearAlgebraError: CustomStringConvertible {
  /// The error in words.
  public var description: String {
    switch self {
    case .notSquare(let rowCount, let columnCount):
      "the matrix is \(rowCount) × \(columnCount), not square"
    case .notFinite(let row, let column):
      "entry (\(row), \(column)) is not finite"
    case .singular(let routine, let info):
      "singular matrix: pivot \(info) is zero (\(routine), info = \(info))"
    case .notPositiveDefinite(let routine, let info):
      "not positive definite: leading minor of order \(info) (\(routine), info = \(info))"
    case .noConvergence(let routine, let info):
      "no convergence (\(routine), info = \(info))"
    case .failure(let routine, let info):
      "\(routine) failed with info = \(info)"
    }
  }
}
