// SPDX-License-Identifier: Apache-2.0

/// A curve that comes from a theorem, not from a measurement: grey, thin, without markers.
///
/// It is a type of its own, and takes no series: a bound cannot be drawn as data by accident.
public struct Theory: Mark, Drawable {
  /// What the theorem says.
  public enum Kind: Sendable {
    /// A proved upper bound: dashed.
    case upperBound
    /// A proved lower bound: dotted.
    case lowerBound
    /// A rate without constants, or a conjecture, moved to a point the label names: long dashes.
    case rateOnly
    /// An exact quantity in closed form: dash and dot.
    case exact
  }

  private enum Defaults {
    static let width = 1.5
  }

  let name: String
  let source: String
  let kind: Kind
  let x: [Coordinate]
  let y: [Double]
  let isClipped: Bool

  /// A curve of theory through points with increasing x.
  ///
  /// - Parameters:
  ///   - x: where the bound is evaluated.
  ///   - y: its values, as many as `x`.
  ///   - label: what it is: `"proved bound"`, `"rate only, K^½, anchored at K = 10²"`.
  ///   - kind: upper or lower bound, rate without constants, or exact quantity.
  ///   - source: where it is proved; a second, smaller line under the label.
  ///   - clipped: whether the curve may leave the frame; then it does not widen the y-axis.
  public init(
    x: [some Plottable], y: [Double], label: String, kind: Kind, source: String = "",
    clipped: Bool = false
  ) {
    self.x = x.map(\.coordinate)
    (self.y, name, self.kind, self.source, isClipped) = (y, label, kind, source, clipped)
  }

  /// The mark as a part of a figure.
  public var element: FigureElement { FigureElement(self) }

  var markName: String { "Theory" }
  var series: String { name }
  var isData: Bool { false }
  var layer: Layer { .theory }
  var columns: [DataColumn] {
    [
      DataColumn("x", .x, x),
      DataColumn("y", .y, y.map { .number($0) }, isClipped: isClipped),
    ]
  }
  func check(x: Axis, y: Axis) throws { try checkIncreasing(self.x) }

  var dash: String {
    switch kind {
    case .upperBound: "6 4"
    case .lowerBound: "1.5 4"
    case .rateOnly: "12 4"
    case .exact: "8 3 1.5 3"
    }
  }

  var label: MarkLabel? {
    name.isEmpty ? nil : MarkLabel(text: name, note: source, glyph: .dash(dash))
  }

  /// The last point inside the frame, or where the curve leaves it.
  func anchor(in frame: Frame) -> Point? {
    let r = frame.rectangle
    let all = points(frame)
    guard let last = all.last else { return nil }
    return Point(x: last.x, y: min(max(last.y, r.top), r.bottom))
  }

  func obstacles(in frame: Frame) -> [[Point]] {
    let r = frame.rectangle
    return [points(frame).map { Point(x: $0.x, y: min(max($0.y, r.top - 50), r.bottom + 50)) }]
  }
  var rows: [DataRow] { zip(x, y).map { DataRow(x: $0, y: .number($1)) } }

  private func points(_ frame: Frame) -> [Point] { zip(x, y).map { frame.point($0, $1) } }

  func draw(on canvas: inout Canvas, in frame: Frame) {
    let points = points(frame)
    let r = frame.rectangle
    let leaves = points.contains { $0.y < r.top - 0.5 || $0.y > r.bottom + 0.5 }
    canvas.path(
      polyline(points), stroke: .neutral(.muted), width: Defaults.width, dash: dash,
      clip: leaves ? canvas.clip(to: r) : "")
  }
}
