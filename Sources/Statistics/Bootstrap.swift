// SPDX-License-Identifier: Apache-2.0
import Foundation
import Randomness

/// A bootstrap confidence interval for any statistic of independent trials.
///
///     θ̂ ← statistic(x₁ … xₙ)                                                     (1)
///     for b = 1 … B: draw n trials with replacement; θ*_b ← statistic             (2)
///     percentile: the p- and (1 − p)-quantiles of θ*, p = (1 − level)/2           (3)
///     expanded: the same with p = Φ(√(n/(n − 1)) t), t the p-quantile of Student   (3)
///     BCa: z₀ ← Φ⁻¹(share of θ* below θ̂); a ← skewness of the jackknife / 6      (4)
///          α ← Φ(z₀ + (z₀ + z_α)/(1 − a (z₀ + z_α))); the quantiles at these α     (5)
///
/// - Assumes: independent trials of one distribution, and a statistic that is smooth in it; not valid
///   for extremes. The plain percentile interval is too short for few trials, by √((n − 1)/n) and the
///   difference of Student's quantiles from normal ones; the expanded one corrects this for a mean.
/// - Guarantee: coverage tends to the level as n grows, with an error of order 1/√n (percentile) or
///   1/n (BCa); no guarantee for a given n.
/// - Deviates: ties with θ̂ count half in z₀, so that a statistic with few values is not shifted.
/// - Numerics: the k-th of B replicates is their k/(B + 1)-quantile, linear between. Calls Boost.Math.
/// - Complexity: B evaluations of the statistic, n more for BCa; O(B log B) to sort.
/// - Source: [efron1979]; [efron1987]; [hesterberg2015] for the expanded interval.
public struct Bootstrap: Equatable, Sendable {
  /// How the interval follows from the replicates.
  public enum Method: Equatable, Sendable {
    /// The quantiles of the replicates.
    case percentile
    /// The quantiles of the replicates, farther out for few trials.
    case expandedPercentile
    /// Bias-corrected and accelerated.
    case bca
  }

  /// The nominal coverage.
  public let level: Double
  /// The number of resamples, B.
  public let repetitions: Int
  /// How the interval follows from the replicates.
  public let method: Method

  /// Creates a bootstrap.
  ///
  /// - Throws: ``StatisticsError`` for a level outside (0, 1) or fewer than 20 repetitions.
  public init(
    level: Double = 0.95, repetitions: Int = 2_000, method: Method = .expandedPercentile
  ) throws(StatisticsError) {
    try StatisticsError.checkLevel(level)
    guard repetitions >= 20 else {
      throw .tooFew(what: "repetitions", count: repetitions, needed: 20)
    }
    self.level = level
    self.repetitions = repetitions
    self.method = method
  }

  /// The interval for a statistic of a sample.
  ///
  /// - Parameters:
  ///   - sample: At least two finite numbers.
  ///   - rng: Gives four words, which determine the resamples.
  ///   - statistic: Of a sample of the same size.
  /// - Returns: The estimate and its interval.
  /// - Throws: ``StatisticsError``, also if the statistic of a resample is not finite.
  public func interval(
    _ sample: [Double], using rng: inout some RandomNumberGenerator,
    statistic: ([Double]) -> Double
  ) throws(StatisticsError) -> ConfidenceInterval {
    try StatisticsError.checkFinite(sample, "value")
    var buffer: [Double] = []
    return try interval(trials: sample.count, using: &rng) { indices in
      buffer.removeAll(keepingCapacity: true)
      for i in indices { buffer.append(sample[i]) }
      return statistic(buffer)
    }
  }

