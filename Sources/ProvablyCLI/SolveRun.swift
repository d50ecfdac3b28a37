// SPDX-License-Identifier: Apache-2.0
import Foundation
import Provably

/// One solve: the problem made from the options, the planner, the check, the report.
struct SolveRun {
  /// What a solve gives.
  struct Result {
    let report: SolveReport
    /// One vector for each stage; a single one under a discount.
    let values: [[Double]]
    /// The action names of the policy, stage by stage.
    let actions: [[String]]
    let stateNames: [String]?
    let certificate: Certificate
  }

  private let options: Solve
  private let model: LoadedModel

  init(_ options: Solve, _ model: LoadedModel) {
    self.options = options
    self.model = model
  }

  func run() throws -> Result {
    // What the user says wins over what the file says; a discount over a horizon of the file.
    let horizon =
      options.horizon
      ?? (options.discount == nil && options.criterion == nil ? model.horizon : nil)
    if options.exact {
      guard horizon == nil, options.criterion == nil, case .tabular = model.content else {
        throw Failure(.usage, "--exact is for tables under a discount")
      }
    }
    switch model.content {
    case .tabular(let document):
      if let criterion = options.criterion { return try longRun(document.dynamics, criterion) }
      if let horizon { return try finite(document.dynamics, horizon) }
      return try discounted(DiscountedMDP(document.dynamics, discount: try discount()))
    case .lowRank(let lowRank):
      guard options.horizon == nil, options.criterion == nil,
        options.method == .auto || options.method == .lowRank
      else {
        throw Failure(
          .badInput, "\(model.name) is a low-rank model: only discounts and --method low-rank apply"
        )
      }
      return try factored(lowRank, try discount())
    }
  }

  private func discount() throws -> Double {
    guard let discount = options.discount ?? model.discount else {
      throw Failure(
        .usage, "\(model.name) names no discount and no horizon",
        hint: "give --discount g or --horizon H")
    }
    return discount
  }

  private var stopping: StoppingRule {
    StoppingRule(epsilon: options.epsilon, maximumIterations: options.maximumIterations)
  }

  private func discounted(_ problem: DiscountedMDP) throws -> Result {
    let line = ProgressLine(quiet: options.quiet)
    defer { line.finish() }
    let start = ContinuousClock.now
    let planner = options.method.planner(rank: options.rank)
    let solution = try planner.solve(problem, stopping: stopping, monitor: line.monitor)
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    let dynamics = problem.dynamics
    let refusal = CertificateChecker().check(solution.certificate, against: dynamics)
    var report = report(
      solution.certificate, refusal, problem.discount, nil, dynamics.startDistribution, seconds,
      width: solution.roundingWidth, notes: solution.notes)
    if options.exact {
      report.exact = try ExactReport(
        problem, reading: model.isText ? .decimals : .storedDoubles)
    }
    return Result(
      report: report, values: [solution.values],
      actions: [solution.policy.actions(in: dynamics).map { dynamics.name(ofAction: $0) }],
      stateNames: dynamics.stateNames, certificate: solution.certificate)
  }

