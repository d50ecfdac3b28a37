// SPDX-License-Identifier: Apache-2.0
import Foundation
import LinearAlgebra

/// The modulus |λ₂| of the second eigenvalue of a policy's chain.
///
/// It is the greatest modulus when one eigenvalue 1 is left out, so 1 − |λ₂| is the absolute spectral
/// gap.
///
///     P X ≈ X Λ, by LAPACK; Y ≈ X⁻¹; ‖I − Y X‖ ≤ δ < 1                        (1)
///     P = X (Λ + E) X⁻¹,  ‖E‖ ≤ ‖Y (P X − X Λ)‖ / (1 − δ)                      (2)
///     sorted moduli of Λ + E and Λ differ by at most (2 n − 1) ‖E‖₂            (3)
///     |λ₂|^t ≤ 2 max_s TV(P^t(s, ·), P^t(s′, ·)) for every t and any s′        (4)
///
/// In (2) Λ is block diagonal with blocks (α β; −β α), a normal matrix, X is real, and every product
/// carries its rounding bound. (3): each eigenvalue of Λ + E lies in a disc of radius ‖E‖₂ about one
/// of Λ, and a cluster of k discs holds k of them (Bauer and Fike). (4) holds for every chain and
/// needs no eigenvectors, so that defective matrices keep an upper bound.
///
/// - Assumes: nothing; |λ₂| is 1 exactly with several closed classes or a period, 0 for one state.
/// - Guarantee: two-sided in spite of rounding. ``estimate`` is LAPACK's number, within the bounds.
/// - Complexity: O(n³).
/// - Source: [bauer1960] for (3); [levin2009], chapters 4 and 12 for (4) and the spectral gap.
public struct SecondEigenvalue: Sendable {
  /// The modulus.
  public let modulus: Measured
  /// The modulus as LAPACK finds it, without proof.
  public let estimate: Double

  /// Finds the modulus for a chain.
  ///
  /// - Throws: Errors of LAPACK.
  public init(of chain: PolicyChain) throws {
    let n = chain.stateCount
    if n == 1 || chain.closedClassCount > 1 {
      modulus = Measured(n == 1 ? 0 : 1)
      estimate = modulus.lower
      return
    }
    if try chain.period() > 1 {
      (modulus, estimate) = (Measured(1), 1)
      return
    }
    let transposed = Matrix(n, n, columnMajor: chain.rows)
    let P = transposed.transposed()
    let decomposition = try Eigendecomposition(P)
    let moduli = decomposition.values.map { hypot($0.real, $0.imaginary) }.sorted(by: >)
    let upper = Self.upperBound(chain)
    let radius = Self.radius(P, decomposition, ChainPower(chain).error)
    let apart = Double(2 * n - 1) * radius
    let low = max(0, (moduli[1] - apart - 0x1p-50).nextDown)
    let high = min(1, upper, (moduli[1] + apart + 0x1p-50).nextUp)
    modulus = Measured(lower: min(low, high), upper: high)
    estimate = min(max(moduli[1], modulus.lower), high)
  }

  /// (4), the least over t = 1, 2, 4, ….
  private static func upperBound(_ chain: PolicyChain) -> Double {
    var power = ChainPower(chain)
    var bound = 1.0
    for m in 0..<30 {
      let t = Double(sign: .plus, exponent: m, significand: 1)
      let contraction = power.contractionBound(reference: 0)
      // pow is good to a few units in the last place.
      if contraction < 1 { bound = min(bound, pow(contraction, 1 / t) * (1 + 0x1p-45)) }
      if power.error > 1e-3 || contraction < 1e-10 { break }
      power = power.times(power)
    }
    return bound
  }

  /// ‖E‖ of (2) in the Frobenius norm, or infinity when the eigenvectors prove nothing.
  private static func radius(
    _ P: Matrix, _ decomposition: Eigendecomposition, _ entryError: Double
  ) -> Double {
    let n = P.rowCount
    var X = Matrix(n, n)
    var scaled = Matrix(n, n)  // X Λ
    var k = 0
    while k < n {
      let value = decomposition.values[k]
      let vector = decomposition.vector(k)
      let isPair = value.imaginary != 0 && k + 1 < n
      for i in 0..<n {
        let (x, y) = (vector.real[i], vector.imaginary[i])
        X[i, k] = x
        scaled[i, k] = x * value.real
        if isPair {
          // P (x + i y) = (α + i β)(x + i y): P x = α x − β y and P y = β x + α y.
          X[i, k + 1] = y
          scaled[i, k] = value.real * x - value.imaginary * y
          scaled[i, k + 1] = value.imaginary * x + value.real * y
        }
      }
      k += isPair ? 2 : 1
    }
    guard let Y = try? LUFactorization(X).inverse(), Y.elements.allSatisfy(\.isFinite) else {
      return .infinity
    }
    let u = Double(n + 4) * 0x1.02p-53
    let (normX, normY, normP) = (X.frobeniusNorm, Y.frobeniusNorm, P.frobeniusNorm)
    // Products of Frobenius norms bound the rounding of a matrix product in any order of summation.
    var defect = Y.times(X)
    for i in 0..<n { defect[i, i] -= 1 }
    let delta = defect.frobeniusNorm + u * (normX * normY + Double(n))
    guard delta < 0.5 else { return .infinity }
    var residual = P.times(X)
    for i in residual.elements.indices { residual.elements[i] -= scaled.elements[i] }
    // The stored P is off by `entryError` in each row, hence by √n times that in this norm.
    let residualError =
      u * (2 * normP * normX + 4 * scaled.frobeniusNorm + 4 * normX)
      + entryError * Double(n).squareRoot() * normX
    let product = Y.times(residual)
    let error =
      product.frobeniusNorm + u * normY * residual.frobeniusNorm + normY * residualError
    return (error / (1 - delta)) * (1 + 0x1p-40)
  }
}
