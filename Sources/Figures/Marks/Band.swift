// SPDX-License-Identifier: Apache-2.0

/// Uncertainty around a curve: a band without edges.
///
/// The caption says what it means.
public struct Band: Mark, Drawable {
  let series: String
  let x: [Coordinate]
  let low: [Double]
  let high: [Double]
  let curve: Curve

  /// A band from `low` to `high`, in the colour of its series.
  ///
  /// - Parameters:
  ///   - x: where the band is measured, in increasing order.
  ///   - low: its lower edge, as many as `x`.
  ///   - high: its upper edge, as many as `x`.
  ///   - series: the series whose colour it takes.
  ///   - curve: straight or in steps, as the line inside it.
  public init(
    x: [some Plottable], low: [Double], high: [Double], series: String = "",
    curve: Curve = .straight
  ) {
    self.x = x.map(\.coordinate)
    (self.low, self.high, self.series, self.curve) = (low, high, series, curve)
  }

  /// The mark as a part of a figure.
  public var element: FigureElement { FigureElement(self) }

  var markName: String { "Band" }
  var layer: Layer { .band }
  var columns: [DataColumn] {
    [DataColumn("x", .x, x), DataColumn("low", .y, low), DataColumn("high", .y, high)]
  }

  func check(x: Axis, y: Axis) throws {
    try checkIncreasing(self.x)
    try checkIntervals(low, high)
  }

  var label: MarkLabel? {
    series.isEmpty ? nil : MarkLabel(text: series, note: "", glyph: .swatch)
  }

  func anchor(in frame: Frame) -> Point? {
    let (lower, upper) = (edge(low, frame), edge(high, frame))
    guard let a = lower.last, let b = upper.last else { return nil }
    return Point(x: a.x, y: (a.y + b.y) / 2)
  }

  func obstacles(in frame: Frame) -> [[Point]] { [edge(low, frame), edge(high, frame)] }

  var rows: [DataRow] {
    x.indices.map { DataRow(x: x[$0], low: low[$0], high: high[$0]) }
  }

  private func edge(_ values: [Double], _ frame: Frame) -> [Point] {
    zip(x, values).map { frame.point($0, $1) }
  }

  func draw(on canvas: inout Canvas, in frame: Frame) {
    let upper = stepped(edge(high, frame), curve)
    let lower = stepped(edge(low, frame), curve)
    canvas.path(
      polyline(upper + lower.reversed()) + "Z", fill: .fixed(frame.style(series).color),
      isBand: true)
  }
}
