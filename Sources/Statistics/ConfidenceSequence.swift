// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A time-uniform interval for the mean of bounded data: valid at all numbers of trials at once, so
/// one may look after every trial and stop for any reason.
///
/// Hoeffding's form, stitched over epochs. With σ = (b − a)/2 and Sₙ the sum of the centered trials,
/// exp(λSₙ − λ²σ²n/2) is a nonnegative supermartingale that starts at 1 (Hoeffding's lemma), so by
/// Ville's inequality P(∃n: Sₙ ≥ log(1/ε)/λ + λσ²n/2) ≤ ε for every λ > 0. Epoch k = 0, 1, … is
/// 2ᵏ ≤ n < 2ᵏ⁺¹; it gets ε_k = (α/2)/((k + 1)(k + 2)), and the λ_k that makes the two terms equal at
/// n = 2^(k + ½). The ε_k sum to α/2 (the sum telescopes), which is one side; the other is the same.
///
/// - Guarantee: P(∃n ≥ 1: the mean is outside the interval at n) ≤ α, for independent trials in the
///   range, and for martingale differences too.
/// - Complexity: O(1) a look; the radius is (b − a) √(log log n/n) up to a factor.
/// - Source: [howard2021] for stitching; the constants are those of the derivation above.
public struct HoeffdingSequence: Equatable, Sendable {
  /// An interval that surely contains every trial.
  public let range: ClosedRange<Double>
  /// The coverage, 1 − α.
  public let level: Double

  /// Creates a sequence.
  ///
  /// - Throws: ``StatisticsError`` for a level outside (0, 1) or a range that is not finite.
  public init(range: ClosedRange<Double>, level: Double = 0.95) throws(StatisticsError) {
    try StatisticsError.checkLevel(level)
    guard range.lowerBound.isFinite && range.upperBound.isFinite else {
      throw .badParameter(
        name: "an end of the range", value: range.upperBound, needed: "a finite range")
    }
    self.range = range
    self.level = level
  }

  /// The half-width after n ≥ 1 trials, before it is cut off at the range.
  public func radius(trials n: Int) -> Double {
    precondition(n >= 1, "an interval needs a trial")
    let sigma = (range.upperBound - range.lowerBound) / 2
    let k = Double(Int.bitWidth - 1 - n.leadingZeroBitCount)
    let cost = log((k + 1) * (k + 2) * 2 / (1 - level))
    let lambdaSigma = (2 * cost / exp2(k + 0.5)).squareRoot()
    return sigma * (cost / lambdaSigma / Double(n) + lambdaSigma / 2)
  }

  /// The interval after the trials that were seen.
  ///
  /// - Throws: ``StatisticsError``, also if a trial lies outside the range.
  public func interval(_ moments: RunningMoments) throws(StatisticsError) -> ConfidenceInterval {
    try BoundedMean.check(moments, range, level, atLeast: 1)
    return BoundedMean.clipped(moments.mean, radius(trials: moments.count), range, level)
  }
}

/// A time-uniform interval for the mean of bounded data that adapts to the variance.
///
///     after each trial x_t, scaled to [0, 1], with the mean m and the variance v of those before:
///       λ ← min(½, √(2 log(2/α)/(v t log(t + 1))))                                  (1)
///       add λ x_t, λ and (x_t − m)² (−log(1 − λ) − λ) to three sums X, L and Q       (2)
///     the interval after t trials is X/L ± (log(2/α) + Q)/L, cut with those before    (3)
///
/// For ξ ≥ −1 and 0 ≤ λ < 1, exp(λξ − ξ²(−log(1 − λ) − λ)) ≤ 1 + λξ [fan2015]. With ξ = x_t − m, which
/// is at least −1, and the true mean μ: E exp(λ(x_t − μ) − (x_t − m)²ψ(λ)) ≤ (1 + λ(μ − m)) e^(−λ(μ − m))
/// ≤ 1, given the past, because λ and m are known before x_t. The products are a supermartingale; by
/// Ville's inequality X − μL − Q stays below log(2/α) for ever, but with probability α/2. Reflect the
/// data for the other side.
///
/// - Guarantee: P(∃t: the mean is outside the interval at t) ≤ α, for trials in the range with a
///   common mean given the past. The weighted mean X/L is the estimate, not the plain mean.
/// - Deviates: m and v are those of the data with one more observation of ½ and of ¼; any choice that
///   is known before the trial is valid.
/// - Complexity: O(1) a trial.
/// - Source: [waudbysmith2024], theorem 2.
public struct EmpiricalBernsteinSequence: Equatable, Sendable {
  /// An interval that surely contains every trial.
  public let range: ClosedRange<Double>
  /// The coverage, 1 − α.
  public let level: Double
  /// The number of trials that were seen.
  public private(set) var count = 0
  private var weighted = 0.0
  private var weights = 0.0
  private var penalty = 0.0
  private var sum = 0.5
  private var squares = 0.25
  private var lower = 0.0
  private var upper = 1.0

  /// Creates a sequence that has seen no trial.
  ///
  /// - Throws: ``StatisticsError`` for a level outside (0, 1) or a range without a finite length.
  public init(range: ClosedRange<Double>, level: Double = 0.95) throws(StatisticsError) {
    try StatisticsError.checkLevel(level)
    let width = range.upperBound - range.lowerBound
    guard width > 0 && width.isFinite else {
      throw .badParameter(name: "the length of the range", value: width, needed: "a positive one")
    }
    self.range = range
    self.level = level
  }

  /// Takes in a trial.
  ///
  /// - Throws: ``StatisticsError`` if it lies outside the range.
  public mutating func add(_ trial: Double) throws(StatisticsError) {
    guard range.contains(trial) else {
      throw .outsideRange(what: "trial \(count)", value: trial, range: range)
    }
    let x = (trial - range.lowerBound) / (range.upperBound - range.lowerBound)
    count += 1
    let t = Double(count)
    // (1)
    let mean = sum / t
    let variance = squares / t
    let cost = log(2 / (1 - level))
    let lambda = min(0.5, (2 * cost / (variance * t * log(t + 1))).squareRoot())
    // (2)
    weighted += lambda * x
    weights += lambda
    penalty += (x - mean) * (x - mean) * (-log1p(-lambda) - lambda)
    sum += x
    let updated = sum / (t + 1)
    squares += (x - updated) * (x - updated)
    // (3)
    let center = weighted / weights
    let radius = (cost + penalty) / weights
    lower = max(lower, center - radius)
    upper = min(upper, center + radius)
  }

  /// The interval after the trials that were seen; the whole range before the first.
  ///
  /// If the running intersection is empty, which has probability at most α, the interval is the point
  /// where the ends crossed.
  public var interval: ConfidenceInterval {
    let width = range.upperBound - range.lowerBound
    let crossed = lower > upper
    let (low, high) = crossed ? ((lower + upper) / 2, (lower + upper) / 2) : (lower, upper)
    let center = weights > 0 ? min(max(weighted / weights, low), high) : 0.5
    return ConfidenceInterval(
      estimate: range.lowerBound + width * center, lower: range.lowerBound + width * low,
      upper: range.lowerBound + width * high, level: level)
  }
}
