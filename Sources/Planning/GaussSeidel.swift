// SPDX-License-Identifier: Apache-2.0
import Certificates
import MarkovModels

/// Gauss–Seidel value iteration: in-place sweeps, goals first, in alternating directions.
///
///     order the states by their distance to a goal;  v ← min(0, min r) / (1 − γ)   (1)
///     repeat
///       repeat m times, forwards and backwards in turn:
///         for s in order:
///           v(s) ← max_k (r_k + γ Σ_{t≠s} P_k(t) v(t)) / (1 − γ P_k(s))    (2)
///       w ← T v,  π ← greedy for v;  bounds from w − v                     (3)
///       stop when they are ε apart; else v ← w                            (4)
///
/// A sweep in the right order moves information across the whole model, so mazes take tens of sweeps
/// where value iteration takes as many as the maze is long. That needs the pessimistic start (1): a
/// state not yet visited must not look better than the way to the goal. Solving for the self-loop in (2) costs
/// nothing and helps where walls make states stay.
///
/// - Guarantee: L ≤ V^π ≤ V* ≤ U with U − L ≤ ε in every state, when the status is `converged`.
/// - Deviates: m, the number of sweeps between checks, grows from 2 to 16, because a check costs as
///   much as a sweep; the bounds are widened for rounding, see `CertifiedBounds`.
/// - Complexity: O(K + entries) an iteration; an iteration is one sweep or one check.
/// - Source: [puterman1994], section 6.3.3.
public struct GaussSeidel: DiscountedPlanner {
  /// The method's name on the command line.
  public static let name = "gs"
  /// One line for lists.
  public static let summary = "Gauss-Seidel sweeps, goals first, alternating directions"

  /// The vector to start from; a lower bound on every value when `nil`.
  public let start: [Double]?

  /// Creates the method.
  public init(start: [Double]? = nil) { self.start = start }

  /// Solves a problem.
  public func solve(
    _ problem: DiscountedMDP, stopping: StoppingRule, monitor: SolveMonitor
  ) throws -> Solution {
    let T = BellmanOperator(problem.dynamics, discount: problem.discount)
    let constants = CertifiedBounds.Constants(T)
    let S = problem.dynamics.stateCount
    let order = SweepOrder(goalsFirst: problem.dynamics)
    let leastReward = min(0, problem.dynamics.rewardRange.lowerBound)
    var v = start ?? [Double](repeating: leastReward / (1 - problem.discount), count: S)  // (1)
    var w = v
    var pi = [Int](repeating: 0, count: S)
    var iteration = 0
    var sweepsBetweenChecks = 2
    while true {
      for sweep in 0..<sweepsBetweenChecks {
        _ = T.gaussSeidel(&v, order: order.states, backwards: sweep % 2 == 1)  // (2)
      }
      let d = T.apply(v, into: &w, choices: &pi)  // (3)
      iteration += sweepsBetweenChecks + 1
      sweepsBetweenChecks = min(16, sweepsBetweenChecks + 2)
      let bounds = CertifiedBounds(
        extrema: d, magnitude: largestMagnitude(v), constants: constants)
      if let status = stopping.status(after: iteration, bounds, Self.name, monitor) {  // (4)
        return try bounds.solution(
          problem, vector: v, choices: pi, method: Self.name, status: status,
          iterations: iteration, epsilon: stopping.epsilon,
          notes: order.goalReachingCount > 0
            ? [
              "sweeps go by distance to a goal: \(order.goalReachingCount) of \(S) states reach one,"
                + " at most \(order.depth) steps away"
            ] : ["no goal found: sweeps go in the order of the states"])
      }
      swap(&v, &w)
    }
  }
}
