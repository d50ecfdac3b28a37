// SPDX-License-Identifier: Apache-2.0

/// An estimate with an interval that covers the truth with a stated probability.
public struct ConfidenceInterval: Equatable, Sendable {
  /// The point estimate.
  public let estimate: Double
  /// The lower end.
  public let lower: Double
  /// The upper end.
  public let upper: Double
  /// The nominal probability of coverage.
  public let level: Double

  /// Creates an interval.
  public init(estimate: Double, lower: Double, upper: Double, level: Double) {
    self.estimate = estimate
    self.lower = lower
    self.upper = upper
    self.level = level
  }

  /// Half of the interval's length.
  public var halfWidth: Double { (upper - lower) / 2 }

  /// Whether a number lies in the closed interval.
  public func contains(_ x: Double) -> Bool { lower <= x && x <= upper }

  /// The interval between the tail quantiles of replicates, which it sorts; `tail`, the share beyond
  /// each end, is half of 1 − level unless it is expanded.
  static func percentile(
    _ replicates: inout [Double], estimate: Double, level: Double, tail: Double? = nil
  ) throws(StatisticsError) -> ConfidenceInterval {
    for value in replicates where !value.isFinite {
      throw .undefined(
        what: "the statistic of a resample",
        reason: "it is \(value); give more trials or a statistic that every resample has")
    }
    replicates.sort()
    let p = tail ?? (1 - level) / 2
    return ConfidenceInterval(
      estimate: estimate, lower: replicateQuantile(replicates, p),
      upper: replicateQuantile(replicates, 1 - p), level: level)
  }

  /// The p-quantile of sorted replicates: linear between the order statistics, of which the k-th is
  /// the k/(B + 1)-quantile (type 6 of R), so that few replicates do not make an interval too short.
  static func replicateQuantile(_ sorted: [Double], _ p: Double) -> Double {
    let last = Double(sorted.count - 1)
    guard last > 0 else { return sorted[0] }
    let position = min(max(p * (last + 2) - 1, 0), last)
    return Summary.quantile(sorted: sorted, position / last)
  }

  /// The tail of an expanded percentile interval.
  ///
  /// It is Φ(√(n/(n − 1)) t) with the tail quantile t of Student's distribution. For a mean of n normal numbers the interval is then Student's.
  static func expandedTail(level: Double, trials n: Double, degrees: Double) -> Double {
    let t = StudentTDistribution(degrees: degrees).quantile((1 - level) / 2)
    return NormalDistribution.cumulative((n / (n - 1)).squareRoot() * t)
  }
}
