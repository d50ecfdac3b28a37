// SPDX-License-Identifier: Apache-2.0

/// A matrix of values as coloured cells, with numbers or arrows inside: values and policies of grid
/// worlds, phase diagrams.
///
/// Row 0 is at the top. Both axes must be category axes; without names the cells carry no tick
/// labels. All heat maps of a figure share one ramp.
public struct Heat: Mark, Drawable {
  /// What stands in the cells.
  public enum CellText: Sendable {
    /// The values, if they fit into every cell.
    case automatic
    /// The values; an error if they do not fit.
    case values
    /// Nothing.
    case none
  }

  /// The shape of the cells.
  public enum Cells: Sendable {
    /// As high as wide.
    case square
    /// As wide and as high as the frame allows.
    case stretched
  }

  let name: String
  let values: [[Double?]]
  let rowNames: [String]
  let columnNames: [String]
  let glyphs: [[String]]
  let text: CellText
  let cells: Cells
  let range: ClosedRange<Double>?

  /// A heat map.
  ///
  /// - Parameters:
  ///   - values: rows of equal length; `nil` is a cell that is not there (a wall).
  ///   - label: what the colours mean, above the ramp.
  ///   - rows: names of the rows, from the top; empty, or as many as rows.
  ///   - columns: names of the columns; empty, or as many as columns.
  ///   - glyphs: one sign a cell, same shape as `values`: `←` `→` `↑` `↓` and the four diagonal
  ///     arrows are drawn, other texts are set; empty draws none.
  ///   - text: whether values are written into the cells.
  ///   - cells: square or stretched to the frame.
  ///   - range: the values at the ends of the ramp; `nil` takes the least and the greatest.
  public init(
    _ values: [[Double?]], label: String = "", rows: [String] = [], columns: [String] = [],
    glyphs: [[String]] = [], text: CellText = .automatic, cells: Cells = .square,
    range: ClosedRange<Double>? = nil
  ) {
    (self.values, name, rowNames, columnNames) = (values, label, rows, columns)
    (self.glyphs, self.text, self.cells, self.range) = (glyphs, text, cells, range)
  }

  /// The mark as a part of a figure.
  public var element: FigureElement { FigureElement(self) }

  var markName: String { "Heat" }
  var series: String { name }
  var isData: Bool { false }
  var layer: Layer { .cells }
  var rowCount: Int { values.count }
  var columnCount: Int { values.first?.count ?? 0 }

  private func place(_ count: Int, _ names: [String], _ i: Int) -> Coordinate {
    names.isEmpty ? .number(Double(i)) : .name(names[i])
  }

  /// The columns of places; checked for length by `check`, so here they may be shorter.
  var columns: [DataColumn] {
    let xs =
      columnNames.isEmpty
      ? (0..<columnCount).map { Coordinate.number(Double($0)) }
      : columnNames.map { .name($0) }
    let ys =
      rowNames.isEmpty
      ? (0..<rowCount).map { Coordinate.number(Double($0)) }
      : rowNames.map { .name($0) }
    return [DataColumn("columns", .x, xs), DataColumn("rows", .y, ys)]
  }

  func checkCounts() throws {
    guard rowCount > 0, columnCount > 0, values.contains(where: { $0.contains { $0 != nil } })
    else { throw FigureError.emptyData(mark: markName, series: series) }
    let require = { (array: String, expected: Int, found: Int) throws in
      guard expected == found else {
        throw FigureError.wrongCount(
          mark: markName, series: series, array: array, expected: expected, found: found)
      }
    }
    for (i, row) in values.enumerated() {
      try require("values[\(i)]", columnCount, row.count)
      for (j, value) in row.enumerated() {
        guard let value, !value.isFinite else { continue }
        throw FigureError.notFinite(
          DataPlace(mark: markName, series: series, array: "values[\(i)]", index: j),
          value: "\(value)")
      }
    }
    if !rowNames.isEmpty { try require("rows", rowCount, rowNames.count) }
    if !columnNames.isEmpty { try require("columns", columnCount, columnNames.count) }
    guard !glyphs.isEmpty else { return }
    try require("glyphs", rowCount, glyphs.count)
    for (i, row) in glyphs.enumerated() { try require("glyphs[\(i)]", columnCount, row.count) }
  }

  func check(x: Axis, y: Axis) throws {
    guard x.isCategory, y.isCategory else {
      throw FigureError.wrongAxis(
        mark: markName, series: series, reason: "a heat map needs two category axes")
    }
    if let range {
      for (i, row) in values.enumerated() {
        for (j, value) in row.enumerated() {
          guard let value, !range.contains(value) else { continue }
          throw FigureError.outsideDomain(
            DataPlace(mark: markName, series: series, array: "values[\(i)]", index: j),
            value: "\(value)")
        }
      }
    }
  }

