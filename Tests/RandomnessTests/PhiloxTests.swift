// SPDX-License-Identifier: Apache-2.0
import Randomness
import Testing

@Suite("Philox4x32")
struct PhiloxTests {
  /// The words of one counter under one key.
  struct KnownAnswer {
    let key: SIMD2<UInt32>
    let counter: SIMD4<UInt32>
    let words: SIMD4<UInt32>
  }

  private static let knownAnswers = [
    KnownAnswer(
      key: SIMD2(0, 0), counter: SIMD4(0, 0, 0, 0),
      words: SIMD4(0x6627_E8D5, 0xE169_C58D, 0xBC57_AC4C, 0x9B00_DBD8)),
    KnownAnswer(
      key: SIMD2(repeating: 0xFFFF_FFFF), counter: SIMD4(repeating: 0xFFFF_FFFF),
      words: SIMD4(0x408F_276D, 0x41C8_3B0E, 0xA20B_C7C6, 0x6D54_51FD)),
    KnownAnswer(
      key: SIMD2(0xA409_3822, 0x299F_31D0),
      counter: SIMD4(0x243F_6A88, 0x85A3_08D3, 0x1319_8A2E, 0x0370_7344),
      words: SIMD4(0xD16C_FE09, 0x94FD_CCEB, 0x5001_E420, 0x2412_6EA1)),
  ]

  @Test("gives the known answers of its authors", arguments: knownAnswers)
  func knownAnswer(_ answer: KnownAnswer) {
    #expect(Philox4x32(key: answer.key).block(answer.counter) == answer.words)
  }

  @Test("is a permutation of the counters as far as one can see")
  func distinct() {
    let philox = Philox4x32(key: SIMD2(1, 2))
    let blocks = Set((0..<10_000).map { philox.block(SIMD4($0, 0, 0, 0)) })
    #expect(blocks.count == 10_000)
  }
}
