// SPDX-License-Identifier: Apache-2.0
import Experiments
import Figures
import Foundation

/// Writes reports into a folder.
///
///     README.md, index.html                          the atlas
///     <study>/README.md                              the page
///     <study>/figures/<figure>.svg, -dark.svg         the figures
///     <study>/data/<figure>.csv                      their numbers
///     <study>/run.json                               facts of the run; the only file with a clock in it
///
/// A study is written into a folder of a temporary name, which then takes the place of the old one,
/// so a page is never half new.
public struct ReportWriter: Sendable {
  /// Where the reports go.
  public let folder: URL

  /// Creates a writer.
  public init(folder: URL) { self.folder = folder }

  /// Writes one study.
  ///
  /// - Throws: Errors of figures and of the file system.
  public func write(_ report: StudyReport, facts: RunFacts) throws {
    let files = FileManager.default
    try files.createDirectory(at: folder, withIntermediateDirectories: true)
    let target = folder.appendingPathComponent(report.study.id)
    let draft = folder.appendingPathComponent(
      ".\(report.study.id).part-\(ProcessInfo.processInfo.processIdentifier)")
    try? files.removeItem(at: draft)
    do {
      let figures = draft.appendingPathComponent("figures")
      let data = draft.appendingPathComponent("data")
      for path in [figures, data] {
        try files.createDirectory(at: path, withIntermediateDirectories: true)
      }
      var names: Set<String> = []
      for case .figure(let figure) in report.claims.flatMap(\.exhibits).map(\.content) {
        guard names.insert(figure.id).inserted else {
          throw ExperimentError.badDesign(
            "two figures of \(report.study.id) have the name \(figure.id)")
        }
        try put(figure.svg(theme: .light), figures.appendingPathComponent("\(figure.id).svg"))
        try put(figure.svg(theme: .dark), figures.appendingPathComponent("\(figure.id)-dark.svg"))
        try put(figure.table().text, data.appendingPathComponent("\(figure.id).csv"))
      }
      try put(
        MarkdownRenderer().render(report.blocks), draft.appendingPathComponent("README.md"))
      try put(facts.json(), draft.appendingPathComponent("run.json"))
      if files.fileExists(atPath: target.path) { try files.removeItem(at: target) }
      try files.moveItem(at: draft, to: target)
    } catch {
      try? files.removeItem(at: draft)
      throw error
    }
  }

  /// Writes the atlas of all studies.
  ///
  /// - Throws: Errors of figures and of the file system.
  public func write(_ atlas: Atlas) throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try put(atlas.markdown(), folder.appendingPathComponent("README.md"))
    try put(atlas.html(), folder.appendingPathComponent("index.html"))
  }

  private func put(_ text: String, _ url: URL) throws {
    try Data(text.utf8).write(to: url, options: .atomic)
  }
}
