// SPDX-License-Identifier: Apache-2.0
import Randomness

/// Draws with replacement, from xoshiro256++ seeded by four words of the caller's generator: the
/// result is a function of the caller's generator alone.
struct Resampler {
  private var rng: Xoshiro256

  init(_ source: inout some RandomNumberGenerator) {
    rng = Xoshiro256(state: (source.next(), source.next(), source.next(), source.next()))
  }

  /// Calls `body` with `count` indices below `n`, each uniform.
  ///
  /// - Numerics: below 2¹⁶ two indices come from one word, with a bias of n 2⁻³² of the share.
  @inline(__always)
  mutating func draw(_ count: Int, below n: Int, _ body: (Int) -> Void) {
    guard n <= 1 << 16 else {
      for _ in 0..<count { body(rng.uniform(below: n)) }
      return
    }
    let bound = UInt64(n)
    for _ in 0..<(count / 2) {
      let word = rng.next()
      body(Int(truncatingIfNeeded: ((word & 0xFFFF_FFFF) &* bound) >> 32))
      body(Int(truncatingIfNeeded: ((word >> 32) &* bound) >> 32))
    }
    if count % 2 == 1 { body(Int(truncatingIfNeeded: ((rng.next() >> 32) &* bound) >> 32)) }
  }

  /// How often each of n things occurs in a resample of size n.
  mutating func counts(_ n: Int, into counts: inout [Int]) {
    for i in counts.indices { counts[i] = 0 }
    counts.withUnsafeMutableBufferPointer { p in
      let base = p
      draw(n, below: n) { base[$0] += 1 }
    }
  }

  mutating func shuffle(_ values: inout [Double]) { rng.shuffle(&values) }
  mutating func bits() -> UInt64 { rng.next() }
}
