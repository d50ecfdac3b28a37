// SPDX-License-Identifier: Apache-2.0
import Certificates
import LinearAlgebra
import MarkovModels

/// Howard's policy iteration, written as Newton's method on T v = v.
///
///     v ← 0
///     repeat
///       w ← T v,  π ← greedy for v                                       (1)
///       bounds from the least and greatest w(s) − v(s); stop when ε apart (2)
///       solve (I − γ P_π) δ = w − v                                      (3)
///       v ← v + δ                                                        (4)
///
/// Since w = T_π v, step (3) and (4) give v = V^π whatever v was: this is policy evaluation. Written
/// for the correction δ it starts from what is known, each further round with the same policy refines
/// the rounding away, and an iterative solver needs only as many digits as the round can use.
///
/// - Guarantee: L ≤ V^π ≤ V* ≤ U with U − L ≤ ε in every state, when the status is `converged`.
/// - Deviates: an iterative (3) stops at a tenth of the residual, or at what ε asks for: inexact policy
///   iteration, whose bounds (2) do not depend on how (3) was solved.
/// - Complexity: O(K + entries) for (1); (3) is O(S³) dense, the fill of a sparse LU, O(S w²) within a
///   band of half width w, or a few sweeps of P_π with a Krylov method.
/// - Source: [puterman1994], section 6.4, Newton's form in 6.4.2.
public struct PolicyIteration: DiscountedPlanner {
  /// The method's name on the command line.
  public static let name = "pi"
  /// One line for lists.
  public static let summary = "policy iteration: LAPACK, sparse LU or Krylov evaluation"

  /// How step (3) is solved.
  public let evaluation: EvaluationMethod
  /// The vector to start from; zero when `nil`.
  public let start: [Double]?

  /// Creates the method; `start` has one value for each state.
  public init(evaluation: EvaluationMethod = .automatic, start: [Double]? = nil) {
    self.evaluation = evaluation
    self.start = start
  }

  /// Solves a problem.
  public func solve(
    _ problem: DiscountedMDP, stopping: StoppingRule, monitor: SolveMonitor
  ) throws -> Solution {
    let model = problem.dynamics
    let T = BellmanOperator(model, discount: problem.discount)
    let constants = CertifiedBounds.Constants(T)
    let S = model.stateCount
    let order = SweepOrder(goalsFirst: model).states
    var v = start ?? [Double](repeating: 0, count: S)
    var w = v
    var lazy = LazySweep(T)
    var factored: (policy: [Int], system: PolicySystem)?
    var innerIterations = 0
    var iteration = 0
    while true {
      iteration += 1
      let d = lazy.apply(v, into: &w)  // (1)
      let pi = lazy.choices
      let bounds = CertifiedBounds(
        extrema: d, magnitude: lazy.magnitude, constants: constants)
      if let status = stopping.status(after: iteration, bounds, Self.name, monitor) {  // (2)
        var notes = factored.map { ["policies are evaluated by \($0.system.method)"] } ?? []
        if innerIterations > 0 { notes.append("\(innerIterations) inner iterations in all") }
        return try bounds.solution(
          problem, vector: v, choices: pi, method: Self.name, status: status,
          iterations: iteration, epsilon: stopping.epsilon, notes: notes)
      }
      if factored?.policy != pi {
        factored = (
          pi,
          try PolicySystem(
            model, discount: problem.discount, choices: pi, order: order, method: evaluation,
            recycling: factored?.system)
        )
      }
      guard let system = factored?.system else { preconditionFailure("factored above") }
      var change = w
      for s in 0..<S { change[s] -= v[s] }
      // What can be used of (3): a tenth of this residual, or a tenth of what the stopping rule needs.
      let size = norm(change)
      let useful = max(
        0.1 * d.magnitude, 0.1 * stopping.epsilon * (1 - problem.discount))
      let (delta, inner) = try system.solve(  // (3)
        change, tolerance: min(0.1, max(1e-14, useful / max(size, .leastNormalMagnitude))))
      innerIterations += inner
      for s in 0..<S { v[s] += delta[s] }  // (4)
    }
  }
}
