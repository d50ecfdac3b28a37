// SPDX-License-Identifier: Apache-2.0

/// Where everything stands: computed before anything is drawn.
struct Layout {
  /// Category names below the panels, wrapped and if need be in several rows by turns.
  struct ColumnNames {
    var lines: [[String]]
    var turns: Int
    var size: Double
    /// The first text row of name `k`.
    func row(_ k: Int) -> Int { (k % turns) * (lines.map(\.count).max() ?? 1) }
    var rows: Int { turns * (lines.map(\.count).max() ?? 1) }
  }

  private enum Defaults {
    static let plotHeight = 276.0
    static let compactHeight = 220.0
    static let facetHeight = 132.0
    static let facetHeightOneRow = 200.0
    static let left = 64.0
    static let labelMargin = 132.0
    static let plainMargin = 24.0
  }

  var frames: [Frame] = []
  var rows = 1
  var height = 0.0
  var title: [String] = []
  var subtitle: [String] = []
  var textLeft = 16.0
  var keyTop = 0.0
  var yNameBaseline = 0.0
  var xNameBaseline = 0.0
  var panelHeader = 0.0
  var panelWidth = 0.0
  var nameLimit = 0.0
  var nameRoom = 0.0
  var columnNames: ColumnNames?

  init(_ renderer: inout Renderer) throws {
    let resolution = renderer.resolution
    let figure = resolution.figure
    let columns = renderer.columns
    let isCompact = renderer.isCompact
    rows = (resolution.panels.count + columns - 1) / columns

    // Margins.
    nameLimit = isCompact ? renderer.width * 0.3 : 190
    let left = leftMargin(renderer)
    let right = rightMargin(renderer)
    let isFree = figure.facets?.y == .free && !resolution.y.isCategory
    var gap = renderer.isFaceted && columns > 1 ? 26.0 : 0
    if isFree { gap = max(gap, left + 4) }
    let inner = renderer.width - left - right - gap * Double(columns - 1)
    panelWidth = inner / Double(columns)
    guard panelWidth >= 60 else {
      throw FigureError.labelsDoNotFit(
        "the panels would be \(Int(panelWidth)) px wide; use fewer columns, a greater width or "
          + "shorter labels")
    }

    if renderer.namesAbove {
      // The names stand above their rows, beside the values if there are any.
      nameLimit = panelWidth - rowTextWidth(resolution) - 10
      let lines = resolution.panels[0].y.categories.map {
        TextMetrics.wrap($0, size: 12, limit: nameLimit).count
      }
      nameRoom = 4 + 14 * Double(lines.max() ?? 1)
    }

    // Words above the panels.
    textLeft = renderer.isFaceted || isCompact || left > 90 ? 16 : left
    let limit = renderer.width - textLeft - 12
    title = TextMetrics.wrap(figure.title, size: 15, bold: true, limit: limit)
    subtitle = TextMetrics.wrap(figure.subtitle, size: 13, limit: limit)
    var y = 20 + 19 * Double(max(title.count - 1, 0))
    if !subtitle.isEmpty { y += 18 + 17 * Double(subtitle.count - 1) }
    keyTop = y + 24
    let keys = renderer.keyRows(
      renderer.keyLabels, left: textLeft, right: renderer.width - 12, top: 0, draws: false)
    if keys > 0 { y = keyTop + 18 * Double(keys - 1) }
    let hasRampTitle = resolution.hasHeat
    if !figure.y.label.isEmpty || hasRampTitle {
      y += 24
      yNameBaseline = y
    }
    panelHeader = renderer.isFaceted ? headerHeight(renderer) : 0
    var top = y + (renderer.isFaceted ? panelHeader + 8 : 14)
    if yNameBaseline == 0 { top += 8 }
    let rules = resolution.panels.flatMap(\.drawings).compactMap { $0 as? Reference }
    if rules.contains(where: { $0.direction == .x && !$0.name.isEmpty }) {
      // Names of vertical rules stand above the frames.
      if yNameBaseline > 0 || renderer.isFaceted { top += 12 }
      panelHeader += renderer.isFaceted ? 12 : 0
    }

    // Panels.
    let size = plotSize(renderer)
    columnNames = try names(renderer, width: size.width)
    for (i, panel) in resolution.panels.enumerated() {
      let column = Double(i % columns)
      let row = Double(i / columns)
      let x0 = left + column * (panelWidth + gap)
      let y0 = top + row * (size.height + panelHeader + 22)
      let rectangle = Rectangle(
        left: x0, top: y0, right: x0 + size.width, bottom: y0 + size.height)
      frames.append(frame(panel, rectangle, renderer))
    }
    let bottom = frames.map(\.rectangle.bottom).max() ?? top
    var below = bottom + 20
    if let columnNames {
      below =
        bottom + 4 + 14
        * Double(columnNames.lines.joined().allSatisfy(\.isEmpty) ? 0 : columnNames.rows)
    }
    xNameBaseline = figure.x.label.isEmpty ? below : below + 18
    height = (xNameBaseline + 10).rounded(.up)
  }

