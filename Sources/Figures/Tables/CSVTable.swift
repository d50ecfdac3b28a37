// SPDX-License-Identifier: Apache-2.0

/// One field of a ``CSVTable``.
public enum CSVValue: Sendable, Equatable {
  /// A text, quoted if it needs to be.
  case text(String)
  /// A number: the shortest decimals that read back as the same double.
  case number(Double)
  /// Nothing.
  case empty

  /// The field as it stands in the table, before quoting.
  public var text: String {
    switch self {
    case .text(let text): text
    case .number(let value): csvText(value)
    case .empty: ""
    }
  }
}

/// A table with a header, written and read as CSV (RFC 4180, lines end with LF).
///
/// Numbers are written with the fewest digits that read back as the same double, whole ones without
/// a decimal point, infinities as `inf` and `-inf`; no locale takes part.
public struct CSVTable: Sendable, Equatable {
  /// The most columns of a table that is read.
  public static let columnLimit = 10_000

  /// The names of the columns.
  public let header: [String]
  /// The fields, row by row, each row as long as the header.
  public private(set) var rows: [[String]] = []

  /// An empty table.
  public init(header: [String]) { self.header = header }

  /// Appends a row.
  ///
  /// - Throws: ``FigureError/badTable(row:reason:)`` unless it is as long as the header.
  public mutating func append(_ values: [CSVValue]) throws {
    guard values.count == header.count else {
      throw FigureError.badTable(
        row: rows.count + 2, reason: "\(values.count) fields, the header has \(header.count)")
    }
    rows.append(values.map(\.text))
  }

  /// The fields of a column, from the top; `nil` if the header has no such name.
  public func column(_ name: String) -> [String]? {
    header.firstIndex(of: name).map { i in rows.map { $0[i] } }
  }

  /// The numbers of a column; `nil` where a field is no number.
  public func numbers(_ name: String) -> [Double?]? { column(name)?.map { Double($0) } }

  /// The table as CSV text.
  public var text: String {
    ([header] + rows).map { Self.line($0) + "\n" }.joined()
  }

  /// Fields as one line of CSV, without its end; for tables too long to hold.
  public static func line(_ fields: [String]) -> String {
    fields.map(quoted).joined(separator: ",")
  }

  /// Reads a table from CSV text; lines end with LF or CR LF, the last may lack its end.
  ///
  /// - Throws: ``FigureError/badTable(row:reason:)`` for a row whose length differs from the header's,
  ///   more than ``columnLimit`` columns,
  ///   a quote inside an unquoted field, text after a closing quote, or a quote that is not closed.
  public init(parsing text: String) throws {
    var records = try Self.records(text)
    guard !records.isEmpty else { throw FigureError.badTable(row: 1, reason: "there is no header") }
    header = records.removeFirst()
    rows = records
  }

  private static func records(_ text: String) throws -> [[String]] {
    var records: [[String]] = []
    var record: [String] = []
    var field = String.UnicodeScalarView()
    var (isQuoted, wasQuoted, isAtStart) = (false, false, true)
    let scalars = Array(text.unicodeScalars)
    var i = 0
    let fail = { (reason: String) in FigureError.badTable(row: records.count + 1, reason: reason) }
    func endField() throws {
      record.append(String(field))
      field = String.UnicodeScalarView()
      (wasQuoted, isAtStart) = (false, true)
      guard record.count <= columnLimit else { throw fail("more than \(columnLimit) fields") }
    }
    func endRecord() throws {
      if let header = records.first, record.count != header.count {
        throw fail("\(record.count) fields, the header has \(header.count)")
      }
      records.append(record)
      record = []
    }
    while i < scalars.count {
      let scalar = scalars[i]
      i += 1
      if isQuoted {
        if scalar != "\"" {
          field.append(scalar)
        } else if i < scalars.count, scalars[i] == "\"" {
          field.append("\"")
          i += 1
        } else {
          (isQuoted, wasQuoted) = (false, true)
        }
        continue
      }
      let isEnd = scalar == "\n" || (scalar == "\r" && i < scalars.count && scalars[i] == "\n")
      if isEnd {
        if scalar == "\r" { i += 1 }
        try endField()
        try endRecord()
      } else if scalar == "," {
        try endField()
      } else if wasQuoted {
        throw fail("text after a closing quote")
      } else if scalar == "\"" {
        guard isAtStart else { throw fail("a quote inside a field that is not quoted") }
        (isQuoted, isAtStart) = (true, false)
      } else {
        field.append(scalar)
        isAtStart = false
      }
    }
    guard !isQuoted else { throw fail("a quote is not closed") }
    if !isAtStart || !record.isEmpty {
      try endField()
      try endRecord()
    }
    return records
  }
}

private func quoted(_ field: String) -> String {
  let needsQuotes = field.unicodeScalars.contains {
    $0 == "," || $0 == "\"" || $0 == "\n" || $0 == "\r"
  }
  guard needsQuotes else { return field }
  return "\"" + field.unicodeScalars.map { $0 == "\"" ? "\"\"" : String($0) }.joined() + "\""
}

/// The shortest decimals that read back as `value`; whole numbers below 2⁵³ without a point.
func csvText(_ value: Double) -> String {
  if value == value.rounded(), abs(value) < 9_007_199_254_740_992 {
    return value == 0 && value.sign == .minus ? "-0" : "\(Int(value))"
  }
  return "\(value)"
}
