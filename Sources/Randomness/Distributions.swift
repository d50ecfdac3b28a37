// SPDX-License-Identifier: Apache-2.0
#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

// Samplers that take logarithms or powers: their last bits may differ between systems whose libm
// rounds differently. `uniformSimplex` does not.
extension RandomNumberGenerator {
  /// An exponential variable with mean 1: −log(1 − U).
  ///
  /// - Postconditions: finite, in [0, 53 log 2].
  /// - Complexity: O(1), one word.
  public mutating func exponential() -> Double { -log1p(-uniform()) }

  /// A standard normal variable.
  ///
  /// - Numerics: √(−2 log(1 − U)) cos(2πV): the magnitude never exceeds √(106 log 2) < 8.6.
  /// - Complexity: O(1), two words; no rejection, so a broken generator cannot hang it.
  /// - Source: [box1958].
  public mutating func gaussian() -> Double {
    let radius = (2 * exponential()).squareRoot()
    return radius * cos(2 * Double.pi * uniform())
  }

  /// A gamma variable with the given shape and scale 1.
  ///
  /// - Parameter shape: Greater than 0 and finite; it is also the mean.
  /// - Returns: A nonnegative number.
  /// - Complexity: O(1) expected; gives up after 64 rejections (each has probability below 0.05, so
  ///   this happens with probability below 10⁻⁸³ under a fair generator) and returns shape − 1/3.
  /// - Source: [marsaglia2000]; a shape below 1 is reduced to shape + 1 times U^(1/shape).
  public mutating func gamma(shape: Double) -> Double {
    precondition(shape > 0 && shape.isFinite, "a gamma variable needs a positive shape")
    guard shape >= 1 else { return gamma(shape: shape + 1) * pow(1 - uniform(), 1 / shape) }
    let d = shape - 1.0 / 3
    let c = 1 / (9 * d).squareRoot()
    for _ in 0..<64 {
      let x = gaussian()
      let cube = 1 + c * x
      guard cube > 0 else { continue }
      let v = cube * cube * cube
      if log(1 - uniform()) < 0.5 * x * x + d * (1 - v + log(v)) { return d * v }
    }
    return d
  }

  /// A random distribution from the Dirichlet family: gamma variables divided by their sum.
  ///
  /// - Parameter concentrations: One positive finite number for each outcome.
  /// - Returns: Nonnegative numbers with a sum within n units in the last place of 1.
  /// - Numerics: works with the logarithms of the gamma variables, so that small concentrations do
  ///   not underflow; if all logarithms overflow, the result is a vertex drawn uniformly.
  /// - Complexity: O(n) expected.
  public mutating func dirichlet(_ concentrations: [Double]) -> [Double] {
    precondition(!concentrations.isEmpty, "a distribution needs at least one outcome")
    let logarithms = concentrations.map { shape in
      shape >= 1
        ? log(gamma(shape: shape)) : log(gamma(shape: shape + 1)) + log(1 - uniform()) / shape
    }
    let largest = logarithms.reduce(-Double.infinity, max)
    guard largest.isFinite else {
      var vertex = [Double](repeating: 0, count: concentrations.count)
      vertex[uniform(below: concentrations.count)] = 1
      return vertex
    }
    let weights = logarithms.map { exp($0 - largest) }
    let total = weights.reduce(0, +)
    return weights.map { $0 / total }
  }
}
