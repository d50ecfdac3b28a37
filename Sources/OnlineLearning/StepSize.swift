// SPDX-License-Identifier: Apache-2.0
import Randomness

/// How far an estimate moves towards its n-th target: α_n, with n = 1 for the first.
public enum StepSize: Equatable, Sendable {
  /// α for every n, in (0, 1]: forgets, and does not converge where targets are random.
  case constant(Double)
  /// 1/n: the mean of the targets; the first one erases the initial value.
  case harmonic
  /// n^−w, w in (1/2, 1]: larger than 1/n, so that early targets count less. The first one erases
  /// the initial value.
  case power(Double)

  /// α_n.
  ///
  /// - Precondition: `n ≥ 1`, and the parameter is in its range.
  @inline(__always)
  public func callAsFunction(visit n: Int) -> Double {
    precondition(n >= 1, "visits are counted from 1")
    switch self {
    case .constant(let alpha):
      precondition(alpha > 0 && alpha <= 1, "a constant step size lies in (0, 1]")
      return alpha
    case .harmonic: return 1 / Double(n)
    case .power(let w):
      precondition(w > 0.5 && w <= 1, "the exponent of a step size lies in (1/2, 1]")
      return Portable.exp(-w * Portable.log(Double(n)))
    }
  }
}
