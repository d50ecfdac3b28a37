// SPDX-License-Identifier: Apache-2.0
import CBoost

// Distribution functions and quantiles of Boost.Math; tests hold them to SciPy's values at a relative
// 10⁻¹¹. They call libm, so their last bits may differ between systems.

/// The standard normal distribution.
public enum NormalDistribution {
  /// P(Z ≤ x).
  public static func cumulative(_ x: Double) -> Double { cboost_normal_cdf(x) }
  /// The number below which Z lies with probability p in (0, 1).
  public static func quantile(_ p: Double) -> Double {
    precondition(p > 0 && p < 1, "a quantile needs a probability in (0, 1), not \(p)")
    return cboost_normal_quantile(p)
  }
}

/// The beta distribution with positive shapes.
public struct BetaDistribution: Equatable, Sendable {
  /// The shapes.
  public let alpha, beta: Double

  /// Creates the distribution of two positive finite shapes.
  public init(_ alpha: Double, _ beta: Double) {
    precondition(
      alpha > 0 && beta > 0 && alpha.isFinite && beta.isFinite, "shapes must be positive")
    (self.alpha, self.beta) = (alpha, beta)
  }

  /// P(X ≤ x), the regularized incomplete beta function.
  public func cumulative(_ x: Double) -> Double {
    x <= 0 ? 0 : x >= 1 ? 1 : cboost_beta_cdf(alpha, beta, x)
  }
  /// The shapes whose quantiles can be searched; beyond them the search may go on for ever.
  public static let searchableShapes = 1e-12...1e16

  /// The number below which X lies with probability p in [0, 1].
  ///
  /// - Precondition: The shapes are in ``searchableShapes``.
  public func quantile(_ p: Double) -> Double {
    checkQuantile(of: p)
    return p == 0 ? 0 : p == 1 ? 1 : cboost_beta_quantile(alpha, beta, p)
  }
  /// The number above which X lies with probability q in [0, 1]; exact for small q too.
  ///
  /// - Precondition: The shapes are in ``searchableShapes``.
  public func upperQuantile(_ q: Double) -> Double {
    checkQuantile(of: q)
    return q == 0 ? 1 : q == 1 ? 0 : cboost_beta_upper_quantile(alpha, beta, q)
  }

  private func checkQuantile(of p: Double) {
    precondition(p >= 0 && p <= 1, "not a probability: \(p)")
    let shapes = Self.searchableShapes
    precondition(
      shapes.contains(alpha) && shapes.contains(beta),
      "a quantile needs shapes in \(shapes), not \(alpha) and \(beta)")
  }
}

/// Student's t distribution.
public struct StudentTDistribution: Equatable, Sendable {
  /// The degrees of freedom.
  public let degrees: Double

  /// Creates the distribution of a positive finite number of degrees of freedom.
  public init(degrees: Double) {
    precondition(degrees > 0 && degrees.isFinite, "degrees of freedom must be positive")
    self.degrees = degrees
  }

  /// P(T ≤ x).
  public func cumulative(_ x: Double) -> Double { cboost_student_t_cdf(degrees, x) }
  /// The number below which T lies with probability p in (0, 1).
  public func quantile(_ p: Double) -> Double {
    precondition(p > 0 && p < 1, "a quantile needs a probability in (0, 1), not \(p)")
    return cboost_student_t_quantile(degrees, p)
  }
}

/// The chi-square distribution.
public struct ChiSquareDistribution: Equatable, Sendable {
  /// The degrees of freedom.
  public let degrees: Double

  /// Creates the distribution of a positive finite number of degrees of freedom.
  public init(degrees: Double) {
    precondition(degrees > 0 && degrees.isFinite, "degrees of freedom must be positive")
    self.degrees = degrees
  }

  /// P(X ≤ x).
  public func cumulative(_ x: Double) -> Double {
    x <= 0 ? 0 : cboost_chi_square_cdf(degrees, x)
  }
  /// The number below which X lies with probability p in [0, 1).
  public func quantile(_ p: Double) -> Double {
    precondition(p >= 0 && p < 1, "a quantile needs a probability in [0, 1), not \(p)")
    return p == 0 ? 0 : cboost_chi_square_quantile(degrees, p)
  }
}
