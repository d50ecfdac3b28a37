// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import ExactArithmetic

@Suite("Texts of rationals")
struct RationalTextTests {
  @Test("fractions and decimals are taken apart")
  func accepted() throws {
    let fraction = try RationalText("-3/8")
    #expect(fraction.isNegative)
    #expect(fraction.numerator == "3" && fraction.denominator == "8" && fraction.exponent == 0)
    let decimal = try RationalText("+12.50e-3")
    #expect(!decimal.isNegative)
    #expect(decimal.numerator == "1250" && decimal.denominator == "1" && decimal.exponent == -5)
    for (text, exponent) in [(".5", -1), ("5.", 0), ("1E3", 3), ("1e+003", 3), ("007", 0)] {
      #expect(try RationalText(text).exponent == exponent)
    }
  }

  @Test(
    "junk is refused",
    arguments: [
      "", "+", "-", ".", "e5", "1e", "1e+", "1/", "/2", "1/2/3", "1/-2", "1/+2", "--1", "1.2.3",
      "1 ", " 1", "1,5", "1_000", "0x10", "nan", "inf", "-inf", "½", "1.5/2", "1/2e3", "1e2.5",
      "١", "1\u{301}",
    ])
  func junk(text: String) {
    #expect(throws: RationalText.Failure.malformed) { try RationalText(text) }
  }

  @Test("a zero denominator has its own error", arguments: ["1/0", "0/0", "-5/000"])
  func zeroDenominator(text: String) {
    #expect(throws: RationalText.Failure.zeroDenominator) { try RationalText(text) }
  }

  @Test("huge exponents are refused before a number is made")
  func exponents() throws {
    for text in ["1e10001", "1e-10001", "1e999999999", "1e-99999999999999999999999", "0.1e-10000"] {
      #expect(throws: RationalText.Failure.exponentOutOfRange) { try RationalText(text) }
    }
    for text in ["1e10000", "1e-10000", "0.1e10001", "1e-0000000000000000000000001"] {
      #expect(throws: Never.self) { try RationalText(text) }
    }
  }

  @Test("texts beyond the length limit are refused")
  func length() throws {
    let limit = RationalText.maximumLength
    #expect(throws: Never.self) { try RationalText(String(repeating: "7", count: limit)) }
    #expect(throws: RationalText.Failure.tooLong) {
      try RationalText(String(repeating: "7", count: limit + 1))
    }
  }
}
