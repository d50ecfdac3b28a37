// SPDX-License-Identifier: Apache-2.0

/// Draws bars from zero: upright over a category x-axis, lying over a category y-axis.
public struct Bars: Mark, Drawable {
  private enum Defaults {
    static let fill = 0.72
    static let thickest = 56.0
  }

  let series: String
  let x: [Coordinate]
  let y: [Coordinate]
  let low: [Double]
  let high: [Double]
  let showsValues: Bool

  /// Bars whose length is their value.
  ///
  /// The axis of values is never truncated: it holds zero.
  ///
  /// - Parameters:
  ///   - x: category names and `y` values, or values and `y` category names.
  ///   - y: as many as `x`.
  ///   - low: lower ends of whiskers, empty or as many as `x`; the caption says what they mean.
  ///   - high: upper ends of whiskers.
  ///   - series: the name of the bars; several series stand side by side.
  ///   - values: whether each value is written at the end of its bar.
  public init(
    x: [some Plottable], y: [some Plottable], low: [Double] = [], high: [Double] = [],
    series: String = "", values: Bool = false
  ) {
    self.x = x.map(\.coordinate)
    self.y = y.map(\.coordinate)
    (self.low, self.high, self.series, showsValues) = (low, high, series, values)
  }

  /// The mark as a part of a figure.
  public var element: FigureElement { FigureElement(self) }

  var markName: String { "Bars" }
  var layer: Layer { .bars }

  private var isLying: Bool {
    y.contains { if case .name = $0 { true } else { false } }
  }

  var columns: [DataColumn] {
    var all = [DataColumn("x", .x, x), DataColumn("y", .y, y)]
    if !low.isEmpty || !high.isEmpty {
      all += [
        DataColumn("low", isLying ? .x : .y, low), DataColumn("high", isLying ? .x : .y, high),
      ]
    }
    return all
  }

  func check(x: Axis, y: Axis) throws {
    guard x.isCategory != y.isCategory else {
      throw FigureError.wrongAxis(
        mark: markName, series: series, reason: "bars need one category axis and one of values")
    }
    guard (isLying ? x : y).kind == .linear else {
      throw FigureError.wrongAxis(
        mark: markName, series: series,
        reason: "bars start at zero and need a linear axis; use Points or Interval")
    }
    try checkIntervals(low, high)
  }

  func expansion(_ direction: Direction, x: Axis, y: Axis) -> Expansion { .zeroBased }

  var label: MarkLabel? {
    series.isEmpty
      ? nil
      : MarkLabel(
        text: series, note: "", glyph: .marker, placement: isLying ? .key : .rightEnd)
  }

  func anchor(in frame: Frame) -> Point? {
    let boxes = x.indices.map { box($0, frame) }
    guard let last = boxes.max(by: { $0.right < $1.right }) else { return nil }
    return Point(x: frame.rectangle.right, y: last.top)
  }

  func obstacles(in frame: Frame) -> [[Point]] {
    x.indices.map { i in
      let b = box(i, frame)
      return [
        Point(x: b.left, y: b.bottom), Point(x: b.left, y: b.top), Point(x: b.right, y: b.top),
        Point(x: b.right, y: b.bottom),
      ]
    }
  }

  var rows: [DataRow] {
    x.indices.map { i in
      DataRow(
        x: x[i], y: y[i], low: low.isEmpty ? nil : low[i], high: high.isEmpty ? nil : high[i])
    }
  }

  private func box(_ i: Int, _ frame: Frame) -> Rectangle {
    let count = Double(max(frame.barSeries.count, 1))
    let slot = Double(frame.barSeries.firstIndex(of: series) ?? 0)
    let scale = isLying ? frame.y : frame.x
    let thickness = min(scale.band * Defaults.fill / count, Defaults.thickest)
    let centre = scale.position(isLying ? y[i] : x[i]) + (slot - (count - 1) / 2) * thickness
    let gap = count > 1 ? 1.0 : 0
    let (a, b) = (centre - thickness / 2 + gap, centre + thickness / 2 - gap)
    if isLying {
      let (zero, end) = (frame.x.position(0.0), frame.x.position(x[i]))
      return Rectangle(left: min(zero, end), top: a, right: max(zero, end), bottom: b)
    }
    let (zero, end) = (frame.y.position(0.0), frame.y.position(y[i]))
    return Rectangle(left: a, top: min(zero, end), right: b, bottom: max(zero, end))
  }

  func draw(on canvas: inout Canvas, in frame: Frame) {
    let style = frame.style(series)
    for i in x.indices {
      let b = box(i, frame)
      canvas.rectangle(b, fill: .fixed(style.color))
      if frame.barSeries.count > 1 {
        drawMarker(&canvas, style, b, isNegative: value(i, frame) < 0)
      }
      let middle = isLying ? (b.top + b.bottom) / 2 : (b.left + b.right) / 2
      if !low.isEmpty {
        drawWhisker(
          on: &canvas, low: low[i], high: high[i], across: middle, isLying: isLying, frame: frame,
          stroke: .neutral(.ink))
      }
      if showsValues { drawValue(&canvas, frame, i, b) }
    }
  }

  private func value(_ i: Int, _ frame: Frame) -> Double {
    isLying ? frame.x.number(of: x[i]) : frame.y.number(of: y[i])
  }

  /// The marker of the series in the bar's foot, so that the colour is not needed to tell it.
  private func drawMarker(
    _ canvas: inout Canvas, _ style: SeriesStyle, _ b: Rectangle, isNegative: Bool
  ) {
    guard min(b.width, b.height) >= 9, max(b.width, b.height) >= 18 else { return }
    let centre =
      isLying
      ? Point(x: isNegative ? b.right - 9 : b.left + 9, y: (b.top + b.bottom) / 2)
      : Point(x: (b.left + b.right) / 2, y: isNegative ? b.top + 9 : b.bottom - 9)
    canvas.path(style.path(centre.x, centre.y, 3), fill: .neutral(.paper))
  }

  /// A value with as many decimals as three digits of the greatest one need.
  private func valueText(_ value: Double) -> String {
    let all = (isLying ? x : y).compactMap { if case .number(let v) = $0 { abs(v) } else { nil } }
    guard let most = all.max(), most > 1e-4, most < 1e6 else { return figureText(value) }
    return fixedText(value, decimals: max(0, -niceStep(span: most, target: 100).exponent))
  }

  /// The room that written values need beyond the longest lying bar.
  var valueRoom: Double {
    guard showsValues, isLying else { return 0 }
    let texts = x.compactMap { if case .number(let v) = $0 { valueText(v) } else { nil } }
    return 10 + (texts.map { TextMetrics.width($0, size: 11) }.max() ?? 0)
  }

  private func drawValue(_ canvas: inout Canvas, _ frame: Frame, _ i: Int, _ b: Rectangle) {
    let text = valueText(value(i, frame))
    if isLying {
      let end = high.isEmpty ? b.right : max(b.right, frame.x.position(high[i]))
      canvas.text(
        text, at: Point(x: end + 5, y: (b.top + b.bottom) / 2 + 4), size: 11, halo: true)
    } else {
      let end = high.isEmpty ? b.top : min(b.top, frame.y.position(high[i]))
      canvas.text(
        text, at: Point(x: (b.left + b.right) / 2, y: end - 5), size: 11, anchor: .middle,
        halo: true)
    }
  }
}
