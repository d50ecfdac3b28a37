// SPDX-License-Identifier: Apache-2.0
import CLAPACKE

/// The constants and conversions that every call into LAPACK needs.
enum LAPACK {
  static let columnMajor = CInt(LAPACK_COL_MAJOR)
  static let lower = CChar(UInt8(ascii: "L"))
  static let upper = CChar(UInt8(ascii: "U"))
  static let noTranspose = CChar(UInt8(ascii: "N"))
  static let transpose = CChar(UInt8(ascii: "T"))
  static let left = CChar(UInt8(ascii: "L"))
  static let nonUnit = CChar(UInt8(ascii: "N"))
  static let values = CChar(UInt8(ascii: "N"))
  static let vectors = CChar(UInt8(ascii: "V"))
  static let thin = CChar(UInt8(ascii: "S"))
  static let oneNorm = CChar(UInt8(ascii: "1"))

  /// A size as LAPACK's integer.
  static func size(_ n: Int) -> CLapackInt { CLapackInt(n) }

  /// A leading dimension, which must be at least one even for an empty matrix.
  static func leading(_ n: Int) -> CLapackInt { CLapackInt(max(1, n)) }

  /// Checks a matrix that is about to be factored.
  ///
  /// - Complexity: O(entries).
  static func check(_ a: Matrix, square: Bool) throws(LinearAlgebraError) {
    if square && a.rowCount != a.columnCount {
      throw .notSquare(rowCount: a.rowCount, columnCount: a.columnCount)
    }
    if let k = a.elements.firstIndex(where: { !$0.isFinite }) {
      throw .notFinite(row: k % a.rowCount, column: k / a.rowCount)
    }
  }

  /// Turns an `info` that should have been zero, and has no meaning of its own, into an error.
  static func require(_ info: CLapackInt, _ routine: String) throws(LinearAlgebraError) {
    if info != 0 { throw .failure(routine: routine, info: Int(info)) }
  }
}
