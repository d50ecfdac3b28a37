// SPDX-License-Identifier: Apache-2.0
import MarkovModels

/// The least expected number of steps to a target, min_π E^π_s[min {t ≥ 0 : s_t = g}], from each
/// state.
///
/// - Assumes: some policy reaches g from every state with probability 1, never by a choice that may
///   end the episode.
/// - Guarantee: two-sided in spite of rounding, by the super- and sub-solutions of `TargetProblem`.
/// - Edge cases: times beyond about 10¹³ exceed what doubles can prove: their upper bounds are
///   infinite.
/// - Complexity: O(entries) a sweep, some ten sweeps as a rule.
/// - Source: [puterman1994], chapter 7 (positive total cost); [jaksch2010] for its use.
public struct HittingTimes: Sendable {
  /// The target g.
  public let target: Int
  /// The least expected time from each state; 0 from the target.
  public let times: [Measured]

  /// The state from which the target is farthest, by the lower bounds.
  public var farthest: Int {
    times.indices.reduce(target) { times[$1].lower > times[$0].lower ? $1 : $0 }
  }

  /// The greatest time, max_s of the times.
  public var maximum: Measured { times.reduce(Measured(0)) { $0.maximum($1) } }

  /// Finds the times to state `target`.
  ///
  /// - Throws: ``HardnessError/unreachable(from:to:)`` when the target is not surely reached from
  ///   some state, which is named; errors of a factorization.
  public init(to target: Int, in model: TabularMDP) throws {
    try self.init(to: target, in: model, TargetProblem(hittingTimesIn: model))
  }

  init(to target: Int, in model: TabularMDP, _ problem: TargetProblem) throws {
    precondition(target >= 0 && target < model.stateCount, "there is no state \(target)")
    if let s = problem.surelyReaching(target).firstIndex(of: false) {
      throw HardnessError.unreachable(
        from: model.place(state: s), to: model.place(state: target))
    }
    let solved = try problem.solve(target: target)
    self.target = target
    times = (0..<model.stateCount).map { problem.hittingTime($0, solved) }
  }
}