  /// The width and height of the data area of each panel.
  private func plotSize(_ renderer: Renderer) -> (width: Double, height: Double) {
    let resolution = renderer.resolution
    var height =
      renderer.isFaceted
      ? (rows == 1 ? Defaults.facetHeightOneRow : Defaults.facetHeight)
      : renderer.isCompact ? Defaults.compactHeight : Defaults.plotHeight
    if renderer.isFaceted && renderer.isCompact { height = Defaults.facetHeight }
    let drawings = resolution.panels.flatMap(\.drawings)
    if let heat = drawings.compactMap({ $0 as? Heat }).first {
      let (r, c) = (
        Double(resolution.panels[0].y.categories.count),
        Double(resolution.panels[0].x.categories.count)
      )
      guard case .square = heat.cells else { return (panelWidth, height) }
      let cell = min(panelWidth / c, renderer.isFaceted ? panelWidth / c : 320 / r, 72)
      return (cell * c, cell * r)
    }
    if resolution.y.isCategory {
      let side = resolution.panels.map { panel in
        max(
          uniqueSeries(panel.drawings.filter { $0 is Interval }).count,
          uniqueSeries(panel.drawings.filter { $0 is Bars }).count)
      }
      let names = resolution.panels[0].y.categories
      let lines = names.map { TextMetrics.wrap($0, size: 12, limit: nameLimit).count }.max() ?? 1
      var row = max(26, 15 * Double(side.max() ?? 1) + 10)
      row = renderer.namesAbove ? row + nameRoom : max(row, 14 * Double(lines) + 10)
      height = row * Double(resolution.panels[0].y.categories.count)
    }
    return (panelWidth, height)
  }

  private func frame(
    _ panel: Resolution.ResolvedPanel, _ r: Rectangle, _ renderer: Renderer
  ) -> Frame {
    var (x, y) = (panel.x, panel.y)
    (x.start, x.end) = (r.left, r.right)
    // Categories of the y-axis are read from the top.
    (y.start, y.end) = y.categories.isEmpty ? (r.bottom, r.top) : (r.top, r.bottom)
    y.nameRoom = renderer.namesAbove ? nameRoom : 0
    return Frame(
      rectangle: r, x: x, y: y, styles: renderer.resolution.styles,
      barSeries: uniqueSeries(panel.drawings.filter { $0 is Bars }),
      intervalSeries: uniqueSeries(panel.drawings.filter { $0 is Interval }),
      heatRange: renderer.resolution.heatRange,
      isSmall: renderer.isFaceted || renderer.isCompact)
  }

  /// The width of the widest estimate written beside a row.
  private func rowTextWidth(_ resolution: Resolution) -> Double {
    var widest = 0.0
    for case let interval as Interval in resolution.panels.flatMap(\.drawings)
    where interval.showsValues {
      for i in interval.x.indices {
        widest = max(widest, TextMetrics.width(interval.valueText(i), size: 11))
      }
    }
    return widest
  }

