// SPDX-License-Identifier: Apache-2.0
import MarkovModels

/// The action gaps Δ(s, a) = V*(s) − Q*(s, a) and their distribution.
///
/// - Assumes: nothing; ties, gaps of 0, are counted apart. See ``ValueBounds`` for how they are told.
/// - Guarantee: two-sided in spite of rounding; without exact arithmetic ``minimum()`` is the least
///   gap above ``ValueBounds/resolution``.
/// - Complexity: O(K log K).
/// - Source: [simchowitz2019] (stage by stage there; under a discount here).
public struct ActionGaps: Sendable {
  /// The positive gaps, ascending by their lower bounds.
  public let positive: [Measured]
  /// The number of choices whose gap is 0: at least one for each state.
  public let optimalCount: Int
  /// The number of states in which all choices are optimal.
  public let indifferentStates: Int

  /// Finds the gaps.
  public init(of bounds: ValueBounds) {
    let model = bounds.problem.dynamics
    positive = bounds.gaps.filter { $0 != Measured(0) }.sorted {
      ($0.lower, $0.upper) < ($1.lower, $1.upper)
    }
    optimalCount = model.choiceCount - positive.count
    indifferentStates = (0..<model.stateCount).reduce(0) { count, s in
      count + (model.choices(of: s).allSatisfy { bounds.isOptimal($0) } ? 1 : 0)
    }
  }

  /// The least positive gap.
  ///
  /// - Throws: ``HardnessError/noGap`` when every choice is optimal.
  public func minimum() throws(HardnessError) -> Measured { try quantile(0) }

  /// A quantile of the positive gaps: the least one that a fraction `q` of them do not exceed.
  ///
  /// The sorted lower and the sorted upper bounds are bounds on the sorted gaps.
  ///
  /// - Throws: ``HardnessError/noGap`` when every choice is optimal.
  public func quantile(_ q: Double) throws(HardnessError) -> Measured {
    precondition(q >= 0 && q <= 1, "a quantile belongs to a fraction, not to \(q)")
    guard !positive.isEmpty else { throw .noGap }
    let i = max(0, Int((q * Double(positive.count)).rounded(.up)) - 1)
    let upper = positive.map(\.upper).sorted()[i]
    return Measured(lower: positive[i].lower, upper: max(positive[i].lower, upper))
  }
}
