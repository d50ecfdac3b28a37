// SPDX-License-Identifier: Apache-2.0
import ExactArithmetic
import Testing

@Suite("Errors of exact arithmetic")
struct RationalErrorTests {
  @Test("errors name the number at fault")
  func descriptions() {
    #expect(RationalError.notFinite(index: 3).description == "number 3 is not finite")
    #expect(
      RationalError.malformed(index: 1, text: "x").description
        == "number 1, “x”, is neither a fraction nor a decimal")
    #expect(
      RationalError.zeroDenominator(index: 0).description == "number 0 has a zero denominator")
    #expect(RationalError.singular.description == "the exact system is singular")
  }
}
