// SPDX-License-Identifier: Apache-2.0
import Foundation
import Randomness
import TestSupport
import Testing

// Chi-square tests of expected counts of at least 20 fail with probability about e⁻²⁰ for one seed,
// Kolmogorov's distance of 10⁵ draws is above 0.01 with probability at most 2 e⁻²⁰.
@Suite("Discrete samplers")
struct DiscreteTests {
  /// The binomial probabilities of 0 … n, from lgamma.
  private func binomialProbabilities(_ n: Int, _ p: Double) -> [Double] {
    (0...n).map { k in
      let (m, x) = (Double(n), Double(k))
      let logChoices = lgamma(m + 1) - lgamma(x + 1) - lgamma(m - x + 1)
      return exp(logChoices + x * log(p) + (m - x) * log1p(-p))
    }
  }

  @Test("a coin comes up with its probability, and never or always at the ends")
  func bernoulli() {
    var rng = Xoshiro256(seed: 1, purpose: "bernoulli")
    // Hoeffding: off by 0.01 with probability at most 2 e⁻²⁰.
    let heads = (0..<100_000).reduce(0) { sum, _ in sum + (rng.bernoulli(0.3) ? 1 : 0) }
    expectClose(Double(heads) / 100_000, 0.3, tolerance: 0.01)
    #expect((0..<1_000).allSatisfy { _ in !rng.bernoulli(0) && rng.bernoulli(1) })
  }

  @Test(
    "binomial variables have the binomial distribution",
    arguments: [
      (1, 0.3), (5, 0.5), (20, 0.1), (40, 0.25), (40, 0.2501), (100, 0.5), (100, 0.93),
      (1_000, 0.3),
      (1_000, 0.004), (20_000, 0.01),
    ])
  func binomial(n: Int, p: Double) {
    var stream = Stream(experiment: "binomial", cell: UInt32(n))
    var rng = Xoshiro256(from: &stream)
    let sample = (0..<100_000).map { _ in rng.binomial(trials: n, probability: p) }
    #expect(sample.allSatisfy { (0...n).contains($0) })
    let probabilities = binomialProbabilities(n, p)
    #expect(discreteDistance(sample, probabilities) < 0.01)
    // The cells of expected count at least 20, and the rest as one.
    var counts = [Int](repeating: 0, count: n + 1)
    for k in sample { counts[k] += 1 }
    let cells = (0...n).filter { probabilities[$0] >= 2e-4 }
    var grouped = cells.map { counts[$0] }
    var shares = cells.map { probabilities[$0] }
    let rest = max(0, 1 - shares.reduce(0, +))
    if rest >= 2e-4 {
      grouped.append(sample.count - grouped.reduce(0, +))
      shares.append(rest)
    }
    #expect(chiSquare(grouped, shares) < chiSquareLimit(shares.count - 1))
  }

  @Test(
    "binomial variables of very many trials are normal", arguments: [1e9, 1e12, 9e15])
  func manyTrials(n: Double) {
    var rng = Xoshiro256(seed: 2, purpose: "many")
    let p = 0.3
    let deviation = (n * p * (1 - p)).squareRoot()
    let sample = (0..<100_000).map { _ in
      (Double(rng.binomial(trials: Int(n), probability: p)) - n * p) / deviation
    }
    // Berry and Esseen: the normal distribution function is within 1/deviation < 10⁻⁴.
    #expect(kolmogorovDistance(sample) { erfc(-$0 / 2.0.squareRoot()) / 2 } < 0.0102)
  }

  @Test("rare successes among very many trials are Poisson")
  func rare() {
    // Le Cam: the Poisson distribution is within n p² = 4·10⁻¹² of the binomial one.
    var rng = Xoshiro256(seed: 3, purpose: "rare")
    let sample = (0..<100_000).map { _ in
      rng.binomial(trials: 1_000_000_000_000, probability: 2e-12)
    }
    let probabilities = (0..<30).map { exp(Double($0) * log(2.0) - 2 - lgamma(Double($0) + 1)) }
    #expect(discreteDistance(sample, probabilities) < 0.01)
  }

  @Test("binomial edges are exact")
  func binomialEdges() {
    var rng = Xoshiro256(seed: 4, purpose: "edges")
    for _ in 0..<100 {
      #expect(rng.binomial(trials: 0, probability: 0.4) == 0)
      #expect(rng.binomial(trials: 1 << 53, probability: 0) == 0)
      #expect(rng.binomial(trials: 1 << 53, probability: 1) == 1 << 53)
    }
  }

  @Test("geometric variables count failures", arguments: [0.9, 0.5, 0.01])
  func geometric(p: Double) {
    var rng = Xoshiro256(seed: 5, purpose: "geometric")
    let sample = (0..<100_000).map { _ in rng.geometric(probability: p) }
    let probabilities = (0..<3_000).map { p * pow(1 - p, Double($0)) }
    #expect(discreteDistance(sample, probabilities) < 0.01)
    #expect(rng.geometric(probability: 1) == 0)
    #expect(rng.geometric(probability: 1e-300) > 1_000_000)
  }

  @Test(
    "categorical draws follow the weights, whatever their scale", arguments: [1, 1e-300, 5e307])
  func categorical(scale: Double) {
    var rng = Xoshiro256(seed: 6, purpose: "categorical")
    let weights: [Double] = [0, 1, 2, 0, 0.5, 0]
    var counts = [Int](repeating: 0, count: 6)
    for _ in 0..<100_000 { counts[rng.categorical(weights.map { $0 * scale })] += 1 }
    #expect(chiSquare(counts, weights.map { $0 / 3.5 }) < chiSquareLimit(2))
  }

  @Test("multinomial counts sum to the trials, and each is binomial")
  func multinomial() {
    var rng = Xoshiro256(seed: 7, purpose: "multinomial")
    let weights: [Double] = [2, 0, 1, 5, 0]
    let vectors: [[Int]] = (0..<100_000).map { _ in rng.multinomial(trials: 40, weights: weights) }
    for v in vectors { #expect(v.reduce(0, +) == 40 && v[1] == 0 && v[4] == 0) }
    for i in [0, 2, 3] {
      let distance = discreteDistance(
        vectors.map { $0[i] }, binomialProbabilities(40, weights[i] / 8))
      #expect(distance < 0.01)
    }
    // Given the first count, the third is binomial: the pair's sum is too.
    let pairs = vectors.map { $0[0] + $0[2] }
    #expect(discreteDistance(pairs, binomialProbabilities(40, 3.0 / 8)) < 0.01)
    #expect(rng.multinomial(trials: 0, weights: [1, 1]) == [0, 0])
    #expect(rng.multinomial(trials: 9, weights: [3]) == [9])
  }

  @Test("broken generators neither hang nor leave the range", arguments: HostileGenerator.all)
  func hostile(generator: HostileGenerator) throws {
    var rng = generator
    let table = try AliasTable([0, 1, 3, 0, 0.1])
    for _ in 0..<20 {
      for n in [0, 1, 7, 60, 1_000_000, 1 << 53] {
        for p in [0, 1e-300, 0.01, 0.5, 0.999, 1] {
          #expect((0...n).contains(rng.binomial(trials: n, probability: p)))
        }
      }
      #expect(rng.geometric(probability: 0x1p-1030) >= 0)
      #expect([1, 2, 4].contains(table.sample(using: &rng)))
      #expect([1, 3].contains(rng.categorical([0, 1, 0, 2, 0])))
      #expect(rng.multinomial(trials: 1_000, weights: [1, 0, 2, 1]).reduce(0, +) == 1_000)
      _ = rng.bernoulli(0.5)
    }
  }
}
