// SPDX-License-Identifier: Apache-2.0
import Foundation
import Randomness
import TestSupport
import Testing

@testable import Statistics

@Suite("Bootstrap")
struct BootstrapTests {
  @Test("summaries agree with SciPy")
  func summaries() throws {
    for c in try Oracle.load().summaries {
      expectClose(Summary.interquartileMean(c.sample), c.iqm, tolerance: 1e-14)
      expectClose(Summary.median(c.sample), c.median, tolerance: 1e-15)
      let quantile = Summary.quantile(sorted: c.sample.sorted(), 0.37)
      expectClose(quantile, c.quantile, tolerance: 1e-14)
      if c.sample.count > 1 {
        expectClose(Summary.variance(c.sample), c.variance, tolerance: 1e-13)
      }
    }
  }

  @Test("BCa and percentile intervals agree with SciPy's on its replicates")
  func oracle() throws {
    for c in try Oracle.load().bootstrap {
      func statistic(_ sample: [Double]) -> Double {
        let n = Double(sample.count)
        return c.statistic == "mean"
          ? Summary.mean(sample) : (Summary.variance(sample) * (n - 1) / n).squareRoot()
      }
      // SciPy takes the quantiles of type 7.
      let sorted = c.replicates.sorted()
      expectClose(
        [Summary.quantile(sorted: sorted, 0.025), Summary.quantile(sorted: sorted, 0.975)],
        c.percentile, tolerance: 1e-12)
      let jackknife = c.data.indices.map { left in
        statistic(c.data.enumerated().filter { $0.offset != left }.map(\.element))
      }
      let shares = try Bootstrap.bcaShares(
        sorted: sorted, jackknife: jackknife, estimate: statistic(c.data), level: 0.95)
      let ends = [shares.lower, shares.upper].map { Summary.quantile(sorted: sorted, $0) }
      expectClose(ends, c.bca, tolerance: 1e-9)
      // Type 6 is a neighbor: within one of the 599 order statistics.
      let bca = try Bootstrap.bca(
        sorted: sorted, jackknife: jackknife, estimate: statistic(c.data), level: 0.95)
      let width = 1.5 / Double(sorted.count)
      #expect(bca.lower <= ends[0] && bca.upper >= ends[1])
      #expect(bca.lower >= Summary.quantile(sorted: sorted, max(0, shares.lower - width)))
      #expect(bca.upper <= Summary.quantile(sorted: sorted, min(1, shares.upper + width)))
    }
  }

  @Test("the expanded interval of a mean of normal numbers is nearly Student's")
  func expanded() throws {
    // For a large sample of replicates the two differ by the kurtosis of the bootstrap distribution;
    // for n = 30 numbers at normal quantiles by less than 2 % of the width.
    let sample = (1...30).map { NormalDistribution.quantile((Double($0) - 0.5) / 30) }
    var rng = Stream(experiment: "expanded")
    let found = try Bootstrap(repetitions: 100_000).interval(
      sample, using: &rng, statistic: Summary.mean)
    let student = try RunningMoments(sample).studentInterval()
    expectClose(found.halfWidth, student.halfWidth, tolerance: 0.02 * student.halfWidth)
    let plain = try Bootstrap(repetitions: 100_000, method: .percentile).interval(
      sample, using: &rng, statistic: Summary.mean)
    #expect(plain.halfWidth < 0.96 * student.halfWidth)
  }

  @Test("tends to the exact bootstrap of all resamples")
  func exact() throws {
    // The ends of 2·10⁵ resamples are quantiles at 0.05 ± 0.0035 and 0.95 ± 0.0035 with probability
    // above 1 − 10⁻¹¹ (seven standard deviations); 0.03 is five times what that shift does here.
    let oracle = try Oracle.load().exactIQM
    var rng = Stream(experiment: "exact")
    let bootstrap = try StratifiedBootstrap(
      level: 0.9, repetitions: 200_000, isExpanded: false)
    let found = try bootstrap.interval([oracle.runs], .interquartileMean, using: &rng)
    expectClose([found.lower, found.upper], oracle.interval, tolerance: 0.03)
    let generic = try Bootstrap(level: 0.9, repetitions: 50_000, method: .percentile)
      .interval(oracle.runs, using: &rng, statistic: Summary.interquartileMean)
    expectClose([generic.lower, generic.upper], oracle.interval, tolerance: 0.06)
  }

  @Test(
    "the fast aggregates are those of the resamples themselves",
    arguments: [
      Aggregate.mean, .median, .interquartileMean, .optimalityGap(target: 0.3),
    ], [[1, 2], [1, 5], [3, 4], [10, 10], [7, 9]])
  func fast(aggregate: Aggregate, shape: [Int]) throws {
    var data = Stream(experiment: "fast")
    // Rounded, so that there are ties.
    let scores = (0..<shape[0]).map { _ in
      (0..<shape[1]).map { _ in (data.gaussian() * 8).rounded() / 8 }
    }
    let bootstrap = try StratifiedBootstrap(repetitions: 300)
    var (first, second) = (Stream(experiment: "draws"), Stream(experiment: "draws"))
    let fast = try bootstrap.interval(scores, aggregate, using: &first)
    let slow = try bootstrap.interval(scores, using: &second) { aggregate.value($0) }
    expectClose(fast.estimate, slow.estimate, tolerance: 1e-14)
    expectClose(fast.lower, slow.lower, tolerance: 1e-13)
    expectClose(fast.upper, slow.upper, tolerance: 1e-13)
    #expect(first.next() == second.next())
  }

