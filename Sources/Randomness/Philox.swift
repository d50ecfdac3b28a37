// SPDX-License-Identifier: Apache-2.0

/// The Philox 4×32-10 block function: four random words as a pure function of a counter and a key.
///
/// - Complexity: O(1); ten rounds of two 32 × 32-bit products.
/// - Source: [salmon2011], section 3.3; known answers from the authors' Random123 distribution.
public struct Philox4x32: Sendable {
  /// The two key words.
  public let key: SIMD2<UInt32>

  /// Creates the function for one key.
  public init(key: SIMD2<UInt32>) { self.key = key }

  /// The four words of one counter value.
  @inlinable
  public func block(_ counter: SIMD4<UInt32>) -> SIMD4<UInt32> {
    var (c0, c1, c2, c3) = (counter[0], counter[1], counter[2], counter[3])
    var (k0, k1) = (key[0], key[1])
    for _ in 0..<10 {
      let p = UInt64(c0) &* 0xD251_1F53
      let q = UInt64(c2) &* 0xCD9E_8D57
      (c0, c1, c2, c3) = (
        UInt32(truncatingIfNeeded: q >> 32) ^ c1 ^ k0, UInt32(truncatingIfNeeded: q),
        UInt32(truncatingIfNeeded: p >> 32) ^ c3 ^ k1, UInt32(truncatingIfNeeded: p)
      )
      k0 = k0 &+ 0x9E37_79B9
      k1 = k1 &+ 0xBB67_AE85
    }
    return SIMD4(c0, c1, c2, c3)
  }
}
