// SPDX-License-Identifier: Apache-2.0

/// Solves A x = b by the stabilized biconjugate gradient method, preconditioned on the right.
///
///     r ← b - A x,  r̃ ← r,  p ← r                              (1)
///     repeat
///       v ← A M⁻¹ p,  α ← (r̃·r) / (r̃·v),  s ← r - α v          (2)
///       t ← A M⁻¹ s,  ω ← (t·s) / (t·t)                        (3)
///       x ← x + α M⁻¹ p + ω M⁻¹ s,  r ← s - ω t                (4)
///       β ← (r̃·r)_new / (r̃·r)_old · α / ω,  p ← r + β (p - ω v)(5)
///
/// Two products with A an iteration, and memory that does not grow with the iterations. When the
/// recurrence breaks down, or its residual has drifted from the true one, the method starts again
/// at (1); three starts that do not halve the residual end it.
///
/// - Guarantee: none on the number of iterations. `.converged` is only reported on a residual that
///   was recomputed from x.
/// - Deviates: the residual is scaled by a power of two at each start, so that the recurrence does
///   not depend on the units of b.
/// - Numerics: every reduction has the canonical order, so the iterates are the same bits on every
///   CPU (given an operator and a preconditioner that are).
/// - Edge cases: b = 0 gives x = 0 at once. A tolerance below rounding ends with `.breakdown`.
/// - Complexity: O(n) time an iteration besides A and M; 8 n memory, all of it allocated before the
///   first iteration.
/// - Source: [vandervorst1992]; [saad2003], algorithm 7.7.
public struct BiCGStab: Sendable {
  /// The solver stops when ‖b - A x‖ ≤ tolerance · ‖b‖ (Euclidean norms).
  public let tolerance: Double
  /// The greatest number of iterations.
  public let maximumIterations: Int

  /// Creates a solver.
  public init(tolerance: Double = 1e-10, maximumIterations: Int = 1_000) {
    precondition(tolerance >= 0, "the tolerance is a number of at least zero")
    precondition(maximumIterations >= 0, "the number of iterations is at least zero")
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
    let sweep = BiorthogonalSweep(dimension: n)
    return b.withUnsafeBufferPointer { b in
      x.withUnsafeMutableBufferPointer { x in
        run(a, b, x, preconditioner, sweep, target: tolerance * scale)
      }
    }
  }

  private func run<A: LinearOperator, M: Preconditioner>(
    _ a: A, _ b: Buffer, _ x: MutableBuffer, _ m: M, _ sweep: BiorthogonalSweep, target: Double
  ) -> IterativeSolution {
    var iterations = 0
    var futile = 0
    var residual = sweep.start(a, b, x)  // (1)
    var status: IterativeSolution.Status?
    if !residual.isFinite { status = .breakdown }
    while status == nil {
      if residual <= target {
        status = .converged
      } else if iterations >= maximumIterations {
        status = .iterationLimit
      } else {
        let (made, isImprovement) = sweep.run(
          a, m, residual: residual, target: target, limit: maximumIterations - iterations)
        iterations += made
        if isImprovement {
          let previous = residual
          sweep.correct(x)
          residual = sweep.start(a, b, x)
          futile = residual <= 0.5 * previous ? 0 : futile + 1
          if !residual.isFinite { status = .breakdown }
          if futile == 3 && residual > target { status = .breakdown }
        } else {
          // The same start would only lead here again.
          status = iterations >= maximumIterations ? .iterationLimit : .breakdown
        }
      }
    }
    return IterativeSolution(
      solution: Array(x), residualNorm: residual, iterations: iterations,
      status: status ?? .breakdown)
  }
}
