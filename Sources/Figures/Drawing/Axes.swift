// SPDX-License-Identifier: Apache-2.0

extension Renderer {
  /// Grid, axis line, ticks and their labels of one panel.
  mutating func drawAxes(_ i: Int, _ layout: Layout) {
    let frame = layout.frames[i]
    let r = frame.rectangle
    let isHeat = resolution.panels[i].drawings.contains { $0 is Heat }
    if !isHeat { drawGrid(frame) }
    drawYLabels(i, layout)
    drawXLabels(i, layout, isHeat: isHeat)
    if !isHeat {
      if frame.y.categories.isEmpty, frame.y.kind == .linear, frame.y.lower < 0, frame.y.upper > 0 {
        let zero = frame.y.position(0.0)
        canvas.line(
          Point(x: r.left, y: zero), Point(x: r.right, y: zero), stroke: .neutral(.muted))
      }
      canvas.line(
        Point(x: r.left, y: r.bottom), Point(x: r.right, y: r.bottom), stroke: .neutral(.muted))
    }
  }

  /// Hairlines across the panel: horizontal, or vertical where the rows are categories.
  private mutating func drawGrid(_ frame: Frame) {
    let r = frame.rectangle
    if frame.y.categories.isEmpty {
      for tick in ticks(of: frame.y, target: yTarget(r.height)) {
        let y = frame.y.position(tick.value)
        canvas.line(Point(x: r.left, y: y), Point(x: r.right, y: y), stroke: .neutral(.grid))
      }
    } else {
      for tick in xTicks(frame.x, size: tickSize) {
        let x = frame.x.position(tick.value)
        canvas.line(Point(x: x, y: r.top), Point(x: x, y: r.bottom), stroke: .neutral(.grid))
      }
    }
  }

  func yTarget(_ height: Double) -> Int { max(3, Int(height / 52)) }

  private mutating func drawYLabels(_ i: Int, _ layout: Layout) {
    let frame = layout.frames[i]
    let isShared = figure.facets?.y != .free || resolution.y.isCategory
    guard !isShared || i % columns == 0, !namesAbove else { return }
    let x = frame.rectangle.left - 8
    for tick in ticks(of: frame.y, target: yTarget(frame.rectangle.height)) {
      let y = frame.y.position(tick.value)
      guard resolution.y.isCategory else {
        // The exponent is part of the label's width, so the end of the text is the end of both.
        canvas.text(
          tick.text, at: Point(x: x, y: y + 4.5), size: tickSize, anchor: .end,
          fill: .neutral(.muted), exponent: tick.exponent)
        continue
      }
      let size = min(tickSize, 12)
      let lines = TextMetrics.wrap(tick.text, size: size, limit: layout.nameLimit)
      for (k, line) in lines.enumerated() {
        let shift = (Double(k) - Double(lines.count - 1) / 2) * 14
        canvas.text(line, at: Point(x: x, y: y + 4.2 + shift), size: size, anchor: .end)
      }
    }
  }

  /// The names of the rows of a narrow figure, above what their rows show.
  mutating func drawNamesAbove(_ frame: Frame, _ layout: Layout) {
    for (k, name) in frame.y.categories.enumerated() {
      let lines = TextMetrics.wrap(name, size: 12, limit: layout.nameLimit)
      let bottom = frame.y.position(Double(k)) - frame.y.band / 2
      for (n, line) in lines.enumerated() {
        let y = bottom - 14 * Double(lines.count - 1 - n)
        canvas.text(line, at: Point(x: frame.rectangle.left, y: y), size: 12, halo: true)
      }
    }
  }

  private mutating func drawXLabels(_ i: Int, _ layout: Layout, isHeat: Bool) {
    let frame = layout.frames[i]
    let r = frame.rectangle
    // Only the lowest panel of a column carries labels.
    let isLowest = i + columns >= layout.frames.count
    if resolution.x.isCategory {
      guard isLowest, let names = layout.columnNames else { return }
      for (k, lines) in names.lines.enumerated() {
        let x = frame.x.position(Double(k))
        for (n, line) in lines.enumerated() {
          let row = Double(n + names.row(k))
          canvas.text(
            line, at: Point(x: x, y: r.bottom + 18 + 14 * row), size: names.size, anchor: .middle)
        }
      }
      return
    }
    let all = xTicks(frame.x, size: tickSize)
    if frame.x.kind == .log, all.count >= 2 {
      let span = frame.x.transformed(frame.x.upper) - frame.x.transformed(frame.x.lower)
      if span <= 3.5, r.width / span > 60 {
        for value in minorLogTicks(frame.x.lower, frame.x.upper) {
          let x = frame.x.position(value)
          canvas.line(
            Point(x: x, y: r.bottom), Point(x: x, y: r.bottom + 3), stroke: .neutral(.muted))
        }
      }
    }
    for tick in all {
      let x = frame.x.position(tick.value)
      canvas.line(
        Point(x: x, y: r.bottom), Point(x: x, y: r.bottom + 5), stroke: .neutral(.muted))
      guard isLowest else { continue }
      canvas.text(
        tick.text, at: Point(x: x, y: r.bottom + 20), size: tickSize, anchor: .middle,
        fill: .neutral(.muted), exponent: tick.exponent)
    }
  }

  /// The ticks of the x-axis: as many as stand side by side without touching.
  func xTicks(_ scale: Scale, size: Double) -> [Tick] {
    let width = abs(scale.end - scale.start)
    var target = max(2, Int(width / 72))
    while true {
      let found = ticks(of: scale, target: target)
      let gaps = zip(found, found.dropFirst()).map { a, b in
        scale.position(b.value) - scale.position(a.value) - (a.width(size) + b.width(size)) / 2
      }
      if target <= 1 || (gaps.min() ?? 1e9) >= 7 { return found }
      target -= 1
    }
  }
}
