// SPDX-License-Identifier: Apache-2.0
import Certificates
import MarkovModels

/// What a planner returns: values, a policy, and the proof of their quality.
public struct Solution: Sendable {
  /// The middle of the certified interval for V*, one number for each state.
  public let values: [Double]
  /// A policy whose loss is at most `certificate.lossBound`.
  public let policy: DeterministicPolicy
  /// Bounds on V* and on the policy's value, with how the method ended.
  public let certificate: Certificate
  /// How much of the certified gap is there only to allow for rounding errors.
  public let roundingWidth: Double
  /// What the method chose to do and why, in words, in order.
  public let notes: [String]

  /// How the method ended.
  public var status: SolveStatus { certificate.status }
  /// How many iterations it took.
  public var iterations: Int { certificate.iterations }
}

/// What a finite-horizon planner returns.
public struct StagedSolution: Sendable {
  /// The middle of the certified interval for V*_h, *H × S*, first stage first.
  public let values: [[Double]]
  /// A policy whose loss is at most `certificate.lossBound`.
  public let policy: StagedPolicy
  /// Bounds on V*_h and on the policy's value.
  public let certificate: Certificate
}

/// When a planner may stop.
public struct StoppingRule: Equatable, Sendable {
  /// The certified gap to reach, in reward units.
  public let epsilon: Double
  /// The number of iterations after which the planner gives up.
  public let maximumIterations: Int

  /// Creates a rule.
  ///
  /// - Precondition: `epsilon` is positive and `maximumIterations` is at least 1.
  public init(epsilon: Double = 1e-6, maximumIterations: Int = 10_000_000) {
    precondition(epsilon > 0, "epsilon must be positive")
    precondition(maximumIterations >= 1, "at least one iteration is needed")
    self.epsilon = epsilon
    self.maximumIterations = maximumIterations
  }
}

/// How far a planner has come.
public struct SolveProgress: Sendable {
  /// The method at work.
  public let method: String
  /// The number of iterations so far.
  public let iteration: Int
  /// The certified gap so far; infinite before the first bounds.
  public let gap: Double
}

/// Watches a planner at work and may stop it.
public struct SolveMonitor: Sendable {
  /// Called after every iteration; returns `false` to stop the planner, which then returns what it
  /// has with status `interrupted`.
  public let shouldContinue: @Sendable (SolveProgress) -> Bool

  /// Creates a monitor.
  public init(shouldContinue: @escaping @Sendable (SolveProgress) -> Bool) {
    self.shouldContinue = shouldContinue
  }

  /// A monitor that never stops anything.
  public static let silent = SolveMonitor { _ in true }
}

/// A method for discounted problems.
public protocol DiscountedPlanner: Sendable {
  /// The method's name on the command line.
  static var name: String { get }
  /// The method's name and settings in words, for lists.
  static var summary: String { get }

  /// Solves a problem.
  ///
  /// - Returns: Values, a policy and bounds that hold whatever the status says.
  /// - Throws: Errors of the linear algebra, when a system cannot be solved.
  func solve(
    _ problem: DiscountedMDP, stopping: StoppingRule, monitor: SolveMonitor
  ) throws -> Solution
}

extension DiscountedPlanner {
  /// Solves a problem silently.
  ///
  /// - Throws: Errors of the linear algebra, when a system cannot be solved.
  public func solve(
    _ problem: DiscountedMDP, stopping: StoppingRule = StoppingRule()
  ) throws -> Solution {
    try solve(problem, stopping: stopping, monitor: .silent)
  }

  /// Solves a model under a discount.
  ///
  /// - Throws: `ModelError` if the discount is not in [0, 1), and errors of the linear algebra, when a
  ///   system cannot be solved.
  public func solve(
    _ model: TabularMDP, discount: Double, stopping: StoppingRule = StoppingRule()
  ) throws -> Solution {
    try solve(DiscountedMDP(model, discount: discount), stopping: stopping, monitor: .silent)
  }
}
