// SPDX-License-Identifier: Apache-2.0

/// Draws a checked figure: measures texts, sets the frames of the panels, then paints.
struct Renderer {
  let resolution: Resolution
  let width: Double
  var canvas: Canvas
  var height = 0.0

  let isCompact: Bool
  let isFaceted: Bool
  let columns: Int
  let tickSize: Double
  /// One entry a panel.
  let panelLabels: [[PlacedLabel]]
  /// Whether each panel names its own series, since the figure has more series than colours.
  let namesInPanels: Bool

  init(_ resolution: Resolution, theme: Theme, width: Double) {
    self.resolution = resolution
    self.width = width
    canvas = Canvas(id: resolution.figure.id, theme: theme)
    isCompact = width < 480
    isFaceted = resolution.figure.facets != nil
    columns = isCompact ? 1 : min(resolution.figure.facets?.columns ?? 1, resolution.panels.count)
    tickSize = isFaceted ? 11 : isCompact ? 12 : 13
    panelLabels = resolution.panels.map { labels(of: $0.drawings, styles: resolution.styles) }
    namesInPanels = isFaceted && resolution.styles.count > Palette.series.count
  }

  /// Whether the names of a category y-axis stand above their rows: there is no room beside them.
  var namesAbove: Bool { isCompact && resolution.y.isCategory && !resolution.hasHeat }

  var figure: Figure { resolution.figure }

  /// The whole SVG document.
  mutating func document() throws -> String {
    let layout = try Layout(&self)
    height = layout.height
    drawHeader(layout)
    for (i, panel) in resolution.panels.enumerated() {
      var frame = layout.frames[i]
      frame.obstacles = panel.drawings.flatMap { $0.obstacles(in: frame) }
      drawPanelHeader(i, layout)
      drawAxes(i, layout)
      for drawing in panel.drawings {
        if let heat = drawing as? Heat {
          try heat.checkText(
            cellWidth: frame.x.band, cellHeight: frame.y.band, low: frame.heatRange.low,
            high: frame.heatRange.high)
        }
        drawing.draw(on: &canvas, in: frame)
      }
      if namesAbove { drawNamesAbove(frame, layout) }
      drawRowTexts(panel, frame)
    }
    try drawRightLabels(layout)
    if resolution.hasHeat { drawRamp(layout) }
    drawAxisNames(layout)
    return canvas.document(
      width: width, height: height, title: figure.title, description: resolution.description)
  }

  // MARK: Labels

  /// The labels beside the last panel of each row: its own, then those only its neighbours have.
  func rightLabels(row: Int) -> (own: [PlacedLabel], others: [PlacedLabel]) {
    guard !isCompact else { return ([], []) }
    let first = row * columns
    let last = min(first + columns, panelLabels.count) - 1
    let isRight = { (label: PlacedLabel) in
      label.placement == .rightEnd && !(namesInPanels && label.style != nil)
    }
    var own = panelLabels[last].filter(isRight)
    var others: [PlacedLabel] = []
    for label in panelLabels[first..<last].joined().filter(isRight)
    where !(own + others).contains(where: { $0.key == label.key }) {
      others.append(label)
    }
    if isFaceted {
      // Notes of series differ between panels and stand in their headers.
      for i in own.indices where own[i].style != nil { own[i].note = "" }
      for i in others.indices where others[i].style != nil { others[i].note = "" }
    }
    return (own, others)
  }

  /// The labels above all panels.
  var keyLabels: [PlacedLabel] {
    var keys: [PlacedLabel] = []
    for label in panelLabels.joined()
    where (isCompact && label.placement != .inline) || label.placement == .key {
      if namesInPanels && label.style != nil { continue }
      guard !keys.contains(where: { $0.key == label.key }) else { continue }
      var key = label
      if isFaceted && key.style != nil { key.note = "" }
      keys.append(key)
    }
    return keys
  }

  /// The labels in the header of a panel: notes of its series, or its names where colours repeat.
  func headerLabels(panel: Int) -> [PlacedLabel] {
    guard isFaceted else { return [] }
    if namesInPanels {
      // A panel that is named after its only series need not say so twice.
      let own = panelLabels[panel].filter { $0.style != nil && $0.placement != .inline }
      guard own.count == 1, own[0].text == resolution.panels[panel].title else { return own }
      return own[0].note.isEmpty ? [] : own
    }
    return panelLabels[panel].filter { $0.style != nil && !$0.note.isEmpty }.map { label in
      var header = label
      header.text = ""
      return header
    }
  }

