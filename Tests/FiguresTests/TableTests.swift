// SPDX-License-Identifier: Apache-2.0
import Figures
import Foundation
import Randomness
import Testing

@Suite("Tables and files")
struct TableTests {
  @Test("text survives a round trip, whatever it holds: 1000 random tables")
  func roundTrip() throws {
    var random = Xoshiro256(seed: 1, purpose: "figures/csv")
    let pieces = [",", "\"", "\n", "\r", "\r\n", "a", "ä", " ", "", "1", "\t", "👩‍🔬", "e\u{301}"]
    for _ in 0..<1_000 {
      let columns = Int.random(in: 1...4, using: &random)
      let field = { (random: inout Xoshiro256) -> String in
        var text = ""
        for _ in 0..<Int.random(in: 0...4, using: &random) {
          text += pieces.randomElement(using: &random) ?? ""
        }
        return text
      }
      var table = CSVTable(header: (0..<columns).map { _ in field(&random) })
      for _ in 0..<Int.random(in: 0...4, using: &random) {
        try table.append((0..<columns).map { _ in .text(field(&random)) })
      }
      // A row of one empty field is an empty line, which stays a row of one empty field.
      let read = try CSVTable(parsing: table.text)
      #expect(read.header.map { Array($0.utf8) } == table.header.map { Array($0.utf8) })
      #expect(read == table)
      #expect(read.text == table.text)
    }
  }

  @Test("numbers survive bit for bit: 1000 random doubles and the special ones")
  func numbers() throws {
    var random = Xoshiro256(seed: 1, purpose: "figures/csv/numbers")
    var values = (0..<1_000).map { _ in Double(bitPattern: random.next()) }.filter { !$0.isNaN }
    values += [0, -0.0, 1, -1, 0.1, 1e16, 9_007_199_254_740_992, .infinity, -.infinity]
    values += [.leastNonzeroMagnitude, .greatestFiniteMagnitude]
    var table = CSVTable(header: ["v"])
    for value in values { try table.append([.number(value)]) }
    let read = try #require(try CSVTable(parsing: table.text).numbers("v"))
    #expect(read.map { $0?.bitPattern } == values.map { $0.bitPattern })
    #expect(CSVValue.number(100).text == "100")
    #expect(CSVValue.number(0.1).text == "0.1")
  }

  @Test("reads CR LF and a last line without an end; says what is wrong and in which row")
  func parsing() throws {
    let table = try CSVTable(parsing: "a,b\r\n\"x\"\"y\",\"1\n2\"\r\n,")
    #expect(table.header == ["a", "b"])
    #expect(table.rows == [["x\"y", "1\n2"], ["", ""]])
    #expect(table.column("b") == ["1\n2", ""])
    #expect(table.column("c") == nil)
    for (text, row) in [
      ("", 1), ("a,b\n1\n", 2), (String(repeating: ",", count: 20_000) + "\"", 1),
      (String(repeating: ",", count: 9_999) + "\n1\n", 2), ("a,b\n1\n\"", 2),
      ("a\n\"x", 2), ("a\n\"x\"y\n", 2), ("a\nb\nx\"y\n", 3),
    ] {
      let error = #expect(throws: FigureError.self) { try CSVTable(parsing: text) }
      guard case .badTable(let found, _) = error else {
        Issue.record("\(text): \(String(describing: error))")
        continue
      }
      #expect(found == row, "\(text)")
    }
    var short = CSVTable(header: ["a", "b"])
    #expect(throws: FigureError.self) { try short.append([.empty]) }
  }

  @Test("a figure’s table holds the numbers of all its marks")
  func figureTable() throws {
    let figure = Figure(id: "f", title: "t", x: .linear(), y: .linear(), facets: .columns(2)) {
      Panel("p, q") {
        Band(x: [1, 2], low: [0.1, 0.2], high: [0.3, 0.4], series: "a")
        Line(x: [1, 2], y: [0.2, 0.3], series: "a")
      }
      Panel("r") {
        Theory(x: [1, 2], y: [1, 2], label: "bound", kind: .upperBound)
        Reference(y: 0.5, "half")
        Text(x: 1, y: 1, "no row")
      }
    }
    #expect(
      try figure.table().text == """
        panel,mark,series,x,y,low,high,value
        "p, q",Band,a,1,,0.1,0.3,
        "p, q",Band,a,2,,0.2,0.4,
        "p, q",Line,a,1,0.2,,,
        "p, q",Line,a,2,0.3,,,
        r,Theory,bound,1,1,,,
        r,Theory,bound,2,2,,,
        r,Reference,half,,0.5,,,

        """)
    let heat = try #require(MarkFigures.all.first { $0.id == "heat" })
    #expect(try heat.table().numbers("value") == [0, 0.5, 1])
    #expect(try heat.table().column("y") == ["r", "r", "s"])
  }

  @Test("files are written whole, replace old ones, and leave nothing behind")
  func writing() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("figures-\(ProcessInfo.processInfo.processIdentifier)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data("old".utf8).write(to: folder.appendingPathComponent("regret.svg"))
    let figure = Gallery.regret
    let names = try figure.write(to: folder, narrowWidth: 320)
    let expected = [
      "regret.svg", "regret-dark.svg", "regret.csv", "regret-narrow.svg", "regret-narrow-dark.svg",
    ]
    #expect(names == expected)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        == expected.sorted())
    let read = { (name: String) in
      try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
    }
    #expect(try read("regret.svg") == figure.svg(theme: .light))
    #expect(try read("regret-dark.svg") == figure.svg(theme: .dark))
    #expect(try CSVTable(parsing: read("regret.csv")) == figure.table())
    #expect(throws: FigureError.self) {
      try figure.write(to: folder.appendingPathComponent("missing"))
    }
    // A figure with an error touches no file.
    let bad = Figure(id: "bad", title: "t", x: .log(), y: .linear()) {
      Line(x: [0, 1], y: [1, 2])
    }
    #expect(throws: FigureError.self) { try bad.write(to: folder) }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count == 5)
  }
}
