// SPDX-License-Identifier: Apache-2.0
import Randomness
import Statistics

extension Results {
  /// Random numbers for resampling, a function of claim, seed and purpose.
  public func resampling(_ purpose: String) -> Stream {
    Stream(experiment: "\(claim.id)#\(seed)/\(purpose)")
  }

  /// A scalar over points: a row a trial, a column a point, for as many trials as all points have.
  ///
  /// - Throws: Errors of the store.
  /// - Complexity: O(trials × points).
  public func trialMatrix(_ scalar: String, at points: [Point]) throws -> [[Double]] {
    let columns = try points.map { try values(scalar, at: $0) }
    let count = columns.map(\.count).min() ?? 0
    return (0..<count).map { trial in columns.map { $0[trial] } }
  }

  /// The mean of a scalar over the trials at a point, with a percentile bootstrap interval; without
  /// width if there is one trial, that is, an exact result.
  ///
  /// - Throws: Errors of the store, and `StatisticsError` if `level` is not in (0, 1).
  public func mean(
    _ scalar: String, at point: Point, level: Double = 0.95
  ) throws -> ConfidenceInterval {
    let values = try self.values(scalar, at: point)
    guard values.count > 1 else {
      return ConfidenceInterval(
        estimate: values[0], lower: values[0], upper: values[0], level: level)
    }
    var stream = resampling("mean \(scalar) \(point.key)")
    return try Bootstrap(level: level).interval(values, using: &stream, statistic: Summary.mean)
  }

  /// The point where the mean of a scalar is greatest, the first of them on a tie: the worst instance
  /// for the strategy.
  ///
  /// - Precondition: there is a point.
  /// - Throws: Errors of the store.
  public func worst(_ scalar: String, among points: [Point]) throws -> Point {
    var worst = (point: points[0], mean: -Double.infinity)
    for point in points {
      let mean = Summary.mean(try values(scalar, at: point))
      if mean > worst.mean { worst = (point, mean) }
    }
    return worst.point
  }

  /// The slope of the mean of a scalar over points, against the coordinate `axis`.
  ///
  /// - Throws: Errors of the store, and `StatisticsError` as `SlopeFit` throws it: a mean whose
  ///   logarithm is needed is not positive, or the window leaves too few points.
  public func slope(
    _ scalar: String, at points: [Point], along axis: String, scale: CurveScale = .logLog,
    window: ClosedRange<Double>? = nil
  ) throws -> SlopeFit {
    var stream = resampling("slope \(scalar) \(points.first?.key ?? "")")
    return try SlopeFit(
      x: points.map { $0[axis] }, trials: trialMatrix(scalar, at: points), scale: scale,
      window: window, using: &stream)
  }

  /// The slope of a mean curve at a point, against its checkpoints.
  ///
  /// - Throws: Errors of the store, and `StatisticsError` as `SlopeFit` throws it: a mean whose
  ///   logarithm is needed is not positive, or the window leaves too few checkpoints.
  public func slope(
    ofCurve curve: String, at point: Point, scale: CurveScale = .logLog,
    window: ClosedRange<Double>? = nil
  ) throws -> SlopeFit {
    var stream = resampling("slope \(curve) \(point.key)")
    return try SlopeFit(
      x: checkpoints(of: curve), trials: curves(curve, at: point), scale: scale, window: window,
      using: &stream)
  }

  /// The mean of a curve over the trials at a point; memory stays that of one trial.
  ///
  /// - Throws: Errors of the store.
  public func meanCurve(_ curve: String, at point: Point) throws -> [Double] {
    var moments = RunningCurve(points: checkpoints(of: curve).count)
    try forEachCurve(curve, at: point) { try moments.add(Array($0)) }
    return moments.means
  }

  /// The mean curve at a point with a band that holds everywhere at once.
  ///
  /// - Throws: Errors of the store, and `StatisticsError` if there are too few trials for a band.
  public func band(ofCurve curve: String, at point: Point) throws -> CurveBand {
    var stream = resampling("band \(curve) \(point.key)")
    return try CurveBand.supT(trials: curves(curve, at: point), using: &stream)
  }

  /// The mean of a scalar over points with a band that holds at all points at once.
  ///
  /// - Throws: Errors of the store, and `StatisticsError` if there are too few trials for a band.
  public func band(_ scalar: String, at points: [Point]) throws -> CurveBand {
    var stream = resampling("band \(scalar) \(points.first?.key ?? "")")
    return try CurveBand.supT(trials: trialMatrix(scalar, at: points), using: &stream)
  }

  /// Where a curve is read.
  ///
  /// - Precondition: the claim measures the curve.
  public func checkpoints(of curve: String) -> [Double] {
    guard let found = design.schema.curves.first(where: { $0.name == curve }) else {
      preconditionFailure("\(claim.id) does not measure the curve \(curve)")
    }
    return found.checkpoints
  }
}
