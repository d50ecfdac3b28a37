// SPDX-License-Identifier: Apache-2.0
import Foundation
import Randomness
import TestSupport
import Testing

@Suite("AliasTable")
struct AliasTableTests {
  @Test("holds the probabilities of its weights", arguments: [1, 2, 3, 10, 257, 5_000])
  func probabilities(n: Int) throws {
    var rng = RepeatableGenerator(seed: UInt64(n))
    for trial in 0..<5 {
      var weights = (0..<n).map { _ in rng.uniform() < 0.3 ? 0 : rng.gamma(shape: 0.3) }
      weights[rng.uniform(below: n)] = trial == 0 ? 1e9 : 1
      let table = try AliasTable(weights)
      let total = weights.reduce(0, +)
      expectClose(table.probabilities, weights.map { $0 / total }, tolerance: Double(n) * 0x1p-50)
      for (weight, p) in zip(weights, table.probabilities) where weight == 0 { #expect(p == 0) }
    }
  }

  @Test("draws in proportion to the weights", arguments: [[1], [1, 1], [0, 3, 1, 0, 6, 0.5]])
  func draws(weights: [Double]) throws {
    // Fails with probability about e⁻²⁰ for one seed.
    let table = try AliasTable(weights)
    var stream = Stream(experiment: "alias")
    var counts = [Int](repeating: 0, count: weights.count)
    for _ in 0..<200_000 { counts[table.sample(using: &stream)] += 1 }
    let total = weights.reduce(0, +)
    let degrees = weights.filter { $0 > 0 }.count - 1
    #expect(chiSquare(counts, weights.map { $0 / total }) < chiSquareLimit(degrees))
  }

  @Test("weights at both ends of the range of doubles are kept")
  func range() throws {
    let huge = try AliasTable([1.7e308, 1.7e308, 0])
    #expect(huge.probabilities == [0.5, 0.5, 0])
    let tiny = try AliasTable([.leastNonzeroMagnitude, 0, .leastNonzeroMagnitude])
    #expect(tiny.probabilities == [0.5, 0, 0.5])
  }

  @Test("bad weights are refused with the place")
  func errors() {
    #expect(throws: RandomnessError.noWeights) { try AliasTable([]) }
    #expect(throws: RandomnessError.badWeight(index: 1, value: -1)) { try AliasTable([1, -1]) }
    #expect(throws: RandomnessError.badWeight(index: 0, value: .infinity)) {
      try AliasTable([.infinity])
    }
    #expect(throws: RandomnessError.zeroWeights(count: 2)) { try AliasTable([0, 0]) }
    #expect("\(RandomnessError.zeroWeights(count: 2))".contains("positive"))
    #expect(throws: RandomnessError.self) { try AliasTable([1, .nan]) }
  }
}
