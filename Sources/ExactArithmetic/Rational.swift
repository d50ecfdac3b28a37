// SPDX-License-Identifier: Apache-2.0

/// One exact rational number in lowest terms.
///
/// Numbers that come many at a time belong in a ``RationalVector``.
public struct Rational: Sendable {
  let storage: RationalStorage

  init(storage: RationalStorage) { self.storage = storage }

  /// The exact value of a double.
  ///
  /// - Throws: ``RationalError/notFinite(index:)`` with index 0, or ``RationalError/unavailable``.
  public init(_ value: Double) throws(RationalError) {
    storage = try .make(doubles: [value])
  }

  /// The value of a text such as "3/8", "-0.125" or "1e-3".
  ///
  /// - Throws: ``RationalError`` with index 0; see ``RationalVector/init(texts:)``.
  public init(text: String) throws(RationalError) {
    storage = try RationalVector(texts: [text]).storage
  }

  /// The tightest doubles around the number: both ends are the number itself when it is a double.
  ///
  /// - Edge cases: an end is infinite when the number is beyond the range of doubles.
  public var bounds: ClosedRange<Double> { storage.bounds(0) }

  /// -1, 0 or 1 as the number is negative, zero or positive.
  public var sign: Int { storage.sign(0) }
}

extension Rational: Comparable {
  /// Whether two numbers are equal.
  public static func == (a: Rational, b: Rational) -> Bool {
    a.storage.compare(0, with: b.storage, 0) == 0
  }

  /// Whether the first number is less than the second.
  public static func < (a: Rational, b: Rational) -> Bool {
    a.storage.compare(0, with: b.storage, 0) < 0
  }
}

extension Rational: CustomStringConvertible {
  /// "n/d" in lowest terms, or "n" for an integer.
  public var description: String { storage.text(0) }
}
