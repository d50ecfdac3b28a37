// SPDX-License-Identifier: Apache-2.0
import Randomness
import Testing

@Suite("Xoshiro256")
struct Xoshiro256Tests {
  @Test("gives the known answers from the state 1, 2, 3, 4")
  func knownAnswers() {
    var rng = Xoshiro256(state: (1, 2, 3, 4))
    let expected: [UInt64] = [
      41_943_041, 58_720_359, 3_588_806_011_781_223, 3_591_011_842_654_386,
      9_228_616_714_210_784_205, 9_973_669_472_204_895_162,
    ]
    #expect(expected.map { _ in rng.next() } == expected)
  }

  @Test("starts from the words of a stream")
  func seeding() {
    var stream = Stream(seed: 9, purpose: "maze")
    let state = (stream.next(), stream.next(), stream.next(), stream.next())
    var (first, second) = (Xoshiro256(seed: 9, purpose: "maze"), Xoshiro256(state: state))
    for _ in 0..<100 { #expect(first.next() == second.next()) }
  }

  @Test("leaves the state of all zeros")
  func zeros() {
    var rng = Xoshiro256(state: (0, 0, 0, 0))
    #expect(Set((0..<100).map { _ in rng.next() }).count > 90)
  }

  @Test("its uniform numbers are uniform")
  func uniform() {
    // 2 e^(−2 · 10⁵ · 10⁻⁴) = 2 e⁻²⁰ is the probability of failure for one seed.
    var rng = Xoshiro256(seed: 1, purpose: "test")
    #expect(kolmogorovDistance((0..<100_000).map { _ in rng.uniform() }) { $0 } < 0.01)
  }
}
