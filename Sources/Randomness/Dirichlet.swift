// SPDX-License-Identifier: Apache-2.0

extension RandomNumberGenerator {
  /// A random distribution from the Dirichlet family.
  ///
  /// See ``dirichlet(_:into:)``.
  @inlinable
  public mutating func dirichlet(_ concentrations: [Double]) -> [Double] {
    var weights = [Double](repeating: 0, count: concentrations.count)
    dirichlet(concentrations, into: &weights)
    return weights
  }

  /// Overwrites an array with a Dirichlet vector: gamma variables divided by their sum.
  ///
  /// - Parameters:
  ///   - concentrations: One positive finite number for each outcome.
  ///   - weights: As many numbers, overwritten by nonnegative ones with a sum within n units in the
  ///     last place of 1.
  /// - Numerics: works with the logarithms of the gamma variables where a concentration is below 1,
  ///   so that small ones do not underflow; if all logarithms overflow, the result is a vertex drawn
  ///   in proportion to the concentrations, which is the limit. Calls no libm function.
  /// - Complexity: O(n) expected.
  /// - Source: [devroye1986], chapter XI.
  @inlinable
  public mutating func dirichlet(_ concentrations: [Double], into weights: inout [Double]) {
    precondition(!concentrations.isEmpty, "a distribution needs at least one outcome")
    precondition(weights.count == concentrations.count, "as many weights as concentrations")
    precondition(
      concentrations.allSatisfy { $0 > 0 && $0.isFinite }, "concentrations must be positive")
    if concentrations.allSatisfy({ $0 >= 1 && $0 < 0x1p1000 }) {
      var total = 0.0
      for i in concentrations.indices {
        weights[i] = gammaOfLargeShape(concentrations[i])
        total += weights[i]
      }
      if total.isFinite {
        for i in weights.indices { weights[i] /= total }
        return
      }
    }
    for i in concentrations.indices { weights[i] = logGamma(shape: concentrations[i]) }
    var largest = -Double.infinity
    for value in weights { largest = max(largest, value) }
    guard largest.isFinite else {
      for i in weights.indices { weights[i] = 0 }
      weights[categorical(concentrations)] = 1
      return
    }
    var total = 0.0
    for i in weights.indices {
      weights[i] = Portable.exp(weights[i] - largest)
      total += weights[i]
    }
    for i in weights.indices { weights[i] /= total }
  }
}
