// SPDX-License-Identifier: Apache-2.0
import Figures
import Foundation
import Testing

/// The SVG text of each mark and of whole figures, compared with files in `Golden`.
///
/// To write the files anew, set `PROVABLY_WRITE_GOLDENS=1`; then every test here records an issue,
/// so that a run that wrote files never counts as passed. Look at the figures before committing.
@Suite("Golden figures")
struct GoldenTests {
  static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().appendingPathComponent("Golden")
  static let writes = ProcessInfo.processInfo.environment["PROVABLY_WRITE_GOLDENS"] != nil

  private func compare(_ text: String, _ name: String) throws {
    let file = Self.folder.appendingPathComponent(name)
    if Self.writes {
      try text.write(to: file, atomically: true, encoding: .utf8)
      Issue.record("\(name) was written, not compared")
      return
    }
    let expected = try String(contentsOf: file, encoding: .utf8)
    guard text != expected else { return }
    let lines = (text.split(separator: "\n"), expected.split(separator: "\n"))
    let first = zip(lines.0, lines.1).first { $0 != $1 }
    Issue.record("\(name): now “\(first?.0 ?? "")”, golden “\(first?.1 ?? "")”")
  }

  @Test("each mark, in each theme", arguments: MarkFigures.all.map(\.id))
  func marks(id: String) throws {
    let figure = try #require(MarkFigures.all.first { $0.id == id })
    for theme in Theme.allCases {
      try compare(figure.svg(theme: theme), "\(id)-\(theme.rawValue).svg")
    }
  }

  @Test("whole figures, wide and narrow, and their tables", arguments: Gallery.all.map(\.id))
  func gallery(id: String) throws {
    let figure = try #require(Gallery.all.first { $0.id == id })
    try compare(figure.svg(theme: .automatic), "figure-\(id).svg")
    try compare(figure.svg(theme: .light, width: 320), "figure-\(id)-narrow.svg")
    if id == "regret" { try compare(figure.table().text, "figure-\(id).csv") }
  }

  @Test("the same figure gives the same bytes, on any thread")
  func deterministic() async throws {
    let reference = try Gallery.all.map { try $0.svg() }
    try await withThrowingTaskGroup(of: [String].self) { group in
      for _ in 0..<4 { group.addTask { try Gallery.all.map { try $0.svg() } } }
      for try await texts in group { #expect(texts == reference) }
    }
  }

  @Test("themes differ in neutral colours and the opacity of bands and runs only")
  func themes() throws {
    let neutral = [
      "#ffffff": "#0d1117", "#1f2328": "#e6edf3", "#59636e": "#9198a1", "#d1d9e0": "#30363d",
      "fill-opacity=\"0.16\"": "fill-opacity=\"0.3\"",
      "stroke-opacity=\"0.25\"": "stroke-opacity=\"0.45\"",
    ]
    for figure in Gallery.all + MarkFigures.all where figure.id != "heat" {
      // Texts inside heat-map cells are black or white in both themes.
      guard !["grid-world", "phases"].contains(figure.id) else { continue }
      var text = try figure.svg(theme: .light)
      for (light, dark) in neutral { text = text.replacingOccurrences(of: light, with: dark) }
      let dark = try figure.svg(theme: .dark)
      #expect(text == dark, "\(figure.id)")
    }
  }
}
