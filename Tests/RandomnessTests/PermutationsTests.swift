// SPDX-License-Identifier: Apache-2.0
import Randomness
import TestSupport
import Testing

@Suite("Permutations")
struct PermutationsTests {
  @Test("a permutation has every number once", arguments: [0, 1, 2, 50])
  func permutation(n: Int) {
    var rng = RepeatableGenerator(seed: 1)
    #expect(rng.permutation(of: n).sorted() == Array(0..<n))
  }

  @Test("all orders of four are equally likely")
  func uniformOrders() {
    // Each of the 24 counts has mean 5000 and standard deviation below 71; 7 of them are exceeded
    // with probability below 24 · 2 e⁻²⁰ (Bernstein).
    var rng = RepeatableGenerator(seed: 2)
    var counts: [[Int]: Int] = [:]
    for _ in 0..<120_000 { counts[rng.permutation(of: 4), default: 0] += 1 }
    #expect(counts.count == 24)
    #expect(counts.values.allSatisfy { abs($0 - 5_000) < 500 })
  }

  @Test("shuffling keeps the elements")
  func shuffle() {
    var rng = RepeatableGenerator(seed: 3)
    var letters = ["a", "b", "b", "c"]
    rng.shuffle(&letters)
    #expect(letters.sorted() == ["a", "b", "b", "c"])
    var nothing: [Int] = []
    rng.shuffle(&nothing)
    #expect(nothing.isEmpty)
  }

  @Test(
    "a sample is a sorted set of the right size", arguments: [(0, 0), (0, 5), (5, 5), (3, 1_000)])
  func sample(count: Int, n: Int) {
    var rng = RepeatableGenerator(seed: 4)
    for _ in 0..<50 {
      let sample = rng.sample(count, below: n)
      #expect(sample.count == count)
      #expect(sample == Set(sample).sorted())
      #expect(sample.allSatisfy { (0..<n).contains($0) })
    }
  }

  @Test("all pairs of five are equally likely")
  func uniformSamples() {
    // Ten pairs with mean 10 000 and standard deviation 95: off by 800 with probability below
    // 10 · 2 e⁻³⁰ (Bernstein).
    var rng = RepeatableGenerator(seed: 5)
    var counts: [[Int]: Int] = [:]
    for _ in 0..<100_000 { counts[rng.sample(2, below: 5), default: 0] += 1 }
    #expect(counts.count == 10)
    #expect(counts.values.allSatisfy { abs($0 - 10_000) < 800 })
  }

  @Test("broken generators neither hang nor lose elements", arguments: HostileGenerator.all)
  func hostile(generator: HostileGenerator) {
    var rng = generator
    #expect(rng.permutation(of: 20).sorted() == Array(0..<20))
    #expect(rng.sample(7, below: 20).count == 7)
    #expect(rng.sample(20, below: 20) == Array(0..<20))
  }
}