  /// The least and the greatest value, or the given ends of the ramp.
  var extent: (low: Double, high: Double) {
    if let range { return (range.lowerBound, range.upperBound) }
    let all = values.flatMap { $0.compactMap { $0 } }
    return (all.min() ?? 0, all.max() ?? 1)
  }

  var rows: [DataRow] {
    values.indices.flatMap { i in
      values[i].indices.compactMap { j in
        values[i][j].map { value in
          DataRow(
            x: place(columnCount, columnNames, j), y: place(rowCount, rowNames, i), value: value)
        }
      }
    }
  }

  func draw(on canvas: inout Canvas, in frame: Frame) {
    let (low, high) = frame.heatRange
    let step = niceStep(span: max(high - low, abs(high) * 1e-3, 1e-12), target: 50)
    let decimals = min(max(0, -step.exponent), 4)
    let texts = values.map { $0.map { $0.map { fixedText($0, decimals: decimals) } ?? "" } }
    let widest = texts.joined().map { TextMetrics.width($0, size: 11) }.max() ?? 0
    let (w, h) = (frame.x.band, frame.y.band)
    let fits = widest + 6 <= w && h >= (glyphs.isEmpty ? 16 : 36)
    let showsText = if case .none = text { false } else { fits }
    for i in 0..<rowCount {
      for j in 0..<columnCount {
        let centre = frame.point(
          place(columnCount, columnNames, j), place(rowCount, rowNames, i))
        let cell = Rectangle(
          left: centre.x - w / 2 + 0.5, top: centre.y - h / 2 + 0.5, right: centre.x + w / 2 - 0.5,
          bottom: centre.y + h / 2 - 0.5)
        guard let value = values[i][j] else {
          canvas.rectangle(cell, fill: .neutral(.grid))
          continue
        }
        let color = Cividis.color(at: high > low ? (value - low) / (high - low) : 0.5)
        let ink = Paint.fixed(Cividis.text(on: color))
        canvas.rectangle(cell, fill: .fixed(Cividis.hex(color)))
        let glyph = glyphs.isEmpty ? "" : glyphs[i][j]
        if !glyph.isEmpty {
          let y = showsText ? centre.y - 8 : centre.y
          drawGlyph(
            glyph, on: &canvas, at: Point(x: centre.x, y: y), size: min(w, h), paint: ink)
        }
        if showsText {
          canvas.text(
            texts[i][j], at: Point(x: centre.x, y: centre.y + (glyph.isEmpty ? 4 : 15)), size: 11,
            anchor: .middle, fill: ink)
        }
      }
    }
  }

  /// Whether the values, if they were asked for, fit into cells of a given size.
  func checkText(cellWidth: Double, cellHeight: Double, low: Double, high: Double) throws {
    guard case .values = text else { return }
    let step = niceStep(span: max(high - low, abs(high) * 1e-3, 1e-12), target: 50)
    let decimals = min(max(0, -step.exponent), 4)
    let widest =
      values.joined().compactMap { $0 }
      .map { TextMetrics.width(fixedText($0, decimals: decimals), size: 11) }.max() ?? 0
    guard widest + 6 <= cellWidth, cellHeight >= (glyphs.isEmpty ? 16 : 36) else {
      throw FigureError.labelsDoNotFit(
        "\(Figures.markName(markName, series)): the values do not fit into cells of "
          + "\(Int(cellWidth)) × \(Int(cellHeight)) px; use text: .automatic or fewer cells")
    }
  }

  private static let headings: [String: (Double, Double)] = [
    "→": (1, 0), "←": (-1, 0), "↑": (0, -1), "↓": (0, 1), "↗": (0.7, -0.7), "↖": (-0.7, -0.7),
    "↘": (0.7, 0.7), "↙": (-0.7, 0.7),
  ]

  private func drawGlyph(
    _ glyph: String, on canvas: inout Canvas, at p: Point, size: Double, paint: Paint
  ) {
    guard let (dx, dy) = Self.headings[glyph] else {
      canvas.text(glyph, at: Point(x: p.x, y: p.y + 4.5), anchor: .middle, fill: paint)
      return
    }
    // A shaft with a head of two strokes, as long as a third of the cell and at most 22 px.
    let half = min(size * 0.17, 11)
    let head = half * 0.75
    let tip = Point(x: p.x + dx * half, y: p.y + dy * half)
    let tail = Point(x: p.x - dx * half, y: p.y - dy * half)
    let side = { (s: Double) in
      Point(
        x: tip.x - (dx * head) + s * dy * head * 0.7, y: tip.y - (dy * head) - s * dx * head * 0.7)
    }
    canvas.path(
      polyline([tail, tip]) + polyline([side(1), tip, side(-1)]), stroke: paint, width: 1.5,
      roundJoin: true)
  }
}
