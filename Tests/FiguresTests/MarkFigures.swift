// SPDX-License-Identifier: Apache-2.0
import Figures

/// One small figure a mark, for the golden files.
enum MarkFigures {
  private static func small(
    _ id: String, x: Axis = .linear("x →"), y: Axis = .linear("↑ y"),
    @MarkBuilder marks: () -> [FigureElement]
  ) -> Figure {
    Figure(
      id: id, title: "A figure with \(id)", subtitle: "three points", x: x, y: y, marks: marks)
  }

  static let xs = [1, 10, 100]

  static var all: [Figure] {
    [
      small("line") {
        Line(x: xs, y: [1.0, 2, 4], series: "a", note: "slope 1")
        Line(x: xs, y: [2.0, 1, 3.5], series: "b", markers: .all, curve: .step)
      },
      small("band", x: .log("x →")) {
        Band(x: xs, low: [1.0, 2, 3], high: [2.0, 2.5, 4], series: "a")
      },
      small("points") { Points(x: xs, y: [1.0, -2, 4], series: "a") },
      small("runs") { Runs(x: xs, ys: [[1, 2, 4], [1, 3, 5]], series: "a") },
      small("theory", x: .log("x →"), y: .log("↑ y")) {
        Line(x: xs, y: [1.0, 2, 4])
        Theory(x: xs, y: [9.0, 20, 40], label: "upper", kind: .upperBound, source: "Thm 1")
        Theory(x: xs, y: [0.5, 0.6, 0.9], label: "lower", kind: .lowerBound)
        Theory(x: xs, y: [1.0, 3, 9], label: "rate only", kind: .rateOnly)
        Theory(x: xs, y: [1.0, 2e3, 4e6], label: "exact", kind: .exact, clipped: true)
      },
      small("slope-guide", x: .log("x →"), y: .log("↑ y")) {
        Line(x: xs, y: [10.0, 2, 1])
        SlopeGuide(slope: -0.5)
      },
      small("bars", x: .category("instance")) {
        Bars(x: ["p", "q"], y: [1.0, 3], low: [0.5, 2.5], high: [1.5, 4], series: "a")
        Bars(x: ["p", "q"], y: [2.0, -1], series: "b")
      },
      small("heat", x: .category("column"), y: .category("row")) {
        Heat(
          [[0, 0.5], [nil, 1]], label: "V", rows: ["r", "s"], columns: ["c", "d"],
          glyphs: [["→", "↓"], ["", "★"]])
      },
      small("interval", y: .category()) {
        Interval(x: [0.5, 0.7], y: ["p", "q"], low: [0.4, 0.6], high: [0.6, 0.9], values: true)
      },
      small("interval-upright") {
        Interval(
          x: xs, y: [0.5, 0.7, 0.8], low: [0.4, 0.6, 0.7], high: [0.6, 0.9, 1], series: "a")
        Interval(
          x: xs, y: [0.4, 0.5, 0.6], low: [0.3, 0.4, 0.5], high: [0.5, 0.6, 0.7], series: "b")
      },
      small("reference") {
        Points(x: xs, y: [1.0, 2, 4])
        Reference(y: 3, "1 − δ")
        Reference(x: 50, "K₀")
      },
      small("text") {
        Points(x: xs, y: [1.0, 2, 4])
        Text(x: 40, y: 3, "here", anchor: .middle)
      },
      small("fit-window", x: .log("x →"), y: .log("↑ y")) {
        Line(x: xs, y: [1.0, 2, 4])
        FitWindow(5...50)
        Vacuous(until: 20, "vacuous until 20")
      },
    ]
  }
}
