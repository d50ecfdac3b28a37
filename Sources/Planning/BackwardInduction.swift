// SPDX-License-Identifier: Apache-2.0
import Certificates
import MarkovModels

/// Backward induction for finite horizons.
///
///     V_H ← 0
///     for h = H − 1 … 0
///       V_h(s) ← max_k r_h(k) + Σ_t P_h(t | k) V_{h+1}(t)                 (1)
///       π_h(s) ← the lowest maximizing choice                            (2)
///       e_h ← σ e_{h+1} + (rounding of stage h)                          (3)
///
/// Stages are counted from 0, the stage of the first decision. The bounds are V_h ± e_h: by (3) they
/// satisfy the two conditions of a certificate stage by stage, with outward rounding.
///
/// - Guarantee: L_h ≤ V^π_h ≤ V*_h ≤ U_h in every state and stage.
/// - Complexity: O(H (K + entries)) time at most, O(H S) memory for the answer. With the same
///   dynamics in every stage only rows that can still win are read, see `LazySweep`.
/// - Source: [puterman1994], section 4.5.
public struct BackwardInduction: Sendable {
  /// The method's name on the command line.
  public static let name = "backward-induction"
  /// One line for lists.
  public static let summary = "backward induction over a finite horizon"

  /// Creates the method.
  public init() {}

  /// Solves a problem.
  ///
  /// Only rounding can keep the gap from reaching `epsilon`.
  ///
  /// - Throws: `CancellationError` when the monitor stops the work, because the early stages would
  ///   be missing; `ModelError.tooLarge` for more stages than fit in memory.
  public func solve(
    _ problem: FiniteHorizonMDP, epsilon: Double = 1e-6, monitor: SolveMonitor = .silent
  ) throws -> StagedSolution {
    let (H, S) = (problem.horizon, problem.stateCount)
    try MemoryNeed.stages(horizon: Double(H), states: Double(S))
      .check("an answer for \(H) stages of \(S) states")
    var v = [Double](repeating: 0, count: S)
    var error = 0.0
    var residual = 0.0
    var stages: [Certificate.Stage] = []
    var values: [[Double]] = []
    var rules: [DeterministicPolicy] = []
    var kernel: (sweep: LazySweep, constants: CertifiedBounds.Constants)?
    for h in (0..<H).reversed() {
      let model = problem.dynamics(atStage: h)
      if kernel == nil || !problem.isStationary {
        let op = BellmanOperator(model, discount: 1)
        kernel = (LazySweep(op), CertifiedBounds.Constants(op))
      }
      guard let constants = kernel?.constants else { preconditionFailure("set above") }
      var next = [Double](repeating: 0, count: S)
      _ = kernel?.sweep.apply(v, into: &next)  // (1), (2)
      let pi = kernel?.sweep.choices ?? []
      // (3): σ e⁺ for the bound on the next stage, and the same margin as in `CertifiedBounds`.
      let w = max(kernel?.sweep.magnitude ?? 0, largestMagnitude(next)) + error
      error = ((constants.rowSums.upperBound * error).nextUp + constants.margin(w)).nextUp
      residual = max(residual, constants.margin(w))
      stages.append(
        Certificate.Stage(
          lower: next.map { $0 - error }, upper: next.map { $0 + error }, choices: pi))
      rules.append(try DeterministicPolicy(choices: pi, of: model))
      values.append(next)
      v = next
      let progress = SolveProgress(method: Self.name, iteration: H - h, gap: 2 * error)
      guard monitor.shouldContinue(progress) else { throw CancellationError() }
    }
    stages.reverse()
    let draft = Certificate(
      criterion: .finiteHorizon(H), stages: stages, method: Self.name, status: .converged,
      iterations: H, residual: residual, epsilon: epsilon)
    let certificate =
      draft.gap <= epsilon
      ? draft
      : Certificate(
        criterion: draft.criterion, stages: stages, method: Self.name, status: .precisionLimit,
        iterations: H, residual: residual, epsilon: epsilon)
    return StagedSolution(
      values: values.reversed(), policy: try StagedPolicy(stages: rules.reversed(), of: problem),
      certificate: certificate)
  }
}
