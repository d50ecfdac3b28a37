// SPDX-License-Identifier: Apache-2.0

extension RandomNumberGenerator {
  /// A beta variable: X/(X + Y) for independent gamma variables X and Y.
  ///
  /// - Parameters:
  ///   - alpha: The first shape, positive and finite.
  ///   - beta: The second shape, positive and finite.
  /// - Returns: A number in [0, 1]; 0 and 1 occur where the nearest double is 0 or 1.
  /// - Numerics: a shape below 1 works with the logarithms of X and Y, so that small shapes do not
  ///   underflow; where both logarithms overflow (shapes near 10⁻³⁰⁸) it is 1 with the limiting
  ///   probability α/(α + β), else 0. Calls no libm function: the same bits on every CPU.
  /// - Complexity: O(1) expected, about four words.
  /// - Source: [devroye1986], chapter IX; the gamma variables from [marsaglia2000].
  @inlinable
  public mutating func beta(_ alpha: Double, _ beta: Double) -> Double {
    precondition(
      alpha > 0 && beta > 0 && alpha.isFinite && beta.isFinite,
      "a beta variable needs positive shapes, not \(alpha) and \(beta)")
    guard alpha >= 1 && beta >= 1 else { return betaOfSmallShape(alpha, beta) }
    let x = gammaOfLargeShape(alpha)
    let y = gammaOfLargeShape(beta)
    let sum = x + y
    return sum.isFinite ? x / sum : 0.5 * x / (0.5 * x + 0.5 * y)
  }

  @inlinable
  mutating func betaOfSmallShape(_ alpha: Double, _ beta: Double) -> Double {
    let x = logGamma(shape: alpha)
    let y = logGamma(shape: beta)
    guard x.isFinite || y.isFinite else {
      return uniform() < alpha / (alpha + beta) ? 1 : 0
    }
    // 1/(1 + Y/X), arranged so that the exponential is at most 1.
    if x >= y { return 1 / (1 + Portable.exp(y - x)) }
    let ratio = Portable.exp(x - y)
    return ratio / (1 + ratio)
  }
}
