// SPDX-License-Identifier: Apache-2.0
import Certificates
import LinearAlgebra
import MarkovModels

/// Gauss–Seidel value iteration: in-place sweeps, goals first, in alternating directions.
///
///     order the states by their distance to a goal;  v ← values of shortest paths   (1)
///     repeat
///       two sweeps, forwards and backwards, for s in order:
///         v(s) ← max_k (r_k + γ Σ_{t≠s} P_k(t) v(t)) / (1 − γ P_k(s)),  π(s) ← arg max    (2)
///       fourteen more of the same with π(s) in the place of the maximum        (3)
///       w ← T v,  π ← greedy for v;  bounds from w − v                     (4)
///       stop when they are ε apart; else v ← w                            (5)
///
/// A sweep in the right order moves information across the whole model, so mazes take tens of sweeps
/// where value iteration takes as many as the maze is long. That needs the start (1): a state not yet
/// visited must not look better than the way to the goal. Solving for the self-loop in (2) costs
/// nothing and helps where walls make states stay.
///
/// Large sparse models are swept in halves, by two threads in opposite directions; see `OrderedRows`.
///
/// - Guarantee: L ≤ V^π ≤ V* ≤ U with U − L ≤ ε in every state, when the status is `converged`.
/// - Deviates: (4) and (5) follow after one or two rounds of (2) and (3), because a check costs as
///   much as a sweep; the bounds are widened for rounding, see `CertifiedBounds`.
/// - Complexity: O(K + entries) an iteration at most; an iteration is one sweep or one check.
/// - Source: [puterman1994], section 6.3.3.
public struct GaussSeidel: DiscountedPlanner {
  /// The method's name on the command line.
  public static let name = "gs"
  /// One line for lists.
  public static let summary = "Gauss-Seidel sweeps, goals first, alternating directions"

  /// The number of sweeps (2).
  static let fullSweepsOfRound = 2
  /// The number of sweeps (2) and (3) together.
  static let sweepsOfRound = 16

  /// The vector to start from; the values of shortest paths when `nil`.
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
    let order = SweepOrder(goalsFirst: problem.dynamics)
    let leastReward = min(0, problem.dynamics.rewardRange.lowerBound)
    var rows = OrderedRows(T, order: order.states)
    let ghostCount = rows?.ghosts.count ?? 0
    var v = [Double](
      inHugePages: leastReward / (1 - problem.discount), count: S, room: ghostCount)
    var w = [Double](inHugePages: 0, count: S, room: ghostCount)
    var pi = Array(problem.dynamics.choicePointers.dropLast())
    if let start {
      v.replaceSubrange(v.indices, with: start)
    } else if let rows {
      rows.shortestPathValues(into: &w)  // (1)
      rows.restore(&w, into: &v)
    }
    var iteration = 0
    var rounds = 1
    while true {
      // With ordered rows w and π are in sweep order until the check, so that nothing is held twice.
      rows?.reorder(v, into: &w)
      if rows == nil { swap(&v, &w) }
      for sweep in 0..<rounds * Self.sweepsOfRound {  // (2), (3)
        let policyOnly = sweep % Self.sweepsOfRound >= Self.fullSweepsOfRound
        if let rows {
          rows.gaussSeidel(&w, choices: &pi, backwards: sweep % 2 == 1, policyOnly: policyOnly)
        } else {
          T.gaussSeidel(
            &w, choices: &pi, order: order.states, backwards: sweep % 2 == 1,
            policyOnly: policyOnly)
        }
      }
      if let rows { rows.restore(&w, into: &v) } else { swap(&v, &w) }
      let d = T.apply(v, into: &w, choices: &pi)  // (4)
      iteration += rounds * Self.sweepsOfRound + 1
      rounds = min(2, rounds + 1)
      let bounds = CertifiedBounds(
        extrema: d, magnitude: largestMagnitude(v), constants: constants)
      if let status = stopping.status(after: iteration, bounds, Self.name, monitor) {  // (5)
        (rows, w) = (nil, [])  // a copy of the model, not needed for the certificate
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
