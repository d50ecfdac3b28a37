// SPDX-License-Identifier: Apache-2.0
import Certificates
import MarkovModels

/// Modified policy iteration: a sweep over the choices that can win, then cheap sweeps of the policy.
///
///     v ← 0
///     repeat
///       w ← T v,  π ← greedy for v                                       (1)
///       bounds from the least and greatest w(s) − v(s); stop when ε apart (2)
///       v ← T_π^m w                                                      (3)
///
/// A sweep of one policy reads one row for each state where (1) reads up to all of them, so (3) is a
/// cheap step that is nearly as good once the policy has settled. By then (1) is as cheap, because it
/// reads only rows that can still win (see `LazySweep`), and (3) hardly runs.
///
/// - Guarantee: L ≤ V^π ≤ V* ≤ U with U − L ≤ ε in every state, when the status is `converged`.
/// - Deviates: m is not fixed: (3) ends when the span of a change has fallen to a tenth of that of
///   (1), or after `policySweeps` steps, or after one when (1) read hardly more rows than (3) would;
///   the bounds are widened for rounding, see `CertifiedBounds`.
/// - Complexity: O(K + entries) for (1) at most, O(S + entries of π) for each sweep of (3).
/// - Source: [puterman1994], section 6.5.
public struct ModifiedPolicyIteration: DiscountedPlanner {
  /// The method's name on the command line.
  public static let name = "mpi"
  /// One line for lists.
  public static let summary = "modified policy iteration: a sweep, then m sweeps of its policy"

  /// The greatest number m of policy sweeps after a sweep over the choices.
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
    var lazy = LazySweep(T)
    var iteration = 0
    while true {
      iteration += 1
      let d = lazy.apply(v, into: &w)  // (1)
      let bounds = CertifiedBounds(
        extrema: d, magnitude: lazy.magnitude, constants: constants)
      if let status = stopping.status(after: iteration, bounds, Self.name, monitor) {  // (2)
        return try bounds.solution(
          problem, vector: v, choices: lazy.choices, method: Self.name, status: status,
          iterations: iteration, epsilon: stopping.epsilon,
          notes: [
            "\(lazy.rowsRead + lazy.policyRowsRead) rows read in all, as many as "
              + "\((lazy.rowsRead + lazy.policyRowsRead) / problem.dynamics.choiceCount) full sweeps"
          ])
      }
      let enough = max(0.1 * d.span, 0.25 * stopping.epsilon * (1 - problem.discount))
      let sweeps = 4 * lazy.lastRowsRead > 5 * S ? policySweeps : min(1, policySweeps)
      swap(&v, &w)
      for _ in 0..<sweeps {  // (3)
        let change = lazy.applyPolicy(v, into: &w)
        swap(&v, &w)
        if change.span <= enough { break }
      }
    }
  }
}
