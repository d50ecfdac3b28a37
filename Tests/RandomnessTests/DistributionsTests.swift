// SPDX-License-Identifier: Apache-2.0
import Foundation
import Randomness
import TestSupport
import Testing

// A sample of 10⁵ has a Kolmogorov distance above 0.01 with probability at most 2 e⁻²⁰ for one seed
// [massart1990].
@Suite("Distributions")
struct DistributionsTests {
  private func sample(
    seed: UInt64, _ draw: (inout RepeatableGenerator) -> Double
  ) -> [Double] {
    var rng = RepeatableGenerator(seed: seed)
    return (0..<100_000).map { _ in draw(&rng) }
  }

  @Test("exponential variables have the distribution function 1 − e⁻ˣ")
  func exponential() {
    let sample = sample(seed: 1) { $0.exponential() }
    #expect(sample.allSatisfy { $0 >= 0 && $0 <= 53 * log(2) })
    #expect(kolmogorovDistance(sample) { -expm1(-$0) } < 0.01)
  }

  @Test("Gaussian variables have the normal distribution function")
  func gaussian() {
    let sample = sample(seed: 2) { $0.gaussian() }
    #expect(kolmogorovDistance(sample) { erfc(-$0 / 2.0.squareRoot()) / 2 } < 0.01)
  }

  @Test(
    "gamma variables of a whole shape have Erlang's distribution function", arguments: [1, 2, 5])
  func erlang(shape: Int) {
    let sample = sample(seed: UInt64(2 + shape)) { $0.gamma(shape: Double(shape)) }
    let distance = kolmogorovDistance(sample) { x in
      var term = 1.0
      var sum = 1.0
      for k in 1..<max(shape, 2) where k < shape {
        term *= x / Double(k)
        sum += term
      }
      return 1 - sum * exp(-x)
    }
    #expect(distance < 0.01)
  }

  @Test("twice a gamma variable of shape 1/2 is a squared Gaussian one")
  func chiSquare() {
    let sample = sample(seed: 10) { 2 * $0.gamma(shape: 0.5) }
    #expect(kolmogorovDistance(sample) { erf(($0 / 2).squareRoot()) } < 0.01)
  }

  @Test("gamma variables of a large shape are normal about it")
  func largeShape() {
    // The skewness 2/√shape = 0.002 moves the distribution function by less than 0.0002.
    let sample = sample(seed: 11) { ($0.gamma(shape: 1e6) - 1e6) / 1_000 }
    #expect(kolmogorovDistance(sample) { erfc(-$0 / 2.0.squareRoot()) / 2 } < 0.011)
  }

  @Test("Dirichlet vectors have beta coordinates and sum to one")
  func dirichlet() {
    // The first coordinate of Dirichlet(1, 2, 3) is Beta(1, 5), the last of (3, 1) is Beta(1, 3).
    var rng = RepeatableGenerator(seed: 12)
    let vectors = (0..<100_000).map { _ in rng.dirichlet([1, 2, 3]) }
    #expect(vectors.allSatisfy { abs($0.reduce(0, +) - 1) <= 4 * .ulpOfOne })
    #expect(kolmogorovDistance(vectors.map { $0[0] }) { 1 - pow(1 - $0, 5) } < 0.01)
    let pairs = (0..<100_000).map { _ in rng.dirichlet([3, 1])[1] }
    #expect(kolmogorovDistance(pairs) { 1 - pow(1 - $0, 3) } < 0.01)
  }

  @Test("small concentrations give nearly vertices, each as often as its share says")
  func smallConcentrations() {
    // Bernoulli(1/4) up to a bias of about 10⁻⁵: off by 0.015 with probability below 2 e⁻¹⁸.
    var rng = RepeatableGenerator(seed: 13)
    var hits = 0
    for _ in 0..<40_000 {
      let vector = rng.dirichlet([1e-6, 3e-6])
      #expect((vector.max() ?? 0) > 0.5)
      if vector[0] > 0.5 { hits += 1 }
    }
    expectClose(Double(hits) / 40_000, 0.25, tolerance: 0.015)
    let extreme = rng.dirichlet([1e-300, 1e-305, 1e-308])
    expectClose(extreme.reduce(0, +), 1, tolerance: 4 * .ulpOfOne)
  }

  @Test("one outcome has probability one, and large concentrations stay even")
  func edges() {
    var rng = RepeatableGenerator(seed: 14)
    #expect(rng.dirichlet([0.3]) == [1])
    let vector = rng.dirichlet([1e300, 1e300])
    expectClose(vector, [0.5, 0.5], tolerance: 1e-6)
  }

  @Test("broken generators give finite numbers", arguments: HostileGenerator.all)
  func hostile(generator: HostileGenerator) {
    var rng = generator
    for _ in 0..<20 {
      #expect(rng.exponential().isFinite)
      #expect(abs(rng.gaussian()) < 9)
      for shape in [1e-300, 1e-3, 0.5, 1, 7, 1e12] {
        let x = rng.gamma(shape: shape)
        #expect(x >= 0 && x.isFinite)
      }
      let vector = rng.dirichlet([0.1, 1, 10])
      #expect(vector.allSatisfy { $0 >= 0 })
      expectClose(vector.reduce(0, +), 1, tolerance: 4 * .ulpOfOne)
    }
  }
}