  /// The interval for a statistic of trials that are given by their numbers.
  ///
  /// - Parameters:
  ///   - n: The number of trials, at least 2.
  ///   - rng: Gives four words, which determine the resamples.
  ///   - statistic: Of a list of trials from 0 ..< n, with repetitions; for BCa also of n − 1.
  /// - Returns: The estimate, from 0, 1, …, n − 1, and its interval.
  /// - Throws: ``StatisticsError``, also if the statistic of a resample is not finite.
  public func interval(
    trials n: Int, using rng: inout some RandomNumberGenerator, statistic: ([Int]) -> Double
  ) throws(StatisticsError) -> ConfidenceInterval {
    guard n >= 2 else { throw .tooFew(what: "trials", count: n, needed: 2) }
    let estimate = statistic(Array(0..<n))  // (1)
    guard estimate.isFinite else {
      throw .undefined(what: "the statistic", reason: "it is \(estimate) for the whole sample")
    }
    // (2)
    var resampler = Resampler(&rng)
    var indices = [Int](repeating: 0, count: n)
    var replicates = [Double](repeating: 0, count: repetitions)
    for b in 0..<repetitions {
      indices.withUnsafeMutableBufferPointer { p in
        var i = 0
        let base = p
        resampler.draw(n, below: n) { index in
          base[i] = index
          i += 1
        }
      }
      replicates[b] = statistic(indices)
    }
    // (3)
    let percentile = try ConfidenceInterval.percentile(
      &replicates, estimate: estimate, level: level, tail: tail(trials: n))
    guard method == .bca else { return percentile }
    var jackknife: [Double] = []
    for left in 0..<n {
      let value = statistic((0..<n).filter { $0 != left })
      guard value.isFinite else {
        throw .undefined(what: "the jackknife", reason: "it is \(value) without trial \(left)")
      }
      jackknife.append(value)
    }
    return try Self.bca(
      sorted: replicates, jackknife: jackknife, estimate: estimate, level: level)
  }

  /// The share of replicates beyond each end of a percentile interval.
  func tail(trials n: Int) -> Double {
    guard method == .expandedPercentile else { return (1 - level) / 2 }
    return ConfidenceInterval.expandedTail(
      level: level, trials: Double(n), degrees: Double(n - 1))
  }

  /// The BCa interval from sorted replicates and the statistics of the samples less one trial.
  static func bca(
    sorted: [Double], jackknife: [Double], estimate: Double, level: Double
  ) throws(StatisticsError) -> ConfidenceInterval {
    if sorted.first == sorted.last && sorted.first == estimate {
      return ConfidenceInterval(estimate: estimate, lower: estimate, upper: estimate, level: level)
    }
    let shares = try bcaShares(
      sorted: sorted, jackknife: jackknife, estimate: estimate, level: level)
    return ConfidenceInterval(
      estimate: estimate, lower: ConfidenceInterval.replicateQuantile(sorted, shares.lower),
      upper: ConfidenceInterval.replicateQuantile(sorted, shares.upper), level: level)
  }

  /// Which quantiles of the replicates are the ends of the BCa interval.
  static func bcaShares(
    sorted: [Double], jackknife: [Double], estimate: Double, level: Double
  ) throws(StatisticsError) -> (lower: Double, upper: Double) {
    // (4)
    var below = 0.0
    for value in sorted { below += value < estimate ? 1 : value == estimate ? 0.5 : 0 }
    let share = below / Double(sorted.count)
    guard share > 0 && share < 1 else {
      throw .undefined(
        what: "the bias correction of BCa",
        reason: "all replicates lie on one side of the estimate; use the percentile interval")
    }
    let z0 = NormalDistribution.quantile(share)
    let center = Summary.mean(jackknife)
    var (squares, cubes) = (0.0, 0.0)
    for value in jackknife {
      let d = center - value
      squares += d * d
      cubes += d * d * d
    }
    let a = squares > 0 ? cubes / (6 * squares * squares.squareRoot()) : 0
    // (5)
    func end(_ p: Double) -> Double {
      let z = z0 + NormalDistribution.quantile(p)
      return NormalDistribution.cumulative(z0 + z / (1 - a * z))
    }
    return (end((1 - level) / 2), end((1 + level) / 2))
  }
}
