// SPDX-License-Identifier: Apache-2.0
import Randomness

/// A line through the mean curve over a stated window, with an interval for its slope.
///
///     m_j ← mean over the trials at each point of the window                        (1)
///     slope, intercept ← least squares of the transformed m_j on the transformed x_j   (2)
///     for b = 1 … B: draw whole trials with replacement; the slope of their mean     (3)
///     the expanded percentile interval of the slopes: ``Bootstrap``                    (4)
///
/// The logarithm is taken of the mean and not of each trial, because a claim on an expected regret is
/// on the mean; whole trials are drawn because the points of one trial depend on each other.
///
/// - Assumes: independent trials. The interval is for the slope of the best line in the window; that
///   the curve is a line there is not tested, see ``largestResidual``.
/// - Complexity: O(B · trials · points).
/// - Source: [hesterberg2015] for the interval.
public struct SlopeFit: Equatable, Sendable {
  /// The slope and its expanded percentile interval.
  public let slope: ConfidenceInterval
  /// The line's ordinate where the transformed abscissa is 0.
  public let intercept: Double
  /// The largest distance of a transformed mean from the line.
  public let largestResidual: Double
  /// How many points lie in the window.
  public let pointCount: Int

  /// Fits a line.
  ///
  /// - Parameters:
  ///   - x: Increasing abscissas.
  ///   - trials: A row a trial, a column a point; at least 2 rows.
  ///   - scale: The coordinates in which the curve should be a line.
  ///   - window: The abscissas to use, at least 2; all if `nil`.
  ///   - level: The nominal coverage.
  ///   - repetitions: The number of resamples, B.
  ///   - rng: Gives four words, which determine the resamples.
  /// - Throws: ``StatisticsError``, also if a mean whose logarithm is needed is not positive.
  public init(
    x: [Double], trials: [[Double]], scale: CurveScale = .logLog,
    window: ClosedRange<Double>? = nil, level: Double = 0.95, repetitions: Int = 2_000,
    using rng: inout some RandomNumberGenerator
  ) throws(StatisticsError) {
    let bootstrap = try Bootstrap(level: level, repetitions: repetitions)
    guard trials.count >= 2 else {
      throw .tooFew(what: "trials", count: trials.count, needed: 2)
    }
    let (columns, x) = try scale.window(x, trials, window, atLeast: 2)
    // (1)
    let y = scale.meanCurve(
      trials, columns, weights: [Int](repeating: 1, count: trials.count))
    try scale.checkMeans(y, columns)
    // (2) The slope is linear in the ordinates.
    let center = Summary.mean(x)
    var spread = 0.0
    for value in x { spread += (value - center) * (value - center) }
    let weights = x.map { ($0 - center) / spread }
    func slope(_ y: [Double]) -> Double {
      var sum = 0.0
      for (w, value) in zip(weights, y) { sum += w * value }
      return sum
    }
    let estimate = slope(y)
    let intercept = Summary.mean(y) - estimate * center
    self.intercept = intercept
    largestResidual = zip(x, y).reduce(0) { max($0, abs($1.1 - intercept - estimate * $1.0)) }
    pointCount = x.count
    // (3)
    var resampler = Resampler(&rng)
    var counts = [Int](repeating: 0, count: trials.count)
    var slopes = [Double](repeating: 0, count: bootstrap.repetitions)
    for b in slopes.indices {
      resampler.counts(trials.count, into: &counts)
      slopes[b] = slope(scale.meanCurve(trials, columns, weights: counts))
    }
    // (4)
    self.slope = try ConfidenceInterval.percentile(
      &slopes, estimate: estimate, level: level, tail: bootstrap.tail(trials: trials.count))
  }
}
