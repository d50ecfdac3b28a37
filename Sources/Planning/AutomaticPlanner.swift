// SPDX-License-Identifier: Apache-2.0
import Certificates
import Foundation
import MarkovModels
import Synchronization

/// Chooses a method by looking at the model, and says why.
///
///     few states, sparse or very few:   policy iteration                             (1)
///     goals that are many steps away:   Gauss–Seidel, goals first                    (2)
///     else:                             modified policy iteration                    (3)
///     whenever (2) or (3) is seen to close the gap too slowly:
///                                       policy iteration from where it stands        (4)
///
/// What leads to (4) is measured, not guessed: the rate at which the certified gap falls predicts
/// how many rounds are left.
///
/// - Guarantee: that of the method chosen; `Solution.notes` says which and why.
public struct AutomaticPlanner: DiscountedPlanner {
  /// The method's name on the command line.
  public static let name = "auto"
  /// One line for lists.
  public static let summary = "looks at the model, chooses a method and says why (--verbose)"

  /// The number of states up to which (1) is taken: a factorization costs less than a look.
  static let fewStates = 200
  /// The same for dense models, which mix so fast that (3) reads P about once.
  static let fewDenseStates = 16
  /// The distance to a goal, in steps, from which (2) is taken.
  static let longWay = 30
  /// The number of predicted rounds that (2) or (3) may have left.
  static let affordableRounds = 60.0

  /// The number of checks before (2) is judged: its gap falls late, but then fast.
  static let patienceOfSweeps = 60

  /// Creates the method.
  public init() {}

  /// Solves a problem.
  public func solve(
    _ problem: DiscountedMDP, stopping: StoppingRule, monitor: SolveMonitor
  ) throws -> Solution {
    let model = problem.dynamics
    let S = model.stateCount
    let few = if case .dense = model.transitions { Self.fewDenseStates } else { Self.fewStates }
    if S <= few {  // (1)
      return try PolicyIteration().solve(problem, stopping: stopping, monitor: monitor)
        .noting("auto: policy iteration, because \(S) states are few")
    }
    let order = SweepOrder(goalsFirst: model)
    let first: any DiscountedPlanner
    let reason: String
    var patience = 4
    if order.depth > Self.longWay && 2 * order.goalReachingCount > S {  // (2)
      first = GaussSeidel()
      patience = Self.patienceOfSweeps
      reason =
        "Gauss-Seidel from the goals outward, because a goal can be \(order.depth) steps away"
    } else {  // (3)
      first = ModifiedPolicyIteration()
      reason = "modified policy iteration, because no goal is far away"
    }
    let watch = RateWatch(
      epsilon: stopping.epsilon, limit: Self.affordableRounds, patience: patience, monitor)
    let solution = try first.solve(problem, stopping: stopping, monitor: watch.monitor)
      .noting("auto: \(reason)")
    guard let verdict = watch.verdict else { return solution }
    return try PolicyIteration(start: solution.values)  // (4)
      .solve(problem, stopping: stopping, monitor: monitor)
      .noting("auto: then policy iteration, because \(verdict)").noting(solution.notes)
  }
}

extension Solution {
  /// The same solution with notes put before its own.
  func noting(_ notes: String...) -> Solution { noting(notes) }

  func noting(_ notes: [String]) -> Solution {
    Solution(
      values: values, policy: policy, certificate: certificate, roundingWidth: roundingWidth,
      notes: notes + self.notes)
  }
}

/// Watches the certified gap fall and stops a method that would take too long.
private final class RateWatch: Sendable {
  private struct State {
    var gaps: [Double] = []
    var verdict: String?
  }

  private let state = Mutex(State())
  private let epsilon: Double
  private let limit: Double
  private let patience: Int
  private let outer: SolveMonitor

  init(epsilon: Double, limit: Double, patience: Int, _ outer: SolveMonitor) {
    self.patience = patience
    self.epsilon = epsilon
    self.limit = limit
    self.outer = outer
  }

  /// Why the method was stopped; `nil` if it was not, or by the user.
  var verdict: String? { state.withLock { $0.verdict } }

  var monitor: SolveMonitor {
    SolveMonitor { progress in
      guard self.outer.shouldContinue(progress) else { return false }
      return self.state.withLock { state in
        state.gaps.append(progress.gap)
        // The mean rate over three rounds, once the first ones, which only find the scale, are past.
        let n = state.gaps.count
        guard n > self.patience, progress.gap.isFinite, state.gaps[n - 4].isFinite else {
          return true
        }
        let rate = pow(state.gaps[n - 1] / state.gaps[n - 4], 1 / 3.0)
        let left = rate < 1 ? log(self.epsilon / progress.gap) / log(rate) : .infinity
        guard left > self.limit else { return true }
        state.verdict = String(
          format: "the gap fell only by a factor of %.3f a round: about %@ rounds were left", rate,
          left.isFinite ? String(format: "%.0f", left) : "infinitely many")
        return false
      }
    }
  }
}
