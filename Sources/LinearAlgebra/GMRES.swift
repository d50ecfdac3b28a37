// SPDX-License-Identifier: Apache-2.0
import CShims

/// Solves A x = b by restarted GMRES with a preconditioner on the right.
///
///     r ← b - A x,  β ← ‖r‖,  v_0 ← r / β                            (1)
///     for j = 0 … restart-1
///       w ← A M⁻¹ v_j                                               (2)
///       h ← Vᵀ w,  w ← w - V h;  once more if w lost half its square (3)
///       rotate h into column j of the triangle R                    (4)
///       v_{j+1} ← w / ‖w‖                                           (5)
///     solve R y = g,  x ← x + M⁻¹ V y,  go to (1)                   (6)
///
/// - Shapes: V is *n × (restart + 1)*, one basis vector after the other.
/// - Guarantee: the residual never grows within a cycle, in exact arithmetic. `.converged` is only
///   reported on a residual that was recomputed from x.
/// - Deviates: classical Gram–Schmidt with a conditional second pass instead of the modified one;
///   as stable, and the pass over V is one product with a matrix.
/// - Numerics: every reduction has the canonical order, so the iterates are the same bits on every
///   CPU (given an operator and a preconditioner that are).
/// - Edge cases: b = 0 gives x = 0 at once. A tolerance below rounding ends with `.breakdown`.
/// - Complexity: O(restart · n) time an iteration besides A and M; (restart + 3) n memory, all of
///   it allocated before the first iteration.
/// - Source: [saad1986]; [saad2003], algorithms 6.9 and 9.5; [giraud2005] for (3).
public struct GMRES: Sendable {
  /// The number of iterations between restarts.
  public let restart: Int
  /// The solver stops when ‖b - A x‖ ≤ tolerance · ‖b‖ (Euclidean norms).
  public let tolerance: Double
  /// The greatest number of iterations, counted over all restarts.
  public let maximumIterations: Int

  /// Creates a solver.
  public init(restart: Int = 30, tolerance: Double = 1e-10, maximumIterations: Int = 1_000) {
    precondition(restart >= 1, "a cycle needs at least one iteration")
    precondition(tolerance >= 0, "the tolerance is a number of at least zero")
    precondition(maximumIterations >= 0, "the number of iterations is at least zero")
    self.restart = restart
    self.tolerance = tolerance
    self.maximumIterations = maximumIterations
  }

  /// Solves A x = b, starting at `start` or at zero.
  ///
  /// - Shapes: `b`, `start` and the solution have `a.dimension` entries.
  public func solve<A: LinearOperator, M: Preconditioner>(
    _ a: A, _ b: [Double], startingAt start: [Double]? = nil,
    preconditioner: M = IdentityPreconditioner()
  ) -> IterativeSolution {
    let n = a.dimension
    precondition(b.count == n, "\(b.count) entries, expected \(n)")
    precondition(start == nil || start?.count == n, "the start needs \(n) entries")
    let scale = norm(b)
    if scale == 0 || n == 0 {
      return IterativeSolution(
        solution: [Double](repeating: 0, count: n), residualNorm: 0, iterations: 0,
        status: .converged)
    }
    var x = start ?? [Double](repeating: 0, count: n)
    let cycle = ArnoldiCycle(dimension: n, length: min(restart, max(1, n)))
    return b.withUnsafeBufferPointer { b in
      x.withUnsafeMutableBufferPointer { x in
        run(a, b, x, preconditioner, cycle, target: tolerance * scale)
      }
    }
  }

  private func run<A: LinearOperator, M: Preconditioner>(
    _ a: A, _ b: Buffer, _ x: MutableBuffer, _ m: M, _ cycle: ArnoldiCycle, target: Double
  ) -> IterativeSolution {
    var iterations = 0
    var beta = cycle.start(a, b, x)  // (1)
    var status: IterativeSolution.Status?
    if !beta.isFinite { status = .breakdown }
    while status == nil {
      if beta <= target {
        status = .converged
      } else if iterations >= maximumIterations {
        status = .iterationLimit
      } else {
        let limit = maximumIterations - iterations
        let (made, estimate) = cycle.extend(a, m, residual: beta, target: target, limit: limit)
        iterations += made
        let usable = cycle.correct(x, m)  // (6)
        let previous = beta
        beta = cycle.start(a, b, x)
        // Progress that the recurrence sees and x does not show: rounding has the upper hand.
        let isIllusion = estimate <= 0.25 * previous && !(beta <= max(target, 0.5 * previous))
        if !usable || !beta.isFinite || isIllusion { status = .breakdown }
      }
    }
    return IterativeSolution(
      solution: Array(x), residualNorm: beta, iterations: iterations, status: status ?? .breakdown)
  }
}
