// SPDX-License-Identifier: Apache-2.0
import Statistics

/// Trials until the confidence interval of a scalar's mean is narrow enough, by a plan of looks that is
/// declared beforehand, so that the interval keeps its level in spite of the stopping.
public struct TrialStopping: Equatable, Sendable {
  /// The scalar whose mean is estimated.
  public let quantity: String
  /// The looks, the goal and how the error is spent.
  public let plan: StoppingPlan
  /// The interval at a look.
  public let method: StoppingPlan.IntervalMethod

  /// Creates a rule.
  public init(
    _ quantity: String, plan: StoppingPlan, method: StoppingPlan.IntervalMethod = .student
  ) {
    self.quantity = quantity
    self.plan = plan
    self.method = method
  }

  /// The numbers of trials at which the rule looks; the last one is the bound on trials.
  public var looks: [Int] { plan.looks }

  /// Whether the rule stops, given the trials up to one of its looks.
  ///
  /// - Complexity: O(n).
  func stops(after values: [Double]) throws -> Bool {
    var moments = RunningMoments()
    for value in values { moments.add(value) }
    if case .goOn = try plan.decision(moments, method) { return false }
    return true
  }
}