  private mutating func drawRightLabels(_ layout: Layout) throws {
    for row in 0..<layout.rows {
      let (own, others) = rightLabels(row: row)
      let last = min((row + 1) * columns, layout.frames.count) - 1
      try drawLabels(own, frame: layout.frames[last], others: others)
    }
  }

  // MARK: Words above the panels

  private mutating func drawHeader(_ layout: Layout) {
    var y = 20.0
    for line in layout.title {
      canvas.text(line, at: Point(x: layout.textLeft, y: y), size: 15, bold: true)
      y += 19
    }
    y += layout.title.isEmpty ? 0 : -1
    for line in layout.subtitle {
      canvas.text(line, at: Point(x: layout.textLeft, y: y), fill: .neutral(.muted))
      y += 17
    }
    _ = keyRows(
      keyLabels, left: layout.textLeft, right: width - 12, top: layout.keyTop, draws: true)
  }

  private mutating func drawPanelHeader(_ i: Int, _ layout: Layout) {
    guard isFaceted else { return }
    let panel = resolution.panels[i]
    let r = layout.frames[i].rectangle
    var y = r.top - layout.panelHeader + 13
    canvas.text(panel.title, at: Point(x: r.left, y: y), bold: true)
    y += 15
    for line in TextMetrics.wrap(panel.subtitle, size: 11, limit: layout.panelWidth) {
      canvas.text(line, at: Point(x: r.left, y: y), size: 11, fill: .neutral(.muted))
      y += 14
    }
    _ = keyRows(
      headerLabels(panel: i), left: r.left - 4, right: r.left + layout.panelWidth, top: y + 1,
      draws: true, size: 11, step: 15)
  }

  private mutating func drawAxisNames(_ layout: Layout) {
    if !figure.y.label.isEmpty {
      canvas.text(
        figure.y.label, at: Point(x: min(16, layout.textLeft), y: layout.yNameBaseline), size: 12)
    }
    if !figure.x.label.isEmpty {
      let right = layout.frames.map(\.rectangle.right).max() ?? width
      canvas.text(
        figure.x.label, at: Point(x: right, y: layout.xNameBaseline), size: 12, anchor: .end)
    }
  }

  /// The estimates of a forest plot, written beside its rows.
  private mutating func drawRowTexts(_ panel: Resolution.ResolvedPanel, _ frame: Frame) {
    for case let interval as Interval in panel.drawings where interval.showsValues {
      for i in interval.x.indices {
        let p = interval.point(i, frame)
        let right = frame.rectangle.right
        let place =
          namesAbove
          ? Point(x: right, y: frame.y.position(interval.y[i]) - frame.y.band / 2)
          : Point(x: right + 14, y: p.y + 4)
        canvas.text(
          interval.valueText(i), at: place, size: 11, anchor: namesAbove ? .end : .start,
          halo: namesAbove)
      }
    }
  }

  /// The ramp of the heat maps with its ticks, right of the first row.
  private mutating func drawRamp(_ layout: Layout) {
    let last = min(columns, layout.frames.count) - 1
    let r = layout.frames[last].rectangle
    let (low, high) = resolution.heatRange
    let name = canvas.gradient(Cividis.stops.map(Cividis.hex))
    let left = r.right + 22
    let box = Rectangle(
      left: left, top: r.top, right: left + 12, bottom: min(r.bottom, r.top + 220))
    canvas.rectangle(box, fill: .fixed("url(#\(name))"))
    if high > low {
      let scale = Scale(kind: .linear, lower: low, upper: high, start: box.bottom, end: box.top)
      for tick in ticks(of: scale, target: max(2, Int(box.height / 50))) {
        let y = scale.position(tick.value)
        canvas.line(
          Point(x: box.right, y: y), Point(x: box.right + 4, y: y), stroke: .neutral(.muted))
        canvas.text(
          tick.text, at: Point(x: box.right + 8, y: y + 4), size: 11, fill: .neutral(.muted),
          exponent: tick.exponent)
      }
    } else {
      canvas.text(
        figureText(low), at: Point(x: box.right + 8, y: (box.top + box.bottom) / 2 + 4), size: 11,
        fill: .neutral(.muted))
    }
    let title = resolution.panels.flatMap(\.drawings).compactMap { ($0 as? Heat)?.name }
      .first { !$0.isEmpty }
    if let title {
      canvas.text(title, at: Point(x: left, y: r.top - 10), size: 12)
    }
  }
}
