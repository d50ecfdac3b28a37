// SPDX-License-Identifier: Apache-2.0
import Certificates
import LinearAlgebra
import MarkovModels

/// Modified policy iteration: a sweep over the choices that can win, then cheap sweeps of the policy.
///
///     v ← T 0
///     repeat
///       w ← T v,  π ← greedy for v                                       (1)
///       bounds from the least and greatest w(s) − v(s); stop when ε apart (2)
///       v ← T_π^m w                                                      (3)
///
/// A sweep of one policy reads one row for each state where (1) reads up to all of them, so (3) is a
/// cheap step that is nearly as good once the policy has settled. In large sparse models it reads a
/// copy of the policy's rows (see `PolicyRows`), several times faster than the rows where they lie. By
/// then (1) is cheap too, because it reads only rows that can still win (see `LazySweep`).
///
/// - Guarantee: L ≤ V^π ≤ V* ≤ U with U − L ≤ ε in every state, when the status is `converged`.
/// - Deviates: m is not fixed. Policy iteration converges quadratically, so a change of span d by (1)
///   deserves sweeps until the next would change v by d²/(2 d₀) of span, d₀ the largest d so far; or by what
///   ε asks for when no state changed its choice; but no more than `policySweeps`. In large sparse models
///   they work in place and leave v off by a constant, see `InPlaceSweep`. On dense rows (3) is left out
///   when (1) read hardly more rows than (3) would. The bounds are widened for rounding, see
///   `CertifiedBounds`.
/// - Complexity: O(K + entries) for (1) at most, O(S + entries of π) for each sweep of (3).
/// - Source: [puterman1994], section 6.5.
public struct ModifiedPolicyIteration: DiscountedPlanner {
  /// The method's name on the command line.
  public static let name = "mpi"
  /// One line for lists.
  public static let summary = "modified policy iteration: a sweep, then m sweeps of its policy"

  /// The greatest number m of policy sweeps after a sweep over the choices.
  public let policySweeps: Int
  /// The vector to start from; T 0, which needs no P, when `nil`.
  public let start: [Double]?

  /// Creates the method; `start` has one value for each state.
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
    var v = start ?? [Double](inHugePages: 0, count: S)
    var w = [Double](inHugePages: 0, count: S)
    var lazy = LazySweep(T, creditLimit: 2)
    if start == nil { lazy.sweepZero(into: &v) }
    var iteration = 0
    var largestSpan = 0.0
    while true {
      iteration += 1
      let d = lazy.apply(v, into: &w)  // (1)
      let bounds = CertifiedBounds(
        extrema: d, magnitude: lazy.magnitude, constants: constants)
      if let status = stopping.status(after: iteration, bounds, Self.name, monitor) {  // (2)
        let rows = lazy.rowsRead + lazy.policyRowsRead
        let sweeps = (10 * Double(rows) / Double(problem.dynamics.choiceCount)).rounded() / 10
        return try bounds.solution(
          problem, vector: v, choices: lazy.finish(), method: Self.name, status: status,
          iterations: iteration, epsilon: stopping.epsilon,
          notes: ["\(rows) rows read in all, as many as \(sweeps) full sweeps"])
      }
      // A sweep of sparse rows costs a fraction of (1), so a settled policy is swept to the end. One of
      // dense rows costs as much as (1), once (1) reads hardly more rows than one a state.
      let changed = policySweeps > 0 ? lazy.adoptPolicy() : 0
      let sweeps = lazy.hasCheapPolicySweeps || 4 * lazy.lastRowsRead > 5 * S ? policySweeps : 0
      largestSpan = max(largestSpan, d.span)
      let settled = changed == 0 && lazy.hasCheapPolicySweeps || d.span == 0
      let share = settled ? 0 : 0.5 * d.span / largestSpan
      let enough = max(share * d.span, 0.7 * stopping.epsilon * (1 - problem.discount))
      swap(&v, &w)
      var span = d.span
      for _ in 0..<sweeps {  // (3)
        let change = lazy.applyPolicy(&v, &w)
        let expected = change.span < span ? change.span * (change.span / span) : change.span
        span = change.span
        if expected <= enough { break }
      }
    }
  }
}
