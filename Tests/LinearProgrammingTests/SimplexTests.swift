// SPDX-License-Identifier: Apache-2.0
import LinearProgramming
import TestSupport
import Testing

@Suite("Simplex")
struct SimplexTests {
  /// A program from the rows of a dense matrix.
  private func program(
    _ sense: LinearProgram.Sense, _ objective: [Double], _ matrix: [[Double]],
    _ rowBounds: [LinearProgram.Bounds], _ columnBounds: [LinearProgram.Bounds]? = nil
  ) throws -> LinearProgram {
    var (pointers, rows, coefficients) = ([0], [Int32](), [Double]())
    for j in objective.indices {
      for i in matrix.indices where matrix[i][j] != 0 {
        rows.append(Int32(i))
        coefficients.append(matrix[i][j])
      }
      pointers.append(rows.count)
    }
    return try LinearProgram(
      sense, objective: objective, rowBounds: rowBounds, columnBounds: columnBounds,
      columnPointers: pointers, rows: rows, coefficients: coefficients)
  }

  @Test("solves a program with a known vertex, duals and reduced costs", arguments: methods)
  func closedForm(method: Simplex.Method) throws {
    // max 3x + 5y with x ≤ 4, 2y ≤ 12, 3x + 2y ≤ 18: x = 2, y = 6, duals 0, 3/2, 1.
    let problem = try program(
      .maximize, [3, 5], [[1, 0], [0, 2], [3, 2]], [.atMost(4), .atMost(12), .atMost(18)])
    let solution = try problem.solve(by: method)
    #expect(solution.status == .optimal)
    expectClose(solution.objective, 36, tolerance: 1e-9)
    expectClose(solution.x, [2, 6], tolerance: 1e-9)
    expectClose(solution.rowDuals, [0, 1.5, 1], tolerance: 1e-9)
    expectClose(solution.reducedCosts, [0, 0], tolerance: 1e-9)
  }

  @Test("minimum and maximum have duals of the same meaning", arguments: methods)
  func signs(method: Simplex.Method) throws {
    // min 2x + 3y + 9z with x + y + z ≥ 4, x ≤ 1: x = 1, y = 3; one more unit costs 3.
    let minimum = try program(
      .minimize, [2, 3, 9], [[1, 1, 1]], [.atLeast(4)], [.init(0, 1), .nonnegative, .nonnegative]
    ).solve(by: method)
    expectClose(minimum.objective, 11, tolerance: 1e-9)
    expectClose(minimum.rowDuals, [3], tolerance: 1e-9)
    expectClose(minimum.reducedCosts, [-1, 0, 6], tolerance: 1e-9)
    let maximum = try program(
      .maximize, [-2, -3, -9], [[1, 1, 1]], [.atLeast(4)],
      [.init(0, 1), .nonnegative, .nonnegative]
    ).solve(by: method)
    expectClose(maximum.objective, -11, tolerance: 1e-9)
    expectClose(maximum.rowDuals, [-3], tolerance: 1e-9)
    expectClose(maximum.reducedCosts, [1, 0, -6], tolerance: 1e-9)
  }

  @Test("free variables and equations", arguments: methods)
  func equations(method: Simplex.Method) throws {
    let solution = try program(
      .minimize, [1, 1], [[1, 2], [3, -1]], [.equal(to: -4), .equal(to: 9)], [.free, .free]
    ).solve(by: method)
    expectClose(solution.x, [2, -3], tolerance: 1e-9)
    expectClose(solution.objective, -1, tolerance: 1e-9)
  }

  @Test("random programs have no duality gap", arguments: 0..<30)
  func dualityGap(seed: Int) throws {
    var rng = RepeatableGenerator(seed: UInt64(seed))
    func signed() -> Double { Double(rng.next() >> 11) * 0x1p-52 - 1 }
    let (m, n) = (5 + seed % 7, 4 + seed % 11)
    let matrix = (0..<m).map { _ in (0..<n).map { _ in signed() > 0.2 ? signed() : 0 } }
    // Feasible by construction, bounded by the box.
    let inside = (0..<n).map { _ in signed() }
    let rowBounds = matrix.enumerated().map { i, row in
      let activity = zip(row, inside).reduce(0) { $0 + $1.0 * $1.1 }
      return LinearProgram.Bounds(activity - 0.1, i % 3 == 0 ? .infinity : activity + 0.2)
    }
    let box = [LinearProgram.Bounds](repeating: .init(-2, 2), count: n)
    let costs = (0..<n).map { _ in signed() }
    for sense in [LinearProgram.Sense.minimize, .maximize] {
      let problem = try program(sense, costs, matrix, rowBounds, box)
      let solutions = try Simplex.Method.allCases.map { try problem.solve(by: $0) }
      for solution in solutions {
        #expect(solution.status == .optimal)
        #expect(problem.violation(of: solution.x) <= 1e-7)
        let dual = problem.dualObjective(rowDuals: solution.rowDuals)
        expectClose(dual, solution.objective, tolerance: 1e-7)
      }
      expectClose(solutions[0].objective, solutions[1].objective, tolerance: 1e-7)
    }
  }

