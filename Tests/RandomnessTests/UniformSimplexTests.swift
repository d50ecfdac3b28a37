// SPDX-License-Identifier: Apache-2.0
import Randomness
import TestSupport
import Testing

@Suite("uniformSimplex")
struct UniformSimplexTests {
  @Test("sums to exactly one in any order", arguments: [1, 2, 3, 16, 17, 18, 19, 1_000])
  func exactSum(n: Int) {
    var rng = RepeatableGenerator(seed: 1)
    for _ in 0..<20 {
      var weights = rng.uniformSimplex(n)
      #expect(weights.count == n)
      #expect(weights.allSatisfy { $0 >= 0 && $0 <= 1 })
      #expect(weights.reduce(0, +) == 1)
      weights.sort()
      #expect(weights.reduce(0, +) == 1)
    }
  }

  @Test(
    "every coordinate has the distribution function 1 − (1 − x)^(n − 1)", arguments: [2, 3, 20])
  func marginals(n: Int) {
    // 2 e^(−2 · 20 000 · 0.025²) = 2 e⁻²⁵ for each coordinate and one seed.
    var rng = RepeatableGenerator(seed: 2)
    let sample = (0..<20_000).map { _ in rng.uniformSimplex(n) }
    for i in [0, 1, n - 1] {
      let distance = kolmogorovDistance(sample.map { $0[i] }) { x in
        1 - (1..<n).reduce(1.0) { power, _ in power * (1 - x) }
      }
      #expect(distance < 0.025)
    }
  }

  @Test("broken generators give distributions", arguments: HostileGenerator.all)
  func hostile(generator: HostileGenerator) {
    var rng = generator
    for n in [1, 2, 5, 40] {
      let weights = rng.uniformSimplex(n)
      #expect(weights.allSatisfy { $0 >= 0 })
      #expect(weights.reduce(0, +) == 1)
    }
  }
}
