// SPDX-License-Identifier: Apache-2.0
import CBoost
import Statistics
import TestSupport
import Testing

@Suite("Distributions and proportions")
struct DistributionsTests {
  private func expectRelative(_ found: Double, _ expected: Double, _ tolerance: Double) {
    expectClose(found, expected, tolerance: tolerance * abs(expected) + 1e-300)
  }

  @Test("quantiles and distribution functions agree with SciPy")
  func oracle() throws {
    let oracle = try Oracle.load()
    for r in oracle.betaQuantile {
      expectRelative(BetaDistribution(r[0], r[1]).quantile(r[2]), r[3], 1e-11)
    }
    for r in oracle.betaCumulative {
      expectRelative(BetaDistribution(r[0], r[1]).cumulative(r[2]), r[3], 1e-11)
    }
    for r in oracle.normalQuantile {
      expectClose(NormalDistribution.quantile(r[0]), r[1], tolerance: 1e-13)
    }
    for r in oracle.normalCumulative {
      expectRelative(NormalDistribution.cumulative(r[0]), r[1], 1e-13)
    }
    for r in oracle.studentQuantile {
      let found = StudentTDistribution(degrees: r[0]).quantile(r[1])
      expectClose(found, r[2], tolerance: 1e-11 * max(1, abs(r[2])))
    }
    for r in oracle.studentCumulative {
      expectRelative(StudentTDistribution(degrees: r[0]).cumulative(r[1]), r[2], 1e-12)
    }
    for r in oracle.chiSquareQuantile {
      expectRelative(ChiSquareDistribution(degrees: r[0]).quantile(r[1]), r[2], 1e-11)
    }
    for r in oracle.chiSquareCumulative {
      expectRelative(ChiSquareDistribution(degrees: r[0]).cumulative(r[1]), r[2], 1e-12)
    }
  }

  @Test("the ends of the distributions")
  func ends() {
    #expect(BetaDistribution(2, 3).quantile(0) == 0)
    #expect(BetaDistribution(2, 3).quantile(1) == 1)
    #expect(BetaDistribution(2, 3).cumulative(-1) == 0)
    #expect(BetaDistribution(2, 3).cumulative(7) == 1)
    expectClose(BetaDistribution(1, 1).upperQuantile(1e-9), 1 - 1e-9, tolerance: 1e-16)
    #expect(ChiSquareDistribution(degrees: 2).quantile(0) == 0)
    #expect(StudentTDistribution(degrees: 3).quantile(0.5) == 0)
  }

  @Test("parameters without meaning, or beyond what can be searched, give NaN at once")
  func hostileParameters() {
    // Each of these ended the process by an assertion of Boost, or searched for ever.
    let shapes: [(Double, Double)] = [
      (3, .nan), (.nan, 3), (1e300, .infinity), (3, 0x1p-1074), (0x1p-1074, 0.5), (1e50, 1e50),
      (3, 1e50), (1e50, 1e17), (0, 1), (-1, 1),
    ]
    for (a, b) in shapes {
      for p in [0.25, 0.975, 1e-300, .nan] {
        #expect(cboost_beta_quantile(a, b, p).isNaN, "\(a) \(b) \(p)")
        #expect(cboost_beta_upper_quantile(a, b, p).isNaN, "\(a) \(b) \(p)")
      }
    }
    #expect(cboost_beta_quantile(3, 1e-12, .nan).isNaN && cboost_beta_quantile(2, 2, 7).isNaN)
    // Within the shapes that can be searched there is an answer, at the ends too.
    for a in [1e-12, 1e-5, 0.5, 1, 1e5, 1e16] {
      for b in [1e-12, 1e-5, 0.5, 1, 1e5, 1e16] {
        for p in [1e-300, 1e-9, 0.25, 0.975] {
          let distribution = BetaDistribution(a, b)
          #expect((0...1).contains(distribution.quantile(p)), "\(a) \(b) \(p)")
          #expect((0...1).contains(distribution.upperQuantile(p)), "\(a) \(b) \(p)")
        }
      }
    }
  }

  @Test("intervals of proportions agree with SciPy")
  func proportions() throws {
    let oracle = try Oracle.load()
    for r in oracle.clopperPearson {
      let found = try Proportion.clopperPearson(
        successes: Int(r[0]), trials: Int(r[1]), level: r[2])
      // SciPy searches for the ends to an absolute 10⁻¹².
      expectClose(found.lower, r[3], tolerance: 2e-12)
      expectClose(found.upper, r[4], tolerance: 2e-12)
    }
    for r in oracle.wilson {
      let found = try Proportion.wilson(successes: Int(r[0]), trials: Int(r[1]), level: r[2])
      expectClose(found.lower, r[3], tolerance: 1e-13)
      expectClose(found.upper, r[4], tolerance: 1e-13)
    }
  }

  /// The exact probability that the interval covers p.
  private func coverage(
    _ n: Int, _ p: Double, _ interval: (Int) throws -> ConfidenceInterval
  ) rethrows -> Double {
    var probability = 1.0
    for _ in 0..<n { probability *= 1 - p }
    var sum = 0.0
    for k in 0...n {
      if try interval(k).contains(p) { sum += probability }
      probability *= Double(n - k) / Double(k + 1) * p / (1 - p)
    }
    return sum
  }

  @Test("Clopper and Pearson cover every probability, Wilson on average")
  func exactCoverage() throws {
    var (total, least) = (0.0, 1.0)
    let probabilities = (1..<200).map { Double($0) / 200 }
    for p in probabilities {
      let exact = try coverage(25, p) { try Proportion.clopperPearson(successes: $0, trials: 25) }
      #expect(exact >= 0.95)
      least = min(least, exact)
      total += try coverage(25, p) { try Proportion.wilson(successes: $0, trials: 25) }
    }
    // It is not wider than it must be: somewhere the coverage is nearly the level.
    #expect(least < 0.957)
    expectClose(total / Double(probabilities.count), 0.95, tolerance: 0.006)
  }

  @Test("bad arguments are refused")
  func errors() {
    #expect(throws: StatisticsError.self) { try Proportion.wilson(successes: 3, trials: 2) }
    #expect(throws: StatisticsError.self) { try Proportion.wilson(successes: -1, trials: 2) }
    #expect(throws: StatisticsError.self) { try Proportion.clopperPearson(successes: 0, trials: 0) }
    #expect(throws: StatisticsError.self) {
      try Proportion.clopperPearson(successes: 0, trials: 1, level: 1)
    }
    #expect(throws: StatisticsError.self) {
      try Proportion.clopperPearson(successes: 0, trials: 1, level: .nan)
    }
  }
}
