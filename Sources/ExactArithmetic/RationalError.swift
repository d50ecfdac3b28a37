// SPDX-License-Identifier: Apache-2.0

/// Why exact numbers could not be made, or an exact system not be solved.
public enum RationalError: Error, Equatable, Sendable {
  /// The package was built without the trait `ExactRationals`.
  case unavailable
  /// Number `index` is infinite or not a number.
  case notFinite(index: Int)
  /// Text `index` is neither a fraction such as "3/8" nor a decimal such as "-0.125" or "1e-3".
  case malformed(index: Int, text: String)
  /// Text `index` is a fraction whose denominator is zero.
  case zeroDenominator(index: Int)
  /// Text `index` is longer than `limit` bytes.
  case tooLong(index: Int, limit: Int)
  /// The power of ten in text `index` is beyond ±`limit`.
  case exponentOutOfRange(index: Int, limit: Int)
  /// The matrix of the system is singular.
  case singular
  /// The dense exact solve was refused for its size.
  case tooLarge(dimension: Int, limit: Int)
}

extension RationalError: CustomStringConvertible {
  /// The error in words.
  public var description: String {
    switch self {
    case .unavailable:
      "exact rationals are not available: built without the trait ExactRationals"
    case .notFinite(let index):
      "number \(index) is not finite"
    case .malformed(let index, let text):
      "number \(index), “\(text)”, is neither a fraction nor a decimal"
    case .zeroDenominator(let index):
      "number \(index) has a zero denominator"
    case .tooLong(let index, let limit):
      "number \(index) is longer than \(limit) characters"
    case .exponentOutOfRange(let index, let limit):
      "number \(index) has a power of ten beyond ±\(limit)"
    case .singular:
      "the exact system is singular"
    case .tooLarge(let dimension, let limit):
      "an exact system of dimension \(dimension) is beyond the limit of \(limit)"
    }
  }
}
