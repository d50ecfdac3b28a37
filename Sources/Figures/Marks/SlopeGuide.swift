// SPDX-License-Identifier: Apache-2.0

/// A triangle that shows a slope on log-log axes, with its run 1 and its rise.
///
/// It is placed where it is farthest from the curves, unless it is told where.
public struct SlopeGuide: Mark, Drawable {
  private enum Defaults {
    static let run = 92.0
    static let smallRun = 46.0
    static let greatestRise = 0.4
    static let clearance = 12.0
  }

  let slope: Double
  let x: Double?
  let y: Double?

  /// A triangle of the given slope.
  ///
  /// - Parameters:
  ///   - slope: the exponent: 0.5 for √K, −1 for 1/N.
  ///   - x: where its middle is on the x-axis; free if `nil`.
  ///   - y: where its middle is on the y-axis; free if `nil`.
  public init(slope: Double, at x: Double? = nil, y: Double? = nil) {
    (self.slope, self.x, self.y) = (slope, x, y)
  }

  /// The mark as a part of a figure.
  public var element: FigureElement { FigureElement(self) }

  var markName: String { "SlopeGuide" }
  var series: String { slopeText(slope) }
  var isData: Bool { false }
  var layer: Layer { .guide }
  var columns: [DataColumn] {
    (x.map { [DataColumn("at", .x, [$0])] } ?? []) + (y.map { [DataColumn("y", .y, [$0])] } ?? [])
  }

  func check(x: Axis, y: Axis) throws {
    guard x.kind == .log, y.kind == .log else {
      throw FigureError.wrongAxis(
        mark: markName, series: series, reason: "a slope is an exponent and needs two log axes")
    }
    guard slope.isFinite, slope != 0 else {
      throw FigureError.badParameter("SlopeGuide: the slope is \(slope); use Reference for slope 0")
    }
  }

  func draw(on canvas: inout Canvas, in frame: Frame) {
    let r = frame.rectangle
    // Pixels a decade on each axis; the triangle's shape follows from them.
    let (perX, perY) = (
      r.width / (frame.x.transformed(frame.x.upper) - frame.x.transformed(frame.x.lower)),
      r.height / (frame.y.transformed(frame.y.upper) - frame.y.transformed(frame.y.lower))
    )
    var run = min(frame.isSmall ? Defaults.smallRun : Defaults.run, r.width * 0.3)
    var rise = run / perX * abs(slope) * perY
    if rise > r.height * Defaults.greatestRise {
      run *= r.height * Defaults.greatestRise / rise
      rise = r.height * Defaults.greatestRise
    }
    let text = slopeText(slope)
    let side = TextMetrics.width(text, size: 11) + 6
    let box = place(run, rise, side, frame)
    let c = coordinateText
    let (left, right) = (c(box.left), c(box.left + run))
    let (top, bottom) = (c(box.top), c(box.top + rise))
    let d =
      slope > 0 ? "M\(left),\(bottom)H\(right)V\(top)Z" : "M\(left),\(top)H\(right)V\(bottom)Z"
    canvas.path(d, stroke: .neutral(.muted))
    let one = Point(
      x: box.left + run / 2, y: slope > 0 ? box.top + rise + 13 : box.top - 5)
    canvas.text("1", at: one, size: 11, anchor: .middle, fill: .neutral(.muted))
    canvas.text(
      text, at: Point(x: box.left + run + 6, y: box.top + rise / 2 + 4), size: 11,
      fill: .neutral(.muted))
  }

  /// The top left corner of the triangle.
  private func place(_ run: Double, _ rise: Double, _ side: Double, _ frame: Frame) -> Rectangle {
    // Room for the triangle with its labels: 1 stands below a rising one and above a falling one.
    let (above, below) = slope > 0 ? (2.0, 16.0) : (16.0, 2.0)
    let size = (width: run + side, height: rise + above + below)
    let r = frame.rectangle
    var lefts = free(from: r.left + 6, room: r.width - size.width - 12, count: 12)
    if let x { lefts = [frame.x.position(x) - run / 2] }
    var tops = free(from: r.top + 4, room: r.height - size.height - 8, count: 16)
    if let y { tops = [frame.y.position(y) - rise / 2 - above] }
    var best = (score: -1.0, box: Rectangle(left: r.left, top: r.top, right: 0, bottom: 0))
    // Later candidates win ties: the lower right corner is where regret plots are empty.
    for left in lefts {
      for top in tops {
        let box = Rectangle(
          left: left, top: top, right: left + size.width, bottom: top + size.height)
        let distance = frame.obstacles.map { clearance(of: box, from: $0) }.min() ?? 1e9
        let score = min(distance, Defaults.clearance).rounded()
        if score >= best.score { best = (score, box) }
      }
    }
    var box = best.box
    box.top += above
    return box
  }

  /// Places at equal distances from `start` over `room` pixels.
  private func free(from start: Double, room: Double, count: Int) -> [Double] {
    (0...count).map { start + max(room, 0) * Double($0) / Double(count) }
  }
}

/// The distance between a box and a curve, in pixels; 0 where they touch.
func clearance(of box: Rectangle, from curve: [Point]) -> Double {
  var least = Double.infinity
  let distance = { (p: Point) -> Double in
    let dx = max(box.left - p.x, 0, p.x - box.right)
    let dy = max(box.top - p.y, 0, p.y - box.bottom)
    return (dx * dx + dy * dy).squareRoot()
  }
  for (i, p) in curve.enumerated() {
    least = min(least, distance(p))
    guard i > 0 else { continue }
    let q = curve[i - 1]
    // Points along the segment, at most 6 px apart.
    let steps = Int((max(abs(p.x - q.x), abs(p.y - q.y)) / 6).rounded(.up))
    for k in 1..<max(steps, 2) where steps > 1 {
      let t = Double(k) / Double(steps)
      least = min(least, distance(Point(x: q.x + t * (p.x - q.x), y: q.y + t * (p.y - q.y))))
    }
  }
  return least
}
