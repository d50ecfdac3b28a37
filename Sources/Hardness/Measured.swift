// SPDX-License-Identifier: Apache-2.0

/// A number of a model, known to lie between two doubles.
///
/// Both ends hold in spite of rounding: every operation on the way is rounded outward, or its error
/// is bounded in the file that does it.
///
/// - Edge cases: `upper` is infinite when doubles cannot prove any upper bound.
public struct Measured: Equatable, Sendable {
  /// The number is at least this.
  public let lower: Double
  /// The number is at most this.
  public let upper: Double

  /// Creates an interval.
  ///
  /// - Precondition: `lower` is at most `upper`; neither is NaN.
  public init(lower: Double, upper: Double) {
    precondition(lower <= upper, "\(lower) ... \(upper) is no interval")
    self.lower = lower
    self.upper = upper
  }

  /// Creates the interval of a number that is known exactly.
  public init(_ exact: Double) { self.init(lower: exact, upper: exact) }

  /// Whether the number is known exactly.
  public var isExact: Bool { lower == upper }

  /// The middle; `lower` when there is no upper bound.
  public var middle: Double { upper.isFinite ? 0.5 * lower + 0.5 * upper : lower }

  /// How far the ends are apart, rounded up; 0 for an exact number.
  public var width: Double { isExact ? 0 : (upper - lower).nextUp }

  /// Whether `x` lies between the ends.
  public func contains(_ x: Double) -> Bool { lower <= x && x <= upper }
}

// Interval arithmetic, each end one unit in the last place outward. The ends of an operand may be
// infinite; NaN cannot arise because products with an exact 0 are 0 and divisors are positive.
extension Measured {
  static func + (a: Measured, b: Measured) -> Measured {
    // Nothing is rounded when nothing is added, so that exact zeros stay exact.
    if a == Measured(0) { return b }
    if b == Measured(0) { return a }
    return Measured(lower: (a.lower + b.lower).nextDown, upper: (a.upper + b.upper).nextUp)
  }

  static func - (a: Measured, b: Measured) -> Measured {
    if b == Measured(0) { return a }
    return Measured(lower: (a.lower - b.upper).nextDown, upper: (a.upper - b.lower).nextUp)
  }

  static func * (a: Measured, b: Measured) -> Measured {
    if a == Measured(0) || b == Measured(0) { return Measured(0) }
    func times(_ x: Double, _ y: Double) -> Double { x == 0 || y == 0 ? 0 : x * y }
    let (p, q) = (times(a.lower, b.lower), times(a.lower, b.upper))
    let (r, s) = (times(a.upper, b.lower), times(a.upper, b.upper))
    return Measured(lower: min(p, q, r, s).nextDown, upper: max(p, q, r, s).nextUp)
  }

  /// The quotient by a nonnegative number; no upper bound when the divisor may be 0.
  func divided(by b: Measured) -> Measured {
    if self == Measured(0) && b.lower > 0 { return self }
    let high = upper <= 0 ? b.upper : b.lower
    let low = lower >= 0 ? b.upper : b.lower
    return Measured(
      lower: low > 0 ? (lower.isFinite && low.isFinite ? (lower / low).nextDown : 0) : -.infinity,
      upper: high > 0 && upper.isFinite ? (upper / high).nextUp : .infinity)
  }

  /// The same interval without what lies below `bound`.
  func atLeast(_ bound: Double) -> Measured {
    Measured(lower: max(lower, bound), upper: max(upper, bound))
  }

  /// The same interval without what lies above `bound`.
  func atMost(_ bound: Double) -> Measured {
    Measured(lower: min(lower, bound), upper: min(upper, bound))
  }

  /// An interval for the greater of two numbers.
  func maximum(_ b: Measured) -> Measured {
    Measured(lower: max(lower, b.lower), upper: max(upper, b.upper))
  }

  /// The square root of a number that is not negative.
  var squareRoot: Measured {
    let (low, high) = (max(lower, 0).squareRoot(), max(upper, 0).squareRoot())
    return Measured(lower: isExact && low == 0 ? 0 : max(low.nextDown, 0), upper: high.nextUp)
  }

  /// The square of a number that is not negative.
  var squareOfNonnegative: Measured {
    let low = max(lower, 0)
    return Measured(lower: max((low * low).nextDown, 0), upper: (upper * upper).nextUp)
  }

  /// The interval with both ends moved outward.
  func widened(by margin: Double) -> Measured {
    Measured(lower: (lower - margin).nextDown, upper: (upper + margin).nextUp)
  }
}