  @Test("is repeatable, and depends on the stream")
  func repeatable() throws {
    let sample = (0..<20).map { Double($0 * $0) }
    let bootstrap = try Bootstrap(repetitions: 200, method: .bca)
    func interval(_ trial: UInt32) throws -> ConfidenceInterval {
      var rng = Stream(experiment: "repeat", trial: trial)
      return try bootstrap.interval(sample, using: &rng, statistic: Summary.mean)
    }
    #expect(try interval(1) == interval(1))
    #expect(try interval(1) != interval(2))
  }

  @Test("a constant sample has an interval without width")
  func constant() throws {
    var rng = Stream(experiment: "constant")
    for method in [Bootstrap.Method.percentile, .expandedPercentile, .bca] {
      let found = try Bootstrap(method: method).interval(
        [3, 3, 3], using: &rng, statistic: Summary.mean)
      #expect(found.lower == 3 && found.upper == 3 && found.estimate == 3)
    }
  }

  @Test("broken generators give intervals inside the sample", arguments: HostileGenerator.all)
  func hostile(generator: HostileGenerator) throws {
    var rng = generator
    let found = try Bootstrap(repetitions: 50).interval(
      [1, 2, 5, 9], using: &rng, statistic: Summary.mean)
    #expect(found.lower >= 1 && found.upper <= 9)
  }

  @Test("bad data are refused")
  func errors() throws {
    var rng = Stream(experiment: "errors")
    let bootstrap = try Bootstrap()
    let stratified = try StratifiedBootstrap()
    #expect(throws: StatisticsError.self) { try Bootstrap(level: 1.5) }
    #expect(throws: StatisticsError.self) { try Bootstrap(repetitions: 3) }
    #expect(throws: StatisticsError.tooFew(what: "trials", count: 1, needed: 2)) {
      try bootstrap.interval([1], using: &rng, statistic: Summary.mean)
    }
    #expect(throws: StatisticsError.self) {
      try bootstrap.interval([1, .nan], using: &rng, statistic: Summary.mean)
    }
    #expect(throws: StatisticsError.self) {
      try bootstrap.interval([1, 2], using: &rng) { _ in .nan }
    }
    #expect(throws: StatisticsError.self) {
      try bootstrap.interval([0, 1], using: &rng) { 1 / $0.reduce(0, +) }
    }
    #expect(throws: StatisticsError.self) { try stratified.interval([], .mean, using: &rng) }
    #expect(throws: StatisticsError.self) {
      try stratified.interval([[1, 2], [1]], .mean, using: &rng)
    }
    #expect(throws: StatisticsError.self) { try stratified.interval([[1]], .mean, using: &rng) }
  }

  @Test("probability of improvement agrees with the Mann–Whitney statistic")
  func improvement() throws {
    let oracle = try Oracle.load().improvement
    var rng = Stream(experiment: "improvement")
    let found = try ProbabilityOfImprovement.interval(
      oracle.first, over: oracle.second, using: &rng)
    expectClose(found.estimate, oracle.estimate, tolerance: 1e-14)
    #expect(found.lower < found.estimate && found.estimate < found.upper)
    let sure = try ProbabilityOfImprovement.interval([[2, 3]], over: [[0, 1, 1]], using: &rng)
    #expect([sure.lower, sure.estimate, sure.upper] == [1, 1, 1])
  }

  @Test("broken generators give intervals everywhere else", arguments: HostileGenerator.all)
  func hostileEverywhere(generator: HostileGenerator) throws {
    var rng = generator
    let x: [Double] = [1, 2, 4, 8, 16, 32]
    let trials = (1...5).map { k in x.map { $0 * Double(k) + Double(k % 2) } }
    #expect(try CurveBand.supT(trials: trials, repetitions: 50, using: &rng).criticalValue >= 0)
    #expect(try SlopeFit(x: x, trials: trials, using: &rng).slope.halfWidth >= 0)
    #expect(
      try SegmentedFit(x: x, trials: trials, repetitions: 50, using: &rng).knee.lower >= 2)
    #expect(try StratifiedBootstrap().interval(trials, .median, using: &rng).lower >= 1)
    #expect(
      try ProbabilityOfImprovement.interval(trials, over: trials, using: &rng).contains(0.5))
    let profile = try PerformanceProfile(scores: trials, thresholds: [0, 5], using: &rng)
    #expect(profile.shares[0] == 1 && profile.lower[0] == 1 && profile.upper[0] == 1)
    let test = try PermutationTest(
      Array(repeating: 0.5, count: 30), Array(repeating: 0.25, count: 30), limit: 100, using: &rng)
    #expect(test.pValue > 0 && test.pValue <= 1)
    let flips = try PermutationTest(
      paired: Array(repeating: 1, count: 100), Array(repeating: 0, count: 100), limit: 100,
      using: &rng)
    #expect(flips.pValue > 0 && flips.pValue <= 1)
  }

  @Test("a performance profile is the share above each threshold")
  func profile() throws {
    var rng = Stream(experiment: "profile")
    for simultaneous in [false, true] {
      let found = try PerformanceProfile(
        scores: [[1, 2, 3, 4], [2, 2]], thresholds: [0, 1, 2, 3.5, 9], simultaneous: simultaneous,
        using: &rng)
      #expect(found.shares == [1, 0.875, 0.25, 0.125, 0])
      for t in found.shares.indices {
        #expect(found.lower[t] <= found.shares[t] && found.shares[t] <= found.upper[t])
        #expect(found.lower[t] >= 0 && found.upper[t] <= 1)
      }
    }
    #expect(throws: StatisticsError.self) {
      try PerformanceProfile(scores: [[1, 2]], thresholds: [1, 1], using: &rng)
    }
  }
}
