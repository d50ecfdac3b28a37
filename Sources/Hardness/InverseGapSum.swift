// SPDX-License-Identifier: Apache-2.0
import MarkovModels

/// The sum of inverse gaps Σ_{s,a : Δ(s,a) > 0} 1/Δ(s, a), the leading term of gap-dependent regret.
///
/// - Assumes: some gap is positive. Ties are left out, as in the source; nothing is added to the gaps.
/// - Guarantee: two-sided in spite of rounding, up to the ties of ``ValueBounds``.
/// - Complexity: O(K).
/// - Source: [simchowitz2019] (stage by stage there; under a discount here).
public struct InverseGapSum: Sendable {
  /// The sum, in steps per unit of reward.
  public let value: Measured

  /// Finds the sum.
  ///
  /// - Throws: ``HardnessError/noGap`` when every choice is optimal.
  public init(of bounds: ValueBounds) throws(HardnessError) {
    var sum = Measured(0)
    var count = 0
    for gap in bounds.gaps where gap != Measured(0) {
      sum = sum + Measured(1).divided(by: gap)
      count += 1
    }
    guard count > 0 else { throw .noGap }
    value = sum.atLeast(0)
  }
}
