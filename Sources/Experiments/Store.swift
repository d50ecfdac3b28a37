// SPDX-License-Identifier: Apache-2.0
import Foundation
import GRDB

/// The results of experiments in one SQLite file.
///
/// A cell is written in the transaction of its batch, so a process that dies loses at most the batch
/// in flight. The file is a plain SQLite database in WAL mode; see `Store+Migrations.swift`.
///
/// - Complexity: about 10⁵ cells a second; a cell of *w* numbers takes 8*w* + 29 bytes.
public final class Store: Sendable {
  /// Where the file is.
  public let path: String
  let pool: DatabasePool

  /// Opens a store, and creates it if there is none.
  ///
  /// - Throws: ``ExperimentError/badStore(_:)`` if the file is not a store, is damaged, was written by
  ///   a later version, or cannot be written.
  public convenience init(path: String) throws {
    try self.init(path: path, version: Self.schemaVersion)
  }

  /// Opens a store as an earlier version of the program would have; for tests of migrations.
  init(path: String, version: Int) throws {
    self.path = path
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue
    else { throw ExperimentError.badStore("\(path): there is no folder \(folder)") }
    pool = try Self.translating(path) {
      try Self.refuseBeforeWriting(path, version: version)
      var configuration = Configuration()
      configuration.busyMode = .timeout(30)
      // Readers must not starve the two workers of the runner.
      configuration.maximumReaderCount = 4
      configuration.prepareDatabase { $0.add(function: Self.checksumFunction) }
      let pool = try DatabasePool(path: path, configuration: configuration)
      try Self.prepare(pool, path: path, version: version)
      return pool
    }
  }

  /// What identifies the results of a claim in a store.
  struct ExperimentKey: Hashable, Sendable {
    let claim: String
    let seed: UInt64
    let fingerprint: String
  }

  /// The number of an experiment, which is entered if it is new.
  ///
  /// - Throws: ``ExperimentError/otherRevision(_:)`` if the store has the claim under another
  ///   fingerprint.
  func experiment(_ key: ExperimentKey) throws -> Int64 {
    try writing { database in
      if let id = try Self.find(key, in: database, path: self.path) { return id }
      try database.execute(
        sql: "INSERT INTO experiment (claim, seed, fingerprint) VALUES (?, ?, ?)",
        arguments: [key.claim, Int64(bitPattern: key.seed), key.fingerprint])
      return database.lastInsertedRowID
    }
  }

  /// The number of an experiment; `nil` if the store has none.
  func existingExperiment(_ key: ExperimentKey) throws -> Int64? {
    try reading { try Self.find(key, in: $0, path: self.path) }
  }

  static func find(
    _ key: ExperimentKey, in database: Database, path: String
  ) throws -> Int64? {
    let row = try Row.fetchOne(
      database, sql: "SELECT id, fingerprint FROM experiment WHERE claim = ? AND seed = ?",
      arguments: [key.claim, Int64(bitPattern: key.seed)])
    guard let row else { return nil }
    guard try row.value("fingerprint", as: String.self) == key.fingerprint else {
      throw ExperimentError.otherRevision(
        "\(path) holds results of another revision of \(key.claim); give another --store, or remove "
          + "that one")
    }
    return try row.value("id", as: Int64.self)
  }

  /// The number of a point, which is entered if it is new.
  func point(_ key: String, of experiment: Int64) throws -> Int64 {
    try writing { database in
      try database.execute(
        sql: "INSERT OR IGNORE INTO point (experiment, key) VALUES (?, ?)",
        arguments: [experiment, key])
      return try Self.point(key, of: experiment, in: database)
    }
  }

  /// The number of a point that was just entered.
  static func point(_ key: String, of experiment: Int64, in database: Database) throws -> Int64 {
    let id = try Int64.fetchOne(
      database, sql: "SELECT id FROM point WHERE experiment = ? AND key = ?",
      arguments: [experiment, key])
    guard let id else { throw ExperimentError.badStore("the point \(key) cannot be entered") }
    return id
  }

