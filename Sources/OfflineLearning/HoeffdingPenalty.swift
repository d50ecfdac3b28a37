// SPDX-License-Identifier: Apache-2.0

/// The penalty b(n) = c · V_max · √(L / (2 max(1, n))) of a choice with n observations.
///
/// With c = 1 it is the half-width of Hoeffding's interval for the mean of n numbers in [0, V_max]
/// that holds with probability 1 − 2 e^{−L}. Another multiplier c leaves every theorem.
public struct HoeffdingPenalty: Equatable, Sendable {
  /// The multiplier c; 1 is the theory.
  public let multiplier: Double
  /// The L under the root.
  public let logarithm: Double

  /// Creates a penalty.
  ///
  /// - Precondition: both are nonnegative and finite.
  public init(multiplier: Double = 1, logarithm: Double) {
    precondition(
      multiplier >= 0 && multiplier.isFinite && logarithm >= 0 && logarithm.isFinite,
      "a penalty has a nonnegative multiplier and a nonnegative L")
    (self.multiplier, self.logarithm) = (multiplier, logarithm)
  }

  /// The penalty for n observations of numbers in [0, V_max].
  @inline(__always)
  public func callAsFunction(count n: Int, greatest vMax: Double) -> Double {
    multiplier * vMax * (logarithm / (2 * Double(max(1, n)))).squareRoot()
  }
}
