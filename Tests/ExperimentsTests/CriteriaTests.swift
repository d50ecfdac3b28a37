// SPDX-License-Identifier: Apache-2.0
import Experiments
import Statistics
import Testing

@Suite("Criteria")
struct CriteriaTests {
  private func interval(_ lower: Double, _ upper: Double) -> ConfidenceInterval {
    ConfidenceInterval(estimate: (lower + upper) / 2, lower: lower, upper: upper, level: 0.95)
  }

  @Test("an equality is decided by the whole interval")
  func equality() {
    func verdict(_ lower: Double, _ upper: Double) -> Verdict {
      Check.equals("", interval(lower, upper), 0.5, within: 0.25).verdict
    }
    #expect(verdict(0.25, 0.75) == .consistent)
    #expect(verdict(0.125, 0.5) == .inconclusive && verdict(0.5, 0.875) == .inconclusive)
    #expect(verdict(0, 0.125) == .inconsistent && verdict(0.875, 1) == .inconsistent)
    #expect(verdict(0, 0.25) == .inconclusive && verdict(-9, 9) == .inconclusive)
    #expect(verdict(.nan, .nan) == .inconclusive)
  }

  @Test("a bound is never confirmed, and is violated only by the whole interval")
  func bounds() {
    func most(_ lower: Double, _ upper: Double) -> Verdict {
      Check.atMost("", interval(lower, upper), 1).verdict
    }
    #expect(most(0, 1) == .notViolated && most(0, 2) == .inconclusive)
    #expect(most(1, 2) == .inconclusive && most(1.5, 2) == .inconsistent)
    func least(_ lower: Double, _ upper: Double) -> Verdict {
      Check.atLeast("", interval(lower, upper), 1).verdict
    }
    #expect(least(1, 2) == .notViolated && least(0, 2) == .inconclusive)
    #expect(least(0, 1) == .inconclusive && least(0, 0.5) == .inconsistent)
    #expect(interval(.nan, .nan).text == "undefined without bounds")
    #expect(most(.nan, .nan) == .inconclusive && least(.nan, .nan) == .inconclusive)
  }

  @Test("a count has the interval of Clopper and Pearson")
  func coverage() throws {
    // All of 100: the interval begins at 0.025^(1/100) = 0.9638.
    #expect(try Check.coverage("", held: 100, of: 100, atLeast: 0.96).verdict == .notViolated)
    #expect(try Check.coverage("", held: 100, of: 100, atLeast: 0.97).verdict == .inconclusive)
    #expect(try Check.coverage("", held: 50, of: 100, atLeast: 0.7).verdict == .inconsistent)
  }

  @Test("a computed number is exact up to its tolerance; what is not a number is not equal")
  func identity() {
    #expect(Check.identity("", 1 + 0x1p-52, 1, tolerance: 0x1p-52).verdict == .consistent)
    #expect(Check.identity("", 1 + 0x1p-51, 1, tolerance: 0x1p-52).verdict == .inconsistent)
    #expect(Check.identity("", .nan, 1, tolerance: 1).verdict == .inconsistent)
  }

  @Test("a statistic that the data do not define is inconclusive, and other errors are passed on")
  func undefined() throws {
    let check = try Check.ifDefined("slope", predicted: "0.5 ± 0.1") { _ in
      throw StatisticsError.undefined(what: "the slope", reason: "a mean is 0")
    }
    #expect(check.verdict == .inconclusive && check.predicted == "0.5 ± 0.1")
    #expect(check.measured == "the slope is not defined: a mean is 0")
    let defined = try Check.ifDefined("slope", predicted: "") {
      .identity($0, 1, 1, tolerance: 0)
    }
    #expect(defined.verdict == .consistent && defined.name == "slope")
    #expect(throws: ExperimentError.self) {
      try Check.ifDefined("slope", predicted: "") { _ in throw ExperimentError.missing("no cells") }
    }
    #expect(throws: StatisticsError.self) {
      try Check.ifDefined("slope", predicted: "") { _ in
        throw StatisticsError.tooFew(what: "trials", count: 0, needed: 1)
      }
    }
  }
}
