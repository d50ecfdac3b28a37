// SPDX-License-Identifier: Apache-2.0

/// A seeded generator for tests, independent of the module under test.
///
/// - Source: [steele2014] (SplitMix64).
public struct RepeatableGenerator: RandomNumberGenerator, Sendable {
  private var state: UInt64

  /// Creates the generator of a seed.
  public init(seed: UInt64) { state = seed }

  /// The next 64 random bits.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// A broken generator: code under test may give poor numbers with it, but must not crash or hang.
public struct HostileGenerator: RandomNumberGenerator, Sendable, CustomStringConvertible {
  /// Only zero bits.
  public static let zeros = HostileGenerator("all zeros", [0])
  /// Only one bits.
  public static let ones = HostileGenerator("all ones", [.max])
  /// Zeros and ones in turn.
  public static let alternating = HostileGenerator("zeros and ones in turn", [0, .max])
  /// Three words, again and again.
  public static let shortPeriod = HostileGenerator("period 3", [1 << 63, 1, 0x0123_4567_89AB_CDEF])
  /// All of them.
  public static let all = [zeros, ones, alternating, shortPeriod]

  /// What is wrong with it.
  public let description: String
  private let words: [UInt64]
  private var position = 0

  private init(_ description: String, _ words: [UInt64]) {
    self.description = description
    self.words = words
  }

  /// The next word.
  public mutating func next() -> UInt64 {
    defer { position = (position + 1) % words.count }
    return words[position]
  }
}
