// SPDX-License-Identifier: Apache-2.0
import Certificates
import MarkovModels

/// Relative value iteration on the lazy chain, with gain bounds from the span.
///
///     for each end component, or the whole model if it is weakly communicating
///       h ← 0
///       repeat
///         d(s) ← max_k r_k + Σ_t P̂_k(t) (h(t) − h(s))                       (1)
///         h ← h + τ (d − ½ (min d + max d))                                  (2)
///       until max d − min d ≤ ε                                              (3)
///     join the components by what leads where                               (4)
///
/// min d ≤ gain of the greedy policy ≤ optimal gain ≤ max d, whatever h is. The step τ < 1 is the
/// aperiodicity transform: it leaves the gain alone and makes periodic models converge.
///
/// - Assumes: rows are divided by their exact sums; see `CertificateChecker+LongRun.swift`.
/// - Guarantee: L ≤ gain of the policy ≤ optimal gain ≤ U in every state, in spite of rounding.
/// - Deviates: (2) subtracts the middle of the range where White's method subtracts the value of one
///   state; the sequences differ by constants. (4) is `GainComposition`.
/// - Complexity: O(entries) a sweep; the number of sweeps grows with the mixing time.
/// - Source: [white1963]; [puterman1994], sections 8.5.3 to 8.5.5.
public struct RelativeValueIteration: AverageRewardPlanner {
  /// The method's name on the command line.
  public static let name = "rvi"
  /// One line for lists.
  public static let summary = "relative value iteration with span bounds, for large models"

  /// The probability 0 < τ < 1 with which the lazy chain moves.
  public let step: Double

  /// Creates the method.
  public init(step: Double = 0.75) {
    precondition(step > 0 && step < 1, "the step must be between 0 and 1")
    self.step = step
  }

  /// Solves a problem.
  public func solve(
    _ problem: AverageRewardMDP, stopping: StoppingRule, monitor: SolveMonitor
  ) throws -> AverageSolution {
    let rows = LongRunRows(problem.dynamics)
    let parts = AverageParts(rows)
    let zero = [Double](repeating: 0, count: rows.stateCount)
    let found = try parts.stages { local in  // (4)
      LocalGain.iterate(  // (1) (2) (3)
        local, from: zero, step: step, epsilon: stopping.epsilon / 2,
        maximumIterations: stopping.maximumIterations
      ) { iteration, gap in
        monitor.shouldContinue(
          SolveProgress(method: Self.name, iteration: iteration, gap: gap))
      }
    }
    return try AverageSolution(
      found.stages, model: problem.dynamics, method: Self.name, locals: found.locals,
      epsilon: stopping.epsilon, notes: [parts.note])
  }
}
