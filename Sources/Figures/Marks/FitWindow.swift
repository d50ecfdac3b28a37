// SPDX-License-Identifier: Apache-2.0

/// A thin bracket on the x-axis: the slope was fitted there and nowhere else.
public struct FitWindow: Mark, Drawable {
  let from: Double
  let through: Double
  let name: String

  /// A bracket over `range`, with a small label.
  public init(_ range: ClosedRange<Double>, _ label: String = "fit") {
    (from, through, name) = (range.lowerBound, range.upperBound, label)
  }

  /// The mark as a part of a figure.
  public var element: FigureElement { FigureElement(self) }

  var markName: String { "FitWindow" }
  var series: String { name }
  var isData: Bool { false }
  var layer: Layer { .guide }
  var columns: [DataColumn] { [DataColumn("range", .x, [from, through])] }

  func check(x: Axis, y: Axis) throws {
    if x.isCategory {
      throw FigureError.wrongAxis(
        mark: markName, series: name, reason: "a fit window needs a numeric x-axis")
    }
  }

  private func ends(_ frame: Frame) -> (Double, Double) {
    (frame.x.position(from), frame.x.position(through))
  }

  func obstacles(in frame: Frame) -> [[Point]] {
    let (a, b) = ends(frame)
    let bottom = frame.rectangle.bottom
    let half = TextMetrics.width(name, size: 11) / 2
    return [
      [Point(x: a, y: bottom - 6), Point(x: b, y: bottom - 6)],
      [
        Point(x: (a + b) / 2 - half, y: bottom - 20), Point(x: (a + b) / 2 + half, y: bottom - 20),
      ],
    ]
  }

  func draw(on canvas: inout Canvas, in frame: Frame) {
    let (a, b) = ends(frame)
    let c = coordinateText
    let y = frame.rectangle.bottom - 6
    canvas.path(
      "M\(c(a)),\(c(y + 6))V\(c(y))H\(c(b))V\(c(y + 6))", stroke: .neutral(.muted))
    canvas.text(
      name, at: Point(x: (a + b) / 2, y: y - 4), size: 11, anchor: .middle, fill: .neutral(.muted),
      halo: true)
  }
}
