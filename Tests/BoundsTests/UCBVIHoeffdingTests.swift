// SPDX-License-Identifier: Apache-2.0
import Bounds
import Foundation
import Testing

@Suite("Bounds of UCBVI")
struct UCBVIHoeffdingTests {
  private func numbers(
    _ S: Int, _ C: Int, _ H: Int, _ K: Int, _ delta: Double = 0.05
  ) -> UCBVIHoeffding {
    UCBVIHoeffding(nextStates: S, pairs: C, horizon: H, episodes: K, failureProbability: delta)
  }

  @Test("the formulas of the proof, written out with libm")
  func formulas() {
    for (S, C, H, K) in [(6, 12, 12, 1000), (2, 3, 1, 7), (1, 1, 1, 1), (40, 90, 20, 100_000)] {
      let b = numbers(S, C, H, K)
      let (s, c, h, k, n) = (Double(S), Double(C), Double(H), Double(K), Double(K * H))
      let L = log(6 * c * max(h - 1, 1) * n / 0.05)
      let uniform = S == 1 ? 0 : log(3 * c * n * (pow(2, s) - 2) / 0.05)
      let single = log(3 * c * s * n / 0.05)
      let spread = (h - 1) * sqrt(2 * c * n)
      var (plain, grown) = (0.0, 0.0)
      for i in 0..<H {
        plain += pow(h - Double(i), 2)
        grown += pow(1 + 1 / h, 2 * Double(i)) * pow(h - Double(i), 2)
      }
      let noise = k * log(3 / 0.05) / 2
      let ru = c * h * h + spread * (sqrt(L) + sqrt(uniform)) + sqrt(noise * plain)
      let rb =
        c * h * h + 2 * spread * sqrt(L)
        + s * c * (h - 1) * (h / 2 + 1.0 / 3) * single * (1 + max(0, log(n / c)))
        + sqrt(noise * grown)
      #expect(abs(b.uniformRegret(after: K) / ru - 1) < 1e-12)
      #expect(abs(b.bernsteinRegret(after: K) / rb - 1) < 1e-12)
      #expect(b.regret.value == min(b.uniformRegret(after: K), b.bernsteinRegret(after: K)))
      #expect(abs(b.bonus(stagesToCome: 3, visits: 5) / (3 * sqrt(L / 10)) - 1) < 1e-12)
    }
  }

  @Test("the failure probabilities of the events add up to δ")
  func failureProbabilities() {
    let (S, C, H, K, delta) = (5, 8, 4, 300, 0.1)
    let b = numbers(S, C, H, K, delta)
    let n = Double(K * H)
    let g = 2 * Double(C) * Double(H - 1) * n * exp(-b.bonusLogTerm)
    let u = Double(C) * n * (pow(2, Double(S)) - 2) * exp(-b.uniformLogTerm)
    let p = Double(C * S) * n * exp(-b.bernsteinLogTerm)
    for event in [g, u, p] { #expect(abs(event - delta / 3) < 1e-12) }
  }

  @Test("rates: √K at last, and the second bound is the smaller for many states and long runs")
  func rates() {
    let ratio = numbers(6, 12, 10, 1 << 40).regret.value / numbers(6, 12, 10, 1 << 38).regret.value
    #expect(ratio > 2 && ratio < 2.15)
    let long = numbers(2000, 8000, 10, 1 << 50)
    #expect(long.bernsteinRegret(after: 1 << 50) < long.uniformRegret(after: 1 << 50))
    let short = numbers(6, 12, 10, 1000)
    #expect(short.uniformRegret(after: 1000) < short.bernsteinRegret(after: 1000))
    #expect(short.regret(after: 10).value < short.regret.value)
  }

  @Test("large numbers of states do not overflow; H = 1 costs no bonus")
  func edges() {
    #expect(numbers(5000, 20_000, 10, 1000).regret.value.isFinite)
    let one = numbers(3, 2, 1, 100)
    #expect(one.bonus(stagesToCome: 0, visits: 1) == 0)
    #expect(one.uniformRegret(after: 100) == 2 + (100 * log(60) / 2).squareRoot())
    #expect(one.regret.isVacuous(beyond: 10) && !one.regret.isVacuous(beyond: 100))
  }
}
