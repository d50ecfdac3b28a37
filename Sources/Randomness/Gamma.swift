// SPDX-License-Identifier: Apache-2.0

extension RandomNumberGenerator {
  /// A gamma variable with the given shape and scale 1.
  ///
  /// - Parameter shape: Greater than 0 and finite; it is also the mean.
  /// - Returns: A nonnegative finite number; positive for a shape of at least 1.
  /// - Numerics: calls no libm function: the same bits on every CPU.
  /// - Complexity: O(1) expected; gives up after 64 rejections (each has probability below 0.05, so
  ///   this happens with probability below 10⁻⁸³ under a fair generator) and returns shape − 1/3.
  /// - Source: [marsaglia2000]; a shape below 1 is reduced to shape + 1 times U^(1/shape).
  @inlinable
  public mutating func gamma(shape: Double) -> Double {
    precondition(shape > 0 && shape.isFinite, "a gamma variable needs a positive shape")
    guard shape >= 1 else { return Portable.exp(logGamma(shape: shape)) }
    return gammaOfLargeShape(shape)
  }

  /// A gamma variable of a shape of at least 1.
  @inlinable
  mutating func gammaOfLargeShape(_ shape: Double) -> Double {
    let d = shape - 1.0 / 3
    let c = 1 / (9 * d).squareRoot()
    for _ in 0..<64 {
      let x = gaussian()
      let cube = 1 + c * x
      guard cube > 0 else { continue }
      let v = cube * cube * cube
      let u = 1 - uniform()
      let square = x * x
      if u < 1 - 0.0331 * square * square { return d * v }
      if Portable.log(u) < 0.5 * square + d * (1 - v + Portable.log(v)) { return d * v }
    }
    return d
  }

  /// The logarithm of a gamma variable, which does not underflow for a small shape; −∞ for a shape
  /// near 10⁻³⁰⁸.
  @inlinable
  mutating func logGamma(shape: Double) -> Double {
    guard shape < 1 else { return Portable.log(gammaOfLargeShape(shape)) }
    return Portable.log(gammaOfLargeShape(shape + 1)) - exponential() / shape
  }
}
