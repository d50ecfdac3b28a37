// SPDX-License-Identifier: Apache-2.0

/// A random stream that is a pure function of (experiment, cell, trial).
///
/// The stream of one trial does not depend on any other trial, on the order in which trials run, or
/// on the number of threads. Word *n* of a stream is word *n* of Philox under a key made from the
/// experiment's name and the counter (n, cell, trial).
///
/// - Complexity: O(1) a word.
/// - Source: [salmon2011]; the key is the 64-bit FNV-1a hash of the experiment's name.
public struct Stream: RandomNumberGenerator, Sendable {
  @usableFromInline let philox: Philox4x32
  @usableFromInline let cell: UInt32
  @usableFromInline let trial: UInt32
  @usableFromInline var next64: UInt64 = 0
  @usableFromInline var block: SIMD4<UInt32> = .zero

  /// Creates the stream of one trial of one cell of an experiment.
  public init(experiment: String, cell: UInt32 = 0, trial: UInt32 = 0) {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in experiment.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    self.philox = Philox4x32(
      key: SIMD2(UInt32(truncatingIfNeeded: hash), UInt32(truncatingIfNeeded: hash >> 32)))
    self.cell = cell
    self.trial = trial
  }

  /// Creates the stream of a generator's seed, for models and data that are made from one number.
  public init(seed: UInt64, purpose: String) {
    self.init(
      experiment: purpose, cell: UInt32(truncatingIfNeeded: seed),
      trial: UInt32(truncatingIfNeeded: seed >> 32))
  }

  /// The next 64 random bits.
  @inlinable
  public mutating func next() -> UInt64 {
    let half = Int(next64 & 1)
    if half == 0 {
      let n = next64 >> 1
      block = philox.block(
        SIMD4(UInt32(truncatingIfNeeded: n), UInt32(truncatingIfNeeded: n >> 32), cell, trial))
    }
    next64 &+= 1
    return UInt64(block[2 * half + 1]) << 32 | UInt64(block[2 * half])
  }
}

extension RandomNumberGenerator {
  /// A uniform number in [0, 1): a multiple of 2⁻⁵³.
  @inlinable
  public mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// A uniform integer in `0 ..< bound`, without bias.
  ///
  /// - Complexity: O(1) expected; gives up after 64 rejections (probability below 2⁻⁶⁴ with a fair
  ///   generator) so that a broken generator cannot hang the caller.
  /// - Source: [lemire2019].
  @inlinable
  public mutating func uniform(below bound: Int) -> Int {
    precondition(bound > 0, "a uniform draw needs at least one value")
    let n = UInt64(bound)
    var product = next().multipliedFullWidth(by: n)
    if product.low < n {
      let threshold = (0 &- n) % n
      var attempts = 0
      while product.low < threshold && attempts < 64 {
        product = next().multipliedFullWidth(by: n)
        attempts += 1
      }
    }
    return Int(product.high)
  }
}
