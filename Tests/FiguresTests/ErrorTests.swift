// SPDX-License-Identifier: Apache-2.0
import Figures
import Testing

@Suite("Bad figures")
struct ErrorTests {
  private func figure(
    _ x: Axis = .linear(), _ y: Axis = .linear(), id: String = "f",
    @MarkBuilder _ marks: () -> [FigureElement]
  ) -> Figure { Figure(id: id, title: "t", x: x, y: y, marks: marks) }

  private func expect(_ error: FigureError, _ figure: Figure) {
    #expect(throws: error) { try figure.svg() }
    #expect(throws: error) { try figure.table() }
  }

  private func place(_ mark: String, _ series: String, _ array: String, _ i: Int) -> DataPlace {
    DataPlace(mark: mark, series: series, array: array, index: i)
  }

  @Test("zero, negative and non-finite numbers are named by mark, series and index")
  func numbers() {
    let xs = [1, 2, 3]
    expect(
      .notPositive(place("Line", "a", "y", 1), value: "0.0"),
      figure(.linear(), .log()) { Line(x: xs, y: [1, 0, 2], series: "a") })
    expect(
      .notPositive(place("Line", "a", "x", 0), value: "-1.0"),
      figure(.log()) { Line(x: [-1, 2, 3], y: [1, 0, 2], series: "a") })
    expect(
      .notPositive(place("Band", "a", "low", 2), value: "-3.0"),
      figure(.linear(), .log()) {
        Band(x: xs, low: [1, 1, -3], high: [2, 2, 2], series: "a")
      })
    expect(
      .notFinite(place("Theory", "bound", "y", 2), value: "inf"),
      figure { Theory(x: xs, y: [1, 2, .infinity], label: "bound", kind: .upperBound) })
    expect(
      .notFinite(place("Points", "", "y", 0), value: "nan"),
      figure { Points(x: xs, y: [Double.nan, 2, 3]) })
    expect(
      .notFinite(place("Heat", "V", "values[1]", 0), value: "nan"),
      figure(.category(), .category()) { Heat([[1, 2], [.nan, 3]], label: "V") })
    expect(
      .notPositive(place("Theory", "bound", "y", 0), value: "0.0"),
      figure(.linear(), .log()) {
        Theory(x: xs, y: [0, 1, 2], label: "bound", kind: .upperBound, clipped: true)
      })
  }

