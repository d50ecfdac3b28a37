// SPDX-License-Identifier: Apache-2.0
import Randomness

/// The share of runs with a score above each threshold, averaged over tasks, with bands.
///
/// - Shapes: `scores` has a row a task and a column a run; everything else a number a threshold.
/// - Assumes: runs are independent, and the tasks are the ones of interest.
/// - Guarantee: pointwise bands cover each threshold's share, simultaneous bands the whole curve, with
///   a probability that tends to the level as the runs grow.
/// - Complexity: O(B · tasks · (runs + thresholds)).
/// - Source: [agarwal2021], section 4; the simultaneous band is the level-quantile of the largest
///   distance between the curve of a resample and that of the scores.
public struct PerformanceProfile: Equatable, Sendable {
  /// The thresholds, increasing.
  public let thresholds: [Double]
  /// The share of runs strictly above each threshold.
  public let shares: [Double]
  /// The lower edge of the band, at least 0.
  public let lower: [Double]
  /// The upper edge of the band, at most 1.
  public let upper: [Double]
  /// The nominal coverage.
  public let level: Double
  /// Whether the coverage is that of the whole curve.
  public let isSimultaneous: Bool

  /// Computes the profile.
  ///
  /// - Parameters:
  ///   - scores: Rows of at least 2 runs, not necessarily of one length.
  ///   - thresholds: Strictly increasing numbers.
  ///   - simultaneous: Whether the band covers the whole curve at once.
  ///   - level: The nominal coverage.
  ///   - repetitions: The number of resamples, B.
  ///   - rng: Gives four words, which determine the resamples.
  /// - Throws: ``StatisticsError``.
  public init(
    scores: [[Double]], thresholds: [Double], simultaneous: Bool = false, level: Double = 0.95,
    repetitions: Int = 2_000, using rng: inout some RandomNumberGenerator
  ) throws(StatisticsError) {
    let bootstrap = try StratifiedBootstrap(level: level, repetitions: repetitions)
    try StatisticsError.checkSample(thresholds, "threshold", atLeast: 1)
    for (i, pair) in zip(thresholds, thresholds.dropFirst()).enumerated() where pair.0 >= pair.1 {
      throw .undefined(
        what: "the profile", reason: "threshold \(i + 1) does not exceed the one before; sort them")
    }
    guard !scores.isEmpty else { throw .tooFew(what: "tasks", count: 0, needed: 1) }
    for row in scores { try StatisticsError.checkSample(row, "run", atLeast: 2) }
    // How many thresholds each score exceeds.
    let exceeded = scores.map { row in row.map { Self.countBelow($0, thresholds) } }
    let width = thresholds.count + 1
    // Whole counts for each task: a share of all runs is then exactly 1.
    var counts = [Int](repeating: 0, count: scores.count * width)
    func profile() -> [Double] {
      var shares = [Double](repeating: 0, count: thresholds.count)
      for (task, row) in exceeded.enumerated() {
        var above = 0
        for t in thresholds.indices.reversed() {
          above += counts[task * width + t + 1]
          shares[t] += Double(above) / Double(row.count)
        }
      }
      return shares.map { $0 / Double(exceeded.count) }
    }
    for (task, row) in exceeded.enumerated() { for t in row { counts[task * width + t] += 1 } }
    let shares = profile()
    var resampler = Resampler(&rng)
    var curves: [[Double]] = []
    for _ in 0..<bootstrap.repetitions {
      for i in counts.indices { counts[i] = 0 }
      for (task, row) in exceeded.enumerated() {
        resampler.draw(row.count, below: row.count) { counts[task * width + row[$0]] += 1 }
      }
      curves.append(profile())
    }
    var lower = shares
    var upper = shares
    if simultaneous {
      var distances = curves.map { curve in
        zip(curve, shares).reduce(0) { max($0, abs($1.0 - $1.1)) }
      }
      distances.sort()
      let radius = Summary.quantile(sorted: distances, level)
      lower = shares.map { max(0, $0 - radius) }
      upper = shares.map { min(1, $0 + radius) }
    } else {
      for t in thresholds.indices {
        var column = curves.map { $0[t] }
        let interval = try ConfidenceInterval.percentile(
          &column, estimate: shares[t], level: level)
        (lower[t], upper[t]) = (interval.lower, interval.upper)
      }
    }
    self.thresholds = thresholds
    self.shares = shares
    self.lower = lower
    self.upper = upper
    self.level = level
    isSimultaneous = simultaneous
  }

  /// How many of some increasing numbers lie below x.
  private static func countBelow(_ x: Double, _ sorted: [Double]) -> Int {
    var (low, high) = (0, sorted.count)
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle] < x { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
