// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation
import Provably

/// `provably plot`: a figure from a table.
struct Plot: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Draw columns of a CSV file as SVG.",
    discussion: """
      EXAMPLES:
        provably plot regret.csv --x K --y regret --series learner --log-x -o r.svg
        provably plot Reports/bandits/data/minimax.csv --log-x -o minimax.svg

      Without --x and --y the columns x, y, low, high and series of the tables that
      reports write beside their figures are used. --low and --high draw a band. A
      series named by --theory is drawn dashed, in grey, without markers.
      """)

  @Argument(
    help: "The table; its first line names the columns.", completion: .file(extensions: ["csv"]))
  var file: String

  @Option(help: "The column of the horizontal axis.")
  var x = "x"

  @Option(help: "The column of the vertical axis.")
  var y = "y"

  @Option(help: "The column of the lower end of a band.")
  var low: String?

  @Option(help: "The column of the upper end of a band.")
  var high: String?

  @Option(help: "The column that tells series apart; at most four of them.")
  var series: String?

  @Option(
    help: ArgumentHelp(
      "A series that is a bound or a rate, not a measurement; may be given again.",
      valueName: "series"))
  var theory: [String] = []

  @Flag(help: "A logarithmic horizontal axis.")
  var logX = false

  @Flag(help: "A logarithmic vertical axis.")
  var logY = false

  @Option(help: "The title; by default the name of the file.")
  var title: String?

  @Option(help: "A line below the title.")
  var subtitle = ""

  @Option(name: [.short, .long], help: ArgumentHelp("The SVG file.", valueName: "file"))
  var output: String

  @Flag(help: "Replace the file if there is one.")
  var force = false

  func validate() throws {
    if (low == nil) != (high == nil) { throw ValidationError("--low and --high go together") }
  }

  func run() throws {
    let target = OutputFile(path: output, force: force)
    try target.check()
    guard let data = FileManager.default.contents(atPath: file) else {
      throw Failure(.badInput, "\(file): there is no such file, or it cannot be read")
    }
    let table: CSVTable
    do {
      table = try CSVTable(parsing: String(decoding: data, as: UTF8.self))
    } catch { throw Failure(.badInput, "\(file): \(error)") }
    do {
      try target.write(try figure(table).svg())
    } catch let error as FigureError { throw Failure(.badInput, "\(file): \(error)") }
  }

  /// The name of the SVG file as an identifier, so that one page can hold several figures.
  private var identifier: String {
    let stem = URL(fileURLWithPath: output).deletingPathExtension().lastPathComponent
    let kept = stem.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }
    return "plot-" + String(kept)
  }

  /// The number of series beyond which a table is not looked at any further.
  private static let seriesLimit = 100

  /// The rows of one series.
  private struct Rows {
    var x: [Double] = []
    var y: [Double] = []
    var low: [Double] = []
    var high: [Double] = []
  }

  private func figure(_ table: CSVTable) throws -> Figure {
    let isReport = x == "x" && y == "y" && low == nil && table.header.contains("mark")
    let (low, high) = isReport ? ("low", "high") : (self.low, self.high)
    let key = series ?? (isReport ? "series" : nil)
    var names: [String] = []
    var groups: [String: Rows] = [:]
    for (index, row) in table.rows.enumerated() {
      func cell(_ column: String) throws -> String {
        guard let place = table.header.firstIndex(of: column) else {
          throw Failure(
            .badInput, "\(file): there is no column \(column)",
            hint: "its columns are \(table.header.joined(separator: ", "))")
        }
        return row[place]
      }
      func number(_ column: String) throws -> Double? {
        let text = try cell(column)
        if text.isEmpty { return nil }
        guard let value = Double(text) else {
          throw Failure(.badInput, "\(file), line \(index + 2), \(column): \(text) is no number")
        }
        return value
      }
      let name = try key.map { try cell($0) } ?? ""
      if groups[name] == nil { names.append(name) }
      guard names.count <= Self.seriesLimit else {
        throw Failure(
          .badInput, "\(file): column \(key ?? "") names more than \(Self.seriesLimit) series",
          hint: "keep the rows of four at most")
      }
      guard let x = try number(self.x) else { continue }
      if let y = try number(self.y) {
        groups[name, default: Rows()].x.append(x)
        groups[name, default: Rows()].y.append(y)
      }
      if !isReport, let low, let high, let lower = try number(low), let upper = try number(high) {
        groups[name, default: Rows()].low.append(lower)
        groups[name, default: Rows()].high.append(upper)
      }
    }
    for name in theory where groups[name] == nil {
      throw Failure(
        .badInput, "\(file): there is no series \(name) to draw as theory",
        hint: key == nil
          ? "name the column with --series" : "it has \(names.joined(separator: ", "))")
    }
    return Figure(
      id: identifier, title: title ?? URL(fileURLWithPath: file).lastPathComponent,
      subtitle: subtitle,
      x: logX ? .log("\(x) →") : .linear("\(x) →"), y: logY ? .log("↑ \(y)") : .linear("↑ \(y)")
    ) {
      for name in names {
        let rows = groups[name] ?? Rows()
        if theory.contains(name) {
          if !rows.x.isEmpty { Theory(x: rows.x, y: rows.y, label: name, kind: .upperBound) }
        } else {
          if !rows.low.isEmpty && rows.low.count == rows.x.count {
            Band(x: rows.x, low: rows.low, high: rows.high, series: name)
          }
          if !rows.x.isEmpty { Line(x: rows.x, y: rows.y, series: name) }
        }
      }
    }
  }
}
