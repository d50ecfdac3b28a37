// SPDX-License-Identifier: Apache-2.0

/// A number as it is written: ± numerator / denominator · 10^exponent.
///
///     number   = [sign] (fraction | decimal)
///     fraction = digits "/" digits
///     decimal  = (digits ["." [digits]] | "." digits) [("e" | "E") [sign] digits]
///
/// - Edge cases: no spaces, no digit separators, no sign in a denominator. Signed zeros are zero.
/// - Complexity: O(length); a text beyond the limits is refused before any large number is made.
struct RationalText: Equatable {
  /// The greatest number of bytes in a text.
  static let maximumLength = 10_000
  /// The greatest magnitude of the power of ten, with the digits after the point counted in.
  static let maximumExponent = 10_000

  /// Why a text is not a number.
  enum Failure: Error {
    case malformed
    case zeroDenominator
    case tooLong
    case exponentOutOfRange
  }

  private(set) var isNegative = false
  /// Decimal digits, at least one.
  private(set) var numerator = ""
  /// Decimal digits, at least one and not all zero.
  private(set) var denominator = "1"
  private(set) var exponent = 0

  /// Parses a text.
  init(_ text: some StringProtocol) throws(Failure) {
    let bytes = Array(text.utf8)
    guard bytes.count <= Self.maximumLength else { throw .tooLong }
    var rest = bytes[...]
    isNegative = Self.takeSign(&rest)
    let whole = Self.takeDigits(&rest)
    if !whole.isEmpty && Self.take(UInt8(ascii: "/"), &rest) {
      let below = Self.takeDigits(&rest)
      guard !below.isEmpty && rest.isEmpty else { throw .malformed }
      guard below.contains(where: { $0 != UInt8(ascii: "0") }) else { throw .zeroDenominator }
      numerator = String(decoding: whole, as: UTF8.self)
      denominator = String(decoding: below, as: UTF8.self)
      return
    }
    var fraction: ArraySlice<UInt8> = []
    if Self.take(UInt8(ascii: "."), &rest) { fraction = Self.takeDigits(&rest) }
    guard !(whole.isEmpty && fraction.isEmpty) else { throw .malformed }
    if Self.take(UInt8(ascii: "e"), &rest) || Self.take(UInt8(ascii: "E"), &rest) {
      let isDownward = Self.takeSign(&rest)
      let digits = Self.takeDigits(&rest)
      guard !digits.isEmpty && rest.isEmpty else { throw .malformed }
      let magnitude = Self.value(ofExponent: digits)
      exponent = isDownward ? -magnitude : magnitude
    }
    guard rest.isEmpty else { throw .malformed }
    exponent -= fraction.count
    guard exponent.magnitude <= Self.maximumExponent else { throw .exponentOutOfRange }
    numerator = String(decoding: whole, as: UTF8.self) + String(decoding: fraction, as: UTF8.self)
  }

  /// The value of the digits, or a number beyond every limit when there are many.
  private static func value(ofExponent digits: ArraySlice<UInt8>) -> Int {
    let significant = digits.drop { $0 == UInt8(ascii: "0") }
    if significant.count > 9 { return 1_000_000_000 }
    return significant.reduce(0) { 10 * $0 + Int($1 - UInt8(ascii: "0")) }
  }

  private static func take(_ byte: UInt8, _ rest: inout ArraySlice<UInt8>) -> Bool {
    guard rest.first == byte else { return false }
    rest.removeFirst()
    return true
  }

  private static func takeSign(_ rest: inout ArraySlice<UInt8>) -> Bool {
    if take(UInt8(ascii: "-"), &rest) { return true }
    _ = take(UInt8(ascii: "+"), &rest)
    return false
  }

  private static func takeDigits(_ rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let digits = rest.prefix { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
    rest = rest[digits.endIndex...]
    return digits
  }
}