  private func leftMargin(_ renderer: Renderer) -> Double {
    let resolution = renderer.resolution
    let height = renderer.isFaceted ? Defaults.facetHeight : Defaults.plotHeight
    let widths = resolution.panels.flatMap { panel -> [Double] in
      let all = ticks(of: panel.y, target: renderer.yTarget(height))
      guard resolution.y.isCategory else { return all.map { $0.width(renderer.tickSize) } }
      return all.flatMap { tick in
        TextMetrics.wrap(tick.text, size: 12, limit: nameLimit).map {
          TextMetrics.width($0, size: 12)
        }
      }
    }
    let widest = widths.max() ?? 0
    if widest == 0 { return 16 }
    if renderer.namesAbove { return 20 }
    let least = renderer.isFaceted || renderer.isCompact ? 36 : Defaults.left
    return max(least, widest + 8 + 12)
  }

  private func rightMargin(_ renderer: Renderer) -> Double {
    let labels = (0..<rows).flatMap { row -> [PlacedLabel] in
      let (own, others) = renderer.rightLabels(row: row)
      return own + others
    }
    var margin = renderer.isCompact ? 16 : Defaults.plainMargin
    if !labels.isEmpty {
      let widest = labels.map(LabelSize.width).max() ?? 0
      margin = max(renderer.isFaceted ? 0 : Defaults.labelMargin, 20 + widest + 8)
    }
    if !renderer.resolution.x.isCategory, let panel = renderer.resolution.panels.first {
      // Half of the last tick label stands to the right of the frame.
      var scale = panel.x
      (scale.start, scale.end) = (0, renderer.width / Double(renderer.columns) * 0.7)
      let ticks = renderer.xTicks(scale, size: renderer.tickSize)
      margin = max(margin, (ticks.map { $0.width(renderer.tickSize) }.max() ?? 0) / 2 + 4)
    }
    let rowTexts = rowTextWidth(renderer.resolution)
    if rowTexts > 0, !renderer.namesAbove { margin = max(margin, 14 + rowTexts + 10) }
    for case let bars as Bars in renderer.resolution.panels.flatMap(\.drawings) {
      margin = max(margin, bars.valueRoom)
    }
    if renderer.resolution.hasHeat {
      let (low, high) = renderer.resolution.heatRange
      let scale = Scale(kind: .linear, lower: low, upper: high)
      let all = high > low ? ticks(of: scale, target: 5) : [Tick(value: low, text: figureText(low))]
      let widest = all.map { $0.width(11) }.max() ?? 0
      let titles = renderer.resolution.panels.flatMap(\.drawings).compactMap { ($0 as? Heat)?.name }
      let title = titles.map { TextMetrics.width($0, size: 12) }.max() ?? 0
      margin = max(margin, 22 + max(20 + widest, title) + 10)
    }
    return margin
  }

  /// The height of the words above each panel; the same for all, so that rows align.
  private func headerHeight(_ renderer: Renderer) -> Double {
    var greatest = 0.0
    var copy = renderer
    for (i, panel) in renderer.resolution.panels.enumerated() {
      let lines = TextMetrics.wrap(panel.subtitle, size: 11, limit: panelWidth).count
      let keys = copy.keyRows(
        renderer.headerLabels(panel: i), left: -4, right: panelWidth, top: 0, draws: false,
        size: 11,
        step: 15)
      greatest = max(greatest, 24 + 14 * Double(lines) + 15 * Double(keys))
    }
    return greatest
  }

  /// The names below the panels: wrapped to their bands, in turns of up to four rows.
  private func names(_ renderer: Renderer, width: Double) throws -> ColumnNames? {
    guard case .category(let names) = renderer.resolution.x.kind else { return nil }
    let band = width / Double(names.count)
    let size = min(renderer.tickSize, 12)
    for turns in 1...4 {
      let limit = band * Double(turns) - 6
      let lines = names.map { TextMetrics.wrap($0, size: size, limit: limit) }
      let widest = lines.joined().map { TextMetrics.width($0, size: size) }.max() ?? 0
      if widest <= limit { return ColumnNames(lines: lines, turns: turns, size: size) }
    }
    throw FigureError.labelsDoNotFit(
      "the \(names.count) names on the x-axis do not fit; put the categories on the y-axis")
  }
}