  /// Average reward by multichain policy iteration (or relative value iteration for `--method vi`),
  /// total reward by the stochastic-shortest-path planner.
  private func longRun(
    _ dynamics: TabularMDP, _ criterion: LongRunCriterion
  ) throws -> Result {
    let line = ProgressLine(quiet: options.quiet)
    defer { line.finish() }
    let start = ContinuousClock.now
    let certificate: Certificate
    let policy: DeterministicPolicy
    let values: [Double]
    let notes: [String]
    let width: Double
    switch (criterion, options.method) {
    case (.average, .auto), (.average, .pi), (.average, .vi):
      let planner: any AverageRewardPlanner =
        options.method == .vi ? RelativeValueIteration() : MultichainPolicyIteration()
      let solution = try planner.solve(
        AverageRewardMDP(dynamics), stopping: stopping, monitor: line.monitor)
      (certificate, policy) = (solution.certificate, solution.policy)
      (values, notes, width) = (solution.gain, solution.notes, solution.roundingWidth)
    case (.total, .auto):
      let solution = try StochasticShortestPath().solve(
        TotalRewardMDP(dynamics), stopping: stopping, monitor: line.monitor)
      (certificate, policy) = (solution.certificate, solution.policy)
      values = (0..<dynamics.stateCount).map { solution.value(of: $0) }
      (notes, width) = (solution.notes, solution.roundingWidth)
    default:
      throw Failure(
        .usage,
        "--method \(options.method.rawValue) does not solve --criterion "
          + criterion.rawValue,
        hint: "leave --method out"
          + (criterion == .average ? ", or take pi or vi (relative value iteration)" : ""))
    }
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    let refusal = CertificateChecker().check(certificate, against: dynamics)
    var report = report(
      certificate, refusal, nil, nil, dynamics.startDistribution, seconds, width: width,
      notes: notes)
    report.criterion = criterion
    return Result(
      report: report, values: [values],
      actions: [policy.actions(in: dynamics).map { dynamics.name(ofAction: $0) }],
      stateNames: dynamics.stateNames, certificate: certificate)
  }

  private func factored(_ lowRank: LowRankMDP, _ discount: Double) throws -> Result {
    let line = ProgressLine(quiet: options.quiet)
    defer { line.finish() }
    let start = ContinuousClock.now
    let solution = try LowRankPlanner().solve(
      lowRank, discount: discount, stopping: stopping, monitor: line.monitor)
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    let refusal = CertificateChecker().check(solution.certificate, against: lowRank)
    let uniform = [Double](
      repeating: 1 / Double(lowRank.stateCount), count: lowRank.stateCount)
    return Result(
      report: report(
        solution.certificate, refusal, discount, nil, lowRank.initialDistribution ?? uniform,
        seconds, width: solution.roundingWidth, notes: solution.notes),
      values: [solution.values],
      actions: [solution.choices.map { "\($0 % lowRank.actionCount)" }], stateNames: nil,
      certificate: solution.certificate)
  }

  private func finite(_ dynamics: TabularMDP, _ horizon: Int) throws -> Result {
    guard options.method == .auto else {
      throw Failure(
        .usage, "--method \(options.method.rawValue) is for discounts",
        hint: "a finite horizon is solved by backward induction: leave --method out")
    }
    let problem = try FiniteHorizonMDP(dynamics, horizon: horizon)
    let line = ProgressLine(quiet: options.quiet)
    defer { line.finish() }
    let start = ContinuousClock.now
    let solution = try BackwardInduction().solve(
      problem, epsilon: options.epsilon, monitor: line.monitor)
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    let refusal = CertificateChecker().check(solution.certificate, against: problem)
    return Result(
      report: report(
        solution.certificate, refusal, nil, horizon, dynamics.startDistribution, seconds,
        width: solution.certificate.gap, notes: []),
      values: solution.values,
      actions: solution.policy.stages.map { rule in
        rule.actions(in: dynamics).map { dynamics.name(ofAction: $0) }
      }, stateNames: dynamics.stateNames, certificate: solution.certificate)
  }

  private func report(
    _ certificate: Certificate, _ refusal: Refusal?, _ discount: Double?, _ horizon: Int?,
    _ start: [Double], _ seconds: Double, width: Double, notes: [String]
  ) -> SolveReport {
    let bounds = certificate.valueBounds(from: start)
    return SolveReport(
      model: model.name, states: model.stateCount, actions: model.actionCount,
      transitions: model.transitionCount, discount: discount, horizon: horizon,
      method: certificate.method, status: certificate.status, iterations: certificate.iterations,
      residual: certificate.residual, epsilon: certificate.epsilon, gap: certificate.gap,
      lossBound: certificate.lossBound, roundingWidth: width, verified: refusal == nil,
      refusal: refusal?.description, valueBounds: bounds, loadSeconds: model.loadSeconds,
      solveSeconds: seconds, notes: notes)
  }
}
