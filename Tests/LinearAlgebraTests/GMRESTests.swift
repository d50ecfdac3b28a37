// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra
import Testing

@Suite("GMRES")
struct GMRESTests {
  @Test("n iterations solve any nonsingular n × n system")
  func finiteTermination() throws {
    let a = RandomData.matrix(12, 12, seed: 21)
    let b = RandomData.vector(12, seed: 22)
    let result = GMRES(restart: 12, tolerance: 1e-10).solve(a, b)
    #expect(result.status == .converged)
    #expect(result.iterations <= 12)
    #expect(result.residualNorm <= 1e-10 * norm(b))
    #expect(distance(result.solution, try LUFactorization(a).solve(b)) <= 1e-7)
  }

  @Test("the cyclic shift makes no progress before its last iteration")
  func cyclicShift() throws {
    // A e_i = e_{i-1}: the residual stays 1 until iteration n, the worst case of the method.
    let n = 10
    var a = Matrix(n, n)
    for i in 0..<n { a[(i + n - 1) % n, i] = 1 }
    var b = [Double](repeating: 0, count: n)
    b[0] = 1
    let full = GMRES(restart: n, tolerance: 1e-12).solve(a, b)
    #expect(full.status == .converged)
    #expect(full.iterations == n)
    let short = GMRES(restart: n - 1, tolerance: 1e-12, maximumIterations: 50).solve(a, b)
    #expect(short.status == .iterationLimit)
    #expect(short.iterations == 50)
    #expect(short.residualNorm == 1)
  }

  @Test("the residual keeps the promised tolerance", arguments: [1e-2, 1e-6, 1e-10, 1e-13])
  func tolerance(epsilon: Double) throws {
    let p = try RandomData.stochastic(500, perRow: 5, seed: 23)
    let b = RandomData.vector(500, seed: 24)
    let a = DiscountedOperator(transitions: p, discount: 0.99)
    let result = GMRES(restart: 10, tolerance: epsilon).solve(a, b)
    #expect(result.status == .converged)
    let residual = norm(zip(b, a(result.solution)).map { $0 - $1 })
    #expect(residual == result.residualNorm)
    #expect(residual <= epsilon * norm(b))
  }

  @Test("agrees with sparse LU, with every preconditioner")
  func agreesWithDirect() throws {
    let n = 400
    let p = try RandomData.stochastic(n, perRow: 4, seed: 25)
    let a = SparseMatrix.identity(minus: 0.99, times: p)
    let b = RandomData.vector(n, seed: 26)
    let exact = try SparseLU(a).solve(b)
    let solver = GMRES(tolerance: 1e-13)
    let plain = solver.solve(a, b)
    let matrixFree = solver.solve(DiscountedOperator(transitions: p, discount: 0.99), b)
    let jacobi = solver.solve(a, b, preconditioner: try JacobiPreconditioner(a))
    let ilu = solver.solve(a, b, preconditioner: try ILU0(a))
    for result in [plain, matrixFree, jacobi, ilu] {
      #expect(result.status == .converged)
      // ‖A⁻¹‖∞ = 100 and ‖b‖₂ < 20.
      #expect(distance(result.solution, exact) <= 2e-10)
    }
    #expect(ilu.iterations < plain.iterations)
  }

  @Test("a good start saves all iterations")
  func start() throws {
    let a = RandomData.positiveDefinite(6, seed: 27)
    let b = RandomData.vector(6, seed: 28)
    let exact = try LUFactorization(a).solve(b)
    let result = GMRES().solve(a, b, startingAt: exact)
    #expect(result.iterations == 0)
    #expect(result.status == .converged)
    #expect(result.solution == exact)
  }

  @Test("a zero right-hand side has the zero solution")
  func zero() {
    let result = GMRES().solve(Matrix.identity(3), [0, 0, 0], startingAt: [1, 2, 3])
    #expect(result.solution == [0, 0, 0])
    #expect(result.status == .converged)
    #expect(GMRES().solve(Matrix(0, 0), []).status == .converged)
  }

  @Test("one unknown takes one iteration")
  func scalar() {
    let result = GMRES().solve(Matrix(rows: [[4]]), [2])
    #expect(result.solution == [0.5])
    #expect(result.iterations == 1)
  }

  @Test("an unsolvable singular system ends with breakdown")
  func singular() {
    let result = GMRES().solve(Matrix(rows: [[1, 0], [0, 0]]), [1, 1])
    #expect(result.status == .breakdown)
    #expect((result.residualNorm - 1).magnitude <= 1e-15)
    #expect(GMRES().solve(Matrix(2, 2), [1, 1]).status == .breakdown)
  }

  @Test("a tolerance below rounding ends with breakdown at rounding level")
  func impossibleTolerance() throws {
    let p = try RandomData.stochastic(300, perRow: 5, seed: 29)
    let b = RandomData.vector(300, seed: 30)
    let a = DiscountedOperator(transitions: p, discount: 0.9)
    let result = GMRES(tolerance: 0, maximumIterations: 10_000).solve(a, b)
    #expect(result.status == .breakdown)
    #expect(result.iterations < 1_000)
    #expect(result.residualNorm <= 1e-14 * norm(b))
  }

  @Test("an operator that returns NaN ends with breakdown and a finite iterate")
  func hostileOperator() {
    struct Poison: LinearOperator {
      let dimension = 4
      func apply(_ x: UnsafeBufferPointer<Double>, into y: UnsafeMutableBufferPointer<Double>) {
        y.update(repeating: x.contains { $0 != 0 } ? .nan : 0)
      }
    }
    let result = GMRES().solve(Poison(), [1, 2, 3, 4])
    #expect(result.status == .breakdown)
    #expect(result.solution == [0, 0, 0, 0])
  }

  @Test("tiny and huge right-hand sides scale the solution")
  func scaling() throws {
    let p = try RandomData.stochastic(100, perRow: 5, seed: 31)
    let a = DiscountedOperator(transitions: p, discount: 0.9)
    let b = RandomData.vector(100, seed: 32)
    let base = GMRES(tolerance: 1e-12).solve(a, b)
    for exponent in [-900, -500, 500, 900] {
      let factor = Double(sign: .plus, exponent: exponent, significand: 1)
      let result = GMRES(tolerance: 1e-12).solve(a, b.map { $0 * factor })
      #expect(result.status == .converged)
      #expect(distance(result.solution.map { $0 / factor }, base.solution) <= 1e-9)
    }
  }
}
