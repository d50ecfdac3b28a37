// SPDX-License-Identifier: Apache-2.0

/// Single measurements: the marker of the series at each point.
public struct Points: Mark, Drawable {
  let series: String
  let note: String
  let x: [Coordinate]
  let y: [Coordinate]

  /// Points in any order.
  ///
  /// - Parameters:
  ///   - x: numbers or category names.
  ///   - y: numbers or category names, as many as `x`.
  ///   - series: the name beside the last point to the right.
  ///   - note: a second, smaller line under the name.
  public init(x: [some Plottable], y: [some Plottable], series: String = "", note: String = "") {
    self.x = x.map(\.coordinate)
    self.y = y.map(\.coordinate)
    (self.series, self.note) = (series, note)
  }

  /// The mark as a part of a figure.
  public var element: FigureElement { FigureElement(self) }

  var markName: String { "Points" }
  var layer: Layer { .points }
  var columns: [DataColumn] { [DataColumn("x", .x, x), DataColumn("y", .y, y)] }
  func expansion(_ direction: Direction, x: Axis, y: Axis) -> Expansion {
    direction == .x ? .roomy : .padded
  }

  var label: MarkLabel? {
    series.isEmpty ? nil : MarkLabel(text: series, note: note, glyph: .marker)
  }

  func anchor(in frame: Frame) -> Point? { points(frame).max { $0.x < $1.x } }
  func obstacles(in frame: Frame) -> [[Point]] { points(frame).map { [$0] } }
  var rows: [DataRow] { zip(x, y).map { DataRow(x: $0, y: $1) } }

  private func points(_ frame: Frame) -> [Point] { zip(x, y).map { frame.point($0, $1) } }

  func draw(on canvas: inout Canvas, in frame: Frame) {
    let style = frame.style(series)
    for point in points(frame) { canvas.marker(style, at: point) }
  }
}