  /// The number of a point; `nil` if the store has none.
  func existingPoint(_ key: String, of experiment: Int64) throws -> Int64? {
    try reading {
      try Int64.fetchOne(
        $0, sql: "SELECT id FROM point WHERE experiment = ? AND key = ?",
        arguments: [experiment, key])
    }
  }

  /// The trials of a point that are stored, as increasing ranges.
  func trials(of point: Int64) throws -> [Range<Int>] {
    try reading { database in
      var ranges: [Range<Int>] = []
      let cursor = try Int.fetchCursor(
        database, sql: "SELECT trial FROM cell WHERE point = ? ORDER BY trial", arguments: [point])
      while let trial = try cursor.next() {
        if let last = ranges.last, last.upperBound == trial {
          ranges[ranges.count - 1] = last.lowerBound..<trial + 1
        } else {
          ranges.append(trial..<trial + 1)
        }
      }
      return ranges
    }
  }

  /// Writes consecutive trials of a point in one transaction.
  func write(_ trials: [(trial: Int, numbers: [Double])], of point: Int64) throws {
    try writing { database in
      let statement = try database.cachedStatement(
        sql: "INSERT OR REPLACE INTO cell (point, trial, numbers, checksum) VALUES (?, ?, ?, ?)")
      for (trial, numbers) in trials {
        let bytes = Self.bytes(of: numbers)
        try statement.execute(
          arguments: [point, trial, bytes, Self.checksum(ofTrial: trial, bytes)])
      }
    }
  }

  /// Hands the numbers `range` of the trials `0 ..< count` of a point, in the order of trials.
  ///
  /// - Returns: How many there were; fewer than `count` if some trial is missing.
  func read(
    _ range: Range<Int>, width: Int, trialsBelow count: Int, of point: Int64,
    _ body: (Int, UnsafeBufferPointer<Double>) throws -> Void
  ) throws -> Int {
    try reading { database in
      let cursor = try Row.fetchCursor(
        database,
        sql: """
          SELECT trial, numbers, checksum FROM cell WHERE point = ? AND trial < ? ORDER BY trial
          """,
        arguments: [point, count])
      var buffer = [Double](repeating: 0, count: range.count)
      var found = 0
      while let row = try cursor.next() {
        let trial = try row.value("trial", as: Int.self)
        let checksum = try row.value("checksum", as: Int64.self)
        try row.withUnsafeData(atIndex: 1) { data in
          guard let data, data.count == 8 * width else {
            throw ExperimentError.badStore("\(self.path) is damaged: a cell has the wrong length")
          }
          guard Self.checksum(ofTrial: trial, data) == checksum else {
            throw ExperimentError.badStore(
              "\(self.path) is damaged: the numbers of a trial are not those that were written; "
                + "provably store check says of which claim")
          }
          data.withUnsafeBytes { bytes in
            for (i, place) in range.enumerated() {
              let bits = bytes.loadUnaligned(fromByteOffset: 8 * place, as: UInt64.self)
              buffer[i] = Double(bitPattern: UInt64(littleEndian: bits))
            }
          }
        }
        try buffer.withUnsafeBufferPointer { try body(trial, $0) }
        found += 1
      }
      return found
    }
  }

  /// Notes a fact about a run of an experiment, such as its wall time; facts are no results.
  func note(_ name: String, _ value: String, of experiment: Int64) throws {
    try writing {
      try $0.execute(
        sql: "INSERT OR REPLACE INTO fact (experiment, name, value) VALUES (?, ?, ?)",
        arguments: [experiment, name, value])
    }
  }

  /// A fact about an experiment.
  func fact(_ name: String, of experiment: Int64) throws -> String? {
    try reading {
      try String.fetchOne(
        $0, sql: "SELECT value FROM fact WHERE experiment = ? AND name = ?",
        arguments: [experiment, name])
    }
  }

  /// The numbers of a cell as little-endian bytes.
  static func bytes(of numbers: [Double]) -> Data {
    var data = Data(capacity: 8 * numbers.count)
    for number in numbers {
      withUnsafeBytes(of: number.bitPattern.littleEndian) { data.append(contentsOf: $0) }
    }
    return data
  }
}
