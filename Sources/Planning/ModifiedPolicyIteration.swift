// SPDX-License-Identifier: Apache-2.0
import Certificates
import MarkovModels

/// Modified policy iteration: one sweep over all choices, then m cheap sweeps of the greedy policy.
///
///     v ← 0
///     repeat
///       w ← T v,  π ← greedy for v                                       (1)
///       bounds from the least and greatest w(s) − v(s); stop when ε apart (2)
///       v ← T_π^m w                                                      (3)
///
/// A sweep of one policy reads one row for each state where (1) reads them all, so (3) costs 1/A of
/// (1) for a step that is nearly as good once the policy has settled.
///
/// - Guarantee: L ≤ V^π ≤ V* ≤ U with U − L ≤ ε in every state, when the status is `converged`.
/// - Deviates: (3) ends early when the span of a change has fallen below the half of ε (1 − γ), as
///   more cannot help; the bounds are widened for rounding, see `CertifiedBounds`.
/// - Complexity: O(K + entries) for (1), O(S + entries of π) for each sweep of (3).
/// - Source: [puterman1994], section 6.5.
public struct ModifiedPolicyIteration: DiscountedPlanner {
  /// The method's name on the command line.
  public static let name = "mpi"
  /// One line for lists.
  public static let summary = "modified policy iteration: a sweep, then m sweeps of its policy"

  /// The number m of policy sweeps after each full sweep.
  public let policySweeps: Int
  /// The vector to start from; zero when `nil`.
  public let start: [Double]?

  /// Creates the method.
  ///
  /// - Precondition: `policySweeps` is at least 0.
  public init(policySweeps: Int = 20, start: [Double]? = nil) {
    precondition(policySweeps >= 0, "the number of policy sweeps cannot be negative")
    self.policySweeps = policySweeps
    self.start = start
  }

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
      let d = T.apply(v, into: &w, choices: &pi)  // (1)
      let bounds = CertifiedBounds(
        extrema: d, magnitude: largestMagnitude(v), constants: constants)
      if let status = stopping.status(after: iteration, bounds, Self.name, monitor) {  // (2)
        return try bounds.solution(
          problem, vector: v, choices: pi, method: Self.name, status: status,
          iterations: iteration, epsilon: stopping.epsilon, notes: [])
      }
      let enough = 0.5 * stopping.epsilon * (1 - problem.discount)
      swap(&v, &w)
      for _ in 0..<policySweeps {  // (3)
        let change = T.applyPolicy(pi, v, into: &w)
        swap(&v, &w)
        if change.span <= enough { break }
      }
    }
  }
}
