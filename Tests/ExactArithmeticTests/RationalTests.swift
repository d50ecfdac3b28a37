// SPDX-License-Identifier: Apache-2.0
#if ExactRationals
  import ExactArithmetic
  import Testing

  @Suite("Rationals")
  struct RationalTests {
    @Test("order and equality are those of the numbers")
    func order() throws {
      let (third, tenth) = (try Rational(text: "1/3"), try Rational(text: "0.1"))
      #expect(tenth < third)
      #expect(third == (try Rational(text: "333333/999999")))
      // The double nearest to 0.1 is a little more than a tenth.
      #expect(tenth < (try Rational(0.1)))
      #expect([third, tenth].sorted() == [tenth, third])
    }

    @Test("a number describes itself in lowest terms")
    func description() throws {
      #expect(try Rational(text: "-10/4").description == "-5/2")
      #expect(try Rational(-3).description == "-3")
      #expect(try Rational(-3).sign == -1)
      #expect(try RationalVector([1, 0.5])[1].description == "1/2")
      #expect(try Rational(0.5).bounds == 0.5...0.5)
    }

    @Test("errors have index zero")
    func errors() {
      #expect(throws: RationalError.notFinite(index: 0)) { try Rational(.nan) }
      #expect(throws: RationalError.zeroDenominator(index: 0)) { try Rational(text: "3/0") }
    }
  }
#endif
