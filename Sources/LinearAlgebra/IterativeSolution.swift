// SPDX-License-Identifier: Apache-2.0

/// What an iterative solver of A x = b found, and how it ended.
public struct IterativeSolution: Equatable, Sendable {
  /// How an iterative solver ended.
  public enum Status: Equatable, Sendable {
    /// The recomputed residual is at most the tolerance times ‖b‖.
    case converged
    /// The allowed number of iterations was used up first.
    case iterationLimit
    /// The method cannot go on: a division by zero, an overflow, or a residual that rounding keeps
    /// from getting smaller.
    case breakdown
  }

  /// The last iterate x.
  public let solution: [Double]
  /// The Euclidean norm of b - A x, computed afresh from ``solution``.
  public let residualNorm: Double
  /// How many iterations were made.
  public let iterations: Int
  /// How the solver ended.
  public let status: Status
}
