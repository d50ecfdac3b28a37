// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Intervals for the mean of bounded data that hold for every distribution and every number of trials
/// that is fixed beforehand.
public enum BoundedMean {
  /// Hoeffding's interval: mean ± (b − a) √(log(2/α)/(2n)).
  ///
  /// - Parameters:
  ///   - moments: Of independent trials; their extremes are checked against the range.
  ///   - range: An interval [a, b] that surely contains every trial.
  ///   - level: The coverage, 1 − α.
  /// - Returns: The mean and the interval, cut off at the range.
  /// - Throws: ``StatisticsError``, also if a trial lies outside the range.
  /// - Guarantee: coverage of at least the level for every n.
  /// - Source: [hoeffding1963], theorem 2, for each side at α/2.
  public static func hoeffding(
    _ moments: RunningMoments, range: ClosedRange<Double>, level: Double = 0.95
  ) throws(StatisticsError) -> ConfidenceInterval {
    try check(moments, range, level, atLeast: 1)
    let width = range.upperBound - range.lowerBound
    let radius = width * (log(2 / (1 - level)) / Double(2 * moments.count)).squareRoot()
    return clipped(moments.mean, radius, range, level)
  }

  /// The empirical Bernstein interval of Maurer and Pontil:
  /// mean ± (√(2 V log(4/α)/n) + 7 (b − a) log(4/α)/(3 (n − 1))), with the sample variance V.
  ///
  /// Shorter than Hoeffding's where the variance is small and n is not.
  ///
  /// - Parameters:
  ///   - moments: Of at least 2 independent trials; their extremes are checked against the range.
  ///   - range: An interval [a, b] that surely contains every trial.
  ///   - level: The coverage, 1 − α.
  /// - Returns: The mean and the interval, cut off at the range.
  /// - Throws: ``StatisticsError``, also if a trial lies outside the range.
  /// - Guarantee: coverage of at least the level for every n.
  /// - Source: [maurer2009], theorem 4, for each side at α/2.
  public static func empiricalBernstein(
    _ moments: RunningMoments, range: ClosedRange<Double>, level: Double = 0.95
  ) throws(StatisticsError) -> ConfidenceInterval {
    try check(moments, range, level, atLeast: 2)
    let n = Double(moments.count)
    let width = range.upperBound - range.lowerBound
    let confidence = log(4 / (1 - level))
    let radius =
      (2 * moments.variance * confidence / n).squareRoot()
      + 7 * width * confidence / (3 * (n - 1))
    return clipped(moments.mean, radius, range, level)
  }

  static func check(
    _ moments: RunningMoments, _ range: ClosedRange<Double>, _ level: Double, atLeast needed: Int
  ) throws(StatisticsError) {
    try StatisticsError.checkLevel(level)
    guard range.lowerBound.isFinite && range.upperBound.isFinite else {
      throw .badParameter(
        name: "an end of the range", value: range.upperBound, needed: "a finite range")
    }
    guard moments.count >= needed else {
      throw .tooFew(what: "values", count: moments.count, needed: needed)
    }
    guard !moments.mean.isNaN else {
      throw .notFinite(what: "the mean of values", index: 0, value: moments.mean)
    }
    for extreme in [moments.minimum, moments.maximum] where !range.contains(extreme) {
      throw .outsideRange(what: "an extreme of the trials", value: extreme, range: range)
    }
  }

  static func clipped(
    _ mean: Double, _ radius: Double, _ range: ClosedRange<Double>, _ level: Double
  ) -> ConfidenceInterval {
    ConfidenceInterval(
      estimate: mean, lower: max(range.lowerBound, mean - radius),
      upper: min(range.upperBound, mean + radius), level: level)
  }
}
