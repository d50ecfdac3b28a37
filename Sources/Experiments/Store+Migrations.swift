// SPDX-License-Identifier: Apache-2.0
import Foundation
import GRDB

/// The tables of a store:
///
///     experiment (id, claim, seed, fingerprint)      one per claim and seed
///     point      (id, experiment, key)               one per grid point
///     cell       (point, trial, numbers, checksum)   one per trial; little-endian doubles; the
///                                                    checksum since version 3
///     fact       (experiment, name, value)           since version 2; wall time and the like
extension Store {
  /// The version of the tables that this program writes.
  static let schemaVersion = 3
  /// Marks a SQLite file as a store: the letters `PRVB`.
  static let applicationID = 0x5052_5642

  /// Refuses what is no store of this version, over a connection that cannot write.
  ///
  /// A pool changes a file as soon as it is opened: it sets the journal mode, for one.
  static func refuseBeforeWriting(_ path: String, version: Int) throws {
    // Not FileManager's attributes: they ask for the name of the owner, perhaps over a network.
    var status = stat()
    guard stat(path, &status) == 0, status.st_size > 0 else { return }
    var configuration = Configuration()
    configuration.readonly = true
    configuration.busyMode = .timeout(30)
    do {
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      defer { try? queue.close() }
      try queue.read { _ = try storedVersion($0, path: path, version: version) }
    } catch is DatabaseError {
      // A run that was killed can leave a file that only a writer may recover; and what is no database
      // at all is refused, unchanged, when the pool opens it.
    }
  }

  /// The version of a store; 0 for a database without tables.
  ///
  /// - Throws: ``ExperimentError/badStore(_:)`` if it is not a store, or not of this version or earlier.
  private static func storedVersion(
    _ database: Database, path: String, version: Int
  ) throws -> Int {
    let id = try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0
    let stored = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
    let tables = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master") ?? 0
    guard id == applicationID || (id == 0 && tables == 0) else {
      throw ExperimentError.badStore("\(path) is a database, but not a store of provably")
    }
    guard stored >= 0 else {
      throw ExperimentError.badStore("\(path) is damaged: it says that its version is \(stored)")
    }
    guard stored <= version else {
      throw ExperimentError.badStore(
        "\(path) is a store of version \(stored), written by a later provably; this one reads up "
          + "to version \(version)")
    }
    return stored
  }

  /// Brings a new or older store to a version.
  static func prepare(_ pool: DatabasePool, path: String, version: Int) throws {
    try pool.writeWithoutTransaction { database in
      let stored = try storedVersion(database, path: path, version: version)
      if stored == version { return }
      try database.inTransaction(.immediate) {
        // Another process may have done it while this one waited for the lock.
        let now = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
        for step in stride(from: now + 1, through: version, by: 1) {
          for statement in migrations[step - 1] { try database.execute(sql: statement) }
        }
        try database.execute(sql: "PRAGMA application_id = \(applicationID)")
        try database.execute(sql: "PRAGMA user_version = \(max(now, version))")
        return .commit
      }
    }
  }

  /// The statements that lead from each version to the next.
  private static let migrations: [[String]] = [
    [
      """
      CREATE TABLE experiment (
        id INTEGER PRIMARY KEY, claim TEXT NOT NULL, seed INTEGER NOT NULL,
        fingerprint TEXT NOT NULL, UNIQUE (claim, seed))
      """,
      """
      CREATE TABLE point (
        id INTEGER PRIMARY KEY, experiment INTEGER NOT NULL REFERENCES experiment (id),
        key TEXT NOT NULL, UNIQUE (experiment, key))
      """,
      """
      CREATE TABLE cell (
        point INTEGER NOT NULL REFERENCES point (id), trial INTEGER NOT NULL,
        numbers BLOB NOT NULL, PRIMARY KEY (point, trial)) WITHOUT ROWID
      """,
    ],
    [
      """
      CREATE TABLE fact (
        experiment INTEGER NOT NULL REFERENCES experiment (id), name TEXT NOT NULL,
        value TEXT NOT NULL, PRIMARY KEY (experiment, name)) WITHOUT ROWID
      """
    ],
    [
      "ALTER TABLE cell ADD COLUMN checksum INTEGER",
      "UPDATE cell SET checksum = cell_checksum(trial, numbers)",
    ],
  ]
}
