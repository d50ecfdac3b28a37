// SPDX-License-Identifier: Apache-2.0
import Randomness

/// An aggregate of the scores of some runs on some tasks.
public enum Aggregate: Equatable, Sendable {
  /// The mean of all scores.
  case mean
  /// The median of all scores.
  case median
  /// The mean of the middle half of all scores: ``Summary/interquartileMean(_:)``.
  case interquartileMean
  /// By how much the scores, cut off at the target, fall short of it on average.
  case optimalityGap(target: Double)

  /// The aggregate of rows of scores.
  public func value(_ scores: [[Double]]) -> Double {
    let all = Array(scores.joined())
    switch self {
    case .mean: return Summary.mean(all)
    case .median: return Summary.median(all)
    case .interquartileMean: return Summary.interquartileMean(all)
    case .optimalityGap(let target): return target - Summary.mean(all.map { min($0, target) })
    }
  }
}

/// A percentile bootstrap over runs within tasks, which are not resampled themselves.
///
///     sort all scores once; note the rank of each                                  (1)
///     for b = 1 … B
///       for each task draw as many runs as it has; count each rank drawn            (2)
///       the aggregate from the counts, in one pass from the lowest rank             (3)
///     the p- and (1 − p)-quantiles of the aggregates                                  (4)
///
/// No sort is needed for the trimmed mean and the median of a resample: its scores in order are the
/// sorted scores, each as often as its rank was drawn.
///
/// With n runs of each of K tasks, p is Φ(√(n/(n − 1)) t) with the (1 − level)/2-quantile t of Student's
/// distribution with K (n − 1) degrees of freedom: drawing from n runs has (n − 1)/n of the variance of
/// drawing from all. The plain percentile interval, p = (1 − level)/2, is that of the source.
///
/// - Shapes: `scores` has a row a task and a column a run.
/// - Assumes: runs are independent, and the tasks are the ones of interest, not a sample of tasks.
/// - Guarantee: coverage tends to the level as the runs grow; for few runs see the README.
/// - Complexity: O(B · tasks · runs) time, O(tasks · runs + B) memory.
/// - Deviates: expanded unless `isExpanded` is false.
/// - Source: [agarwal2021], section 4; [hesterberg2015] for the expanded interval.
public struct StratifiedBootstrap: Equatable, Sendable {
  /// The nominal coverage.
  public let level: Double
  /// The number of resamples, B.
  public let repetitions: Int
  /// Whether the interval is corrected for few runs.
  public let isExpanded: Bool

  /// Creates a bootstrap.
  ///
  /// - Throws: ``StatisticsError`` for a level outside (0, 1) or fewer than 20 repetitions.
  public init(
    level: Double = 0.95, repetitions: Int = 2_000, isExpanded: Bool = true
  ) throws(StatisticsError) {
    try StatisticsError.checkLevel(level)
    guard repetitions >= 20 else {
      throw .tooFew(what: "repetitions", count: repetitions, needed: 20)
    }
    self.level = level
    self.repetitions = repetitions
    self.isExpanded = isExpanded
  }

  /// The interval for an aggregate.
  ///
  /// - Parameters:
  ///   - scores: Rows of one length, at least 2: a row a task, a column a run.
  ///   - aggregate: What is estimated.
  ///   - rng: Gives four words, which determine the resamples.
  /// - Returns: The estimate and its interval.
  /// - Throws: ``StatisticsError``.
  public func interval(
    _ scores: [[Double]], _ aggregate: Aggregate, using rng: inout some RandomNumberGenerator
  ) throws(StatisticsError) -> ConfidenceInterval {
    let runs = try StatisticsError.checkMatrix(
      scores, rows: "tasks", columns: "runs of a task", atLeast: 1)
    guard runs >= 2 else { throw .tooFew(what: "runs of a task", count: runs, needed: 2) }
    let n = scores.count * runs
    var resampler = Resampler(&rng)
    var replicates: [Double]
    switch aggregate {
    case .mean: replicates = means(scores, runs, &resampler)
    case .optimalityGap(let target):
      replicates = means(scores.map { $0.map { target - min($0, target) } }, runs, &resampler)
    case .median:
      replicates = trimmedMeans(scores, runs, cut: (n - 1) / 2, &resampler)
    case .interquartileMean:
      replicates = trimmedMeans(scores, runs, cut: n / 4, &resampler)
    }
    // (4)
    return try ConfidenceInterval.percentile(
      &replicates, estimate: aggregate.value(scores), level: level, tail: tail(scores))
  }

