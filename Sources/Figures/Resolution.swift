// SPDX-License-Identifier: Apache-2.0

/// A figure whose data are checked: names of categories, domains and styles are known.
struct Resolution {
  struct ResolvedPanel {
    var title: String
    var subtitle: String
    /// In drawing order.
    var drawings: [any Drawable]
    var x: Scale
    var y: Scale
  }

  let figure: Figure
  let x: Axis
  let y: Axis
  let panels: [ResolvedPanel]
  let styles: [String: SeriesStyle]
  let heatRange: (low: Double, high: Double)

  /// Checks a figure in the order in which a reader would find its errors: id, panels, each mark's
  /// data, then what the panels have in common.
  ///
  /// - Throws: ``FigureError``.
  init(_ figure: Figure) throws {
    self.figure = figure
    guard isIdentifier(figure.id) else { throw FigureError.badIdentifier(figure.id) }
    if let facets = figure.facets, facets.columns < 1 {
      throw FigureError.badParameter("facets: \(facets.columns) columns; there must be one or more")
    }
    guard !figure.panels.isEmpty else { throw FigureError.noMarks("figure “\(figure.id)”") }
    let drawings = figure.panels.map { $0.elements.map(\.drawing) }
    for (i, panel) in drawings.enumerated() where panel.isEmpty {
      throw FigureError.noMarks(panelName(figure, i))
    }
    let all = drawings.joined()
    for drawing in all { try drawing.checkCounts() }
    x = resolvedAxis(figure.x, .x, Array(all))
    y = resolvedAxis(figure.y, .y, Array(all))
    for drawing in all {
      try drawing.check(x: x, y: y)
      for column in drawing.columns {
        try checkColumn(column, of: drawing, axis: column.direction == .x ? x : y)
      }
    }
    styles = try assignStyles(
      panels: drawings.enumerated().map { i, panel in
        (panelName(figure, i), uniqueSeries(panel.filter(\.isData)))
      })

    let xScale = try scale(x, .x, Array(all), x: x, y: y)
    let shared = try scale(y, .y, Array(all), x: x, y: y)
    var panels: [ResolvedPanel] = []
    for (panel, marks) in zip(figure.panels, drawings) {
      let isFree = figure.facets?.y == .free && !y.isCategory
      let order = marks.indices.sorted {
        (marks[$0].layer.rawValue, $0) < (marks[$1].layer.rawValue, $1)
      }
      panels.append(
        ResolvedPanel(
          title: panel.title, subtitle: panel.subtitle, drawings: order.map { marks[$0] },
          x: xScale, y: isFree ? try scale(y, .y, marks, x: x, y: y) : shared))
    }
    self.panels = panels
    let ranges = all.compactMap { ($0 as? Heat)?.extent }
    heatRange = (ranges.map(\.low).min() ?? 0, ranges.map(\.high).max() ?? 1)
    guard (4 * (heatRange.high - heatRange.low)).isFinite, (2 * heatRange.high).isFinite else {
      throw FigureError.badDomain(
        axis: "colour", reason: "its range is wider than a double can hold")
    }
  }

  var hasHeat: Bool { panels.contains { $0.drawings.contains { $0 is Heat } } }

  /// What the figure shows, for readers who do not see it.
  var description: String {
    if !figure.description.isEmpty { return figure.description }
    let clean = { (label: String) in
      label.trimmingArrows.isEmpty ? "unnamed" : label.trimmingArrows
    }
    let names = panels.flatMap { $0.drawings.filter { $0.isData || $0 is Theory }.map(\.series) }
    var unique: [String] = []
    for name in names where !name.isEmpty && !unique.contains(name) { unique.append(name) }
    let size = panels.count > 1 ? "\(panels.count) panels; " : ""
    return size + "\(clean(figure.y.label)) (\(y.kindName)) against \(clean(figure.x.label)) "
      + "(\(x.kindName))" + (unique.isEmpty ? "." : ": \(unique.joined(separator: ", ")).")
  }
}

extension Axis {
  fileprivate var kindName: String {
    switch kind {
    case .linear: "linear"
    case .log: "logarithmic"
    case .symlog: "symmetric logarithmic"
    case .category: "categories"
    }
  }
}

extension String {
  /// The name of an axis without its arrow.
  var trimmingArrows: String {
    split(separator: " ").filter { !["↑", "→", "↓", "←"].contains($0) }.joined(separator: " ")
  }
}

