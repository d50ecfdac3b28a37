// SPDX-License-Identifier: Apache-2.0
import Foundation
import GRDB

extension Store {
  /// What a store holds of one experiment.
  public struct Summary: Hashable, Sendable {
    /// The claim's id.
    public let claim: String
    /// The seed of the run.
    public let seed: UInt64
    /// How many points have results.
    public let points: Int
    /// How many cells there are.
    public let cells: Int
  }

  /// What the store holds, by claim and seed.
  ///
  /// - Throws: ``ExperimentError/badStore(_:)`` or ``ExperimentError/unavailableStore(_:)``.
  /// - Complexity: O(cells).
  public func summaries() throws -> [Summary] {
    try reading { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT claim, seed, count(DISTINCT point.id) AS points, count(cell.trial) AS cells
          FROM experiment LEFT JOIN point ON experiment = experiment.id
          LEFT JOIN cell ON point = point.id
          GROUP BY experiment.id ORDER BY claim, seed
          """
      ).map { row in
        Summary(
          claim: try row.value("claim"), seed: UInt64(bitPattern: try row.value("seed")),
          points: try row.value("points"), cells: try row.value("cells"))
      }
    }
  }

  /// A digest of all results.
  ///
  /// It covers claims, seeds, points, trials and numbers, in that order, and no facts of runs; so it is
  /// equal for any number of jobs, any shards and any interruptions.
  ///
  /// - Throws: ``ExperimentError/badStore(_:)`` or ``ExperimentError/unavailableStore(_:)``.
  /// - Complexity: O(bytes).
  public func digest() throws -> Digest {
    try reading { database in
      var digest = Digest()
      let cursor = try Row.fetchCursor(
        database,
        sql: """
          SELECT claim, seed, fingerprint, key, trial, numbers
          FROM experiment JOIN point ON experiment = experiment.id JOIN cell ON point = point.id
          ORDER BY claim, seed, key, trial
          """)
      while let row = try cursor.next() {
        for column in 0..<5 { digest.add(String(describing: row[column] as DatabaseValue)) }
        try row.withUnsafeData(atIndex: 5) { digest.add($0 ?? Data()) }
      }
      return digest
    }
  }

  /// Adds all cells of another store.
  ///
  /// - Returns: How many cells were new.
  /// - Throws: ``ExperimentError/otherRevision(_:)`` if a claim was revised in between;
  ///   ``ExperimentError/conflict(_:)`` if both have a cell with different numbers. This store is
  ///   then as it was before.
  public func merge(_ other: Store) throws -> Int {
    try writing { database in
      try other.reading { source in
        var added = 0
        let experiments = try Row.fetchAll(
          source, sql: "SELECT id, claim, seed, fingerprint FROM experiment ORDER BY claim, seed")
        for row in experiments {
          let key = ExperimentKey(
            claim: try row.value("claim"), seed: UInt64(bitPattern: try row.value("seed")),
            fingerprint: try row.value("fingerprint"))
          let experiment: Int64
          if let id = try Self.find(key, in: database, path: self.path) {
            experiment = id
          } else {
            try database.execute(
              sql: "INSERT INTO experiment (claim, seed, fingerprint) VALUES (?, ?, ?)",
              arguments: [key.claim, Int64(bitPattern: key.seed), key.fingerprint])
            experiment = database.lastInsertedRowID
          }
          added += try Self.mergePoints(
            of: try row.value("id"), from: source, into: experiment, in: database,
            named: "\(self.path) and \(other.path), \(key.claim)")
        }
        return added
      }
    }
  }

  private static func mergePoints(
    of experiment: Int64, from source: Database, into target: Int64, in database: Database,
    named name: String
  ) throws -> Int {
    var added = 0
    let points = try Row.fetchAll(
      source, sql: "SELECT id, key FROM point WHERE experiment = ? ORDER BY id",
      arguments: [experiment])
    for row in points {
      let key = try row.value("key", as: String.self)
      try database.execute(
        sql: "INSERT OR IGNORE INTO point (experiment, key) VALUES (?, ?)",
        arguments: [target, key])
      let point = try Self.point(key, of: target, in: database)
      let insert = try database.cachedStatement(
        sql: "INSERT OR IGNORE INTO cell (point, trial, numbers, checksum) VALUES (?, ?, ?, ?)")
      let cells = try Row.fetchCursor(
        source, sql: "SELECT trial, numbers, checksum FROM cell WHERE point = ? ORDER BY trial",
        arguments: [try row.value("id", as: Int64.self)])
      while let cell = try cells.next() {
        let trial = try cell.value("trial", as: Int.self)
        let numbers = try cell.value("numbers", as: Data.self)
        let checksum = try cell.value("checksum", as: Int64.self)
        guard checksum == Self.checksum(ofTrial: trial, numbers) else {
          throw ExperimentError.badStore(
            "\(name), point \(key), trial \(trial): the numbers are not those that were written")
        }
        try insert.execute(arguments: [point, trial, numbers, checksum])
        if database.changesCount == 1 {
          added += 1
        } else {
          let mine = try Data.fetchOne(
            database, sql: "SELECT numbers FROM cell WHERE point = ? AND trial = ?",
            arguments: [point, trial])
          guard mine == numbers else {
            throw ExperimentError.conflict(
              "\(name), point \(key), trial \(trial): the two stores hold different numbers")
          }
        }
      }
    }
    return added
  }

  /// Looks for damage: SQLite's integrity check, references, and the lengths and checksums of cells.
  ///
  /// - Returns: What was found; empty for a sound store.
  /// - Throws: Errors that are not SQLite's; those are part of what was found.
  /// - Complexity: O(bytes).
  public func damage() throws -> [String] {
    do {
      return try reading { database in
        var found = try String.fetchAll(database, sql: "PRAGMA integrity_check").filter {
          $0 != "ok"
        }
        found += try Row.fetchAll(database, sql: "PRAGMA foreign_key_check").map {
          "a row of \(try $0.value("table", as: String.self)) refers to nothing"
        }
        let lengths = try Row.fetchAll(
          database,
          sql: """
            SELECT claim, count(DISTINCT length(numbers)) AS lengths, min(length(numbers) % 8) AS low,
              max(length(numbers) % 8) AS high,
              sum(checksum IS NOT cell_checksum(trial, numbers)) AS altered
            FROM experiment JOIN point ON experiment = experiment.id JOIN cell ON point = point.id
            GROUP BY experiment.id
            """)
        for row in lengths {
          let facts = try ["lengths", "low", "high"].map { try row.value($0, as: Int.self) }
          let claim = try row.value("claim", as: String.self)
          if facts != [1, 0, 0] { found.append("cells of \(claim) have different or odd lengths") }
          let altered = try row.value("altered", as: Int.self)
          if altered > 0 {
            found.append("\(altered) cells of \(claim) are not as they were written")
          }
        }
        return found
      }
    } catch ExperimentError.badStore(let reason) {
      return [reason]
    }
  }
}
