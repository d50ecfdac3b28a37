// SPDX-License-Identifier: Apache-2.0
import MarkovModels

/// The one-way diameter D_ow = max_s min_π E^π_s[τ_ŝ], the longest way to the best state ŝ.
///
/// Here ŝ is a state of greatest optimal value, argmax_s V*(s) under the discount.
///
/// - Assumes: ŝ is surely reached from every state under some policy.
/// - Guarantee: two-sided in spite of rounding. When rounding leaves several states that may be ŝ,
///   the interval covers all of them.
/// - Deviates: the paper takes the state of greatest optimal bias h*; differences of V* tend to those
///   of h* as γ → 1 in weakly communicating models.
/// - Complexity: that of ``HittingTimes``, for each state that may be ŝ.
/// - Source: [bartlett2009].
public struct OneWayDiameter: Sendable {
  /// The one-way diameter, in steps.
  public let steps: Measured
  /// The states that may be ŝ; one unless values are tied.
  public let targets: [Int]

  /// Finds the one-way diameter.
  ///
  /// - Throws: ``HardnessError/unreachable(from:to:)`` when a state may never come to ŝ;
  ///   ``HardnessError/tooLarge(what:size:limit:)``; errors of a factorization.
  public init(of bounds: ValueBounds, limit: Int = Diameter.workLimit) throws {
    let model = bounds.problem.dynamics
    let floor = bounds.values.reduce(-Double.infinity) { max($0, $1.lower) }
    let targets = bounds.values.indices.filter { bounds.values[$0].upper >= floor }
    let problem = TargetProblem(hittingTimesIn: model)
    let work = targets.count * problem.entryCount
    guard work <= limit else {
      throw HardnessError.tooLarge(what: "targets times transitions", size: work, limit: limit)
    }
    var (low, high) = (Double.infinity, 0.0)
    for target in targets {
      let times = try HittingTimes(to: target, in: model, problem).maximum
      low = min(low, times.lower)
      high = max(high, times.upper)
    }
    steps = Measured(lower: low, upper: high)
    self.targets = targets
  }
}
