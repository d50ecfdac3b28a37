// SPDX-License-Identifier: Apache-2.0
import Certificates
import LinearAlgebra
import LinearProgramming
import MarkovModels

/// The linear programmes of a discounted problem, solved by the simplex method.
///
///     primal: min  Σ_s μ(s) v(s)   s.t.  v(s) − γ Σ_t P_k(t) v(t) ≥ r(k) for all k of s     (1)
///     dual:   max  Σ_k r(k) d(k)   s.t.  Σ_{k of s} d(k) − γ Σ_k P_k(s) d(k) = μ(s), d ≥ 0  (2)
///     v ← solution of (1) or duals of (2);  d ← duals of (1) or solution of (2)            (3)
///     polish v by policy iteration and certify it                                          (4)
///
/// The vertices of (2) are the occupancy measures of deterministic policies, so this is an answer by
/// another road, and the way to constraints on visits.
///
/// - Guarantee: that of ``PolicyIteration``, which step (4) is; it takes one round if CLP was exact.
/// - Deviates: coefficients below 10⁻¹⁴ are left out of the programme; step (4) has them all.
/// - Numerics: rewards are divided by the greatest |r| and μ by 1/(1 − γ), so that CLP's absolute
///   tolerance of 10⁻⁷ means the same for every model.
/// - Complexity: S rows and K columns (2), or the transpose (1); for tables of some 10⁵ entries.
/// - Source: [puterman1994], section 6.9.
public struct LinearProgramPlanner: DiscountedPlanner {
  /// The method's name on the command line.
  public static let name = "lp"
  /// One line for lists.
  public static let summary = "the linear programme by the simplex method; its duals are visits"

  /// Which of the two programmes is given to the simplex method.
  public enum Form: Sendable, CaseIterable {
    /// (1): values as variables.
    case primal
    /// (2): visits as variables.
    case dual
  }

  /// Which of the two programmes is solved.
  public let form: Form

  /// Coefficients below this, far under CLP's tolerance, only upset its scaling.
  private static let negligible = 1e-14

  /// Creates the method.
  public init(form: Form = .dual) { self.form = form }

  /// What the programmes give besides the solution.
  public struct ProgramSolution: Sendable {
    /// The certified answer.
    public let solution: Solution
    /// The visits d of an optimal policy from the start distribution.
    public let occupancy: OccupancyMeasure
    /// Σ_s μ(s) v(s), as CLP left it.
    public let primalObjective: Double
    /// Σ_k r(k) d(k), as CLP left it.
    public let dualObjective: Double
    /// The difference of the two; zero in exact arithmetic.
    public var dualityGap: Double { abs(primalObjective - dualObjective) }
  }

  /// Solves a problem.
  public func solve(
    _ problem: DiscountedMDP, stopping: StoppingRule, monitor: SolveMonitor
  ) throws -> Solution {
    let start = [Double](
      repeating: 1 / Double(problem.dynamics.stateCount), count: problem.dynamics.stateCount)
    return try solve(problem, from: start, stopping: stopping, monitor: monitor).solution
  }

