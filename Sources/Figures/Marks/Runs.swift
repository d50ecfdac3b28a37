// SPDX-License-Identifier: Apache-2.0

/// Single runs behind a mean: hairlines in the colour of the series, at most 20.
public struct Runs: Mark, Drawable {
  private enum Defaults {
    static let width = 0.75
    static let limit = 20
  }

  let series: String
  let x: [Coordinate]
  let ys: [[Double]]

  /// Curves over the same x-values.
  ///
  /// - Parameters:
  ///   - x: where all runs are recorded, in increasing order.
  ///   - ys: one array a run, each as long as `x`; at most 20 runs.
  ///   - series: the series whose colour they take.
  public init(x: [some Plottable], ys: [[Double]], series: String = "") {
    self.x = x.map(\.coordinate)
    (self.ys, self.series) = (ys, series)
  }

  /// The mark as a part of a figure.
  public var element: FigureElement { FigureElement(self) }

  var markName: String { "Runs" }
  var layer: Layer { .runs }
  var columns: [DataColumn] {
    [DataColumn("x", .x, x)] + ys.enumerated().map { DataColumn("ys[\($0)]", .y, $1) }
  }

  func check(x: Axis, y: Axis) throws {
    try checkIncreasing(self.x)
    guard !ys.isEmpty else { throw FigureError.emptyData(mark: markName, series: series) }
    guard ys.count <= Defaults.limit else {
      throw FigureError.badParameter(
        "\(Figures.markName(markName, series)) has \(ys.count) runs, at most \(Defaults.limit) can be seen; "
          + "draw a Band of their quantiles")
    }
  }

  func obstacles(in frame: Frame) -> [[Point]] {
    ys.map { y in zip(x, y).map { frame.point($0, $1) } }
  }

  var rows: [DataRow] { ys.flatMap { y in zip(x, y).map { DataRow(x: $0, y: .number($1)) } } }

  func draw(on canvas: inout Canvas, in frame: Frame) {
    let color = frame.style(series).color
    for run in obstacles(in: frame) {
      canvas.path(
        polyline(run), stroke: .fixed(color), width: Defaults.width, isRun: true)
    }
  }
}
