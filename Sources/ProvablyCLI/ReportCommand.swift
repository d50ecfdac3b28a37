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

      Writes a folder a study (page, figures in two themes, numbers as CSV) and the
      atlas over them: README.md and index.html, one page without network. With
      studies named, an atlas beside pages of other studies is left as it is.
      Nothing is run; results that are missing are named with the command to run.
      """)

  @Argument(
    help: "Studies; none means all that have complete results.",
    completion: .list(Catalogue.studies.map(\.id)))
  var studies: [String] = []

  @OptionGroup var options: ResultOptions

  @Option(help: ArgumentHelp("The folder of the reports.", valueName: "folder"))
  var out = "Reports"

  @Flag(help: "Replace pages of other runs, and whatever else is in the way.")
  var force = false

  func run() throws {
    guard FileManager.default.fileExists(atPath: options.store) else {
      throw Failure(
        .badInput, "\(options.store): there is no such store",
        hint: "provably reproduce makes one")
    }
    let store = try Store(path: options.store)
    let named = try StudySelection.wholeStudies(named: studies).map(\.id)
    try PageWriter(options: options, out: out, force: force).write(
      named, from: store, skipsMissing: studies.isEmpty)
  }
}

/// Writes pages, and the atlas of what is written together.
struct PageWriter {
  let options: ResultOptions
  let out: String
  let force: Bool

  private var writer: ReportWriter {
    ReportWriter(folder: URL(fileURLWithPath: out), replaces: force)
  }

  /// Refuses early, before any work is done, to replace what is not a page of the same run.
  func check(_ ids: [String]) throws {
    for id in ids { try writer.check(id, scale: options.scale.scale, seed: options.seed) }
    if pages(except: ids).isEmpty { try writer.checkAtlas() }
  }

  /// Writes the pages of studies and the atlas over them.
  func write(_ ids: [String], from store: Store, skipsMissing: Bool = false) throws {
    if skipsMissing { try writer.checkAtlas() } else { try check(ids) }
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
    let others = skipsMissing ? [] : pages(except: reports.map(\.study.id))
    guard others.isEmpty else {
      print("\(out)/index.html: left as it is, it is also about \(others.joined(separator: ", "))")
      return
    }
    try writer.write(Atlas(reports))
    print("\(out)/index.html: the atlas, \(reports.count) studies")
  }

  /// The studies of the catalogue, except some, that have a page in the folder.
  private func pages(except written: [String]) -> [String] {
    Catalogue.studies.map(\.id).filter {
      !written.contains($0) && FileManager.default.fileExists(atPath: "\(out)/\($0)/README.md")
    }
  }

  /// What the build links.
  static let linearAlgebra = "LAPACKE, CBLAS as the system provides them"

  /// The commit that is checked out where the program runs, if that is a repository.
  static var commit: String? {
    func read(_ path: String) -> String? {
      (try? String(contentsOfFile: path, encoding: .utf8))?
        .trimmingCharacters(in: .whitespacesAndNewlines)
    }
    // In a work tree of its own .git is a file that names a folder, and that the common one.
    let folder = read(".git").map { String($0.dropFirst("gitdir: ".count)) } ?? ".git"
    let common = read("\(folder)/commondir").map { "\(folder)/\($0)" } ?? folder
    guard let head = read("\(folder)/HEAD") else { return nil }
    guard head.hasPrefix("ref: ") else { return head }
    return read("\(common)/" + head.dropFirst(5))
  }
}