func isIdentifier(_ id: String) -> Bool {
  guard let first = id.utf8.first else { return false }
  let isLetter = { (b: UInt8) in (b | 0x20) >= 0x61 && (b | 0x20) <= 0x7A }
  return isLetter(first) && id.utf8.count <= 100
    && id.utf8.allSatisfy { isLetter($0) || (0x30...0x39).contains($0) || $0 == 0x2D || $0 == 0x5F }
}

private func panelName(_ figure: Figure, _ i: Int) -> String {
  figure.facets == nil
    ? "figure “\(figure.id)”"
    : "panel “\(figure.panels[i].title)” of figure “\(figure.id)”"
}

func uniqueSeries(_ drawings: [any Drawable]) -> [String] {
  var names: [String] = []
  for drawing in drawings where !names.contains(drawing.series) { names.append(drawing.series) }
  return names
}

/// The axis with the names of its categories, if it has any.
private func resolvedAxis(_ axis: Axis, _ direction: Direction, _ all: [any Drawable]) -> Axis {
  guard case .category(let given) = axis.kind, given.isEmpty else { return axis }
  let values = all.flatMap { $0.columns.filter { $0.direction == direction }.flatMap(\.values) }
  var names: [String] = []
  var count = 0
  for value in values {
    switch value {
    case .name(let name): if !names.contains(name) { names.append(name) }
    case .number(let number): if number >= 0, number < 1e6 { count = max(count, Int(number) + 1) }
    }
  }
  var result = axis
  result.kind = .category(names.isEmpty ? Array(repeating: "", count: count) : names)
  return result
}

private func checkColumn(_ column: DataColumn, of drawing: any Drawable, axis: Axis) throws {
  for (i, value) in column.values.enumerated() {
    let place = DataPlace(
      mark: drawing.markName, series: drawing.series, array: column.array, index: i)
    switch value {
    case .name(let name):
      guard case .category(let names) = axis.kind, names.contains(name) else {
        throw FigureError.unknownCategory(place, name: name)
      }
    case .number(let number):
      guard number.isFinite else { throw FigureError.notFinite(place, value: "\(number)") }
      if axis.kind == .log, number <= 0 {
        throw FigureError.notPositive(place, value: "\(number)")
      }
      if case .category(let names) = axis.kind, !(number >= 0 && number <= Double(names.count - 1))
      {
        throw FigureError.outsideDomain(place, value: "\(number)")
      }
      if let domain = axis.domain, !column.isClipped, !domain.contains(number) {
        throw FigureError.outsideDomain(place, value: "\(number)")
      }
    }
  }
}

/// The scale of an axis over all values of some marks.
private func scale(
  _ axis: Axis, _ direction: Direction, _ marks: [any Drawable], x: Axis, y: Axis
) throws -> Scale {
  if case .symlog(let width) = axis.kind, !(width > 0 && width.isFinite) {
    throw FigureError.badDomain(
      axis: direction.rawValue, reason: "symlog is linear within \(width), which must be positive")
  }
  if let domain = axis.domain {
    let isPositive = axis.kind != .log || domain.lowerBound > 0
    guard domain.lowerBound.isFinite, domain.upperBound.isFinite,
      domain.lowerBound < domain.upperBound, isPositive,
      (4 * (domain.upperBound - domain.lowerBound)).isFinite
    else {
      throw FigureError.badDomain(
        axis: direction.rawValue, reason: "the domain \(domain) is empty, infinite or not positive")
    }
    return Scale(kind: axis.kind, lower: domain.lowerBound, upper: domain.upperBound)
  }
  if case .category(let names) = axis.kind {
    guard !names.isEmpty else {
      throw FigureError.badDomain(axis: direction.rawValue, reason: "it has no categories")
    }
    return Scale(kind: axis.kind, lower: -0.5, upper: Double(names.count) - 0.5)
  }
  var (low, high) = (Double.infinity, -Double.infinity)
  var expansion = Expansion.exact
  // Clipped theory shapes the domain only where nothing else does.
  for keepsClipped in [false, true] where low > high {
    for mark in marks {
      for column in mark.columns
      where column.direction == direction && (keepsClipped || !column.isClipped) {
        for case .number(let value) in column.values {
          (low, high) = (min(low, value), max(high, value))
        }
        expansion = max(expansion, mark.expansion(direction, x: x, y: y))
      }
    }
  }
  guard low <= high else {
    throw FigureError.badDomain(
      axis: direction.rawValue, reason: "no mark has values on it; give the axis a domain")
  }
  let domain = try automaticDomain(
    kind: axis.kind, low: low, high: high, expansion: expansion, axis: direction.rawValue)
  return Scale(kind: axis.kind, lower: domain.lower, upper: domain.upper)
}
