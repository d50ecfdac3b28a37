// SPDX-License-Identifier: Apache-2.0

/// The generator xoshiro256++: five times the speed of ``Stream``, for large models and long loops.
///
/// Seeded from a stream, so the numbers are still a pure function of (seed, purpose); but word *n*
/// costs *n* steps, so trials that must not depend on each other's order use ``Stream`` itself.
///
/// - Complexity: O(1) a word.
/// - Source: [blackman2021].
public struct Xoshiro256: RandomNumberGenerator, Sendable {
  @usableFromInline var s0: UInt64
  @usableFromInline var s1: UInt64
  @usableFromInline var s2: UInt64
  @usableFromInline var s3: UInt64

  /// Creates a generator from its four state words; all zeros, from which it could not leave, are
  /// replaced by 1, 0, 0, 0.
  public init(state: (UInt64, UInt64, UInt64, UInt64)) {
    (s0, s1, s2, s3) = state
    if s0 | s1 | s2 | s3 == 0 { s0 = 1 }
  }

  /// Creates the generator whose state is the first four words of `Stream(seed:purpose:)`.
  public init(seed: UInt64, purpose: String) {
    var stream = Stream(seed: seed, purpose: purpose)
    self.init(state: (stream.next(), stream.next(), stream.next(), stream.next()))
  }

  /// Creates the generator whose state is the next four words of a stream, for a long loop of one
  /// trial.
  public init(from stream: inout Stream) {
    self.init(state: (stream.next(), stream.next(), stream.next(), stream.next()))
  }

  /// The next 64 random bits.
  @inlinable @inline(__always)
  public mutating func next() -> UInt64 {
    let sum = s0 &+ s3
    let result = (sum << 23 | sum >> 41) &+ s0
    let t = s1 << 17
    s2 ^= s0
    s3 ^= s1
    s1 ^= s2
    s0 ^= s3
    s2 ^= t
    s3 = s3 << 45 | s3 >> 19
    return result
  }
}
