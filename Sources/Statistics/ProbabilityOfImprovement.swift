// SPDX-License-Identifier: Apache-2.0
import Randomness

/// The probability that a run of one algorithm scores higher than a run of another.
public enum ProbabilityOfImprovement {
  /// The mean over tasks of P(X > Y) + ½ P(X = Y), with a stratified (plain) percentile bootstrap.
  ///
  /// - Parameters:
  ///   - first: The scores of the first algorithm: a row a task, at least 2 runs each.
  ///   - second: Those of the second: as many rows.
  ///   - level: The nominal coverage.
  ///   - repetitions: The number of resamples, B.
  ///   - rng: Gives four words, which determine the resamples.
  /// - Returns: The estimate, which is the Mann–Whitney statistic divided by the number of pairs and
  ///   averaged over tasks, and its interval.
  /// - Throws: ``StatisticsError``.
  /// - Assumes: independent runs; the runs of both algorithms are resampled on their own.
  /// - Complexity: O(B · tasks · (runs of the first) · (runs of the second)).
  /// - Source: [agarwal2021], section 4.
  public static func interval(
    _ first: [[Double]], over second: [[Double]], level: Double = 0.95, repetitions: Int = 2_000,
    using rng: inout some RandomNumberGenerator
  ) throws(StatisticsError) -> ConfidenceInterval {
    let bootstrap = try StratifiedBootstrap(level: level, repetitions: repetitions)
    guard first.count == second.count else {
      throw .unequalCounts(what: "tasks", first: first.count, second: second.count)
    }
    guard !first.isEmpty else { throw .tooFew(what: "tasks", count: 0, needed: 1) }
    for row in first + second { try StatisticsError.checkSample(row, "run", atLeast: 2) }
    // Twice the value of each pair, so that the sums are whole.
    let pairs = zip(first, second).map { x, y in
      x.map { a in y.map { b in a > b ? 2 : a == b ? 1 : 0 } }
    }
    var resampler = Resampler(&rng)
    var replicates = [Double](repeating: 0, count: bootstrap.repetitions)
    for b in replicates.indices {
      var total = 0.0
      for task in pairs {
        var counts = [Int](repeating: 0, count: task[0].count)
        resampler.counts(counts.count, into: &counts)
        var sum = 0
        resampler.draw(task.count, below: task.count) { i in
          let row = task[i]
          for j in row.indices { sum += counts[j] * row[j] }
        }
        total += Double(sum) / Double(2 * task.count * counts.count)
      }
      replicates[b] = total / Double(pairs.count)
    }
    var estimate = 0.0
    for task in pairs {
      estimate +=
        Double(task.joined().reduce(0, +)) / Double(2 * task.count * task[0].count)
    }
    return try ConfidenceInterval.percentile(
      &replicates, estimate: estimate / Double(pairs.count), level: level)
  }
}
