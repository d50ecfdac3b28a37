// SPDX-License-Identifier: Apache-2.0

/// The mean and the variance at each point of curves that are seen once.
///
/// - Shapes: every curve has the same points; memory is two numbers a point, whatever the number of
///   curves.
/// - Numerics: as ``RunningMoments``; ``merged(_:)`` is the canonical order.
/// - Complexity: O(points) a curve.
public struct RunningCurve: Equatable, Sendable {
  /// How many curves were seen.
  public private(set) var count = 0
  /// The mean at each point.
  public private(set) var means: [Double]
  /// The sum of squared deviations from the mean at each point.
  public private(set) var squaredDeviations: [Double]

  /// Creates the summary of no curves.
  public init(points: Int) {
    precondition(points >= 1, "a curve needs a point")
    means = [Double](repeating: 0, count: points)
    squaredDeviations = means
  }

  /// Creates the summary that was recorded before, for example in a store.
  ///
  /// - Precondition: The arguments are the properties of some ``RunningCurve``.
  public init(count: Int, means: [Double], squaredDeviations: [Double]) {
    precondition(
      count >= 0 && !means.isEmpty && means.count == squaredDeviations.count,
      "not the summary of any curves")
    self.count = count
    self.means = means
    self.squaredDeviations = squaredDeviations
  }

  /// Takes in a curve.
  ///
  /// - Throws: ``StatisticsError`` for a curve of another length or with a number that is not finite.
  public mutating func add(_ curve: [Double]) throws(StatisticsError) {
    guard curve.count == means.count else {
      throw .unequalCounts(what: "points of a curve", first: means.count, second: curve.count)
    }
    try StatisticsError.checkFinite(curve, "point")
    count += 1
    let n = Double(count)
    for j in means.indices {
      let delta = curve[j] - means[j]
      means[j] += delta / n
      squaredDeviations[j] += delta * (curve[j] - means[j])
    }
  }

  /// The summary of two disjoint sets of curves together; the same bits in either order.
  public func merged(with other: RunningCurve) -> RunningCurve {
    precondition(means.count == other.means.count, "curves must have the same points")
    if count == 0 { return other }
    if other.count == 0 { return self }
    let (n, m) = (Double(count), Double(other.count))
    var result = self
    result.count = count + other.count
    for j in means.indices {
      let delta = means[j] - other.means[j]
      result.means[j] = (n * means[j] + m * other.means[j]) / (n + m)
      result.squaredDeviations[j] =
        squaredDeviations[j] + other.squaredDeviations[j] + delta * delta * (n * m / (n + m))
    }
    return result
  }

  /// The summary of all blocks: neighbors are merged in pairs until one is left.
  public static func merged(_ blocks: [RunningCurve]) -> RunningCurve? {
    var level = blocks
    while level.count > 1 {
      level = stride(from: 0, to: level.count, by: 2).map { i in
        i + 1 < level.count ? level[i].merged(with: level[i + 1]) : level[i]
      }
    }
    return level.first
  }

  /// The standard deviation of the mean at each point; NaN for fewer than two curves.
  public var standardErrors: [Double] {
    guard count >= 2 else { return means.map { _ in .nan } }
    let n = Double(count)
    return squaredDeviations.map { ($0 / ((n - 1) * n)).squareRoot() }
  }
}
