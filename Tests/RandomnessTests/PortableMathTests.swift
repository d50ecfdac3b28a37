// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

@testable import Randomness

@Suite("Portable mathematics")
struct PortableMathTests {
  private func expectUnits(_ found: Double, _ expected: Double, _ units: Double = 4) {
    expectClose(found, expected, tolerance: units * expected.ulp)
  }

  @Test("agrees with libm to four units in the last place")
  func accuracy() {
    var rng = RepeatableGenerator(seed: 1)
    for _ in 0..<50_000 {
      let u = 1 - rng.uniform()
      expectUnits(Portable.log(u), log(u))
      let x = 1_400 * (rng.uniform() - 0.5)
      expectUnits(Portable.exp(x), exp(x))
      expectUnits(Portable.exp(x / 1e3), exp(x / 1e3))
      let y = exp(x)
      expectUnits(Portable.log(y), log(y))
      expectUnits(Portable.log1p(-0.999 * u), log1p(-0.999 * u))
      expectUnits(Portable.log1p(u * u * 1e-3), log1p(u * u * 1e-3))
    }
  }

  @Test("is right at the ends")
  func ends() {
    #expect(Portable.log(1) == 0)
    #expect(Portable.exp(0) == 1)
    #expect(Portable.exp(-.infinity) == 0)
    #expect(Portable.exp(-800) == 0)
    expectClose(Portable.exp(-744), exp(-744), tolerance: .leastNonzeroMagnitude)
    expectUnits(Portable.exp(709), exp(709))
    expectUnits(Portable.log(0x1p-53), -53 * log(2))
    expectUnits(Portable.log(.greatestFiniteMagnitude), log(.greatestFiniteMagnitude))
  }

  @Test("Stirling's correction is that of the factorial")
  func stirling() {
    for k in 0..<60 {
      let x = Double(k)
      let formula = (x + 0.5) * log(x + 1) - (x + 1) + 0.5 * log(2 * Double.pi)
      expectClose(Stirling.correction(x), lgamma(x + 1) - formula, tolerance: 1e-12)
    }
  }

  @Test("the ziggurat's layers are of one area and end at 0")
  func ziggurat() {
    let (x, f) = (NormalZiggurat.edges, NormalZiggurat.heights)
    let area = NormalZiggurat.area
    let r = NormalZiggurat.tail
    let beyond = (Double.pi / 2).squareRoot() * erfc(r / 2.0.squareRoot())
    expectClose(r * exp(-r * r / 2) + beyond, area, tolerance: 1e-17)
    // The share of the draws that the first word decides.
    let share = (0..<256).reduce(0) { $0 + x[$1 + 1] / x[$1] } / 256
    expectClose(share, 0.985, tolerance: 0.0005)
    #expect(x[1] == r && x[256] == 0 && f[256] == 1)
    for i in 1..<256 {
      #expect(x[i] > x[i + 1])
      // The top box closes only as far as r is known.
      expectClose(x[i] * (f[i + 1] - f[i]), area, tolerance: 1e-13)
      expectClose(f[i], exp(-x[i] * x[i] / 2), tolerance: 1e-15)
    }
  }
}
