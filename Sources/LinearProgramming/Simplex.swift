// SPDX-License-Identifier: Apache-2.0
import CCLP

/// The simplex method of COIN-OR CLP, without presolve and without output.
///
/// - Numerics: feasibility and optimality hold within 10⁻⁷ absolutely, CLP's default.
/// - Complexity: exponential at worst; in practice a small multiple of m iterations.
/// - Source: [lougee2003].
public struct Simplex: Equatable, Sendable {
  /// Which of the two methods runs.
  public enum Method: Sendable, CaseIterable {
    /// From one feasible point to the next.
    case primal
    /// From one dual feasible point to the next.
    case dual
  }

  /// Which of the two methods runs.
  public let method: Method
  /// The greatest number of iterations.
  public let iterationLimit: Int

  /// Creates a solver.
  public init(method: Method = .primal, iterationLimit: Int = Int(Int32.max)) {
    precondition(iterationLimit >= 0, "an iteration limit is at least zero")
    self.method = method
    self.iterationLimit = min(iterationLimit, Int(Int32.max))
  }

  /// Solves a program.
  ///
  /// - Throws: ``LinearProgramError/solverFailed(code:)`` on numerical trouble.
  public func solve(
    _ program: LinearProgram
  ) throws(LinearProgramError) -> LinearProgramSolution {
    let (solution, code) = run(program, objective: program.objective)
    switch code {
    case 0: return solution
    case 1: return solution.ended(.infeasible, sense: program.sense)
    case 2:
      // No dual point is feasible: the program is unbounded if it is feasible at all.
      let zero = [Double](repeating: 0, count: program.columnCount)
      let (feasibility, verdict) = run(program, objective: zero)
      switch verdict {
      case 0: return solution.ended(.unbounded, sense: program.sense)
      case 1, 2: return feasibility.ended(.infeasible, sense: program.sense)
      case 3: return solution.ended(.iterationLimit, sense: program.sense)
      default: throw .solverFailed(code: verdict)
      }
    case 3: return solution.ended(.iterationLimit, sense: program.sense)
    default: throw .solverFailed(code: code)
    }
  }

  /// One run of CLP, as a minimization; returns the solution as if optimal, and CLP's status.
  private func run(
    _ program: LinearProgram, objective: [Double]
  ) -> (solution: LinearProgramSolution, code: Int) {
    let (m, n) = (program.rowCount, program.columnCount)
    let sign = program.sense == .minimize ? 1.0 : -1.0
    let model = Clp_newModel()
    defer { Clp_deleteModel(model) }
    Clp_setLogLevel(model, 0)
    Clp_loadProblem(
      model, Int32(n), Int32(m), program.columnPointers.map { Int32($0) }, program.rows,
      program.coefficients, program.columnBounds.map { Simplex.finite($0.lower) },
      program.columnBounds.map { Simplex.finite($0.upper) }, objective.map { sign * $0 },
      program.rowBounds.map { Simplex.finite($0.lower) },
      program.rowBounds.map { Simplex.finite($0.upper) })
    Clp_setMaximumIterations(model, Int32(iterationLimit))
    switch method {
    case .primal: Clp_primal(model, 0)
    case .dual: Clp_dual(model, 0)
    }
    let x = Simplex.copy(Clp_primalColumnSolution(model), n)
    var value = 0.0
    for j in 0..<n { value += program.objective[j] * x[j] }
    let solution = LinearProgramSolution(
      status: .optimal, objective: value, x: x,
      rowDuals: Simplex.copy(Clp_dualRowSolution(model), m).map { sign * $0 },
      reducedCosts: Simplex.copy(Clp_dualColumnSolution(model), n).map { sign * $0 },
      iterations: Int(Clp_numberIterations(model)))
    return (solution, Int(Clp_status(model)))
  }

  /// CLP writes infinity as the greatest double.
  private static func finite(_ bound: Double) -> Double {
    max(-.greatestFiniteMagnitude, min(.greatestFiniteMagnitude, bound))
  }

  private static func copy(_ pointer: UnsafeMutablePointer<Double>?, _ count: Int) -> [Double] {
    guard let pointer, count > 0 else { return [] }
    return Array(UnsafeBufferPointer(start: pointer, count: count))
  }
}

extension LinearProgram {
  /// Solves the program; see ``Simplex``.
  ///
  /// - Throws: ``LinearProgramError/solverFailed(code:)`` on numerical trouble.
  public func solve(
    by method: Simplex.Method = .primal
  ) throws(LinearProgramError) -> LinearProgramSolution {
    try Simplex(method: method).solve(self)
  }
}

extension LinearProgramSolution {
  /// The same numbers under another status.
  fileprivate func ended(_ status: Status, sense: LinearProgram.Sense) -> LinearProgramSolution {
    let worst = sense == .minimize ? Double.infinity : -.infinity
    let objective =
      switch status {
      case .infeasible: worst
      case .unbounded: -worst
      case .optimal, .iterationLimit: objective
      }
    return LinearProgramSolution(
      status: status, objective: objective, x: x, rowDuals: rowDuals, reducedCosts: reducedCosts,
      iterations: iterations)
  }
}
