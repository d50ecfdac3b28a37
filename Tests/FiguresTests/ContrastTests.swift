// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import Figures

@Suite("Colours")
struct ContrastTests {
  private func luminance(_ hex: String) throws -> Double {
    let value = try #require(Int(hex.dropFirst(), radix: 16))
    return Contrast.luminance(value >> 16, value >> 8 & 255, value & 255)
  }

  private func ratio(_ a: String, _ b: String) throws -> Double {
    Contrast.ratio(try luminance(a), try luminance(b))
  }

  @Test("the formula gives the published extremes")
  func closedForms() throws {
    #expect(abs(try ratio("#000000", "#ffffff") - 21) < 1e-12)
    #expect(try ratio("#777777", "#777777") == 1)
    #expect(abs(try ratio("#777777", "#ffffff") - 4.48) < 0.005)
  }

  @Test("texts reach 4.5 : 1 on paper in both themes, series 3 : 1")
  func neutrals() throws {
    for neutral in [Neutral.ink, .muted] {
      #expect(try ratio(neutral.light, Neutral.paper.light) >= 4.5)
      #expect(try ratio(neutral.dark, Neutral.paper.dark) >= 4.5)
    }
    for color in Palette.series {
      #expect(try ratio(color, Neutral.paper.light) >= 3)
      #expect(try ratio(color, Neutral.paper.dark) >= 3)
    }
  }

  @Test("texts reach 4.5 : 1 on every colour of the ramp, which grows in lightness")
  func ramp() throws {
    var before = -1.0
    for i in 0...1_000 {
      let color = Cividis.color(at: Double(i) / 1_000)
      #expect(try ratio(Cividis.text(on: color), Cividis.hex(color)) >= 4.5)
      let now = try luminance(Cividis.hex(color))
      #expect(now >= before - 1e-3)
      before = now
    }
  }

  @Test("the paper in the markers of bars reaches 3 : 1 on their colour, in both themes")
  func barMarkers() throws {
    for color in Palette.series {
      #expect(try min(ratio(color, Neutral.paper.light), ratio(color, Neutral.paper.dark)) >= 3)
    }
  }

  @Test("markers differ in shape")
  func shapes() {
    let paths = (0..<4).map { SeriesStyle(index: $0).path(0, 0, 4) }
    #expect(Set(paths).count == 4)
  }
}
