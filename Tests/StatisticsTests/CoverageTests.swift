// SPDX-License-Identifier: Apache-2.0
import Foundation
import Randomness
import Statistics
import TestSupport
import Testing

/// How often an interval of nominal 95 % covers the truth in 2,000 repetitions.
struct CoverageCase: Sendable, CustomStringConvertible {
  /// What the table of the module's README calls it.
  let description: String
  /// Whether the coverage is at least the level by a theorem, and may be well above it.
  let isConservative: Bool
  /// By how much the coverage may be off.
  let allowance: Double
  /// Whether one interval covers.
  let covers: @Sendable (inout Xoshiro256) throws -> Bool

  init(
    _ description: String, conservative: Bool = false, allowance: Double = 0.022,
    covers: @escaping @Sendable (inout Xoshiro256) throws -> Bool
  ) {
    self.description = description
    isConservative = conservative
    self.allowance = allowance
    self.covers = covers
  }
}

// An interval that covers with probability 0.95 fails its test with probability below 10⁻⁵: 2,000
// repetitions have a standard deviation of 0.0049, and 4.5 of them are allowed. The seeds are fixed.
// Where the method is known to be short for so few trials, the allowance is wider and says so.
@Suite("Coverage")
struct CoverageTests {
  static let cases: [CoverageCase] = [
    CoverageCase("Student, mean of 10 normal numbers") { rng in
      try RunningMoments((0..<10).map { _ in rng.gaussian() }).studentInterval().contains(0)
    },
    CoverageCase("expanded bootstrap, mean of 50 normal numbers") { rng in
      let sample = (0..<50).map { _ in rng.gaussian() }
      return try Bootstrap(repetitions: 400).interval(
        sample, using: &rng, statistic: Summary.mean
      ).contains(0)
    },
    CoverageCase("expanded bootstrap, mean of 50 exponential numbers") { rng in
      let sample = (0..<50).map { _ in rng.exponential() }
      return try Bootstrap(repetitions: 400).interval(
        sample, using: &rng, statistic: Summary.mean
      ).contains(1)
    },
    CoverageCase("plain percentile bootstrap, mean of 50 exponential numbers", allowance: 0.04) {
      rng in
      let sample = (0..<50).map { _ in rng.exponential() }
      return try Bootstrap(repetitions: 400, method: .percentile).interval(
        sample, using: &rng, statistic: Summary.mean
      ).contains(1)
    },
    CoverageCase("BCa bootstrap, mean of 50 exponential numbers") { rng in
      let sample = (0..<50).map { _ in rng.exponential() }
      return try Bootstrap(repetitions: 400, method: .bca).interval(
        sample, using: &rng, statistic: Summary.mean
      ).contains(1)
    },
    CoverageCase("stratified bootstrap, interquartile mean of 10 tasks × 10 runs") { rng in
      let scores = (0..<10).map { _ in (0..<10).map { _ in rng.gaussian() } }
      return try StratifiedBootstrap(repetitions: 400).interval(
        scores, .interquartileMean, using: &rng
      ).contains(0)
    },
    CoverageCase("probability of improvement, 10 tasks × 10 runs") { rng in
      let first = (0..<10).map { _ in (0..<10).map { _ in rng.gaussian() } }
      let second = (0..<10).map { _ in (0..<10).map { _ in rng.gaussian() } }
      return try ProbabilityOfImprovement.interval(
        first, over: second, repetitions: 300, using: &rng
      ).contains(0.5)
    },
    CoverageCase("performance profile, simultaneous, 5 tasks × 20 runs") { rng in
      let scores = (0..<5).map { _ in (0..<20).map { _ in rng.uniform() } }
      let thresholds = (1..<10).map { Double($0) / 10 }
      let band = try PerformanceProfile(
        scores: scores, thresholds: thresholds, simultaneous: true, repetitions: 300, using: &rng)
      return thresholds.indices.allSatisfy {
        band.lower[$0] <= 1 - thresholds[$0] && 1 - thresholds[$0] <= band.upper[$0]
      }
    },
    CoverageCase("sup-t band, 30 random walks of 20 steps") { rng in
      let walks = CoverageTests.walks(30, &rng)
      return try CurveBand.supT(trials: walks, repetitions: 300, using: &rng)
        .contains([Double](repeating: 0, count: 20))
    },
    CoverageCase("Bonferroni band, 30 random walks of 20 steps", conservative: true) { rng in
      var curve = RunningCurve(points: 20)
      for walk in CoverageTests.walks(30, &rng) { try curve.add(walk) }
      return try CurveBand.bonferroni(curve).contains([Double](repeating: 0, count: 20))
    },
    CoverageCase("log-log slope, 40 trials of 8 points") { rng in
      let x = (0..<8).map { exp2(Double($0)) }
      let trials = (0..<40).map { _ in
        let factor = rng.gamma(shape: 4)
        return x.map { factor * $0.squareRoot() * (0.5 + rng.uniform()) }
      }
      return try SlopeFit(x: x, trials: trials, repetitions: 300, using: &rng).slope.contains(0.5)
    },
    CoverageCase("knee of two lines, 40 trials of 15 points") { rng in
      let x = (0..<15).map { Double($0) }
      let trials = (0..<40).map { _ in x.map { min($0, 7) + rng.gaussian() } }
      return try SegmentedFit(
        x: x, trials: trials, scale: .linear, gridCount: 60, repetitions: 150, using: &rng
      ).knee.contains(7)
    },
    CoverageCase("Clopper–Pearson, 40 trials at 0.1", conservative: true) { rng in
      let k = rng.binomial(trials: 40, probability: 0.1)
      return try Proportion.clopperPearson(successes: k, trials: 40).contains(0.1)
    },
    CoverageCase("Wilson, 200 trials at 0.3") { rng in
      let k = rng.binomial(trials: 200, probability: 0.3)
      return try Proportion.wilson(successes: k, trials: 200).contains(0.3)
    },
    CoverageCase("Hoeffding, 50 coins", conservative: true) { rng in
      let coins = RunningMoments((0..<50).map { _ in rng.bernoulli(0.5) ? 1 : 0 })
      return try BoundedMean.hoeffding(coins, range: 0...1).contains(0.5)
    },
    CoverageCase("empirical Bernstein, 50 coins", conservative: true) { rng in
      let coins = RunningMoments((0..<50).map { _ in rng.bernoulli(0.5) ? 1 : 0 })
      return try BoundedMean.empiricalBernstein(coins, range: 0...1).contains(0.5)
    },
    CoverageCase("stitched Hoeffding, at all of 1,000 looks", conservative: true) { rng in
      let sequence = try HoeffdingSequence(range: 0...1)
      var (sum, worst) = (0.0, true)
      for n in 1...1_000 {
        sum += rng.bernoulli(0.5) ? 0.5 : -0.5
        if abs(sum) > Double(n) * sequence.radius(trials: n) { worst = false }
      }
      return worst
    },
    CoverageCase("empirical Bernstein sequence, at all of 1,000 looks", conservative: true) { rng in
      var sequence = try EmpiricalBernsteinSequence(range: 0...1)
      for _ in 0..<1_000 { try sequence.add(rng.bernoulli(0.3) ? 1 : 0) }
      return sequence.interval.contains(0.3)
    },
    CoverageCase("stopping plan, Clopper–Pearson at up to 6 looks", conservative: true) { rng in
      let looks = StoppingPlan.geometricLooks(from: 50, to: 1_600)
      let plan = try StoppingPlan(looks: looks, halfWidth: 0.06)
      return try CoverageTests.run(plan, .clopperPearson, 0.3, &rng).contains(0.3)
    },
  ]

