// SPDX-License-Identifier: Apache-2.0
import Foundation
import Provably

/// Runs claims one after the other with a line of progress.
struct ClaimRuns {
  let jobs: Int?
  var shard = Shard.whole
  let scale: Scale
  let seed: UInt64

  /// Runs what the store lacks.
  func run(_ claims: [any Claim], into store: Store, named path: String) throws {
    let jobs = self.jobs ?? ProcessInfo.processInfo.activeProcessorCount
    for (index, claim) in claims.enumerated() {
      let line = RunLine(title: "\(claim.id) (\(index + 1) of \(claims.count))")
      let runner = Runner(store: store, jobs: jobs, shard: shard) { line.report($0) }
      defer { line.finish() }
      let summary = try runner.run(claim, scale: scale, seed: seed)
      if summary.isInterrupted {
        throw Failure(
          .interrupted, "interrupted; what was done is in \(path)",
          hint: "the same command goes on from there")
      }
    }
  }
}

/// Writes the cells of claims as CSV, one file a claim.
struct CellExport {
  let folder: String
  let force: Bool

  private func path(_ claim: any Claim) -> String {
    folder + "/" + claim.id.split(separator: "/").joined(separator: "-") + ".csv"
  }

  /// Refuses early, before any work is done, to overwrite a file.
  func check(_ claims: [any Claim]) throws {
    guard FileManager.default.fileExists(atPath: folder) else { return }
    for claim in claims { try OutputFile(path: path(claim), force: force).check() }
  }

  /// Writes the files, each under a temporary name first.
  func write(_ claims: [any Claim], scale: Scale, seed: UInt64, from store: Store) throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try check(claims)
    for claim in claims {
      let results = try Results(claim, scale: scale, seed: seed, in: store)
      let path = path(claim)
      let draft = path + ".part-\(ProcessInfo.processInfo.processIdentifier)"
      guard FileManager.default.createFile(atPath: draft, contents: nil),
        let handle = FileHandle(forWritingAtPath: draft)
      else { throw Failure(.failed, "\(path) cannot be written") }
      do {
        try results.exportCSV { try handle.write(contentsOf: Data(($0 + "\n").utf8)) }
        try handle.close()
        guard rename(draft, path) == 0 else { throw Failure(.failed, "\(path) cannot be written") }
      } catch {
        unlink(draft)
        throw error
      }
    }
  }
}
