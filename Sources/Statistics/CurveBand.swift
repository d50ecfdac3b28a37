// SPDX-License-Identifier: Apache-2.0
import Randomness

/// A band that covers a whole mean curve at once with a stated probability.
public struct CurveBand: Equatable, Sendable {
  /// The mean curve, one number for each point.
  public let means: [Double]
  /// The lower edge at each point.
  public let lower: [Double]
  /// The upper edge at each point.
  public let upper: [Double]
  /// The nominal probability that the true mean curve lies in the band at every point.
  public let level: Double
  /// The half-width in standard errors.
  public let criticalValue: Double

  init(means: [Double], errors: [Double], criticalValue: Double, level: Double) {
    self.means = means
    self.level = level
    self.criticalValue = criticalValue
    lower = zip(means, errors).map { $0 - criticalValue * $1 }
    upper = zip(means, errors).map { $0 + criticalValue * $1 }
  }

  /// Whether a curve lies in the band at every point.
  public func contains(_ curve: [Double]) -> Bool {
    curve.indices.allSatisfy { lower[$0] <= curve[$0] && curve[$0] <= upper[$0] }
  }

  /// The sup-t band from whole curves.
  ///
  ///     m_j, s_j ← mean and standard error at point j over the trials              (1)
  ///     for b = 1 … B
  ///       draw trials with replacement; m*_j, s*_j                                   (2)
  ///       t_b ← max_j |m*_j − m_j| / s*_j                                            (3)
  ///     q ← level-quantile of t;  the band is m_j ± q s_j                            (4)
  ///
  /// - Parameters:
  ///   - trials: A row a trial, a column a point; at least 3 rows.
  ///   - level: The nominal coverage of the whole curve.
  ///   - repetitions: The number of resamples, B.
  ///   - rng: Gives four words, which determine the resamples.
  /// - Returns: The band; at a point where all trials agree it has no width.
  /// - Throws: ``StatisticsError``.
  /// - Assumes: independent trials; points may depend on each other in any way.
  /// - Guarantee: coverage tends to the level as the trials grow; measured in the README.
  /// - Deviates: studentized by the resample, which helps for few trials; where a resample has no
  ///   spread at a point, the sample's standard error is used.
  /// - Complexity: O(B · trials · points) time, O(trials · points) memory.
  /// - Source: [montielolea2019], for the mean curve.
  public static func supT(
    trials: [[Double]], level: Double = 0.95, repetitions: Int = 2_000,
    using rng: inout some RandomNumberGenerator
  ) throws(StatisticsError) -> CurveBand {
    try StatisticsError.checkLevel(level)
    guard repetitions >= 20 else {
      throw .tooFew(what: "repetitions", count: repetitions, needed: 20)
    }
    let points = try StatisticsError.checkMatrix(
      trials, rows: "trials", columns: "points of a curve", atLeast: 3)
    // (1)
    var curve = RunningCurve(points: points)
    for trial in trials { try curve.add(trial) }
    let n = Double(trials.count)
    let means = curve.means
    let errors = curve.standardErrors
    let centered = trials.map { row in row.indices.map { row[$0] - means[$0] } }
    // Below this a spread is rounding.
    let active = (0..<points).filter { errors[$0] > 1e-14 * abs(means[$0]) }
    guard !active.isEmpty else {
      return CurveBand(means: means, errors: errors, criticalValue: 0, level: level)
    }
    let columns = centered.map { row in active.map { row[$0] } }
    let scale = active.map { errors[$0] * errors[$0] }
    var resampler = Resampler(&rng)
    var counts = [Int](repeating: 0, count: trials.count)
    var largest = [Double](repeating: 0, count: repetitions)
    var sums = [Double](repeating: 0, count: active.count)
    var squares = sums
    for b in 0..<repetitions {
      // (2)
      resampler.counts(trials.count, into: &counts)
      for j in sums.indices {
        sums[j] = 0
        squares[j] = 0
      }
      for (i, count) in counts.enumerated() where count > 0 {
        accumulate(Double(count), columns[i], &sums, &squares)
      }
      // (3)
      var worst = 0.0
      for j in sums.indices {
        let mean = sums[j] / n
        var variance = (squares[j] - sums[j] * mean) / ((n - 1) * n)
        if !(variance > 1e-12 * scale[j]) { variance = scale[j] }
        worst = max(worst, mean * mean / variance)
      }
      largest[b] = worst.squareRoot()
    }
    // (4)
    largest.sort()
    return CurveBand(
      means: means, errors: errors, criticalValue: Summary.quantile(sorted: largest, level),
      level: level)
  }

  private static func accumulate(
    _ weight: Double, _ row: [Double], _ sums: inout [Double], _ squares: inout [Double]
  ) {
    let n = row.count
    row.withUnsafeBufferPointer { row in
      sums.withUnsafeMutableBufferPointer { sums in
        squares.withUnsafeMutableBufferPointer { squares in
          for j in 0..<n {
            let x = weight * row[j]
            sums[j] += x
            squares[j] += x * row[j]
          }
        }
      }
    }
  }

  /// The sup-t band from summaries of blocks of trials, when single curves were not kept.
  ///
  /// The means of the blocks take the place of the trials, so there should be 20 blocks or more.
  ///
  /// - Parameters:
  ///   - blocks: Summaries of as many curves each; at least 3.
  ///   - level: The nominal coverage of the whole curve.
  ///   - repetitions: The number of resamples.
  ///   - rng: Gives four words, which determine the resamples.
  /// - Returns: The band about the mean of the blocks' means.
  /// - Throws: ``StatisticsError``, also if the blocks differ in size.
  public static func supT(
    blocks: [RunningCurve], level: Double = 0.95, repetitions: Int = 2_000,
    using rng: inout some RandomNumberGenerator
  ) throws(StatisticsError) -> CurveBand {
    for block in blocks where block.count != blocks[0].count || block.count == 0 {
      throw .unequalCounts(
        what: "curves in a block", first: blocks[0].count, second: block.count)
    }
    return try supT(
      trials: blocks.map(\.means), level: level, repetitions: repetitions, using: &rng)
  }

  /// The band from means and variances alone: Student's interval at every point, at the level
  /// 1 − (1 − level)/points (Bonferroni).
  ///
  /// - Assumes: a mean at each point that is nearly normal; any dependence between points.
  /// - Returns: The band, which is wider than ``supT(trials:level:repetitions:using:)`` where the
  ///   points of a curve move together.
  /// - Throws: ``StatisticsError`` for fewer than two curves.
  public static func bonferroni(
    _ curve: RunningCurve, level: Double = 0.95
  ) throws(StatisticsError) -> CurveBand {
    try StatisticsError.checkLevel(level)
    guard curve.count >= 2 else { throw .tooFew(what: "curves", count: curve.count, needed: 2) }
    let alpha = (1 - level) / Double(2 * curve.means.count)
    let t = StudentTDistribution(degrees: Double(curve.count - 1)).quantile(alpha)
    return CurveBand(
      means: curve.means, errors: curve.standardErrors, criticalValue: -t, level: level)
  }
}
