// SPDX-License-Identifier: Apache-2.0
import Figures

/// A figure or a table of a report page, with what a reader must know to read it.
public struct Exhibit: Sendable {
  /// What is shown.
  public enum Content: Sendable {
    /// A figure; its numbers are written beside it.
    case figure(Figure)
    /// A table: right-aligned columns are numbers.
    case table(PageTable)
  }

  /// What is shown.
  public let content: Content
  /// What is drawn, the trials, the interval, and the source of each bound.
  public let caption: String

  /// Creates an exhibit of a figure.
  public init(_ figure: Figure, caption: String) {
    content = .figure(figure)
    self.caption = caption
  }

  /// Creates an exhibit of a table.
  public init(_ table: PageTable, caption: String) {
    content = .table(table)
    self.caption = caption
  }
}

/// A table as a page shows it: text, already rounded.
public struct PageTable: Sendable {
  /// The names of the columns, with units.
  public let header: [String]
  /// The rows, each as long as the header.
  public let rows: [[String]]
  /// The columns that hold text and are aligned to the left.
  public let textColumns: Set<Int>

  /// Creates a table.
  ///
  /// - Precondition: rows are as long as the header.
  public init(_ header: [String], rows: [[String]], textColumns: Set<Int> = [0]) {
    precondition(rows.allSatisfy { $0.count == header.count }, "a row is not as long as the header")
    self.header = header
    self.rows = rows
    self.textColumns = textColumns
  }
}
