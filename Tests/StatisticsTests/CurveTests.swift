// SPDX-License-Identifier: Apache-2.0
import Foundation
import Randomness
import Statistics
import TestSupport
import Testing

@Suite("Curves")
struct CurveTests {
  @Test("the sup-t quantile is that of all resamples")
  func supT() throws {
    // The 0.8-quantile of 10⁵ resamples lies between the exact 0.79- and 0.81-quantiles with
    // probability above 1 − 10⁻¹⁴ (eight standard deviations).
    let oracle = try Oracle.load().exactSupT
    var rng = Stream(experiment: "sup-t")
    let band = try CurveBand.supT(
      trials: oracle.curves, level: 0.8, repetitions: 100_000, using: &rng)
    #expect(band.criticalValue >= oracle.quantiles[0] && band.criticalValue <= oracle.quantiles[2])
    expectClose(band.means, oracle.means, tolerance: 1e-14)
    let upper = zip(oracle.means, oracle.errors).map { $0 + band.criticalValue * $1 }
    expectClose(band.upper, upper, tolerance: 1e-12)
    #expect(band.contains(band.means) && !band.contains(band.means.map { $0 + 100 }))
  }

  @Test("points without spread have no width")
  func constantPoints() throws {
    var rng = Stream(experiment: "constant")
    let band = try CurveBand.supT(trials: [[0, 1], [0, 2], [0, 4], [0, 3]], using: &rng)
    #expect(band.lower[0] == 0 && band.upper[0] == 0 && band.lower[1] < band.upper[1])
    let flat = try CurveBand.supT(trials: [[0.1], [0.1], [0.1]], using: &rng)
    #expect(flat.criticalValue == 0)
  }

  @Test("bands from summaries: blocks as trials, and Bonferroni")
  func summaries() throws {
    var data = Stream(experiment: "blocks")
    let trials = (0..<60).map { _ in (0..<5).map { Double($0) + data.gaussian() } }
    let blocks = try stride(from: 0, to: 60, by: 3).map { start in
      var block = RunningCurve(points: 5)
      for trial in trials[start..<(start + 3)] { try block.add(trial) }
      return block
    }
    var (first, second) = (Stream(experiment: "b"), Stream(experiment: "b"))
    let band = try CurveBand.supT(blocks: blocks, using: &first)
    let same = try CurveBand.supT(trials: blocks.map(\.means), using: &second)
    #expect(band == same)
    let all = try #require(RunningCurve.merged(blocks))
    let bonferroni = try CurveBand.bonferroni(all)
    let t = StudentTDistribution(degrees: 59).quantile(1 - 0.05 / 10)
    expectClose(bonferroni.criticalValue, t, tolerance: 1e-10)
    expectClose(bonferroni.means, band.means, tolerance: 1e-13)
    #expect(throws: StatisticsError.self) {
      try CurveBand.supT(blocks: [blocks[0], blocks[1], all], using: &first)
    }
  }

  @Test("slopes agree with NumPy's polynomial fits")
  func slopes() throws {
    let oracle = try Oracle.load().slopes
    var rng = Stream(experiment: "slopes")
    for (scale, expected) in [
      (CurveScale.logLog, oracle.logLog), (.logY, oracle.logY), (.logX, oracle.logX),
    ] {
      let fit = try SlopeFit(x: oracle.x, trials: oracle.trials, scale: scale, using: &rng)
      expectClose(fit.slope.estimate, expected[0], tolerance: 1e-11 * max(1, abs(expected[0])))
      expectClose(fit.intercept, expected[1], tolerance: 1e-10 * max(1, abs(expected[1])))
      #expect(fit.slope.lower < expected[0] && expected[0] < fit.slope.upper)
    }
    let fit = try SlopeFit(x: oracle.x, trials: oracle.trials, window: 40...500, using: &rng)
    #expect(fit.pointCount == 4)
    expectClose(fit.slope.estimate, oracle.window[0], tolerance: 1e-12)
  }

  @Test("a power law and a knee without noise are found exactly")
  func closedForms() throws {
    var rng = Stream(experiment: "closed")
    let x = (1...20).map { Double($0) * 10 }
    let power = x.map { 7 * pow($0, 0.5) }
    let fit = try SlopeFit(x: x, trials: [power, power, power], using: &rng)
    expectClose(
      [fit.slope.lower, fit.slope.estimate, fit.slope.upper], [0.5, 0.5, 0.5], tolerance: 1e-13)
    expectClose(fit.intercept, log(7.0), tolerance: 1e-12)
    #expect(fit.largestResidual < 1e-12)
    let bent = x.map { $0 < 100 ? 3 * $0 : 300 + 0.5 * ($0 - 100) }
    // The grid of 171 knees from 20 to 190 has a knee at 100.
    let knee = try SegmentedFit(
      x: x, trials: [bent, bent], scale: .linear, gridCount: 171, using: &rng)
    expectClose([knee.knee.lower, knee.knee.upper], [100, 100], tolerance: 1e-10)
    expectClose(knee.slopeBefore.estimate, 3, tolerance: 1e-11)
    expectClose(knee.slopeAfter.estimate, 0.5, tolerance: 1e-11)
    #expect(knee.residual < 1e-15 * knee.residualOfOneLine)
  }

  @Test("two lines agree with least squares at each knee")
  func segmented() throws {
    let oracle = try Oracle.load().segmented
    var rng = Stream(experiment: "knee")
    let fit = try SegmentedFit(
      x: oracle.x, trials: oracle.trials, scale: .linear, gridCount: 77, using: &rng)
    expectClose(
      [fit.residual, fit.knee.estimate, fit.slopeBefore.estimate, fit.slopeAfter.estimate],
      oracle.fit, tolerance: 1e-10)
    expectClose(fit.residualOfOneLine, oracle.oneLine, tolerance: 1e-10)
    #expect(fit.knee.contains(6.2))
  }

  @Test("windows and logarithms are checked")
  func errors() {
    var rng = Stream(experiment: "errors")
    let x: [Double] = [1, 2, 3]
    #expect(throws: StatisticsError.tooFew(what: "points in the window", count: 1, needed: 2)) {
      try SlopeFit(x: x, trials: [[1, 2, 3], [1, 2, 3]], window: 2...2.5, using: &rng)
    }
    #expect(throws: StatisticsError.self) {
      try SlopeFit(x: x, trials: [[1, 0, 3], [1, 0, 3]], using: &rng)
    }
    #expect(throws: StatisticsError.self) {
      try SlopeFit(x: [0, 1, 2], trials: [[1, 2, 3], [1, 2, 3]], using: &rng)
    }
    #expect(throws: StatisticsError.self) {
      try SlopeFit(x: [1, 1, 2], trials: [[1, 2, 3], [1, 2, 3]], using: &rng)
    }
    #expect(throws: StatisticsError.self) { try SlopeFit(x: x, trials: [[1, 2, 3]], using: &rng) }
    #expect(throws: StatisticsError.self) {
      try SlopeFit(x: x, trials: [[1, 2], [1, 2]], using: &rng)
    }
    #expect(throws: StatisticsError.self) { try CurveBand.supT(trials: [[1], [2]], using: &rng) }
  }
}
