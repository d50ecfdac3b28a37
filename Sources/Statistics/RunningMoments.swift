// SPDX-License-Identifier: Apache-2.0

/// The count, mean, sum of squared deviations and extremes of numbers that are seen once.
///
/// - Numerics: no cancellation: the relative error of the variance is of order n u κ, where κ² is
///   1 + mean²/variance. Merging is commutative to the last bit but not associative: for bits that do
///   not depend on threads, make one value for each block of a fixed number of trials and call
///   ``merged(_:)``, whose tree depends on the number of blocks alone.
/// - Complexity: O(1) a number.
/// - Source: [welford1962] for one number, [chan1983] for two sets.
public struct RunningMoments: Equatable, Sendable {
  /// How many numbers were seen.
  public private(set) var count = 0
  /// Their mean; 0 if there is none.
  public private(set) var mean = 0.0
  /// The sum of squared deviations from the mean.
  public private(set) var squaredDeviations = 0.0
  /// The least; +∞ if there is none.
  public private(set) var minimum = Double.infinity
  /// The greatest; −∞ if there is none.
  public private(set) var maximum = -Double.infinity

  /// Creates the moments of no numbers.
  public init() {}

  /// Creates the moments that were recorded before, for example in a store.
  ///
  /// - Precondition: They are the properties of some ``RunningMoments``.
  public init(
    count: Int, mean: Double, squaredDeviations: Double, minimum: Double, maximum: Double
  ) {
    precondition(count >= 0 && !(squaredDeviations < 0), "not the moments of any numbers")
    self.count = count
    self.mean = mean
    self.squaredDeviations = squaredDeviations
    self.minimum = minimum
    self.maximum = maximum
  }

  /// Creates the moments of some numbers, in their order.
  public init(_ values: some Sequence<Double>) { for x in values { add(x) } }

  /// Takes in a number.
  public mutating func add(_ x: Double) {
    count += 1
    let delta = x - mean
    mean += delta / Double(count)
    squaredDeviations += delta * (x - mean)
    minimum = min(minimum, x)
    maximum = max(maximum, x)
  }

  /// The moments of two disjoint sets together; the same bits in either order.
  public func merged(with other: RunningMoments) -> RunningMoments {
    if count == 0 { return other }
    if other.count == 0 { return self }
    let (n, m) = (Double(count), Double(other.count))
    var result = self
    let delta = mean - other.mean
    result.count = count + other.count
    result.mean = (n * mean + m * other.mean) / (n + m)
    result.squaredDeviations =
      squaredDeviations + other.squaredDeviations + delta * delta * (n * m / (n + m))
    result.minimum = min(minimum, other.minimum)
    result.maximum = max(maximum, other.maximum)
    return result
  }

  /// The moments of all blocks: neighbors are merged in pairs until one is left.
  public static func merged(_ blocks: [RunningMoments]) -> RunningMoments {
    var level = blocks
    while level.count > 1 {
      level = stride(from: 0, to: level.count, by: 2).map { i in
        i + 1 < level.count ? level[i].merged(with: level[i + 1]) : level[i]
      }
    }
    return level.first ?? RunningMoments()
  }

  /// The sample variance, with divisor n − 1; NaN for fewer than two numbers.
  public var variance: Double {
    count >= 2 ? squaredDeviations / Double(count - 1) : .nan
  }
  /// The square root of the variance.
  public var standardDeviation: Double { variance.squareRoot() }
  /// The standard deviation of the mean.
  public var standardError: Double { (variance / Double(count)).squareRoot() }

  /// Student's interval for the mean.
  ///
  /// - Assumes: normal numbers, or so many that their mean is nearly normal.
  /// - Throws: ``StatisticsError`` for fewer than two numbers or a level outside (0, 1).
  public func studentInterval(
    level: Double = 0.95
  ) throws(StatisticsError) -> ConfidenceInterval {
    try StatisticsError.checkLevel(level)
    guard count >= 2 else { throw .tooFew(what: "values", count: count, needed: 2) }
    let t = StudentTDistribution(degrees: Double(count - 1)).quantile((1 + level) / 2)
    return ConfidenceInterval(
      estimate: mean, lower: mean - t * standardError, upper: mean + t * standardError,
      level: level)
  }
}