  /// Solves a problem and gives the visits from a start distribution μ.
  ///
  /// - Precondition: μ is positive in every state if every value is to be found by the programme
  ///   itself; states that are never visited get theirs in step (4).
  /// - Throws: ``/LinearProgramming/LinearProgramError``,
  ///   ``PlannerError/programNotSolved(status:)``, or the errors of step (4).
  public func solve(
    _ problem: DiscountedMDP, from start: [Double], stopping: StoppingRule = StoppingRule(),
    monitor: SolveMonitor = .silent
  ) throws -> ProgramSolution {
    let model = problem.dynamics
    precondition(start.count == model.stateCount, "one probability for each state is needed")
    let range = model.rewardRange
    let largest = max(abs(range.lowerBound), abs(range.upperBound))
    let rewardScale = largest > 0 ? largest : 1
    let visitScale = 1 / (1 - problem.discount)
    let flow = try flowMatrix(problem)
    let mu = start.map { $0 / visitScale }
    let rewards = model.rewards.map { $0 / rewardScale }
    let program: LinearProgram
    switch form {
    case .primal:  // (1): one column for each state, so the transpose of the flow matrix
      let columns = flow.transposed()
      program = try LinearProgram(
        .minimize, objective: mu, rowBounds: rewards.map { .atLeast($0) },
        columnBounds: [LinearProgram.Bounds](repeating: .free, count: model.stateCount),
        columnPointers: columns.rowPointers, rows: columns.columns, coefficients: columns.values)
    case .dual:  // (2): one column for each choice
      program = try LinearProgram(
        .maximize, objective: rewards, rowBounds: mu.map { .equal(to: $0) },
        columnPointers: flow.rowPointers, rows: flow.columns, coefficients: flow.values)
    }
    let optimum: LinearProgramSolution
    do {
      optimum = try program.solve(by: form == .primal ? .dual : .primal)
    } catch {
      throw PlannerError.programNotSolved(status: "“\(error)”")
    }
    guard optimum.status == .optimal else {
      throw PlannerError.programNotSolved(status: "\(optimum.status)")
    }
    let v = (form == .primal ? optimum.x : optimum.rowDuals).map { $0 * rewardScale }  // (3)
    let d = (form == .primal ? optimum.rowDuals : optimum.x).map { $0 * visitScale }
    // Values lie far below 2¹⁰⁰⁰ (`DiscountedMDP`); what is above would only overflow in step (4), which
    // mends everything else.
    guard v.allSatisfy({ abs($0) <= 0x1p1000 }), d.allSatisfy(\.isFinite) else {
      throw PlannerError.programNotSolved(status: "optimal, with values that no policy has")
    }
    let polished = try PolicyIteration(start: v)  // (4)
      .solve(problem, stopping: stopping, monitor: monitor)
    let certificate = polished.certificate
    let solution = Solution(
      values: polished.values, policy: polished.policy,
      certificate: Certificate(
        criterion: certificate.criterion, stages: certificate.stages, method: Self.name,
        status: certificate.status, iterations: optimum.iterations + certificate.iterations,
        residual: certificate.residual, epsilon: certificate.epsilon),
      roundingWidth: polished.roundingWidth,
      notes: [
        "\(optimum.iterations) simplex iterations, then \(certificate.iterations) rounds of policy "
          + "iteration to polish and certify"
      ])
    return ProgramSolution(
      solution: solution, occupancy: OccupancyMeasure(visits: d),
      primalObjective: zip(start, v).reduce(0) { $0 + $1.0 * $1.1 },
      dualObjective: zip(model.rewards, d).reduce(0) { $0 + $1.0 * $1.1 })
  }

  /// Row k: 1 in the column of its state, minus γ P_k; *K × S*.
  private func flowMatrix(_ problem: DiscountedMDP) throws -> SparseMatrix {
    let model = problem.dynamics
    var pointers = [0]
    var columns: [Int32] = []
    var values: [Double] = []
    for s in 0..<model.stateCount {
      for k in model.choices(of: s) {
        var diagonal = 1.0
        model.transitions.forEachEntry(row: k) { t, p, _ in
          if t == s {
            diagonal -= problem.discount * p
          } else if problem.discount * p >= Self.negligible {
            columns.append(Int32(t))
            values.append(-problem.discount * p)
          }
        }
        columns.append(Int32(s))
        values.append(diagonal)
        pointers.append(values.count)
      }
    }
    return try SparseMatrix(
      rowCount: model.choiceCount, columnCount: model.stateCount, rowPointers: pointers,
      columns: columns, values: values)
  }
}

/// Why a planner cannot give an answer.
public enum PlannerError: Error, Equatable, CustomStringConvertible {
  /// The simplex method ended otherwise than with an optimum, which a valid model always has.
  case programNotSolved(status: String)

  /// The error in words.
  public var description: String {
    switch self {
    case .programNotSolved(let status):
      "the linear programme ended as \(status): the numbers are beyond the simplex method's "
        + "tolerance; use another method"
    }
  }
}
