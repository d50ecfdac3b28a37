// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation
import Provably
import Synchronization

/// `provably reproduce`: run the experiments of claims and print the verdicts.
struct Reproduce: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run the experiments of claims, and judge them.",
    discussion: """
      EXAMPLES:
        provably reproduce tale-of-pessimism
        provably reproduce ucbvi --full --jobs 2 --store results.db
        provably reproduce pevi --full --shard 1/4 --store part1.db

      What is done is kept in the store: an interrupted run goes on where it was,
      and shards are put together by `provably merge`. The numbers depend on claim
      and seed only, not on jobs, shards or interruptions.

      Exit code 2 if a verdict is "inconsistent", 130 if interrupted, else 0.
      """)

  @Argument(
    help: "Studies or claims, as `provably claims` lists them; none means all.",
    completion: .list(StudySelection.names))
  var claims: [String] = []

  @OptionGroup var options: ResultOptions

  @Option(help: "How many threads compute; by default as many as there are cores.")
  var jobs: Int?

  @Option(help: ArgumentHelp("Compute only one part of the cells, such as 3/16.", valueName: "i/n"))
  var shard: String?

  @Option(help: ArgumentHelp("Write the pages into this folder as well.", valueName: "folder"))
  var out: String?

  @Option(help: ArgumentHelp("Write every cell as CSV, one file a claim.", valueName: "folder"))
  var export: String?

  @Flag(help: "Replace existing cells and whatever is in the way of a page.")
  var force = false

  func validate() throws {
    guard jobs.map({ $0 >= 1 && $0 <= 1024 }) ?? true else {
      throw ValidationError("--jobs needs a number between 1 and 1024")
    }
    if shard != nil && (out != nil || export != nil) {
      throw ValidationError("a shard has no verdict: merge the shards first, then report")
    }
  }

  func run() throws {
    let studies = try StudySelection.studies(named: claims)
    let shard = try self.shard.map { try Shard($0) } ?? .whole
    let selected = studies.flatMap(\.claims)
    let writer = out.map { PageWriter(options: options, out: $0, force: force) }
    let cells = export.map { CellExport(folder: $0, force: force) }
    if let writer {
      try writer.check(StudySelection.wholeStudies(named: studies.map(\.id)).map(\.id))
    }
    try cells?.check(selected)
    let store = try Store(path: options.store)
    try ClaimRuns(jobs: jobs, shard: shard, scale: options.scale.scale, seed: options.seed)
      .run(selected, into: store, named: options.store)
    guard shard == .whole else {
      print("shard \(shard) is done: merge the shards, then run provably report")
      return
    }
    let reports = try studies.map {
      try StudyReport($0, scale: options.scale.scale, seed: options.seed, in: store)
    }
    for report in reports { print(report.summaryText) }
    try cells?.write(selected, scale: options.scale.scale, seed: options.seed, from: store)
    try writer?.write(studies.map(\.id), from: store)
    if reports.contains(where: { $0.verdict == .inconsistent }) {
      throw ExitCode(Failure.Code.notConverged.rawValue)
    }
  }
}

extension StudyReport {
  /// The verdicts as lines for a terminal.
  var summaryText: String {
    var out = "\(study.id): \(tally)\n"
    for report in claims {
      out += "  \(report.judgement.verdict.rawValue.padding(to: 15))\(report.claim.title)\n"
      out += "                 \(report.judgement.finding)\n"
    }
    return out
  }
}

/// Progress of a run on standard error, when that is a terminal; Control-C ends the run after the
/// batches in flight.
final class RunLine: Sendable {
  private let title: String
  private let isTerminal = isatty(STDERR_FILENO) == 1
  private let lastWrite = Mutex(ContinuousClock.now - .seconds(1))

  init(title: String) {
    self.title = title
    signal(SIGINT) { _ in
      runWasInterrupted.store(true, ordering: .relaxed)
      signal(SIGINT, SIG_DFL)
    }
  }

  func report(_ progress: RunProgress) -> Bool {
    if isTerminal {
      lastWrite.withLock { last in
        let now = ContinuousClock.now
        guard now - last >= .milliseconds(200) else { return }
        last = now
        let rate = Double(progress.done) / max(progress.seconds, 1e-3)
        let left = Double(progress.total - progress.done) / max(rate, 1e-9)
        let line =
          "\r\u{1B}[K\(title): \(progress.done) of \(progress.total) cells, "
          + String(format: "%.0f a second, %.0f s left", rate, left)
        FileHandle.standardError.write(Data(line.utf8))
      }
    }
    return !runWasInterrupted.load(ordering: .relaxed)
  }

  func finish() {
    signal(SIGINT, SIG_DFL)
    if isTerminal { FileHandle.standardError.write(Data("\r\u{1B}[K".utf8)) }
  }
}

/// Set by Control-C.
private let runWasInterrupted = Atomic<Bool>(false)
