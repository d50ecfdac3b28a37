// SPDX-License-Identifier: Apache-2.0
import Randomness

/// Two lines that meet at a knee, fitted to the mean curve.
///
///     for each knee c on a grid: an orthonormal basis of 1, x, (x − c)⁺               (1)
///     the least squares of the transformed mean curve; c ← the least residual            (2)
///     for b = 1 … B: draw whole trials with replacement; (2) of their mean               (3)
///     the expanded percentile intervals of the knees and of the slopes: ``Bootstrap``     (4)
///
/// - Assumes: independent trials, and that there is a knee: compare ``residual`` with
///   ``residualOfOneLine``. Without one, the knee is anywhere and its interval wide.
/// - Guarantee: the least squares over the grid, not only a local minimum; ties go to the least c.
/// - Complexity: O((trials + grid) · points) a resample.
/// - Source: [lerman1980] for the search over a grid; [hesterberg2015] for the
///   intervals.
public struct SegmentedFit: Equatable, Sendable {
  /// The abscissa of the knee, in the units of x, and its expanded percentile interval.
  public let knee: ConfidenceInterval
  /// The slope before the knee, in transformed coordinates.
  public let slopeBefore: ConfidenceInterval
  /// The slope after the knee, in transformed coordinates.
  public let slopeAfter: ConfidenceInterval
  /// The sum of squared residuals of the two lines.
  public let residual: Double
  /// The sum of squared residuals of a single line.
  public let residualOfOneLine: Double

  /// Fits two lines.
  ///
  /// - Parameters:
  ///   - x: Increasing abscissas.
  ///   - trials: A row a trial, a column a point; at least 2 rows.
  ///   - scale: The coordinates in which the curve should be two lines.
  ///   - window: The abscissas to use, at least 5; all if `nil`.
  ///   - gridCount: How many knees are tried, evenly spaced in the transformed abscissa from the
  ///     second point to the last but one.
  ///   - level: The nominal coverage.
  ///   - repetitions: The number of resamples, B.
  ///   - rng: Gives four words, which determine the resamples.
  /// - Throws: ``StatisticsError``, also if a mean whose logarithm is needed is not positive.
  public init(
    x: [Double], trials: [[Double]], scale: CurveScale = .logLog,
    window: ClosedRange<Double>? = nil, gridCount: Int = 200, level: Double = 0.95,
    repetitions: Int = 1_000, using rng: inout some RandomNumberGenerator
  ) throws(StatisticsError) {
    let bootstrap = try Bootstrap(level: level, repetitions: repetitions)
    guard trials.count >= 2 else {
      throw .tooFew(what: "trials", count: trials.count, needed: 2)
    }
    guard gridCount >= 2 else { throw .tooFew(what: "knees", count: gridCount, needed: 2) }
    let original = x
    let (columns, x) = try scale.window(x, trials, window, atLeast: 5)
    // (1)
    let (first, last) = (x[1], x[x.count - 2])
    var bases: [HingeBasis] = []
    for g in 0..<gridCount {
      bases.append(
        HingeBasis(x, knee: first + (last - first) * Double(g) / Double(gridCount - 1)))
    }
    // (2)
    let y = scale.meanCurve(
      trials, columns, weights: [Int](repeating: 1, count: trials.count))
    try scale.checkMeans(y, columns)
    let best = Self.best(bases, y)
    residual = best.basis.residual(y)
    residualOfOneLine = best.basis.residualOfLine(y)
    // (3)
    var resampler = Resampler(&rng)
    var counts = [Int](repeating: 0, count: trials.count)
    var fits: [(basis: HingeBasis, before: Double, after: Double)] = []
    for _ in 0..<bootstrap.repetitions {
      resampler.counts(trials.count, into: &counts)
      let resample = scale.meanCurve(trials, columns, weights: counts)
      try scale.checkMeans(resample, columns)
      fits.append(Self.best(bases, resample))
    }
    // (4) The knee in units of x, by the inverse of the transformation between the end points.
    func abscissa(_ knee: Double) -> Double {
      scale == .logLog || scale == .logX
        ? min(
          max(CurveScale.exponential(knee), original[columns[1]]), original[columns[x.count - 2]])
        : knee
    }
    var knees = fits.map { abscissa($0.basis.knee) }
    var before = fits.map(\.before)
    var after = fits.map(\.after)
    let tail = bootstrap.tail(trials: trials.count)
    knee = try .percentile(&knees, estimate: abscissa(best.basis.knee), level: level, tail: tail)
    slopeBefore = try .percentile(&before, estimate: best.before, level: level, tail: tail)
    slopeAfter = try .percentile(&after, estimate: best.after, level: level, tail: tail)
  }

  /// The knee of the greatest projection, which is the least residual.
  private static func best(
    _ bases: [HingeBasis], _ y: [Double]
  ) -> (basis: HingeBasis, before: Double, after: Double) {
    var best = bases[0]
    var greatest = -Double.infinity
    for basis in bases {
      // The constant and the line are common to all knees.
      let share = dot(basis.hinge, y)
      if share * share > greatest {
        greatest = share * share
        best = basis
      }
    }
    let slopes = best.slopes(y)
    return (best, slopes.before, slopes.after)
  }
}

/// An orthonormal basis of the lines with a knee at c.
struct HingeBasis {
  let knee: Double
  let constant: [Double]
  let line: [Double]
  let hinge: [Double]
  /// (x − c)⁺ is a constant, `hingeOnLine` times the line and `hingeNorm` times the hinge.
  let hingeOnLine: Double
  let hingeNorm: Double
  /// x is a constant and `lineNorm` times the line.
  let lineNorm: Double

  init(_ x: [Double], knee c: Double) {
    knee = c
    let n = Double(x.count)
    constant = [Double](repeating: 1 / n.squareRoot(), count: x.count)
    let center = Summary.mean(x)
    let centered = x.map { $0 - center }
    let lineNorm = dot(centered, centered).squareRoot()
    let line = centered.map { $0 / lineNorm }
    let raw = x.map { max(0, $0 - c) }
    let rawCenter = Summary.mean(raw)
    var rest = raw.map { $0 - rawCenter }
    let onLine = dot(line, rest)
    for j in rest.indices { rest[j] -= onLine * line[j] }
    // Once more, against cancellation.
    let again = dot(line, rest)
    for j in rest.indices { rest[j] -= again * line[j] }
    let norm = dot(rest, rest).squareRoot()
    self.lineNorm = lineNorm
    self.line = line
    hingeOnLine = onLine
    hingeNorm = norm
    hinge = rest.map { $0 / norm }
  }

  func slopes(_ y: [Double]) -> (before: Double, after: Double) {
    let bend = dot(hinge, y) / hingeNorm
    let before = (dot(line, y) - bend * hingeOnLine) / lineNorm
    return (before, before + bend)
  }

  func residualOfLine(_ y: [Double]) -> Double { remainder(y, [constant, line]) }
  func residual(_ y: [Double]) -> Double { remainder(y, [constant, line, hinge]) }

  private func remainder(_ y: [Double], _ basis: [[Double]]) -> Double {
    var rest = y
    for vector in basis {
      let share = dot(vector, rest)
      for j in rest.indices { rest[j] -= share * vector[j] }
    }
    return dot(rest, rest)
  }
}

/// The inner product, summed in order.
func dot(_ x: [Double], _ y: [Double]) -> Double {
  var sum = 0.0
  for j in x.indices { sum += x[j] * y[j] }
  return sum
}
