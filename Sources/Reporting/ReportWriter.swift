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
/// so a page is never half new. What is not a page of the same study, scale and seed is not replaced
/// unless `replaces` says so.
public struct ReportWriter: Sendable {
  /// Where the reports go.
  public let folder: URL
  /// Whether whatever is in the way is replaced.
  public let replaces: Bool

  /// Creates a writer.
  public init(folder: URL, replaces: Bool = false) {
    self.folder = folder
    self.replaces = replaces
  }

  /// Writes one study.
  ///
  /// - Throws: `OccupiedFolder` if something else is in the way, and errors of figures and of the
  ///   file system.
  public func write(_ report: StudyReport, facts: RunFacts) throws {
    try check(report.study.id, scale: report.scale, seed: report.seed)
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
      // Set aside first: between the two renames both pages exist, and the old one comes back.
      let old = folder.appendingPathComponent(draft.lastPathComponent + ".old")
      let isReplaced = Self.exists(target)
      if isReplaced { try files.moveItem(at: target, to: old) }
      do { try files.moveItem(at: draft, to: target) } catch {
        if isReplaced { try? files.moveItem(at: old, to: target) }
        throw error
      }
      try? files.removeItem(at: old)
    } catch {
      try? files.removeItem(at: draft)
      throw error
    }
  }

  /// Writes the atlas of all studies.
  ///
  /// - Throws: `OccupiedFolder` if other files have its names, and errors of figures and of the file
  ///   system.
  public func write(_ atlas: Atlas) throws {
    try checkAtlas()
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try put(atlas.markdown(), folder.appendingPathComponent("README.md"))
    try put(atlas.html(), folder.appendingPathComponent("index.html"))
  }

  private func put(_ text: String, _ url: URL) throws {
    try Data(text.utf8).write(to: url, options: .atomic)
  }
}
