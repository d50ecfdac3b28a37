// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra

/// The mixing time of a policy's chain: the least t with max_s TV(P^t(s, ·), π) ≤ 1/4.
///
///     d(t) = max_s ½ Σ_j |P^t(s, j) − π(j)| never increases with t             (1)
///     square P until d(2^m) ≤ 1/4                                              (2)
///     collect the bits of the last t with d(t) > 1/4 from above; answer t + 1   (3)
///
/// - Assumes: one closed class, aperiodic; transient states are allowed.
/// - Guarantee: the two ends differ only when rounding cannot tell d(t) from 1/4.
/// - Edge cases: the upper end is infinite when 2⁴⁰ steps do not suffice, or rounding hides it.
/// - Complexity: O(n³ log t) time and O(n² log t) memory.
/// - Source: [levin2009], section 4.5.
public struct MixingTime: Sendable {
  /// The mixing time, in steps.
  public let steps: Measured

  /// The distance at which a chain counts as mixed.
  public static let threshold = 0.25

  /// Finds the mixing time of a chain.
  ///
  /// - Throws: ``HardnessError/severalClosedClasses(_:)`` or ``HardnessError/periodic(period:)``.
  public init(of chain: PolicyChain) throws(HardnessError) {
    let stationary = try StationaryDistribution(of: chain)
    let period = try chain.period()
    guard period == 1 else { throw .periodic(period: period) }
    if chain.stateCount == 1 {
      steps = Measured(0)
      return
    }
    // d(0) = 1 − min π; it is at most 1/4 for one state only.
    var squares = [ChainPower(chain)]
    while squares[squares.count - 1].distance(to: stationary).upper > Self.threshold {  // (2)
      guard squares.count <= 40, squares[squares.count - 1].error < 0.01 else {
        let low = Self.least(squares, stationary) { $0.lower > Self.threshold }
        steps = Measured(lower: low, upper: .infinity)
        return
      }
      let last = squares[squares.count - 1]
      squares.append(last.times(last))
    }
    let low = Self.least(squares, stationary) { $0.lower > Self.threshold }
    let high = Self.least(squares, stationary) { $0.upper > Self.threshold }
    steps = Measured(lower: low, upper: max(low, high))
  }

  /// (3): one more than the greatest t whose distance satisfies a predicate that ends with t.
  private static func least(
    _ squares: [ChainPower], _ stationary: StationaryDistribution,
    while isApart: (Measured) -> Bool
  ) -> Double {
    var power: ChainPower?
    var t = 0.0
    for m in squares.indices.reversed() {
      let candidate = power?.times(squares[m]) ?? squares[m]
      if isApart(candidate.distance(to: stationary)) {
        power = candidate
        t += Double(sign: .plus, exponent: m, significand: 1)
      }
    }
    return t + 1
  }
}
