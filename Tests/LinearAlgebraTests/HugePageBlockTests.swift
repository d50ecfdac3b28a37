// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import LinearAlgebra

@Suite("Blocks of huge pages")
struct HugePageBlockTests {
  /// Sizes on both sides of the half page from which whole huge pages are taken.
  @Test(
    "vectors begin at lines of the cache, do not overlap, and keep what is written",
    arguments: [0, 1, 7, 1_000, 65_535, 65_536, 300_001])
  func vectors(_ count: Int) {
    let block = HugePageBlock(byteCounts: [8 * count, 4 * count, 8 * (count + 1)])
    let x = block.take(Double.self, count: count)
    let c = block.take(Int32.self, count: count)
    let p = block.take(Int64.self, count: count + 1)
    for start in [UInt(bitPattern: x.baseAddress), UInt(bitPattern: c.baseAddress)] {
      #expect(start % 64 == 0)
    }
    for i in 0..<count { (x[i], c[i], p[i]) = (Double(i), -Int32(i), Int64(i) << 32) }
    p[count] = -1
    #expect((0..<count).allSatisfy { x[$0] == Double($0) && c[$0] == -Int32($0) })
    #expect((0..<count).allSatisfy { p[$0] == Int64($0) << 32 } && p[count] == -1)
  }

  @Test("large blocks begin with a huge page")
  func alignment() {
    let block = HugePageBlock(byteCounts: [3 << 20])
    let x = block.take(UInt8.self, count: 3 << 20)
    #expect(UInt(bitPattern: x.baseAddress) % (2 << 20) == 0)
  }

  @Test("taking more than a block was made for stops the program")
  func overdraft() async {
    await #expect(processExitsWith: .failure) {
      let block = HugePageBlock(byteCounts: [64])
      _ = block.take(Double.self, count: 1_000)
    }
  }
}
