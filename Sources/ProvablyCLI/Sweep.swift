// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation
import Provably

/// `provably sweep`: a user's own grid of environments and learners.
struct Sweep: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run a grid of environments and learners from a file, and report it.",
    discussion: """
      EXAMPLES:
        provably sweep river.json --out pages
        provably sweep river.json --jobs 2 --store river.db --export cells

      The file, with every field (expect may be left out):
        {"name": "river", "environments": ["riverswim:states=6"], "horizon": 20,
         "episodes": 2000, "trials": 20,
         "learners": [{"algorithm": "ucbvi", "multiplier": 0.1},
                      {"algorithm": "greedy"}],
         "expect": [{"learner": "ucbvi c=0.1", "environment": "riverswim:states=6",
                     "slope": 0.5, "within": 0.2, "from": 200, "to": 2000}]}

      Algorithms: ucbvi, ucbvi-bernstein, greedy. An expectation is a criterion
      stated before the run and gets a verdict; exit code 2 if it is "inconsistent".
      """)

  @Argument(help: "The specification, a JSON file.", completion: .file(extensions: ["json"]))
  var file: String

  @Option(help: "The seed of all randomness.")
  var seed: UInt64 = 1

  @Option(help: "How many threads compute; by default as many as there are cores.")
  var jobs: Int?

  @Option(help: ArgumentHelp("The store of results; made if there is none.", valueName: "file"))
  var store = "provably-results.db"

  @Option(help: ArgumentHelp("The folder of the page.", valueName: "folder"))
  var out: String?

  @Option(help: ArgumentHelp("Write every cell as CSV into this folder.", valueName: "folder"))
  var export: String?

  @Flag(help: "Replace existing cells and whatever is in the way of a page.")
  var force = false

  func validate() throws {
    guard jobs.map({ $0 >= 1 && $0 <= 1024 }) ?? true else {
      throw ValidationError("--jobs needs a number between 1 and 1024")
    }
  }

  func run() throws {
    guard let data = FileManager.default.contents(atPath: file) else {
      throw Failure(.badInput, "\(file): there is no such file, or it cannot be read")
    }
    let claim: SweepClaim
    do {
      claim = try SweepClaim(SweepSpecification(json: data))
    } catch { throw Failure(.badInput, "\(file): \(error)") }
    let study = claim.study(commands: [
      "provably sweep \(URL(fileURLWithPath: file).lastPathComponent) --seed \(seed)"
    ])
    let writer = out.map { ReportWriter(folder: URL(fileURLWithPath: $0), replaces: force) }
    let cells = export.map { CellExport(folder: $0, force: force) }
    try writer?.check(study.id, scale: .full, seed: seed)
    try cells?.check([claim])
    let store = try Store(path: self.store)
    try ClaimRuns(jobs: jobs, scale: .full, seed: seed).run([claim], into: store, named: self.store)
    let report = try StudyReport(study, scale: .full, seed: seed, in: store)
    print(report.summaryText)
    try cells?.write([claim], scale: .full, seed: seed, from: store)
    if let out, let writer {
      let facts = RunFacts(
        report, version: Main.version, commit: PageWriter.commit,
        linearAlgebra: PageWriter.linearAlgebra)
      try writer.write(report, facts: facts)
      print("\(out)/\(study.id)/README.md")
    }
    if report.verdict == .inconsistent {
      throw ExitCode(Failure.Code.notConverged.rawValue)
    }
  }
}
