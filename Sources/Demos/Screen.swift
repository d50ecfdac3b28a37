// SPDX-License-Identifier: Apache-2.0
import Foundation

/// The lines a demo draws, for a terminal of some width.
public struct Screen: Sendable {
  /// What was drawn so far.
  public private(set) var lines: [String] = []
  /// Columns that may be used, between 80 and 120.
  public let width: Int
  /// Whether headings may be bold, and drawings in colour.
  public let coloured: Bool

  /// A screen of `width` columns (fewer than 80 count as 80, more than 120 as 120).
  public init(width: Int = 80, coloured: Bool = false) {
    self.width = min(120, max(80, width))
    self.coloured = coloured
  }

  /// A screen for standard output: `COLUMNS` gives the width; colour only on a terminal without
  /// `NO_COLOR`.
  public static func standardOutput(environment: [String: String]) -> Screen {
    let quiet = !(environment["NO_COLOR"] ?? "").isEmpty || environment["TERM"] == "dumb"
    return Screen(
      width: environment["COLUMNS"].flatMap { Int($0) } ?? 80,
      coloured: !quiet && isatty(STDOUT_FILENO) == 1)
  }

  /// Everything drawn, each line ended.
  public var text: String { lines.map { $0 + "\n" }.joined() }

  /// Adds a line (or several, separated by newlines); trailing blanks are dropped.
  public mutating func line(_ text: String = "") {
    for part in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let trimmed = String(part.reversed().drop { $0 == " " }.reversed())
      lines.append(coloured ? Self.tinted(trimmed) : trimmed)
    }
  }

  /// Adds a heading and an empty line.
  public mutating func title(_ text: String) {
    line(coloured ? "\u{1b}[1m\(text)\u{1b}[0m" : text)
    line()
  }

  /// Adds the last line: what to change and try next.
  public mutating func closing(_ text: String) {
    line()
    line(coloured ? "\u{1b}[1mTry:\u{1b}[0m \(text)" : "Try: \(text)")
  }

  /// Adds a row of cells, each right-aligned in its width; a negative width aligns left.
  public mutating func row(_ cells: [String], _ widths: [Int]) {
    line(zip(cells, widths).map { Self.pad($0, $1) }.joined(separator: " "))
  }
}

// MARK: - Text and drawings

extension Screen {
  /// `text` in |`width`| columns, right-aligned, or left-aligned where `width` is negative.
  public static func pad(_ text: String, _ width: Int) -> String {
    let blanks = String(repeating: " ", count: max(0, abs(width) - text.count))
    return width < 0 ? text + blanks : blanks + text
  }

  /// `value` with `digits` digits after the point.
  public static func fixed(_ value: Double, _ digits: Int) -> String {
    String(format: "%.\(digits)f", value)
  }

  /// `value` as `1.23e-04`.
  public static func scientific(_ value: Double) -> String { String(format: "%.2e", value) }

  /// A bar of up to `width` columns, whole at `value` = `full`; anything above 0 shows something.
  public static func bar(_ value: Double, of full: Double, width: Int) -> String {
    guard value > 0, full > 0 else { return "" }
    let share = min(1, value / full)
    return String(repeating: "█", count: max(1, Int((share * Double(width)).rounded())))
  }

  /// A line with its bars, sparklines and goals in colours that read on light and dark grounds.
  static func tinted(_ line: String) -> String {
    line.replacing(/[▁▂▃▄▅▆▇█]+/) { "\u{1b}[36m\($0.output)\u{1b}[0m" }
      .replacing("★", with: "\u{1b}[33m★\u{1b}[0m")
  }

  /// One block per value, its height between the least and the greatest value.
  public static func sparkline(_ values: [Double]) -> String {
    let blocks = Array("▁▂▃▄▅▆▇█")
    guard let low = values.min(), let high = values.max(), high > low else {
      return String(repeating: "▁", count: values.count)
    }
    return String(values.map { blocks[Int((($0 - low) / (high - low) * 7).rounded())] })
  }

  /// A grid of cells: `mark` gives the letter of a cell and `value` its number, if it has one.
  public mutating func grid(
    rows: Int, columns: Int, mark: (Int) -> Character, value: (Int) -> Double?
  ) {
    let edge = "+" + String(repeating: "---------+", count: columns)
    line(edge)
    for row in 0..<rows {
      let cells = (0..<columns).map { column in
        let cell = row * columns + column
        let number = value(cell).map { Self.fixed($0, 3) } ?? ""
        return " \(mark(cell)) \(Self.pad(number, 5)) "
      }
      line("|" + cells.joined(separator: "|") + "|")
      line(edge)
    }
  }
}
