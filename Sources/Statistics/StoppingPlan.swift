// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A group-sequential plan: looks at trial counts that are declared before the first trial, and a stop
/// as soon as the interval is short enough.
///
///     α_k ← the share of 1 − level that look k may spend; the shares sum to at most 1 − level   (1)
///     at look k = 1 … K, after n_k trials: an interval of level 1 − α_k                         (2)
///     stop if its half-width is at most the goal, or if k = K                                    (3)
///
/// - Guarantee: if the interval of look k covers with probability 1 − α_k at the fixed count n_k, then
///   all K intervals cover at once with probability of at least the level (union bound), so the one at
///   which the run stops does, whatever the reason to stop. Exact for ``IntervalMethod/hoeffding(_:)``,
///   ``IntervalMethod/empiricalBernstein(_:)`` and ``IntervalMethod/clopperPearson``; as good as the
///   normal approximation for ``IntervalMethod/student``.
/// - Complexity: O(1) a look.
/// - Source: [lan1983] for spending the error over looks.
public struct StoppingPlan: Equatable, Sendable {
  /// How the error is divided among the looks.
  public enum Spending: Equatable, Sendable {
    /// Evenly.
    case bonferroni
    /// In proportion to ratioᵏ: a ratio below 1 favors early looks, above 1 late ones.
    case geometric(ratio: Double)
  }

  /// The interval at a look.
  public enum IntervalMethod: Equatable, Sendable {
    /// Student's, for nearly normal means.
    case student
    /// Hoeffding's, for data in a range.
    case hoeffding(ClosedRange<Double>)
    /// Maurer and Pontil's, for data in a range.
    case empiricalBernstein(ClosedRange<Double>)
    /// Clopper and Pearson's, for data of zeros and ones.
    case clopperPearson
  }

  /// What to do after a look.
  public enum Decision: Equatable, Sendable {
    /// Go on to this number of trials.
    case goOn(to: Int)
    /// The goal is reached.
    case stop(ConfidenceInterval)
    /// The last look was reached without the goal.
    case limit(ConfidenceInterval)
  }

  /// The numbers of trials at which one looks, increasing.
  public let looks: [Int]
  /// The coverage of the interval at which the run stops.
  public let level: Double
  /// The goal.
  public let halfWidth: Double
  /// What each look may spend.
  public let errors: [Double]

  /// Declares a plan.
  ///
  /// - Throws: ``StatisticsError`` for looks that do not increase from at least 2, or a parameter that
  ///   is not positive.
  public init(
    looks: [Int], halfWidth: Double, level: Double = 0.95, spending: Spending = .bonferroni
  ) throws(StatisticsError) {
    try StatisticsError.checkLevel(level)
    guard let first = looks.first, first >= 2 else {
      throw .tooFew(what: "trials at the first look", count: looks.first ?? 0, needed: 2)
    }
    for (n, next) in zip(looks, looks.dropFirst()) where next <= n {
      throw .badParameter(
        name: "the look after \(n)", value: Double(next), needed: "a greater number of trials")
    }
    guard halfWidth > 0 else {
      throw .badParameter(name: "the half-width", value: halfWidth, needed: "a positive number")
    }
    // (1)
    var shares = [Double](repeating: 1, count: looks.count)
    if case .geometric(let ratio) = spending {
      guard ratio > 0 && ratio.isFinite else {
        throw .badParameter(name: "the ratio", value: ratio, needed: "a positive number")
      }
      // The largest exponent is 0, so that nothing overflows.
      let last = Double(looks.count - 1)
      for k in shares.indices {
        shares[k] = pow(ratio, ratio > 1 ? Double(k) - last : Double(k))
      }
    }
    let total = shares.reduce(0, +)
    self.looks = looks
    self.level = level
    self.halfWidth = halfWidth
    errors = shares.map { (1 - level) * $0 / total * (1 - 1e-6) }
    // 1 − error is then within the slack above of what it should be.
    for error in errors where error < 1e-9 {
      throw .badParameter(
        name: "what a look may spend", value: error, needed: "a ratio nearer to 1 or fewer looks")
    }
  }

  /// Looks from `first` to `last` trials, each about `ratio` times the one before.
  public static func geometricLooks(from first: Int, to last: Int, ratio: Double = 2) -> [Int] {
    precondition(first >= 2 && last >= first && ratio > 1, "looks must increase")
    var looks = [first]
    while let n = looks.last, n < last {
      let next = (Double(n) * ratio).rounded(.up)
      looks.append(next < Double(last) ? max(n + 1, Int(next)) : last)
    }
    return looks
  }

  /// The interval of look k, counted from 0.
  ///
  /// - Throws: ``StatisticsError``, also if the number of trials is not that of the look.
  public func interval(
    atLook k: Int, _ moments: RunningMoments, _ method: IntervalMethod
  ) throws(StatisticsError) -> ConfidenceInterval {
    guard looks.indices.contains(k), moments.count == looks[k] else {
      throw .undefined(
        what: "the look at \(moments.count) trials", reason: "the plan's looks are \(looks)")
    }
    // (2)
    let level = 1 - errors[k]
    let interval: ConfidenceInterval
    switch method {
    case .student: interval = try moments.studentInterval(level: level)
    case .hoeffding(let range):
      interval = try BoundedMean.hoeffding(moments, range: range, level: level)
    case .empiricalBernstein(let range):
      interval = try BoundedMean.empiricalBernstein(moments, range: range, level: level)
    case .clopperPearson:
      let successes = (moments.mean * Double(moments.count)).rounded()
      // Zeros and ones have Σ(x − m)² = n m (1 − m), and no other data in [0, 1] do.
      let spread = successes * (1 - moments.mean)
      guard moments.minimum >= 0 && moments.maximum <= 1,
        abs(spread - moments.squaredDeviations) <= 1e-9 * max(1, spread)
      else {
        throw .undefined(
          what: "the interval of a proportion", reason: "the trials are not all 0 or 1")
      }
      interval = try Proportion.clopperPearson(
        successes: Int(successes), trials: moments.count, level: level)
    }
    return ConfidenceInterval(
      estimate: interval.estimate, lower: interval.lower, upper: interval.upper, level: self.level)
  }

  /// What to do now that as many trials were seen as some look asks for.
  ///
  /// - Throws: ``StatisticsError``, also if the number of trials is not that of a look.
  public func decision(
    _ moments: RunningMoments, _ method: IntervalMethod
  ) throws(StatisticsError) -> Decision {
    guard let k = looks.firstIndex(of: moments.count) else {
      throw .undefined(
        what: "the look at \(moments.count) trials", reason: "the plan's looks are \(looks)")
    }
    let interval = try interval(atLook: k, moments, method)
    // (3)
    if interval.halfWidth <= halfWidth { return .stop(interval) }
    return k + 1 < looks.count ? .goOn(to: looks[k + 1]) : .limit(interval)
  }
}
