// SPDX-License-Identifier: Apache-2.0

extension RandomNumberGenerator {
  /// An exponential variable with mean 1: −log(1 − U).
  ///
  /// - Postconditions: finite, in [0, 53 log 2].
  /// - Numerics: calls no libm function: the same bits on every CPU.
  /// - Complexity: O(1), one word.
  @inlinable
  public mutating func exponential() -> Double { 0 - Portable.log(1 - uniform()) }

  /// The number of failures before the first success of independent trials.
  ///
  /// - Parameter p: The probability of success, in (0, 1].
  /// - Returns: 0, 1, 2, …: the integral part of log(1 − U)/log(1 − p), at most `Int.max`.
  /// - Numerics: U is a multiple of 2⁻⁵³, so values of probability below 2⁻⁵³ in the tail do not
  ///   occur. Calls no libm function.
  /// - Complexity: O(1), one word.
  /// - Source: [devroye1986], chapter X.
  @inlinable
  public mutating func geometric(probability p: Double) -> Int {
    precondition(p > 0 && p <= 1, "a geometric variable needs a probability in (0, 1], not \(p)")
    let e = exponential()
    guard p < 1 else { return 0 }
    let failures = e / -Portable.log1p(-p)
    return failures < 0x1p62 ? Int(failures) : Int.max
  }
}
