// SPDX-License-Identifier: Apache-2.0

/// A muted rule across the panel at a number to compare with: 1 − δ, zero, an optimum.
public struct Reference: Mark, Drawable {
  let direction: Direction
  let value: Double
  let name: String

  /// A horizontal rule; its label stands at the right end.
  public init(y: Double, _ label: String = "") {
    (direction, value, name) = (.y, y, label)
  }

  /// A vertical rule; its label stands above the panel.
  public init(x: Double, _ label: String = "") {
    (direction, value, name) = (.x, x, label)
  }

  /// The mark as a part of a figure.
  public var element: FigureElement { FigureElement(self) }

  var markName: String { "Reference" }
  var series: String { name }
  var isData: Bool { false }
  var layer: Layer { .rule }
  var columns: [DataColumn] { [DataColumn(direction.rawValue, direction, [value])] }

  func check(x: Axis, y: Axis) throws {
    if (direction == .x ? x : y).isCategory {
      throw FigureError.wrongAxis(
        mark: markName, series: name, reason: "a reference rule needs a numeric axis")
    }
  }

  var label: MarkLabel? {
    name.isEmpty || direction == .x ? nil : MarkLabel(text: name, note: "", glyph: .dash(""))
  }

  func anchor(in frame: Frame) -> Point? {
    Point(x: frame.rectangle.right, y: frame.y.position(value))
  }

  func obstacles(in frame: Frame) -> [[Point]] { [ends(frame)] }

  var rows: [DataRow] {
    [direction == .x ? DataRow(x: .number(value)) : DataRow(y: .number(value))]
  }

  private func ends(_ frame: Frame) -> [Point] {
    let r = frame.rectangle
    if direction == .y {
      let y = frame.y.position(value)
      return [Point(x: r.left, y: y), Point(x: r.right, y: y)]
    }
    let x = frame.x.position(value)
    return [Point(x: x, y: r.top), Point(x: x, y: r.bottom)]
  }

  func draw(on canvas: inout Canvas, in frame: Frame) {
    let line = ends(frame)
    canvas.line(line[0], line[1], stroke: .neutral(.muted))
    if direction == .x && !name.isEmpty {
      let r = frame.rectangle
      let half = TextMetrics.width(name, size: 11) / 2
      let x = min(max(line[0].x, r.left + half - 12), max(r.right - half + 12, r.left + half - 12))
      canvas.text(
        name, at: Point(x: x, y: r.top - 5), size: 11, anchor: .middle, fill: .neutral(.muted))
    }
  }
}
