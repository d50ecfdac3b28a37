// SPDX-License-Identifier: Apache-2.0
import Certificates
import MarkovModels

/// What an average-reward planner returns.
public struct AverageSolution: Sendable {
  /// The middle of the certified interval for the optimal gain of each state.
  public let gain: [Double]
  /// A vector h with g + h ≈ max (r + P h) on each component: relative values of its states, up to a
  /// constant for each component.
  public let bias: [Double]
  /// A stationary policy whose gain is at least the lower bounds.
  public let policy: DeterministicPolicy
  /// Bounds on the gain, with the bias vectors that prove them; criterion `averageReward`.
  public let certificate: Certificate
  /// How much of the certified gap is there only to allow for rounding errors.
  public let roundingWidth: Double
  /// What the method chose to do and why, in words, in order.
  public let notes: [String]

  /// How the method ended.
  public var status: SolveStatus { certificate.status }
  /// Bounds on the optimal gain of a state.
  public func gainBounds(of s: Int) -> ClosedRange<Double> {
    certificate.stages[0].lower[
      s]...max(
        certificate.stages[0].lower[s], certificate.stages[0].upper[s])
  }

  init(
    _ stages: GainComposition.Stages, model: TabularMDP, method: String, locals: [LocalGain],
    epsilon: Double, notes: [String]
  ) throws {
    var gap = 0.0
    for (low, high) in zip(stages.gainLower, stages.gainUpper) { gap = max(gap, high - low) }
    let worst = locals.map(\.status).first { $0 != .converged }
    let certificate = Certificate(
      criterion: .averageReward,
      stages: [
        .init(lower: stages.gainLower, upper: stages.gainUpper, choices: stages.choices),
        .init(lower: stages.biasLower, upper: stages.biasUpper, choices: stages.choices),
      ], method: method, status: gap <= epsilon ? .converged : worst ?? .precisionLimit,
      iterations: locals.reduce(0) { $0 + $1.iterations },
      residual: locals.reduce(0) { max($0, min($1.gap, .greatestFiniteMagnitude)) },
      epsilon: epsilon)
    self.certificate = certificate
    roundingWidth = stages.roundingWidth
    gain = zip(stages.gainLower, stages.gainUpper).map { 0.5 * $0 + 0.5 * $1 }
    bias = stages.biasUpper
    policy = try DeterministicPolicy(choices: stages.choices, of: model)
    self.notes = notes
  }
}

/// A method for average-reward problems.
public protocol AverageRewardPlanner: Sendable {
  /// The method's name on the command line.
  static var name: String { get }
  /// One line for lists.
  static var summary: String { get }

  /// Solves a problem.
  ///
  /// - Returns: Gain, bias, a policy and bounds that hold whatever the status says.
  /// - Throws: Errors of the linear algebra, when a system cannot be solved.
  func solve(
    _ problem: AverageRewardMDP, stopping: StoppingRule, monitor: SolveMonitor
  ) throws -> AverageSolution
}

extension AverageRewardPlanner {
  /// Solves a problem silently.
  ///
  /// - Throws: Errors of the linear algebra, when a system cannot be solved.
  public func solve(
    _ problem: AverageRewardMDP, stopping: StoppingRule = StoppingRule()
  ) throws -> AverageSolution {
    try solve(problem, stopping: stopping, monitor: .silent)
  }
}

/// Solves the parts of a model in which one gain serves all states, and joins them.
struct AverageParts {
  let rows: LongRunRows
  let components: EndComponents

  init(_ rows: LongRunRows) {
    self.rows = rows
    components = EndComponents(rows) { _ in true }
  }

  /// One component and no end: one gain for the whole model, transient states included.
  var isWeaklyCommunicating: Bool {
    components.components.count == 1 && !rows.ends.contains { $0 > 0 }
  }

  /// Solves each part with `solve` and composes the certificate.
  func stages(
    _ solve: (LocalProblem) throws -> LocalGain
  ) throws -> (stages: GainComposition.Stages, locals: [LocalGain]) {
    if isWeaklyCommunicating {
      let local = try solve(LocalProblem(whole: rows))
      if local.gap.isFinite { return (GainComposition.constant(local), [local]) }
    }
    let locals = try components.components.map { try solve(LocalProblem(rows, $0)) }
    return (
      try GainComposition(rows: rows, components: components, locals: locals).stages(), locals
    )
  }

  /// What the parts are, in words.
  var note: String {
    if isWeaklyCommunicating {
      let size = components.components[0].states.count
      return size == rows.stateCount
        ? "communicating: one gain for all states"
        : "weakly communicating: one gain, \(rows.stateCount - size) transient states"
    }
    return "multichain: \(components.components.count) end components, joined by what leads where"
  }
}
