// SPDX-License-Identifier: Apache-2.0
import Foundation
import Randomness
import Testing

@testable import Figures

@Suite("Ticks and domains")
struct TicksTests {
  private func check(_ found: [Tick], _ scale: Scale, _ target: Int) {
    let what = "\(scale) \(target): \(found.map(\.value))"
    #expect(found.allSatisfy { $0.value >= scale.lower && $0.value <= scale.upper }, "\(what)")
    #expect(zip(found, found.dropFirst()).allSatisfy { $0.value < $1.value }, "\(what)")
    #expect(found.count >= 2 && found.count <= 2 * target + 2, "\(what)")
    let labels = found.map { $0.text + "^" + $0.exponent }
    #expect(Set(labels).count == labels.count, "\(labels)")
  }

  @Test("stay inside, increase, have a sensible count and distinct labels: 1000 random domains")
  func linear() {
    var random = Xoshiro256(seed: 1, purpose: "figures/ticks/linear")
    for _ in 0..<1_000 {
      let size = pow(10, Double.random(in: -30...30, using: &random))
      let lower = Double.random(in: -1...1, using: &random) * size
      let upper = lower + size * pow(10, Double.random(in: -6...2, using: &random))
      let target = Int.random(in: 2...10, using: &random)
      let scale = Scale(kind: .linear, lower: lower, upper: upper)
      check(ticks(of: scale, target: target), scale, target)
    }
  }

  @Test("the same on 1000 random logarithmic domains, from a tenth of a decade to 200 decades")
  func log() {
    var random = Xoshiro256(seed: 1, purpose: "figures/ticks/log")
    for _ in 0..<1_000 {
      let a = Double.random(in: -150...150, using: &random)
      let span = pow(10, Double.random(in: -1...2, using: &random))
      let scale = Scale(kind: .log, lower: pow(10, a), upper: pow(10, a + span))
      let target = Int.random(in: 2...10, using: &random)
      check(ticks(of: scale, target: target), scale, target)
    }
  }

  @Test("the same on 1000 random symmetric logarithmic domains")
  func symlog() {
    var random = Xoshiro256(seed: 1, purpose: "figures/ticks/symlog")
    for _ in 0..<1_000 {
      let width = pow(10, Double.random(in: -6...6, using: &random))
      let reach = width * pow(10, Double.random(in: -1...12, using: &random))
      let lower = Double.random(in: -1...0.5, using: &random) * reach
      let scale = Scale(kind: .symlog(linearWithin: width), lower: lower, upper: reach)
      let target = Int.random(in: 3...10, using: &random)
      check(ticks(of: scale, target: target), scale, target)
    }
  }

  @Test("automatic domains hold their data, and positions keep order: 1000 random ranges")
  func domains() throws {
    var random = Xoshiro256(seed: 1, purpose: "figures/domains")
    for _ in 0..<1_000 {
      let a = pow(10, Double.random(in: -20...20, using: &random))
      let b =
        Bool.random(using: &random) ? a : a * pow(10, Double.random(in: 0...6, using: &random))
      for kind in [Axis.Kind.linear, .log, .symlog(linearWithin: 1)] {
        for expansion in [Expansion.exact, .roomy, .padded, .zeroBased] {
          let d = try automaticDomain(
            kind: kind, low: a, high: b, expansion: expansion, axis: "x")
          #expect(d.lower <= a && d.upper >= b && d.lower < d.upper)
          if expansion == .zeroBased && kind == .linear { #expect(d.lower <= 0) }
          let scale = Scale(kind: kind, lower: d.lower, upper: d.upper, start: 64, end: 508)
          let (p, q) = (scale.position(a), scale.position(b))
          #expect(p >= 64 - 1e-6 && q <= 508 + 1e-6 && p <= q)
        }
      }
    }
  }

  @Test("decades are written as powers, small ones as numbers, and 3 × 0.1 as 0.3")
  func closedForms() {
    let decades = ticks(of: Scale(kind: .log, lower: 1e2, upper: 1e6), target: 5)
    #expect(decades.map(\.value) == [1e2, 1e3, 1e4, 1e5, 1e6])
    #expect(decades.map { $0.text + $0.exponent } == ["102", "103", "104", "105", "106"])
    let small = ticks(of: Scale(kind: .log, lower: 0.01, upper: 1), target: 5)
    #expect(small.map(\.text) == ["0.01", "0.1", "1"])
    let half = ticks(of: Scale(kind: .log, lower: 1, upper: 9), target: 5)
    #expect(half.map(\.text) == ["1", "2", "5"])
    let narrow = ticks(of: Scale(kind: .log, lower: 1, upper: 4), target: 3)
    #expect(narrow.map(\.text) == ["1", "2", "3", "4"])
    let tenths = ticks(of: Scale(kind: .linear, lower: 0, upper: 0.5), target: 5)
    #expect(tenths.map(\.value) == [0, 0.1, 0.2, 0.3, 0.4, 0.5])
    let great = ticks(of: Scale(kind: .linear, lower: 0, upper: 2e6), target: 4)
    #expect(
      great.map { $0.text + $0.exponent } == ["0", "0.5×106", "1.0×106", "1.5×106", "2.0×106"])
    let both = ticks(
      of: Scale(kind: .symlog(linearWithin: 10), lower: -1_000, upper: 1_000), target: 7)
    #expect(both.map(\.value) == [-1_000, -100, -10, 0, 10, 100, 1_000])
  }

  @Test("a bar’s axis holds zero, and a constant has room around it")
  func specialDomains() throws {
    let bars = try automaticDomain(
      kind: .linear, low: 90, high: 100, expansion: .zeroBased, axis: "y")
    #expect(bars.lower == 0 && bars.upper == 100)
    let zero = try automaticDomain(kind: .linear, low: 0, high: 0, expansion: .padded, axis: "y")
    #expect(zero.lower < 0 && zero.upper > 0)
    #expect(throws: FigureError.self) {
      try automaticDomain(
        kind: .linear, low: -1e308, high: 1e308, expansion: .padded, axis: "y")
    }
  }

  @Test(
    "numbers are written for readers",
    arguments: [
      (0.0, "0"), (0.5123, "0.512"), (-0.25, "−0.250"), (3_410, "3410"), (12_345, "12\u{202F}345"),
      (210_000, "2.1×10⁵"), (1e-7, "10⁻⁷"), (.infinity, "∞"), (-.infinity, "−∞"), (.nan, "NaN"),
    ])
  func numbers(value: Double, text: String) { #expect(figureText(value) == text) }

  private static let namedSlopes: [(Double, String)] = [
    (0.5, "½"), (-0.5, "−½"), (1, "1"), (-1, "−1"), (1.5, "3/2"), (2.0 / 3, "⅔"), (0.37, "0.37"),
  ]

  @Test("slopes are written as fractions", arguments: namedSlopes)
  func slopes(value: Double, text: String) { #expect(slopeText(value) == text) }
}
