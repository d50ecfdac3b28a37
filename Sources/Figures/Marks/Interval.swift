// SPDX-License-Identifier: Apache-2.0

/// Estimates with their intervals: point and whisker.
///
/// Over numbers or categories on x the whiskers stand; over categories on y they lie, one row an
/// estimate (a forest plot).
public struct Interval: Mark, Drawable {
  private enum Defaults {
    static let dodge = 9.0
    static let dodgeLying = 13.0
  }

  let series: String
  let x: [Coordinate]
  let y: [Coordinate]
  let low: [Double]
  let high: [Double]
  let showsValues: Bool
  let note: String

  /// Estimates with lower and upper ends, measured on the axis of the estimate.
  ///
  /// Several series at the same place are drawn side by side, a few pixels apart.
  ///
  /// - Parameters:
  ///   - x: places and `y` estimates; or, with names for `y`, estimates.
  ///   - y: as many as `x`.
  ///   - low: lower ends, as many as `x`.
  ///   - high: upper ends, as many as `x`.
  ///   - series: the name of the estimates.
  ///   - note: a second, smaller line under the name.
  ///   - values: in a forest plot, whether estimate and interval stand as text on the right.
  public init(
    x: [some Plottable], y: [some Plottable], low: [Double], high: [Double], series: String = "",
    note: String = "", values: Bool = false
  ) {
    self.x = x.map(\.coordinate)
    self.y = y.map(\.coordinate)
    (self.low, self.high, self.series) = (low, high, series)
    (self.note, showsValues) = (note, values)
  }

  /// The mark as a part of a figure.
  public var element: FigureElement { FigureElement(self) }

  var markName: String { "Interval" }
  var layer: Layer { .interval }

  var isLying: Bool { y.contains { if case .name = $0 { true } else { false } } }

  var columns: [DataColumn] {
    let direction: Direction = isLying ? .x : .y
    return [
      DataColumn("x", .x, x), DataColumn("y", .y, y), DataColumn("low", direction, low),
      DataColumn("high", direction, high),
    ]
  }

  func check(x: Axis, y: Axis) throws {
    try checkIntervals(low, high)
    if (isLying ? x : y).isCategory {
      throw FigureError.wrongAxis(
        mark: markName, series: series, reason: "the axis of the estimates must be numeric")
    }
    if showsValues && !isLying {
      throw FigureError.wrongAxis(
        mark: markName, series: series,
        reason: "values are written beside rows of a category y-axis")
    }
  }

  func expansion(_ direction: Direction, x: Axis, y: Axis) -> Expansion {
    direction == .x && !isLying ? .roomy : .padded
  }

  var label: MarkLabel? {
    series.isEmpty
      ? nil
      : MarkLabel(
        text: series, note: note, glyph: .marker, placement: isLying ? .key : .rightEnd)
  }

  func anchor(in frame: Frame) -> Point? {
    x.indices.map { point($0, frame) }.max { $0.x < $1.x }
  }

  func obstacles(in frame: Frame) -> [[Point]] {
    x.indices.map { i in
      let p = point(i, frame)
      return isLying
        ? [
          Point(x: frame.x.position(low[i]), y: p.y), Point(x: frame.x.position(high[i]), y: p.y),
        ]
        : [
          Point(x: p.x, y: frame.y.position(low[i])), Point(x: p.x, y: frame.y.position(high[i])),
        ]
    }
  }

  var rows: [DataRow] {
    x.indices.map { DataRow(x: x[$0], y: y[$0], low: low[$0], high: high[$0]) }
  }

  /// The text of an estimate: `0.51 [0.47, 0.55]`, with the decimals its interval deserves; all
  /// rows have as many as the narrowest, unless intervals differ by more than a factor of 100.
  func valueText(_ i: Int) -> String {
    guard case .number(let value) = x[i] else { return "" }
    let widths = x.indices.map { k -> Double in
      if case .number(let v) = x[k] { return max(high[k] - low[k], abs(v) * 1e-3) }
      return 0
    }
    let positive = widths.filter { $0 > 0 }
    let (least, greatest) = (positive.min() ?? 0, positive.max() ?? 0)
    let width = greatest <= 100 * least ? least : widths[i]
    guard width > 0, width < 1e5, width > 1e-5, abs(value) < 1e6 else {
      return "\(figureText(value)) [\(figureText(low[i])), \(figureText(high[i]))]"
    }
    let step = niceStep(span: width, target: 4)
    let decimals = max(0, -step.exponent)
    let text = { (v: Double) in fixedText(v, decimals: decimals) }
    return "\(text(value)) [\(text(low[i])), \(text(high[i]))]"
  }

  func point(_ i: Int, _ frame: Frame) -> Point {
    var p = frame.point(x[i], y[i])
    let count = Double(max(frame.intervalSeries.count, 1))
    let slot = Double(frame.intervalSeries.firstIndex(of: series) ?? 0) - (count - 1) / 2
    if isLying {
      p.y += slot * min(Defaults.dodgeLying, frame.y.band * 0.8 / count)
    } else {
      let room = frame.x.categories.isEmpty ? Defaults.dodge : frame.x.band * 0.8 / count
      p.x += slot * min(Defaults.dodge, room)
    }
    return p
  }

  func draw(on canvas: inout Canvas, in frame: Frame) {
    let style = frame.style(series)
    for i in x.indices {
      let p = point(i, frame)
      drawWhisker(
        on: &canvas, low: low[i], high: high[i], across: isLying ? p.y : p.x, isLying: isLying,
        frame: frame, stroke: .fixed(style.color))
      canvas.marker(style, at: p, radius: 4)
    }
  }
}

/// A whisker with short end strokes.
func drawWhisker(
  on canvas: inout Canvas, low: Double, high: Double, across: Double, isLying: Bool, frame: Frame,
  stroke: Paint
) {
  let c = coordinateText
  let cap = 3.0
  let (a, b) =
    isLying
    ? (frame.x.position(low), frame.x.position(high))
    : (frame.y.position(low), frame.y.position(high))
  let d =
    isLying
    ? "M\(c(a)),\(c(across - cap))v\(c(2 * cap))M\(c(a)),\(c(across))H\(c(b))"
      + "M\(c(b)),\(c(across - cap))v\(c(2 * cap))"
    : "M\(c(across - cap)),\(c(a))h\(c(2 * cap))M\(c(across)),\(c(a))V\(c(b))"
      + "M\(c(across - cap)),\(c(b))h\(c(2 * cap))"
  canvas.path(d, stroke: stroke, width: 1.5)
}
