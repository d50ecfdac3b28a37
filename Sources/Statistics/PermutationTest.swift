// SPDX-License-Identifier: Apache-2.0
import Randomness

/// Permutation tests of equal means.
///
/// - Assumes: under the hypothesis the labels (two samples) or the signs (pairs) can be exchanged:
///   equal distributions, or differences that are symmetric about 0.
/// - Guarantee: P(p ≤ α) ≤ α for every α and every sample size, exact or sampled.
/// - Numerics: arrangements whose statistic is within a relative 10⁻¹² of the observed one count as
///   ties, so that rounding does not make the p-value too small.
/// - Source: [phipson2010] for (1 + b)/(1 + B).
public struct PermutationTest: Equatable, Sendable {
  /// Which differences count as extreme.
  public enum Alternative: Equatable, Sendable {
    /// Far from 0.
    case twoSided
    /// The first is greater.
    case greater
    /// The first is less.
    case less
  }

  /// The observed difference of the means.
  public let difference: Double
  /// The p-value.
  public let pValue: Double
  /// Whether all arrangements were counted.
  public let isExact: Bool
  /// How many arrangements were counted, the observed one included.
  public let arrangements: Int

  /// Tests two independent samples.
  ///
  /// - Parameters:
  ///   - x: The first sample.
  ///   - y: The second sample.
  ///   - alternative: What counts as extreme.
  ///   - limit: All arrangements are counted if there are at most this many; else one less than this
  ///     many are drawn.
  ///   - rng: Gives four words if arrangements are drawn.
  /// - Throws: ``StatisticsError``.
  /// - Complexity: O(arrangements · n).
  public init(
    _ x: [Double], _ y: [Double], alternative: Alternative = .twoSided, limit: Int = 10_000,
    using rng: inout some RandomNumberGenerator
  ) throws(StatisticsError) {
    try StatisticsError.checkSample(x, atLeast: 1)
    try StatisticsError.checkSample(y, atLeast: 1)
    guard limit >= 20 else { throw .tooFew(what: "arrangements", count: limit, needed: 20) }
    difference = Summary.mean(x) - Summary.mean(y)
    let (n, m) = (x.count, y.count)
    // The difference is a multiple of the first sum less its mean over all arrangements; centered
    // values make that mean 0.
    let all = x + y
    let center = Summary.mean(all)
    var values = all.map { $0 - center }
    let tail = Tail(alternative, observed: values[..<n].reduce(0, +), values)
    var extreme = 0
    if let total = Self.choices(n + m, n, limit: limit) {
      var chosen = Array(0..<n)
      for _ in 0..<total {
        var sum = 0.0
        for i in chosen { sum += values[i] }
        if tail.contains(sum) { extreme += 1 }
        Self.advance(&chosen, below: n + m)
      }
      (isExact, arrangements) = (true, total)
    } else {
      var resampler = Resampler(&rng)
      extreme = 1
      for _ in 1..<limit {
        resampler.shuffle(&values)
        var sum = 0.0
        for i in 0..<n { sum += values[i] }
        if tail.contains(sum) { extreme += 1 }
      }
      (isExact, arrangements) = (false, limit)
    }
    pValue = Double(extreme) / Double(arrangements)
  }

  /// Tests paired samples by flipping the signs of their differences.
  ///
  /// - Parameters:
  ///   - x: The first of each pair.
  ///   - y: The second of each pair.
  ///   - alternative: What counts as extreme.
  ///   - limit: All signs are counted if there are at most this many arrangements; else one less than
  ///     this many are drawn.
  ///   - rng: Gives four words if signs are drawn.
  /// - Throws: ``StatisticsError``.
  /// - Complexity: O(arrangements · n).
  public init(
    paired x: [Double], _ y: [Double], alternative: Alternative = .twoSided, limit: Int = 10_000,
    using rng: inout some RandomNumberGenerator
  ) throws(StatisticsError) {
    guard x.count == y.count else {
      throw .unequalCounts(what: "pairs", first: x.count, second: y.count)
    }
    try StatisticsError.checkSample(x, atLeast: 1)
    try StatisticsError.checkSample(y, atLeast: 1)
    guard limit >= 20 else { throw .tooFew(what: "arrangements", count: limit, needed: 20) }
    let differences = zip(x, y).map { $0 - $1 }
    try StatisticsError.checkFinite(differences, "difference")
    let n = differences.count
    difference = Summary.mean(differences)
    let tail = Tail(alternative, observed: differences.reduce(0, +), differences)
    var extreme = 0
    func sum(_ signs: (Int) -> Bool) -> Double {
      var sum = 0.0
      for i in 0..<n { sum += signs(i) ? -differences[i] : differences[i] }
      return sum
    }
    if n < 40 && 1 << n <= limit {
      for bits in 0..<(1 << n) where tail.contains(sum { bits >> $0 & 1 == 1 }) { extreme += 1 }
      (isExact, arrangements) = (true, 1 << n)
    } else {
      var resampler = Resampler(&rng)
      extreme = 1
      var words = [UInt64](repeating: 0, count: (n + 63) / 64)
      for _ in 1..<limit {
        for w in words.indices { words[w] = resampler.bits() }
        if tail.contains(sum { words[$0 >> 6] >> UInt64($0 & 63) & 1 == 1 }) { extreme += 1 }
      }
      (isExact, arrangements) = (false, limit)
    }
    pValue = Double(extreme) / Double(arrangements)
  }

  /// The sums at least as extreme as the observed one.
  private struct Tail {
    let alternative: Alternative
    let observed: Double
    let slack: Double

    init(_ alternative: Alternative, observed: Double, _ values: [Double]) {
      self.alternative = alternative
      self.observed = observed
      slack = 1e-12 * values.reduce(0) { $0 + abs($1) }
    }

    func contains(_ sum: Double) -> Bool {
      switch alternative {
      case .twoSided: abs(sum) >= abs(observed) - slack
      case .greater: sum >= observed - slack
      case .less: sum <= observed + slack
      }
    }
  }

  /// n over k if it is at most the limit.
  private static func choices(_ n: Int, _ k: Int, limit: Int) -> Int? {
    var result = 1
    for i in 0..<min(k, n - k) {
      let (product, overflow) = result.multipliedReportingOverflow(by: n - i)
      if overflow { return nil }
      result = product / (i + 1)
      if result > limit { return nil }
    }
    return result
  }

  /// The next increasing list of numbers below n, in lexicographic order.
  private static func advance(_ chosen: inout [Int], below n: Int) {
    let k = chosen.count
    guard let i = (0..<k).last(where: { chosen[$0] < n - k + $0 }) else { return }
    chosen[i] += 1
    for j in (i + 1)..<max(i + 1, k) { chosen[j] = chosen[j - 1] + 1 }
  }
}
