// SPDX-License-Identifier: Apache-2.0
import Randomness
import TestSupport
import Testing

@Suite("Stream")
struct StreamTests {
  private func words(_ stream: Stream, _ count: Int = 64) -> [UInt64] {
    var stream = stream
    return (0..<count).map { _ in stream.next() }
  }

  @Test("is a pure function of experiment, cell and trial")
  func pure() {
    let stream = Stream(experiment: "river-swim/01", cell: 3, trial: 4)
    #expect(words(stream) == words(stream))
    #expect(words(stream) == words(Stream(experiment: "river-swim/01", cell: 3, trial: 4)))
  }

  @Test("its words are those of Philox, two to the low half first")
  func layout() {
    // FNV-1a of the empty name is the offset basis, which is the key.
    let philox = Philox4x32(key: SIMD2(0x8422_2325, 0xCBF2_9CE4))
    let found = words(Stream(experiment: "", cell: 5, trial: 6), 6)
    for n in 0..<3 {
      let block = philox.block(SIMD4(UInt32(n), 0, 5, 6))
      #expect(found[2 * n] == UInt64(block[1]) << 32 | UInt64(block[0]))
      #expect(found[2 * n + 1] == UInt64(block[3]) << 32 | UInt64(block[2]))
    }
  }

  @Test("streams of different names, cells and trials share no word")
  func independent() {
    var streams: [Stream] = []
    for name in ["a", "b", "aa"] {
      for cell in 0..<5 as Range<UInt32> {
        for trial in 0..<5 as Range<UInt32> {
          streams.append(Stream(experiment: name, cell: cell, trial: trial))
        }
      }
    }
    // 4800 words; two of them agree by chance with probability below 10⁻¹².
    let all = streams.flatMap { words($0) }
    #expect(Set(all).count == all.count)
  }

  @Test("a seed is the cell and the trial of its purpose")
  func seeds() {
    let seed: UInt64 = 0x0000_0007_0000_0003
    let stream = Stream(seed: seed, purpose: "maze")
    #expect(words(stream) == words(Stream(experiment: "maze", cell: 3, trial: 7)))
    #expect(words(stream) != words(Stream(seed: seed, purpose: "garnet")))
  }

  @Test("neighboring streams are uncorrelated bit by bit")
  func bits() {
    // 64 · 20 000 bits of two streams agree half of the time: the standard deviation is 566, and 6
    // of them are exceeded with probability below 2 e⁻¹⁸.
    let first = words(Stream(experiment: "x", trial: 0), 20_000)
    let second = words(Stream(experiment: "x", trial: 1), 20_000)
    let agreeing = zip(first, second).reduce(0) { $0 + (~($1.0 ^ $1.1)).nonzeroBitCount }
    #expect(abs(agreeing - 640_000) < 3_396)
  }

  @Test("uniform numbers are uniform")
  func uniform() {
    // Kolmogorov's distance of 10⁵ numbers exceeds ε = 0.01 with probability at most
    // 2 e^(−2 · 10⁵ ε²) = 2 e⁻²⁰ [massart1990].
    var stream = Stream(experiment: "uniform")
    let sample = (0..<100_000).map { _ in stream.uniform() }
    #expect(sample.allSatisfy { $0 >= 0 && $0 < 1 })
    #expect(kolmogorovDistance(sample) { $0 } < 0.01)
  }

  @Test("uniform numbers reach both ends and no farther")
  func ends() {
    var (zeros, ones) = (HostileGenerator.zeros, HostileGenerator.ones)
    #expect(zeros.uniform() == 0)
    #expect(ones.uniform() == 1 - 0x1p-53)
  }

  @Test("uniform integers are uniform", arguments: [1, 2, 3, 10, 1_000])
  func integers(bound: Int) {
    var stream = Stream(experiment: "integers")
    var counts = [Int](repeating: 0, count: bound)
    let draws = 100_000
    for _ in 0..<draws { counts[stream.uniform(below: bound)] += 1 }
    // Bernstein: a count is off by t = 8 √(mean) + 40 with probability below 2 e⁻²⁰.
    let mean = Double(draws) / Double(bound)
    for count in counts { #expect(abs(Double(count) - mean) <= 8 * mean.squareRoot() + 40) }
  }

  @Test("uniform integers of a bound near 2⁶³ stay below it")
  func largeBound() {
    var stream = Stream(experiment: "large")
    for bound in [Int.max, Int.max / 2 + 2] {
      for _ in 0..<1_000 { #expect((0..<bound).contains(stream.uniform(below: bound))) }
    }
  }

  @Test("broken generators do not hang a uniform integer", arguments: HostileGenerator.all)
  func hostile(generator: HostileGenerator) {
    var rng = generator
    for bound in [1, 2, 3, 7, 1 << 40, Int.max] {
      for _ in 0..<10 { #expect((0..<bound).contains(rng.uniform(below: bound))) }
    }
  }
}
