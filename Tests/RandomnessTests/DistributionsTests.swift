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
  func squaredGaussian() {
    let sample = sample(seed: 10) { 2 * $0.gamma(shape: 0.5) }
    #expect(kolmogorovDistance(sample) { erf(($0 / 2).squareRoot()) } < 0.01)
  }

  @Test("gamma variables of a large shape are normal about it")
  func largeShape() {
    // The skewness 2/√shape = 0.002 moves the distribution function by less than 0.0002.
    let sample = sample(seed: 11) { ($0.gamma(shape: 1e6) - 1e6) / 1_000 }
    #expect(kolmogorovDistance(sample) { erfc(-$0 / 2.0.squareRoot()) / 2 } < 0.011)
  }

  @Test("Gaussian variables fill equal cells equally, also in the tail beyond the layers")
  func gaussianCells() {
    // Cells of width ¼ from −3 to 3 and the two ends; fails with probability about e⁻²⁰. The layers
    // end at 3.654: of 4·10⁶ draws 1032 are expected beyond, with standard deviation 33; off by 300
    // with probability below e⁻³⁰.
    var rng = Xoshiro256(seed: 3, purpose: "cells")
    var counts = [Int](repeating: 0, count: 26)
    var beyond = 0
    for _ in 0..<4_000_000 {
      let x = rng.gaussian()
      counts[Int(min(max((x * 4 + 13).rounded(.down), 0), 25))] += 1
      if abs(x) > 3.654_152_885_361_009 { beyond += 1 }
    }
    func below(_ x: Double) -> Double { erfc(-x / 2.0.squareRoot()) / 2 }
    let edges = (-12...12).map { below(Double($0) / 4) }
    let shares = zip([0] + edges, edges + [1]).map { $1 - $0 }
    #expect(chiSquare(counts, shares) < chiSquareLimit(25))
    expectClose(Double(beyond), 4e6 * 2 * below(-3.654_152_885_361_009), tolerance: 300)
  }

  @Test("Gaussian variables beyond the layers have the tail's distribution")
  func gaussianTail() {
    var rng = Xoshiro256(seed: 4, purpose: "tail")
    var sample: [Double] = []
    while sample.count < 5_000 {
      let x = abs(rng.gaussian())
      if x > 3.654_152_885_361_009 { sample.append(x) }
    }
    // 2 e^(−2 · 5000 · 0.045²) = 3 e⁻²⁰.
    let whole = erfc(3.654_152_885_361_009 / 2.0.squareRoot())
    #expect(kolmogorovDistance(sample) { 1 - erfc($0 / 2.0.squareRoot()) / whole } < 0.045)
  }

  @Test("beta variables with a whole shape have their polynomial distribution function")
  func beta() {
    // Beta(a, 1) has xᵃ and Beta(1, b) has 1 − (1 − x)ᵇ; Beta(2, 3) has a polynomial.
    for a in [0.01, 0.3, 1, 1.5, 40] {
      var rng = Xoshiro256(seed: 15, purpose: "beta")
      let left = (0..<100_000).map { _ in rng.beta(a, 1) }
      #expect(left.allSatisfy { $0 >= 0 && $0 <= 1 })
      #expect(kolmogorovDistance(left) { pow($0, a) } < 0.01)
      let right = (0..<100_000).map { _ in rng.beta(1, a) }
      // Below a = 0.05 much of the mass rounds to 1.
      if a > 0.05 { #expect(kolmogorovDistance(right) { 1 - pow(1 - $0, a) } < 0.01) }
    }
    var rng = Stream(experiment: "beta")
    let sample = (0..<100_000).map { _ in rng.beta(2, 3) }
    #expect(kolmogorovDistance(sample) { $0 * $0 * (6 + $0 * (-8 + 3 * $0)) } < 0.01)
  }

  @Test("the arcsine law and a large beta variable")
  func betaShapes() {
    var rng = Xoshiro256(seed: 16, purpose: "beta")
    let arcsine = (0..<100_000).map { _ in rng.beta(0.5, 0.5) }
    #expect(kolmogorovDistance(arcsine) { 2 / Double.pi * asin($0.squareRoot()) } < 0.01)
    // Beta(n, n) is ½ + Z/√(8n + 4) up to terms in 1/n.
    let large = (0..<100_000).map { _ in (rng.beta(1e6, 1e6) - 0.5) * (8e6 + 4).squareRoot() }
    #expect(kolmogorovDistance(large) { erfc(-$0 / 2.0.squareRoot()) / 2 } < 0.0101)
    // Both shapes so small that the mass is at the ends, in proportion to them.
    var ones = 0
    for _ in 0..<40_000 {
      let x = rng.beta(0x1p-1030, 0x3p-1030)
      #expect(x == 0 || x == 1)
      if x == 1 { ones += 1 }
    }
    expectClose(Double(ones) / 40_000, 0.25, tolerance: 0.016)
    expectClose(rng.beta(1e308, 1e308), 0.5, tolerance: 1e-6)
  }

  @Test("the numbers of a seed are these, on every system")
  func frozen() {
    // No libm function is called, so the bits must not depend on the system.
    var rng = Xoshiro256(seed: 1, purpose: "frozen")
    let found = (0..<100_000).reduce(into: UInt64(0)) { hash, _ in
      for x in [rng.gaussian(), rng.gamma(shape: 0.3), rng.beta(2, 0.7), rng.exponential()] {
        hash = (hash ^ x.bitPattern) &* 0x0000_0100_0000_01B3
      }
      hash ^= UInt64(rng.binomial(trials: 1_000, probability: 0.3))
    }
    #expect(found == 2_278_358_214_730_727_262)
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
      #expect(abs(rng.gaussian()) < 12.3)
      for shape in [1e-300, 1e-3, 0.5, 1, 7, 1e12] {
        let x = rng.gamma(shape: shape)
        #expect(x >= 0 && x.isFinite)
      }
      for (a, b) in [(1, 1), (0.1, 3), (0x1p-1030, 0x1p-1030), (1e300, 1e-300), (7, 1e12)] {
        let x = rng.beta(a, b)
        #expect(x >= 0 && x <= 1)
      }
      let vector = rng.dirichlet([0.1, 1, 10])
      #expect(vector.allSatisfy { $0 >= 0 })
      expectClose(vector.reduce(0, +), 1, tolerance: 4 * .ulpOfOne)
    }
  }
}