  @Test("any multipliers bound the objective")
  func weakDuality() throws {
    let problem = try program(.maximize, [3, 5], [[1, 0], [3, 2]], [.atMost(4), .atMost(18)])
    #expect(problem.dualObjective(rowDuals: [0, 3]) == 54)
    #expect(problem.dualObjective(rowDuals: [0, 1]) == .infinity)
    let optimum = try problem.solve().objective
    #expect(optimum <= 54)
  }

  @Test("recognizes programs without a feasible point", arguments: methods)
  func infeasible(method: Simplex.Method) throws {
    let bounds: [LinearProgram.Bounds] = [.atLeast(3), .atMost(2)]
    let minimum = try program(.minimize, [1], [[1], [1]], bounds).solve(by: method)
    #expect(minimum.status == .infeasible)
    #expect(minimum.objective == .infinity)
    let maximum = try program(.maximize, [1], [[1], [1]], bounds).solve(by: method)
    #expect(maximum.status == .infeasible)
    #expect(maximum.objective == -.infinity)
  }

  @Test("recognizes unbounded programs", arguments: methods)
  func unbounded(method: Simplex.Method) throws {
    let maximum = try program(.maximize, [1, 1], [[1, -1]], [.atMost(1)]).solve(by: method)
    #expect(maximum.status == .unbounded)
    #expect(maximum.objective == .infinity)
    let minimum = try program(.minimize, [1], [[1]], [.atMost(1)], [.free]).solve(by: method)
    #expect(minimum.status == .unbounded)
    #expect(minimum.objective == -.infinity)
  }

  @Test("infeasible wins when neither the program nor its dual is feasible", arguments: methods)
  func bothInfeasible(method: Simplex.Method) throws {
    let solution = try program(
      .maximize, [1, 1], [[1, -1], [1, -1]], [.atMost(-1), .atLeast(1)]
    ).solve(by: method)
    #expect(solution.status == .infeasible)
  }

  @Test("stops at the iteration limit", arguments: methods)
  func iterationLimit(method: Simplex.Method) throws {
    let n = 30
    var matrix = [[Double]](repeating: [], count: n)
    for i in 0..<n {
      for j in 0..<n { matrix[i].append(1 / Double(i + j + 1) + (i == j ? 1 : 0)) }
    }
    let problem = try program(
      .minimize, [Double](repeating: 1, count: n), matrix,
      [LinearProgram.Bounds](repeating: .atLeast(1), count: n))
    let solution = try Simplex(method: method, iterationLimit: 2).solve(problem)
    #expect(solution.status == .iterationLimit)
    #expect(solution.iterations <= 3)
    #expect(try problem.solve(by: method).status == .optimal)
  }

  @Test("programs without rows or without variables", arguments: methods)
  func empty(method: Simplex.Method) throws {
    let box = try program(.maximize, [1, -1], [], [], [.init(0, 2), .init(-3, 1)])
    let solution = try box.solve(by: method)
    #expect(solution.status == .optimal)
    expectClose(solution.x, [2, -3], tolerance: 0)
    expectClose(solution.objective, 5, tolerance: 0)
    let nothing = try program(.minimize, [], [], []).solve(by: method)
    #expect(nothing.status == .optimal)
    #expect(nothing.objective == 0)
    let impossible = try program(.minimize, [], [[]], [.atLeast(1)]).solve(by: method)
    #expect(impossible.status == .infeasible)
  }

  @Test("the values of a discounted chain solve its linear program", arguments: methods)
  func chain(method: Simplex.Method) throws {
    // v(s) ≥ r(s) + γ v(s + 1), v(n − 1) ≥ 1/(1 − γ): the least v is γ^(n − 1 − s)/(1 − γ).
    let (n, gamma) = (40, 0.9)
    var matrix = [[Double]](repeating: [Double](repeating: 0, count: n), count: n)
    for i in 0..<n {
      matrix[i][i] = 1
      matrix[i][min(i + 1, n - 1)] -= gamma
    }
    let bounds = (0..<n).map { LinearProgram.Bounds.atLeast($0 == n - 1 ? 1 : 0) }
    let problem = try program(
      .minimize, [Double](repeating: 1, count: n), matrix, bounds,
      [LinearProgram.Bounds](repeating: .free, count: n))
    let solution = try problem.solve(by: method)
    var values = [10.0]
    for _ in 1..<n { values.append(gamma * values[values.count - 1]) }
    expectClose(solution.x, values.reversed(), tolerance: 1e-7)
    // The duals count discounted visits from a start in each state: n / (1 − γ) in total.
    expectClose(solution.rowDuals.reduce(0, +), 400, tolerance: 1e-6)
  }
}

private let methods = Simplex.Method.allCases
