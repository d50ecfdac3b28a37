// SPDX-License-Identifier: Apache-2.0

/// Which points of a curve carry the marker of its series.
public enum Markers: Sendable {
  /// All points of a short curve, about six of a long one, always the last.
  case automatic
  /// Every point.
  case all
  /// No point.
  case none
}

/// How a curve goes from one point to the next.
public enum Curve: Sendable {
  /// Straight.
  case straight
  /// Level until the next point, then up or down: empirical distributions.
  case step
}

/// A measured curve: solid, in the colour of its series.
public struct Line: Mark, Drawable {
  private enum Defaults {
    static let width = 2.0
    static let markerLimit = 12
    static let markerCount = 6
    static let note = 11.0
  }

  let series: String
  let note: String
  let x: [Coordinate]
  let y: [Double]
  let markers: Markers
  let curve: Curve
  let labelPlace: Double?

  /// A curve through points with increasing x.
  ///
  /// - Parameters:
  ///   - x: where the points are; numbers in increasing order, or category names.
  ///   - y: their heights, as many as `x`.
  ///   - series: the name at the right end of the curve; equal names share colour and marker.
  ///   - note: a second, smaller line under the name: a fitted slope with its interval.
  ///   - markers: which points carry the marker.
  ///   - curve: straight or in steps.
  ///   - labelAt: writes the name beside the point nearest to this x instead of at the right end,
  ///     for curves that end together.
  public init(
    x: [some Plottable], y: [Double], series: String = "", note: String = "",
    markers: Markers = .automatic, curve: Curve = .straight, labelAt: Double? = nil
  ) {
    self.x = x.map(\.coordinate)
    self.y = y
    (self.series, self.note, self.markers, self.curve) = (series, note, markers, curve)
    labelPlace = labelAt
  }

  /// The mark as a part of a figure.
  public var element: FigureElement { FigureElement(self) }

  var markName: String { "Line" }
  var layer: Layer { .line }
  var columns: [DataColumn] { [DataColumn("x", .x, x), DataColumn("y", .y, y)] }
  func check(x: Axis, y: Axis) throws { try checkIncreasing(self.x) }

  var label: MarkLabel? {
    series.isEmpty
      ? nil
      : MarkLabel(
        text: series, note: note, glyph: .marker,
        placement: labelPlace == nil ? .rightEnd : .inline)
  }

  func anchor(in frame: Frame) -> Point? { points(frame).last }
  func obstacles(in frame: Frame) -> [[Point]] { [points(frame)] }
  var rows: [DataRow] { zip(x, y).map { DataRow(x: $0, y: .number($1)) } }

  private func points(_ frame: Frame) -> [Point] { zip(x, y).map { frame.point($0, $1) } }

  func draw(on canvas: inout Canvas, in frame: Frame) {
    let style = frame.style(series)
    let points = points(frame)
    if points.count > 1 {
      canvas.path(
        polyline(stepped(points, curve)), stroke: .fixed(style.color), width: Defaults.width,
        roundJoin: true)
    }
    for i in markedIndices(points.count) { canvas.marker(style, at: points[i]) }
    if let labelPlace {
      drawInlineLabel(on: &canvas, style, points, at: frame.x.position(labelPlace), frame)
    }
  }

  /// The name beside a point, on the side that is farthest from all curves.
  private func drawInlineLabel(
    on canvas: inout Canvas, _ style: SeriesStyle, _ points: [Point], at x: Double, _ frame: Frame
  ) {
    guard !series.isEmpty,
      let p = points.min(by: { abs($0.x - x) < abs($1.x - x) })
    else { return }
    let width = max(
      TextMetrics.width(series, size: 13), TextMetrics.width(note, size: Defaults.note))
    let height = note.isEmpty ? 14.0 : 28
    var best = (
      clearance: -1.0, box: Rectangle(left: 0, top: 0, right: 0, bottom: 0), isLeft: false
    )
    for (isLeft, isBelow) in [(false, false), (true, true), (false, true), (true, false)] {
      let left = isLeft ? p.x - 8 - width : p.x + 8
      let top = isBelow ? p.y + 2 : p.y - 4 - height
      let box = Rectangle(left: left, top: top, right: left + width, bottom: top + height)
      // Each curve counts: a place that touches one of them is better than one that touches three.
      let distance = frame.obstacles.map { min(clearance(of: box, from: $0), 10) }.reduce(0, +)
      if distance > best.clearance + 0.5 { best = (distance, box, isLeft) }
    }
    canvas.marker(style, at: p, radius: 4)
    let anchor: TextAnchor = best.isLeft ? .end : .start
    let start = best.isLeft ? best.box.right : best.box.left
    canvas.text(
      series, at: Point(x: start, y: best.box.top + 11.5), anchor: anchor, halo: true)
    if !note.isEmpty {
      canvas.text(
        note, at: Point(x: start, y: best.box.top + 25), size: Defaults.note, anchor: anchor,
        fill: .neutral(.muted), halo: true)
    }
  }

  private func markedIndices(_ count: Int) -> [Int] {
    switch markers {
    case .none: return count == 1 ? [0] : []
    case .all: return Array(0..<count)
    case .automatic:
      if count <= Defaults.markerLimit { return curve == .step ? [count - 1] : Array(0..<count) }
      let gaps = Defaults.markerCount - 1
      let all = (0...gaps).map { ($0 * (count - 1) + gaps / 2) / gaps }
      return curve == .step ? [count - 1] : all
    }
  }
}

/// The corners of a curve; a step is level until the next point.
func stepped(_ points: [Point], _ curve: Curve) -> [Point] {
  guard case .step = curve else { return points }
  var result: [Point] = []
  for point in points {
    if let before = result.last { result.append(Point(x: point.x, y: before.y)) }
    result.append(point)
  }
  return result
}
