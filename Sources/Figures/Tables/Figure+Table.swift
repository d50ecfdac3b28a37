// SPDX-License-Identifier: Apache-2.0

extension Figure {
  /// The columns of every figure's table.
  public static let tableHeader = ["panel", "mark", "series", "x", "y", "low", "high", "value"]

  /// The data of all marks, in the order they were given: a row a point, an interval or a cell.
  ///
  /// `low` and `high` are the ends of a band or an interval, on the axis of the estimate; `value` is
  /// that of a heat map's cell. Guides and texts (`SlopeGuide`, `FitWindow`, `Vacuous`, `Text`)
  /// have no rows.
  ///
  /// - Throws: ``FigureError``, as drawing would.
  public func table() throws -> CSVTable {
    _ = try Resolution(self)
    var table = CSVTable(header: Self.tableHeader)
    for panel in panels {
      for drawing in panel.elements.map(\.drawing) {
        for row in drawing.rows {
          try table.append([
            .text(panel.title), .text(drawing.markName), .text(drawing.series),
            field(row.x), field(row.y), field(row.low), field(row.high), field(row.value),
          ])
        }
      }
    }
    return table
  }

  private func field(_ value: Double?) -> CSVValue { value.map { .number($0) } ?? .empty }

  private func field(_ coordinate: Coordinate?) -> CSVValue {
    switch coordinate {
    case nil: .empty
    case .number(let value): .number(value)
    case .name(let name): .text(name)
    }
  }
}
