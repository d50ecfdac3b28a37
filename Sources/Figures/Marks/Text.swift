// SPDX-License-Identifier: Apache-2.0

/// A short text at a place of the panel, with a hairline of paper around its letters.
public struct Text: Mark, Drawable {
  /// Which part of the text stands at its place.
  public enum Anchor: Sendable {
    /// The text goes to the right of its place.
    case start
    /// The text is centred.
    case middle
    /// The text goes to the left of its place.
    case end
  }

  let x: Coordinate
  let y: Coordinate
  let text: String
  let anchor: Anchor

  /// A text at (x, y), 11 px, muted.
  public init(x: some Plottable, y: some Plottable, _ text: String, anchor: Anchor = .start) {
    (self.x, self.y, self.text, self.anchor) = (x.coordinate, y.coordinate, text, anchor)
  }

  /// The mark as a part of a figure.
  public var element: FigureElement { FigureElement(self) }

  var markName: String { "Text" }
  var series: String { text }
  var isData: Bool { false }
  var layer: Layer { .text }
  var columns: [DataColumn] { [DataColumn("x", .x, [x]), DataColumn("y", .y, [y])] }

  func obstacles(in frame: Frame) -> [[Point]] {
    let p = frame.point(x, y)
    let width = TextMetrics.width(text, size: 11)
    let left = p.x - (anchor == .start ? 0 : anchor == .end ? width : width / 2)
    return [[Point(x: left, y: p.y - 4), Point(x: left + width, y: p.y - 4)]]
  }

  func draw(on canvas: inout Canvas, in frame: Frame) {
    var p = frame.point(x, y)
    // A text that would leave the frame is moved back into it.
    let width = TextMetrics.width(text, size: 11)
    let (left, right) = (frame.rectangle.left, frame.rectangle.right + 8)
    let before = anchor == .start ? 0 : anchor == .end ? width : width / 2
    p.x = max(min(p.x, right - width + before), left + before)
    let anchors: [Anchor: TextAnchor] = [.start: .start, .middle: .middle, .end: .end]
    canvas.text(
      text, at: p, size: 11, anchor: anchors[anchor] ?? .start, fill: .neutral(.muted), halo: true)
  }
}
