// SPDX-License-Identifier: Apache-2.0
import CShims

/// An explicit inverse that follows its matrix through changes of rank one.
///
///     (A + u vᵀ)⁻¹ = A⁻¹ - (A⁻¹ u)(vᵀ A⁻¹) / (1 + vᵀ A⁻¹ u)
///
/// - Numerics: errors add up over many updates and grow where the denominator is small; for a
///   symmetric positive definite matrix ``CholeskyFactorization/update(_:)`` is stable and costs the
///   same. Every operation has a fixed order, so the bits do not depend on the CPU.
/// - Complexity: O(n²) an update.
/// - Source: [sherman1950].
public struct ShermanMorrison: Equatable, Sendable {
  /// The present inverse, *n × n*.
  public private(set) var inverse: Matrix

  /// Starts from a known inverse.
  public init(inverse: Matrix) {
    precondition(inverse.rowCount == inverse.columnCount, "an inverse is square")
    self.inverse = inverse
  }

  /// Starts from the inverse of λ I, the regularizer of ridge regression.
  public init(scaledIdentity lambda: Double, dimension n: Int) {
    precondition(lambda > 0 && lambda.isFinite, "λ is positive and finite, not \(lambda)")
    inverse = Matrix(n, n)
    for i in 0..<n { inverse[i, i] = 1 / lambda }
  }

  /// Turns A⁻¹ into (A + u vᵀ)⁻¹.
  ///
  /// - Shapes: `u` and `v` have n entries.
  /// - Parameters:
  ///   - u: The column factor of the change.
  ///   - v: The row factor of the change.
  /// - Throws: ``ShermanMorrisonError/vanishingDenominator(_:)`` when 1 + vᵀ A⁻¹ u is zero up to
  ///   rounding, so that the changed matrix is singular. The inverse is then left as it was.
  /// - Complexity: O(n²).
  public mutating func update(_ u: [Double], _ v: [Double]) throws(ShermanMorrisonError) {
    let n = inverse.rowCount
    precondition(u.count == n && v.count == n, "vectors of \(n) entries are needed")
    let left = inverse.times(u)
    let right = inverse.transposedTimes(v)
    let form = dot(v, left)
    let denominator = 1 + form
    // The rounding error of the form: a dot product of n terms of this total size.
    let size = 1 + dot(v.map(\.magnitude), left.map(\.magnitude))
    guard denominator.isFinite, denominator.magnitude > Double(n + 1) * 0x1p-52 * size else {
      throw .vanishingDenominator(denominator)
    }
    inverse.elements.withUnsafeMutableBufferPointer { elements in
      left.withUnsafeBufferPointer { left in
        for j in 0..<n {
          let column = UnsafeMutableBufferPointer(rebasing: elements[(j &* n)..<((j &+ 1) &* n)])
          addScaled(-(right[j] / denominator), left, to: column)
        }
      }
    }
  }
}

/// Why an inverse could not follow its matrix.
public enum ShermanMorrisonError: Error, Equatable, Sendable {
  /// 1 + vᵀ A⁻¹ u, the given number, is zero up to rounding or not finite.
  case vanishingDenominator(Double)
}

extension ShermanMorrisonError: CustomStringConvertible {
  /// The error in words.
  public var description: String {
    switch self {
    case .vanishingDenominator(let value):
      "the changed matrix is singular: 1 + vᵀ A⁻¹ u = \(value)"
    }
  }
}