  private static func walks(_ trials: Int, _ rng: inout Xoshiro256) -> [[Double]] {
    (0..<trials).map { _ in
      var position = 0.0
      return (0..<20).map { _ in
        position += rng.gaussian()
        return position
      }
    }
  }

  private static func run(
    _ plan: StoppingPlan, _ method: StoppingPlan.IntervalMethod, _ p: Double,
    _ rng: inout Xoshiro256
  ) throws -> ConfidenceInterval {
    var moments = RunningMoments()
    var goal = plan.looks[0]
    while true {
      while moments.count < goal { moments.add(rng.bernoulli(p) ? 1 : 0) }
      switch try plan.decision(moments, method) {
      case .goOn(let next): goal = next
      case .stop(let interval), .limit(let interval): return interval
      }
    }
  }

  @Test("a nominal 95 % interval covers, as often as the README says", arguments: cases)
  func coverage(_ c: CoverageCase) throws {
    var stream = Stream(experiment: c.description)
    var rng = Xoshiro256(from: &stream)
    var hits = 0
    for _ in 0..<2_000 where try c.covers(&rng) { hits += 1 }
    let coverage = Double(hits) / 2_000
    #expect(coverage >= 0.95 - c.allowance, "\(c): \(coverage)")
    if !c.isConservative { #expect(coverage <= 0.95 + c.allowance, "\(c): \(coverage)") }
    let readme = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Sources/Statistics/README.md")
    let row = "| \(c) | \(String(format: "%.1f", 100 * coverage)) % |"
    let text = try String(contentsOf: readme, encoding: .utf8)
    #expect(text.contains(row + "\n"), "the README needs the row \(row)")
  }

  @Test("without a plan, looking until it is short enough covers too seldom")
  func negativeControl() throws {
    // Stops at the first of 60 looks whose plain interval excludes the truth: the error is far above
    // 5 %; that of a plan with the same looks is not.
    let looks = Array(stride(from: 20, through: 1_200, by: 20))
    let plan = try StoppingPlan(looks: looks, halfWidth: 1e-9)
    var rng = Xoshiro256(seed: 1, purpose: "control")
    var (plain, planned) = (0, 0)
    for _ in 0..<1_000 {
      var moments = RunningMoments()
      var (missed, missedByPlan) = (false, false)
      for (k, n) in looks.enumerated() {
        while moments.count < n { moments.add(rng.gaussian()) }
        missed = try missed || !moments.studentInterval().contains(0)
        missedByPlan = try missedByPlan || !plan.interval(atLook: k, moments, .student).contains(0)
      }
      if missed { plain += 1 }
      if missedByPlan { planned += 1 }
    }
    #expect(plain > 200)
    // 0.05 and 4.5 standard deviations of 0.0069.
    #expect(planned < 81)
  }

  @Test("a permutation test rejects a true hypothesis as often as it may")
  func permutation() throws {
    // P(p ≤ 0.05) ≤ 0.05 exactly; 2,000 repetitions are within 0.022 with probability 1 − 10⁻⁵.
    var rng = Xoshiro256(seed: 2, purpose: "permutation")
    var (two, paired) = (0, 0)
    for _ in 0..<2_000 {
      let x = (0..<6).map { _ in rng.exponential() }
      let y = (0..<6).map { _ in rng.exponential() }
      if try PermutationTest(x, y, using: &rng).pValue <= 0.05 { two += 1 }
      if try PermutationTest(paired: x, y, limit: 40, using: &rng).pValue <= 0.05 { paired += 1 }
    }
    #expect(two <= 144 && two >= 56)
    #expect(paired <= 144 && paired >= 30)
  }
}
