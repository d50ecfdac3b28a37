// SPDX-License-Identifier: Apache-2.0
import Foundation
import Randomness
import Testing

@testable import Figures

@Suite("Labels")
struct LabelTests {
  @Test("never overlap, stay in range and keep their order: 1000 random sets")
  func random() throws {
    var random = Xoshiro256(seed: 1, purpose: "figures/labels")
    for _ in 0..<1_000 {
      let count = Int.random(in: 1...9, using: &random)
      let heights = (0..<count).map { _ in Double.random(in: 16...36, using: &random) }
      // Some sets are crowded at one place, some beyond the range.
      let spread = Double.random(in: 0...400, using: &random)
      let wanted = (0..<count).map { _ in 150 + Double.random(in: -1...1, using: &random) * spread }
      let tops = try #require(placeBoxes(wanted: wanted, heights: heights, in: 0...330))
      let order = tops.indices.sorted { tops[$0] < tops[$1] }
      for (a, b) in zip(order, order.dropFirst()) {
        #expect(tops[a] + heights[a] <= tops[b] + 1e-9)
        #expect(wanted[a] <= wanted[b])
      }
      #expect(tops.min() ?? 0 >= -1e-9)
      #expect(zip(tops, heights).map(+).max() ?? 0 <= 330 + 1e-9)
      // No box can move alone towards its place, and no arrangement top-down is nearer.
      let cost = { (t: [Double]) in zip(t, wanted).map { ($0 - $1) * ($0 - $1) }.reduce(0, +) }
      var greedy = [Double](repeating: 0, count: count)
      var free = 0.0
      var rest = heights.reduce(0, +)
      for i in order {
        greedy[i] = min(max(wanted[i], free), 330 - rest)
        rest -= heights[i]
        free = greedy[i] + heights[i]
      }
      #expect(cost(tops) <= cost(greedy) + 1e-6)
    }
  }

  @Test("stay where they want to be if there is room; do not fit if there is none")
  func closedForms() {
    #expect(placeBoxes(wanted: [10, 50, 90], heights: [30, 30, 30], in: 0...200) == [10, 50, 90])
    #expect(placeBoxes(wanted: [50, 50], heights: [30, 30], in: 0...200) == [35, 65])
    #expect(placeBoxes(wanted: [0, 0], heights: [30, 30], in: 0...200) == [0, 30])
    #expect(placeBoxes(wanted: [0, 0], heights: [30, 30], in: 0...50) == nil)
    #expect(placeBoxes(wanted: [], heights: [], in: 0...50) == [])
  }

  @Test("of curves that end anywhere are at least 30 px apart in the figure: 200 random figures")
  func figures() throws {
    var random = Xoshiro256(seed: 2, purpose: "figures/labels")
    let names = ["alpha", "beta", "gamma", "delta"]
    for _ in 0..<200 {
      let ends = names.map { _ in Double.random(in: 0...1, using: &random) }
      let figure = Figure(id: "f", title: "t", x: .linear("x →"), y: .linear("↑ y")) {
        for (name, end) in zip(names, ends) { Line(x: [0, 1], y: [0, end], series: name) }
        Theory(x: [0, 1], y: [0, ends[0]], label: "bound", kind: .upperBound)
      }
      let texts = try DocumentReader.read(figure.svg()).filter { element in
        element.name == "text" && (names + ["bound"]).contains(element.text)
      }
      let places = texts.compactMap { $0.attributes["y"].flatMap(Double.init) }.sorted()
      #expect(places.count == 5)
      for (a, b) in zip(places, places.dropFirst()) { #expect(b - a >= 29.9) }
    }
  }

  @Test("take style by order of first appearance over all panels; a fifth series throws")
  func styles() throws {
    let styles = try assignStyles(panels: [("p", ["a", "b"]), ("q", ["c", "a"])])
    #expect(styles.mapValues(\.index) == ["a": 0, "b": 1, "c": 2])
    let many = try assignStyles(panels: (0..<6).map { ("p\($0)", ["s\($0)"]) })
    #expect(many["s4"]?.index == 0 && many["s5"]?.index == 1)
    // The fifth and the first stand in one panel: the fifth takes the next free style.
    let mixed = try assignStyles(panels: [("p", ["a", "b", "c", "d"]), ("q", ["a", "e"])])
    #expect(mixed["e"]?.index == 1)
    let error = #expect(throws: FigureError.self) {
      try assignStyles(panels: [("panel", ["a", "b", "c", "d", "e"])])
    }
    #expect(error?.description.contains("use facets") == true)
  }

  @Test("widths are those of a wide face, and wrapping loses no word")
  func metrics() {
    #expect(abs(TextMetrics.width("0000", size: 10) - 25.44) < 1e-9)
    let text = "one two three four five sixteen"
    let lines = TextMetrics.wrap(text, size: 13, limit: 60)
    #expect(lines.joined(separator: " ") == text)
    #expect(lines.allSatisfy { TextMetrics.width($0, size: 13) <= 60 || !$0.contains(" ") })
  }
}
