// SPDX-License-Identifier: Apache-2.0
import Certificates
import MarkovModels

/// Value iteration (successive approximation) with MacQueen's bounds.
///
///     v ← 0
///     repeat
///       w ← T v,  π ← greedy for v                                       (1)
///       d⁻, d⁺ ← min, max over s of w(s) − v(s)                          (2)
///       bounds: v + d⁻/(1−γ) ≤ V^π ≤ V* ≤ v + d⁺/(1−γ)                   (3)
///       stop when they are ε apart; else v ← w                           (4)
///
/// The bounds close at the rate γ |λ₂|, the span contraction, which on mixing models is far below γ;
/// on models where the start is never forgotten (mazes) it is γ itself.
///
/// - Guarantee: L ≤ V^π ≤ V* ≤ U with U − L ≤ ε in every state, when the status is `converged`.
/// - Deviates: the bounds (3) are widened for rounding, see `CertifiedBounds`.
/// - Complexity: O(K + entries) an iteration.
/// - Source: [puterman1994], sections 6.3 and 6.6.
public struct ValueIteration: DiscountedPlanner {
  /// The method's name on the command line.
  public static let name = "vi"
  /// One line for lists.
  public static let summary = "value iteration with MacQueen bounds"

  /// The vector to start from; zero when `nil`.
  public let start: [Double]?

  /// Creates the method; `start` has one value for each state.
  public init(start: [Double]? = nil) { self.start = start }

  /// Solves a problem.
  public func solve(
    _ problem: DiscountedMDP, stopping: StoppingRule, monitor: SolveMonitor
  ) throws -> Solution {
    let T = BellmanOperator(problem.dynamics, discount: problem.discount)
    let constants = CertifiedBounds.Constants(T)
    let S = problem.dynamics.stateCount
    var v = start ?? [Double](repeating: 0, count: S)
    var w = v
    var pi = [Int](repeating: 0, count: S)
    var iteration = 0
    while true {
      iteration += 1
      let d = T.apply(v, into: &w, choices: &pi)  // (1), (2)
      let bounds = CertifiedBounds(
        extrema: d, magnitude: largestMagnitude(v), constants: constants)  // (3)
      if let status = stopping.status(after: iteration, bounds, Self.name, monitor) {  // (4)
        return try bounds.solution(
          problem, vector: v, choices: pi, method: Self.name, status: status,
          iterations: iteration, epsilon: stopping.epsilon, notes: [])
      }
      swap(&v, &w)
    }
  }
}

extension StoppingRule {
  /// The status to stop with after an iteration, or `nil` to go on.
  func status(
    after iteration: Int, _ bounds: CertifiedBounds, _ method: String, _ monitor: SolveMonitor
  ) -> SolveStatus? {
    if bounds.gap <= epsilon { return .converged }
    if bounds.isAtPrecisionLimit(epsilon: epsilon) { return .precisionLimit }
    if iteration >= maximumIterations { return .iterationLimit }
    let progress = SolveProgress(method: method, iteration: iteration, gap: bounds.gap)
    return monitor.shouldContinue(progress) ? nil : .interrupted
  }
}