  /// The share of replicates beyond each end; tasks of different lengths count with their mean length.
  private func tail(_ scores: [[Double]]) -> Double {
    guard isExpanded else { return (1 - level) / 2 }
    let runs = Double(scores.reduce(0) { $0 + $1.count })
    let tasks = Double(scores.count)
    return ConfidenceInterval.expandedTail(
      level: level, trials: runs / tasks, degrees: runs - tasks)
  }

  /// The interval for any statistic of rows of scores, which may differ in length.
  ///
  /// - Parameters:
  ///   - scores: A row a task, each of at least 2 runs.
  ///   - rng: Gives four words, which determine the resamples.
  ///   - statistic: Of rows of the same lengths.
  /// - Returns: The estimate and its interval.
  /// - Throws: ``StatisticsError``, also if the statistic of a resample is not finite.
  public func interval(
    _ scores: [[Double]], using rng: inout some RandomNumberGenerator,
    statistic: ([[Double]]) -> Double
  ) throws(StatisticsError) -> ConfidenceInterval {
    guard !scores.isEmpty else { throw .tooFew(what: "tasks", count: 0, needed: 1) }
    for row in scores { try StatisticsError.checkSample(row, "run", atLeast: 2) }
    var resampler = Resampler(&rng)
    var resample = scores
    var replicates: [Double] = []
    for _ in 0..<repetitions {
      for (task, row) in scores.enumerated() {
        var run = 0
        resampler.draw(row.count, below: row.count) { index in
          resample[task][run] = row[index]
          run += 1
        }
      }
      replicates.append(statistic(resample))
    }
    return try ConfidenceInterval.percentile(
      &replicates, estimate: statistic(scores), level: level, tail: tail(scores))
  }

  private func means(
    _ scores: [[Double]], _ runs: Int, _ resampler: inout Resampler
  ) -> [Double] {
    let all = Array(scores.joined())
    var replicates = [Double](repeating: 0, count: repetitions)
    all.withUnsafeBufferPointer { all in
      for b in replicates.indices {
        var sum = 0.0
        for start in stride(from: 0, to: all.count, by: runs) {
          resampler.draw(runs, below: runs) { sum += all[start + $0] }
        }
        replicates[b] = sum / Double(all.count)
      }
    }
    return replicates
  }

  /// The means of the resamples without their `cut` smallest and `cut` largest scores.
  private func trimmedMeans(
    _ scores: [[Double]], _ runs: Int, cut: Int, _ resampler: inout Resampler
  ) -> [Double] {
    // (1)
    let all = Array(scores.joined())
    let n = all.count
    let order = (0..<n).sorted { all[$0] < all[$1] }
    let sorted = order.map { all[$0] }
    var rank = [Int32](repeating: 0, count: n)
    for (r, i) in order.enumerated() { rank[i] = Int32(r) }
    var counts = [Int32](repeating: 0, count: n)
    var replicates = [Double](repeating: 0, count: repetitions)
    let (low, high) = (Int32(cut), Int32(n - cut))
    let size = Double(n - 2 * cut)
    rank.withUnsafeBufferPointer { rank in
      sorted.withUnsafeBufferPointer { sorted in
        counts.withUnsafeMutableBufferPointer { counts in
          let counts = counts
          for b in replicates.indices {
            // (2)
            for start in stride(from: 0, to: n, by: runs) {
              resampler.draw(runs, below: runs) { counts[Int(rank[start + $0])] += 1 }
            }
            // (3)
            var below: Int32 = 0
            var sum = 0.0
            for r in 0..<n {
              let upTo = below + counts[r]
              counts[r] = 0
              let taken = max(0, min(upTo, high) - max(below, low))
              sum += Double(taken) * sorted[r]
              below = upTo
            }
            replicates[b] = sum / size
          }
        }
      }
    }
    return replicates
  }
}
