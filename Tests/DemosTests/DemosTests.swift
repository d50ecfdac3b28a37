// SPDX-License-Identifier: Apache-2.0
import Demos
import Foundation
import Testing

/// The output of every demo, compared with a file in `Golden`.
///
/// To write the files anew, set `PROVABLY_WRITE_GOLDENS=1`; then every comparison records an issue,
/// so that a run that wrote files never counts as passed. Look at the outputs before committing.
@Suite("Demos")
struct DemosTests {
  static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().appendingPathComponent("Golden")
  static let sources = folder.deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Sources/Demos")
  static let writes = ProcessInfo.processInfo.environment["PROVABLY_WRITE_GOLDENS"] != nil

  /// The demos that this build can run: one computes in exact fractions.
  static var names: [String] {
    #if ExactRationals
      DemoCatalogue.names
    #else
      DemoCatalogue.names.filter { $0 != "certificate" }
    #endif
  }

  private func lines(_ name: String, seed: UInt64 = 1, width: Int = 80) throws -> [String] {
    let demo = try #require(DemoCatalogue.demo(named: name))
    var screen = Screen(width: width)
    try demo.run(seed: seed, on: &screen)
    return screen.lines
  }

  @Test("the output at seed 1 and width 80 is the golden one", arguments: names)
  func golden(name: String) throws {
    let text = try lines(name).map { $0 + "\n" }.joined()
    let file = Self.folder.appendingPathComponent("\(name).txt")
    if Self.writes {
      try text.write(to: file, atomically: true, encoding: .utf8)
      Issue.record("\(name).txt was written, not compared")
      return
    }
    let expected = try String(contentsOf: file, encoding: .utf8)
    guard text != expected else { return }
    let parts = [text, expected].map { $0.split(separator: "\n", omittingEmptySubsequences: false) }
    let first = zip(parts[0], parts[1]).first { $0 != $1 }
    Issue.record("\(name): now “\(first?.0 ?? "")”, golden “\(first?.1 ?? "")”")
  }

  @Test("any seed and width fills one screen and ends in Try", arguments: names)
  func oneScreen(name: String) throws {
    for (seed, width) in [(1, 80), (1, 120), (2, 80), (7, 80)] as [(UInt64, Int)] {
      let drawn = try lines(name, seed: seed, width: width)
      #expect((16...40).contains(drawn.count), "\(name), seed \(seed): \(drawn.count) lines")
      for line in drawn { #expect(line.count <= width, "\(name), seed \(seed): \(line)") }
      #expect(drawn.last?.hasPrefix("Try: ") == true)
      #expect(drawn.allSatisfy { !$0.contains("\u{1b}") && !$0.hasSuffix(" ") })
    }
  }

  @Test("the same seed gives the same text", arguments: names)
  func repeatable(name: String) throws {
    #expect(try lines(name, seed: 3) == lines(name, seed: 3))
  }

  @Test("at least ten, each named once, one file of at most 120 lines each")
  func files() throws {
    #expect(DemoCatalogue.all.count >= 10)
    #expect(Set(DemoCatalogue.names).count == DemoCatalogue.all.count)
    // In a list, after a name of 14 columns, a summary ends before column 80.
    for demo in DemoCatalogue.all { #expect(demo.summary.count <= 66, "\(demo.name)") }
    let drawing: Set = ["BanditLogs.swift", "Demo.swift", "Screen.swift"]
    let files = try FileManager.default.contentsOfDirectory(atPath: Self.sources.path)
      .filter { $0.hasSuffix(".swift") && !drawing.contains($0) }
    #expect(files.count == DemoCatalogue.all.count)
    for file in files {
      let text = try String(contentsOf: Self.sources.appendingPathComponent(file), encoding: .utf8)
      let count = text.split(separator: "\n", omittingEmptySubsequences: false).count - 1
      #expect(count <= 120, "\(file) has \(count) lines")
    }
  }

  @Test("colour changes no letter, and NO_COLOR turns it off")
  func colour() throws {
    let demo = try #require(DemoCatalogue.all.first)
    var coloured = Screen(coloured: true)
    try demo.run(seed: 1, on: &coloured)
    let plain = coloured.text.replacing(/\u{1b}\[\d*m/, with: "")
    #expect(coloured.text != plain)
    #expect(try plain == lines(demo.name).map { $0 + "\n" }.joined())
    var bars = Screen(coloured: true)
    bars.line("a ███ ★")
    #expect(bars.text == "a \u{1b}[36m███\u{1b}[0m \u{1b}[33m★\u{1b}[0m\n")
    #expect(!Screen.standardOutput(environment: ["NO_COLOR": "1"]).coloured)
    #expect(Screen.standardOutput(environment: ["COLUMNS": "100"]).width == 100)
    #expect(Screen.standardOutput(environment: ["COLUMNS": "40"]).width == 80)
  }

  @Test("drawings: a bar, a sparkline, aligned text")
  func drawings() {
    #expect(Screen.bar(1, of: 2, width: 10) == "█████")
    #expect(Screen.bar(0, of: 2, width: 10) == "")
    #expect(Screen.bar(1e-9, of: 2, width: 10) == "█")
    #expect(Screen.sparkline([0, 1, 0.5]) == "▁█▅")
    #expect(Screen.sparkline([2, 2]) == "▁▁")
    #expect(Screen.pad("ab", 4) == "  ab")
    #expect(Screen.pad("ab", -4) == "ab  ")
  }
}