  @Test("empty data, unequal counts, disorder and reversed intervals throw")
  func shapes() {
    expect(.noMarks("figure “f”"), figure {})
    expect(
      .emptyData(mark: "Line", series: "a"), figure { Line(x: [Int](), y: [], series: "a") })
    expect(
      .emptyData(mark: "Heat", series: ""), figure(.category(), .category()) { Heat([[nil]]) })
    expect(
      .wrongCount(mark: "Line", series: "a", array: "y", expected: 2, found: 1),
      figure { Line(x: [1, 2], y: [1], series: "a") })
    expect(
      .wrongCount(mark: "Heat", series: "", array: "values[1]", expected: 2, found: 1),
      figure(.category(), .category()) { Heat([[1, 2], [3]]) })
    expect(
      .notIncreasing(place("Line", "a", "x", 1)),
      figure { Line(x: [2, 1], y: [1, 1], series: "a") })
    expect(
      .reversedInterval(place("Interval", "a", "low", 0)),
      figure { Interval(x: [1], y: [1.0], low: [3], high: [2], series: "a") })
    #expect(throws: FigureError.self) {
      try figure { Runs(x: [1], ys: Array(repeating: [1], count: 21)) }.svg()
    }
  }

  @Test("a fifth series says to use facets; facets with six series draw")
  func series() throws {
    let names = ["a", "b", "c", "d", "e"]
    expect(
      .tooManySeries(panel: "figure “f”", series: names),
      figure { for name in names { Line(x: [1, 2], y: [1, 2], series: name) } })
    let facets = Figure(
      id: "f", title: "t", x: .linear(), y: .linear(), facets: .columns(3)
    ) {
      for name in names + ["g"] { Panel(name) { Line(x: [1, 2], y: [1, 2], series: name) } }
    }
    _ = try facets.svg()
  }

  @Test("marks on axes that cannot carry them throw")
  func axes() {
    let wrong: [Figure] = [
      figure { Bars(x: [1, 2], y: [1.0, 2]) },
      figure(.category(), .log()) { Bars(x: ["a"], y: [1.0]) },
      figure { Heat([[1]]) },
      figure { SlopeGuide(slope: 0.5) },
      figure(.category(), .category()) { Interval(x: ["a"], y: ["b"], low: [1], high: [2]) },
      figure(.category("", ["a"])) { Reference(x: 0) },
      figure(.category("", ["a"])) { FitWindow(0...1) },
      figure(.category("", ["a"])) { Vacuous(until: 0, "v") },
    ]
    for figure in wrong { #expect(throws: FigureError.self) { try figure.svg() } }
    expect(
      .unknownCategory(place("Line", "", "x", 1), name: "b"),
      figure(.category("", ["a"])) { Line(x: ["a", "b"], y: [1, 2]) })
    expect(
      .unknownCategory(place("Line", "", "x", 0), name: "a"),
      figure { Line(x: ["a"], y: [1]) })
  }

  @Test("domains must be sound and hold the data")
  func domains() {
    expect(
      .outsideDomain(place("Line", "", "y", 1), value: "2.0"),
      figure(.linear(), .linear("", domain: 0...1)) { Line(x: [1, 2], y: [1, 2]) })
    for axis in [
      Axis.log("", domain: -1...1), .linear("", domain: 1...1),
      .linear("", domain: 0...Double.infinity),
      .symlog("", linearWithin: 0),
    ] {
      #expect(throws: FigureError.self) {
        try figure(axis) { Line(x: [0.5, 0.7], y: [1, 2]) }.svg()
      }
    }
  }

  @Test("a clipped bound may leave the frame and does not widen the axis")
  func clipped() throws {
    let svg = try figure(.linear(), .linear("", domain: 0...2)) {
      Line(x: [1, 2], y: [1, 2])
      Theory(x: [1, 2], y: [50, 99], label: "bound", kind: .upperBound, clipped: true)
    }.svg()
    #expect(svg.contains("clip-path=\"url(#f-clip-0)\""))
  }

  @Test(
    "ids that would not be ids or file names throw",
    arguments: [
      "", "1a", "a b", "../x", "a/b", "ä", "a\"", String(repeating: "a", count: 101),
    ])
  func identifiers(id: String) {
    expect(.badIdentifier(id), figure(id: id) { Line(x: [1, 2], y: [1, 2]) })
  }

  @Test("widths, columns and labels that do not fit throw")
  func sizes() {
    let simple = figure { Line(x: [1, 2], y: [1, 2]) }
    for width in [0, 200, Double.nan, 1e9] {
      #expect(throws: FigureError.self) { try simple.svg(width: width) }
    }
    let many = Figure(id: "f", title: "t", x: .linear(), y: .linear(), facets: .columns(12)) {
      for i in 0..<12 { Panel("\(i)") { Line(x: [1, 2], y: [1, 2]) } }
    }
    #expect(throws: FigureError.self) { try many.svg() }
    let names = (0..<40).map { "a rather longwordindeed \($0)" }
    #expect(throws: FigureError.self) {
      try figure(.category()) { Line(x: names, y: names.map { _ in 1 }) }.svg()
    }
    #expect(throws: FigureError.self) {
      try figure(.category(), .category()) {
        Heat([(0..<40).map { Double($0) }], text: .values)
      }.svg()
    }
  }

  @Test("descriptions name the place and the remedy")
  func descriptions() {
    let error = FigureError.notPositive(place("Line", "UCBVI", "y", 3), value: "0.0")
    #expect(error.description.hasPrefix("Line “UCBVI”: y[3] is 0.0"))
    #expect(error.description.contains(".symlog"))
  }

  @Test("extreme numbers give a figure or an error, never a trap or a coordinate that is no number")
  func extremes() throws {
    let numbers: [Double] = [
      -1.7e308, -1e300, -1, -1e-300, -.leastNonzeroMagnitude, 0, .leastNonzeroMagnitude, 1e-300, 1,
      1 + 1e-15, 1e15, 1e17,
      1e17 + 16,
      1e300, 1e308, 1.7e308,
    ]
    var drawn = 0
    for a in numbers {
      for b in numbers where a <= b {
        var all: [Figure] = []
        for axis in [Axis.linear(), .log(), .symlog("", linearWithin: 1e-3)] {
          all += [
            figure(axis, axis) { Line(x: [a, b], y: [a, b], series: "s") },
            figure(axis, axis) { Points(x: [a, b], y: [a, b], series: "s") },
            figure(.linear(), axis) {
              Line(x: [1, 2], y: [1, 2])
              Theory(x: [1, 2], y: [a, b], label: "t", kind: .exact, clipped: true)
            },
            figure(axis, .category()) {
              Interval(x: [a], y: ["r"], low: [a], high: [b], values: true)
            },
          ]
          if a < b {
            all.append(
              figure(axis.with(a...b)) {
                Reference(x: a)
                Reference(y: 1)
              })
          }
        }
        all.append(
          figure(.category(), .linear()) { Bars(x: ["p", "q"], y: [a, b], values: true) })
        all.append(figure(.category(), .category()) { Heat([[a, b]]) })
        all.append(
          figure(.log(), .log()) {
            Line(x: [1, 10], y: [a, b])
            SlopeGuide(slope: 0.5)
          })
        for figure in all {
          do {
            let svg = try figure.svg().lowercased()
            drawn += 1
            #expect(!svg.contains("nan") && !svg.contains("\"inf"), "\(a) \(b)")
          } catch is FigureError {}
        }
      }
    }
    #expect(drawn > 500)
  }
}

extension Axis {
  fileprivate func with(_ domain: ClosedRange<Double>) -> Axis {
    var copy = self
    copy.domain = domain
    return copy
  }
}
