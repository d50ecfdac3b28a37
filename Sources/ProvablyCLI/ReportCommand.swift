// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation
import Provably

/// `provably report`: write the pages of studies from a store.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Write report pages from stored results.",
    discussion: """
      EXAMPLES:
        provably report --full --store results.db --out Reports
        provably report tale-of-pessimism --out pages

      Writes a folder a study (page, figures in two themes, numbers as CSV) and,
      when no study is named, the atlas: README.md and index.html, a page without
      network.
      Nothing is run; results that are missing are named with the command to run.
      """)

  @Argument(
    help: "Studies; none means all that have complete results.",
    completion: .list(Catalogue.studies.map(\.id)))
  var studies: [String] = []

  @OptionGroup var options: ResultOptions

  @Option(help: ArgumentHelp("The folder of the reports.", valueName: "folder"))
  var out = "Reports"

  func run() throws {
    guard FileManager.default.fileExists(atPath: options.store) else {
      throw Failure(
        .badInput, "\(options.store): there is no such store",
        hint: "provably reproduce makes one")
    }
    let store = try Store(path: options.store)
    let named = try StudySelection.wholeStudies(named: studies).map(\.id)
    try PageWriter(options: options, out: out).write(
      named, from: store, skipsMissing: studies.isEmpty)
  }
}

/// Writes pages, and the atlas of what is written together.
struct PageWriter {
  let options: ResultOptions
  let out: String

  /// Writes the pages of studies and the atlas over them.
  func write(_ ids: [String], from store: Store, skipsMissing: Bool = false) throws {
    let writer = ReportWriter(folder: URL(fileURLWithPath: out))
    var reports: [StudyReport] = []
    for study in Catalogue.studies where ids.contains(study.id) {
      do {
        let report = try StudyReport(
          study, scale: options.scale.scale, seed: options.seed, in: store)
        let facts = RunFacts(
          report, version: Main.version, commit: Self.commit,
          linearAlgebra: Self.linearAlgebra)
        try writer.write(report, facts: facts)
        reports.append(report)
        print("\(out)/\(study.id)/README.md: \(report.tally)")
      } catch ExperimentError.missing(let text) where skipsMissing {
        printError("left out: \(text)")
      }
    }
    guard !reports.isEmpty else {
      throw Failure(.badInput, "no study has complete results in \(options.store)")
    }
    try writer.write(Atlas(reports))
    print("\(out)/index.html: the atlas, \(reports.count) studies")
  }

  /// What the build links.
  static let linearAlgebra = "LAPACKE, CBLAS as the system provides them"

  /// The commit that is checked out where the program runs, if that is a repository.
  static var commit: String? {
    func read(_ path: String) -> String? {
      (try? String(contentsOfFile: path, encoding: .utf8))?
        .trimmingCharacters(in: .whitespacesAndNewlines)
    }
    guard let head = read(".git/HEAD") else { return nil }
    guard head.hasPrefix("ref: ") else { return head }
    return read(".git/" + head.dropFirst(5))
  }
}
