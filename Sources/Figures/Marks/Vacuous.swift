// SPDX-License-Identifier: Apache-2.0

/// Where a bound says nothing, since it exceeds the trivial one: a bracket along the top edge.
public struct Vacuous: Mark, Drawable {
  let until: Double
  let text: String

  /// The region from the left edge until `x`, with a text such as `"vacuous until K ≈ 3×10⁴"`.
  public init(until x: Double, _ text: String) {
    (until, self.text) = (x, text)
  }

  /// The mark as a part of a figure.
  public var element: FigureElement { FigureElement(self) }

  var markName: String { "Vacuous" }
  var series: String { text }
  var isData: Bool { false }
  var layer: Layer { .guide }
  var columns: [DataColumn] { [DataColumn("until", .x, [until])] }

  func check(x: Axis, y: Axis) throws {
    if x.isCategory {
      throw FigureError.wrongAxis(
        mark: markName, series: text, reason: "a vacuous region needs a numeric x-axis")
    }
  }

  func obstacles(in frame: Frame) -> [[Point]] {
    let y = frame.rectangle.top + 10
    return [[Point(x: frame.rectangle.left, y: y), Point(x: frame.x.position(until), y: y)]]
  }

  func draw(on canvas: inout Canvas, in frame: Frame) {
    let r = frame.rectangle
    let c = coordinateText
    let end = frame.x.position(until)
    canvas.path(
      "M\(c(r.left)),\(c(r.top + 4))H\(c(end))M\(c(end)),\(c(r.top))v8", stroke: .neutral(.muted))
    canvas.text(
      text, at: Point(x: r.left + 4, y: r.top + 18), size: 11, fill: .neutral(.muted), halo: true)
  }
}
