// SPDX-License-Identifier: Apache-2.0

/// An approximation M of a matrix whose inverse is cheap to apply.
///
/// The Krylov solvers precondition from the right: they solve A M⁻¹ u = b and return x = M⁻¹ u, so
/// that the residual they watch is that of the original system.
public protocol Preconditioner {
  /// Writes M⁻¹ r into `z`.
  ///
  /// - Parameters:
  ///   - r: The vector, with as many entries as the matrix has rows; it does not overlap `z`.
  ///   - z: Where M⁻¹ r goes, of the same length; its old contents are not read.
  func apply(_ r: UnsafeBufferPointer<Double>, into z: UnsafeMutableBufferPointer<Double>)
}

/// Why a preconditioner cannot be made from a matrix.
public enum PreconditionerError: Error, Equatable, Sendable {
  /// The matrix must be square.
  case notSquare(rowCount: Int, columnCount: Int)
  /// The pivot of `row` is zero, is missing from the pattern or is not finite.
  case zeroPivot(row: Int)
}

extension PreconditionerError: CustomStringConvertible {
  /// The error in words.
  public var description: String {
    switch self {
    case .notSquare(let rowCount, let columnCount):
      "the matrix is \(rowCount) × \(columnCount), not square"
    case .zeroPivot(let row):
      "the pivot of row \(row) is zero, missing or not finite"
    }
  }
}
