// SPDX-License-Identifier: Apache-2.0
import Foundation
import GRDB

// How a store reaches its file: whatever the file holds, and whatever the disk does, ends in a value or
// in an error of this module.
extension Store {
  /// Reads the database.
  ///
  /// - Throws: ``ExperimentError/badStore(_:)`` for a damaged file,
  ///   ``ExperimentError/unavailableStore(_:)`` for one that cannot be read now, and what `body` throws.
  func reading<Value>(_ body: (Database) throws -> Value) throws -> Value {
    try Self.translating(path) { try pool.read(body) }
  }

  /// Changes the database in one transaction: all of it, or nothing.
  ///
  /// - Throws: As ``reading(_:)``.
  func writing<Value>(_ body: (Database) throws -> Value) throws -> Value {
    try Self.translating(path) { try pool.write(body) }
  }

  /// A checksum of a cell: a flipped bit in its numbers is noticed, which SQLite by itself does not.
  static func checksum(ofTrial trial: Int, _ bytes: Data) -> Int64 {
    var digest = Digest()
    withUnsafeBytes(of: Int64(trial).littleEndian) { digest.add($0) }
    bytes.withUnsafeBytes { digest.add($0) }
    return Int64(bitPattern: digest.value)
  }

  /// `cell_checksum(trial, numbers)` in SQL; 0 for what is no cell.
  static let checksumFunction = DatabaseFunction("cell_checksum", argumentCount: 2, pure: true) {
    guard let trial = Int.fromDatabaseValue($0[0]), let bytes = Data.fromDatabaseValue($0[1])
    else { return Int64(0) }
    return checksum(ofTrial: trial, bytes)
  }

  /// Turns the errors of SQLite into errors of this module.
  static func translating<Value>(_ path: String, _ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch let error as DatabaseError {
      let reason = error.message ?? "SQLite error \(error.resultCode)"
      switch error.resultCode {
      case .SQLITE_FULL, .SQLITE_IOERR, .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM,
        .SQLITE_BUSY, .SQLITE_LOCKED, .SQLITE_NOMEM:
        throw ExperimentError.unavailableStore(
          "\(path) cannot be used as a store now: \(reason)")
      default:
        throw ExperimentError.badStore("\(path) cannot be used as a store: \(reason)")
      }
    } catch let error as DamagedRow {
      throw ExperimentError.badStore("\(path) is damaged: a row has no proper \(error.column)")
    } catch is RowDecodingError {
      throw ExperimentError.badStore("\(path) is damaged: a row has a value of the wrong kind")
    }
  }
}

/// A row of a store that does not hold what the tables promise.
private struct DamagedRow: Error {
  let column: String
}

extension Row {
  /// The value of a column; an error where GRDB's subscript would end the program.
  func value<Value: DatabaseValueConvertible>(
    _ column: String, as: Value.Type = Value.self
  ) throws -> Value {
    guard let stored: DatabaseValue = self[column], let value = Value.fromDatabaseValue(stored)
    else { throw DamagedRow(column: column) }
    return value
  }
}
