// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra
import MarkovModels

/// The least eigenvalue of the feature covariance, λ_min(Σ_k μ(k) φ(k) φ(k)ᵀ).
///
/// How well data from μ determine the weights of a linear model in every direction; at most 1/d when
/// no feature is longer than 1.
///
///     Λ V ≈ V D, by LAPACK;  ‖VᵀV − I‖ ≤ δ < 1                               (1)
///     |λ_i(Λ) − D_i| ≤ (‖Λ V − V D‖ + 2 ‖Λ‖ δ)/(1 − δ) + the error of Λ      (2)
///
/// (2): with the polar factor Q of V, ‖V − Q‖ ≤ δ, the matrix QᵀΛQ differs from D by at most that, and
/// Weyl's inequality compares sorted eigenvalues. Norms are Frobenius norms, and every product carries
/// its rounding bound.
///
/// - Assumes: one feature vector for each weight.
/// - Guarantee: two-sided in spite of rounding, for weights that are themselves intervals.
/// - Complexity: O(K d² + d³).
/// - Source: [jin2021], for well-explored data.
public struct FeatureCovariance: Sendable {
  /// The least eigenvalue; never below 0.
  public let leastEigenvalue: Measured

  /// Finds the least eigenvalue for given features and weights.
  ///
  /// - Parameters:
  ///   - features: The features as rows, *K × d*.
  ///   - data: The distribution μ, one weight for each row.
  /// - Throws: ``HardnessError/wrongCount(array:expected:found:)``, ``HardnessError/noFeatures``;
  ///   errors of LAPACK.
  public init(features: Matrix, data: DataDistribution) throws {
    let (K, d) = (features.rowCount, features.columnCount)
    guard data.weights.count == K else {
      throw HardnessError.wrongCount(array: "weights", expected: K, found: data.weights.count)
    }
    guard d > 0 else { throw HardnessError.noFeatures }
    var weighted = Matrix(K, d)
    var size = 0.0  // Σ μ ‖φ‖², which bounds the norm of Λ and of its rounding errors
    var slack = 0.0  // Σ |μ − middle| ‖φ‖²
    for k in 0..<K {
      var square = 0.0
      for i in 0..<d {
        weighted[k, i] = data.weights[k].middle * features[k, i]
        square += features[k, i] * features[k, i]
      }
      size += data.weights[k].upper * square
      slack += data.weights[k].width * square
    }
    let covariance = features.transposed().times(weighted)
    let decomposition = try SymmetricEigendecomposition(covariance)
    let u = Double(max(K, d) + 6) * 0x1.02p-53
    // Only the lower triangle is used, which is as exact as the upper one.
    let formation = u * size + slack
    let V = decomposition.vectors
    var defect = V.transposed().times(V)
    for i in 0..<d { defect[i, i] -= 1 }
    let normV = V.frobeniusNorm
    let delta = defect.frobeniusNorm + u * (normV * normV + Double(d))
    var residual = covariance.times(V)
    for j in 0..<d {
      for i in 0..<d { residual[i, j] -= V[i, j] * decomposition.values[j] }
    }
    let norm = covariance.frobeniusNorm
    let residualNorm = residual.frobeniusNorm + 4 * u * (norm + size) * normV
    let radius =
      delta < 0.5
      ? ((residualNorm + 2 * norm * delta) / (1 - delta) + 2 * formation) * (1 + 0x1p-30)
      : size * (1 + 0x1p-20) + slack
    leastEigenvalue = Measured(decomposition.values[0]).widened(by: radius).atLeast(0)
  }

  /// Finds the least eigenvalue for the features of a low-rank model.
  ///
  /// - Parameters:
  ///   - model: The model.
  ///   - data: The distribution μ; every choice with the same weight if absent.
  /// - Throws: As the initializer above does.
  public init(of model: LowRankMDP, data: DataDistribution? = nil) throws {
    let K = model.choiceCount
    let even = [Double](repeating: 1 / Double(K), count: K)
    try self.init(
      features: model.features, data: try data ?? DataDistribution(weights: even))
  }

  /// Finds the least eigenvalue for the features of a linear model.
  ///
  /// - Parameters:
  ///   - model: The model.
  ///   - data: The distribution μ; every choice with the same weight if absent.
  /// - Throws: As the initializer above does.
  public init(of model: LinearMDP, data: DataDistribution? = nil) throws {
    try self.init(of: model.lowRank, data: data)
  }
}
