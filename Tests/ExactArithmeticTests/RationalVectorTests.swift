// SPDX-License-Identifier: Apache-2.0
import ExactArithmetic
import Randomness
import Testing

#if ExactRationals
  @Suite("Vectors of rationals")
  struct RationalVectorTests {
    @Test("texts come out in lowest terms")
    func canonical() throws {
      let pairs = [
        ("2/4", "1/2"), ("-5/15", "-1/3"), ("0.25", "1/4"), ("-0.125", "-1/8"), ("1e-3", "1/1000"),
        ("3/8", "3/8"), ("12e2", "1200"), ("-0/7", "0"), ("-0.0", "0"), ("6/3", "2"),
        ("0.1", "1/10"), (".5e1", "5"), ("100000000000000000000/3", "100000000000000000000/3"),
      ]
      let vector = try RationalVector(texts: pairs.map(\.0))
      for (i, pair) in pairs.enumerated() { #expect(vector.text(at: i) == pair.1) }
      #expect(vector.count == pairs.count)
    }

    @Test("every double is taken exactly")
    func doubles() throws {
      let values = [
        0.5, -0.0, 0.1, 3, 0x1p-1074, -0x1.FFFFFFFFFFFFFp1023, .leastNormalMagnitude, 1.0 / 3,
      ]
      let vector = try RationalVector(values)
      #expect(vector.text(at: 0) == "1/2")
      #expect(vector.text(at: 1) == "0")
      #expect(vector.text(at: 2) == "3602879701896397/36028797018963968")
      for (i, value) in values.enumerated() { #expect(vector.bounds(at: i) == value...value) }
    }

    @Test("bounds are the neighbors of what is not a double")
    func bounds() throws {
      let vector = try RationalVector(texts: ["1/3", "-1/3", "0.1", "2/3", "1e400", "-1e400"])
      for i in 0..<4 {
        let bounds = vector.bounds(at: i)
        #expect(bounds.upperBound == bounds.lowerBound.nextUp)
        let ends = try RationalVector([bounds.lowerBound, bounds.upperBound])
        #expect(vector.compare(i, with: ends, 0) == 1)
        #expect(vector.compare(i, with: ends, 1) == -1)
      }
      #expect(vector.bounds(at: 0) == (1.0 / 3)...(1.0 / 3).nextUp)
      #expect(vector.bounds(at: 4) == (.greatestFiniteMagnitude)...(.infinity))
      #expect(vector.bounds(at: 5) == (-.infinity)...(-.greatestFiniteMagnitude))
    }

    @Test("bounds below the normal range stay tight")
    func subnormal() throws {
      // 1.5 · 2^-1074 lies between the two least positive doubles; 2^-1075 below the least.
      let power = try RationalVector([0x1p-1074])
      let denominator = power.text(at: 0).dropFirst(2)
      let vector = try RationalVector(texts: ["3/\(denominator)0", "1/\(denominator)0"])
      #expect(vector.bounds(at: 0) == 0...0x1p-1074)
      #expect(vector.bounds(at: 1) == 0...0x1p-1074)
      let middle = try RationalVector(texts: ["15/\(denominator)0"])
      #expect(middle.bounds(at: 0) == 0x1p-1074...0x1p-1073)
    }

    @Test("random decimals lie within bounds at most one step apart")
    func randomBounds() throws {
      var stream = Stream(seed: 1, purpose: "exact/bounds")
      for _ in 0..<500 {
        let numerator = stream.next()
        let denominator = stream.next() | 1
        let vector = try RationalVector(texts: ["\(numerator)/\(denominator)"])
        let bounds = vector.bounds(at: 0)
        #expect(bounds.upperBound <= bounds.lowerBound.nextUp)
        let ends = try RationalVector([bounds.lowerBound, bounds.upperBound])
        #expect(ends.compare(0, with: vector, 0) <= 0)
        #expect(ends.compare(1, with: vector, 0) >= 0)
      }
    }

    @Test("numbers that are not finite are refused with their index")
    func notFinite() {
      for value in [Double.nan, .infinity, -.infinity, .signalingNaN] {
        #expect(throws: RationalError.notFinite(index: 1)) { try RationalVector([1, value]) }
      }
    }

    @Test("bad texts are refused with their index")
    func badTexts() {
      #expect(throws: RationalError.malformed(index: 2, text: "one")) {
        try RationalVector(texts: ["1", "2", "one"])
      }
      #expect(throws: RationalError.zeroDenominator(index: 1)) {
        try RationalVector(texts: ["1", "1/0"])
      }
      #expect(throws: RationalError.exponentOutOfRange(index: 0, limit: 10_000)) {
        try RationalVector(texts: ["1e999999999"])
      }
      #expect(throws: RationalError.tooLong(index: 0, limit: 10_000)) {
        try RationalVector(texts: [String(repeating: "1", count: 10_001)])
      }
      #expect(throws: RationalError.malformed(index: 0, text: String(repeating: "x", count: 40))) {
        try RationalVector(texts: [String(repeating: "x", count: 99)])
      }
    }

    @Test("comparison orders by value")
    func comparison() throws {
      let a = try RationalVector(texts: ["1/3", "0.333", "-1"])
      let b = try RationalVector(texts: ["2/6", "1/3000"])
      #expect(a.compare(0, with: b, 0) == 0)
      #expect(a.compare(1, with: a, 0) == -1)
      #expect(a.compare(0, with: b, 1) == 1)
      #expect((0..<3).map { a.sign(at: $0) } == [1, 1, -1])
    }

    @Test("selection, difference and equality")
    func vectorOperations() throws {
      let a = try RationalVector(texts: ["1/2", "1/3", "1/6"])
      let b = a.selecting([2, 2, 0])
      #expect(b == (try RationalVector(texts: ["1/6", "2/12", "0.5"])))
      #expect(a != b && a != a.selecting([0, 1]))
      let difference = a.subtracting(b)
      #expect(difference == (try RationalVector(texts: ["1/3", "1/6", "-1/3"])))
      #expect(a.subtracting(a) == (try RationalVector([0, 0, 0])))
      #expect(a.selecting([]).count == 0)
    }

    @Test("vectors may be read and freed on any thread")
    func threads() async throws {
      let shared = try RationalVector(texts: (1...50).map { "\($0)/7919" })
      let rows = RationalRows(
        columnCount: 50, rowPointers: Array(0...50), columns: (0..<50).map { Int32($0) },
        values: shared)
      let discount = try Rational(text: "99/100")
      let all = Array(0..<50)
      let expected = try rows.solve(rewards: shared, discount: discount, choice: all)
      await withTaskGroup(of: RationalVector?.self) { group in
        for _ in 0..<16 {
          group.addTask {
            let v = rows.backup(rewards: shared, discount: discount, values: shared)
            let x = try? rows.solve(rewards: shared, discount: discount, choice: all)
            return v.count == 50 ? x : nil
          }
        }
        for await result in group { #expect(result == expected) }
      }
    }
  }
#else
  @Suite("Vectors of rationals")
  struct RationalVectorTests {
    @Test("without the trait nothing can be made, and the error says so")
    func unavailable() {
      #expect(throws: RationalError.unavailable) { try RationalVector([1]) }
      #expect(throws: RationalError.unavailable) { try RationalVector(texts: ["1/2"]) }
      #expect(throws: RationalError.unavailable) { try Rational(0.5) }
      #expect(throws: RationalError.unavailable) { try Rational(text: "0.5") }
    }
  }
#endif
