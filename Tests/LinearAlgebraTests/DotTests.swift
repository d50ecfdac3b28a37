// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra
import Testing

@Suite("Dot product and norm")
struct DotTests {
  @Test("a dot product of integers is exact")
  func integers() {
    #expect(dot([1, 2, 3], [4, 5, 6]) == 32)
    let n = 1_000
    let ramp = (1...n).map { Double($0) }
    #expect(dot(ramp, ramp) == Double(n * (n + 1) * (2 * n + 1) / 6))
  }

  @Test("the dot product of empty vectors is zero")
  func empty() { #expect(dot([], []) == 0) }

  @Test("a norm neither overflows nor underflows")
  func scales() {
    for scale in [0x1p-1070, 0x1p-600, 1, 0x1p600, 0x1p1000] {
      #expect(norm([3 * scale, 4 * scale]) == 5 * scale)
    }
    #expect(norm([]) == 0)
    #expect(norm([0, 0]) == 0)
    #expect(norm([1, -.infinity]) == .infinity)
    #expect(norm([1, .nan, .infinity]).isNaN)
  }
}
