// SPDX-License-Identifier: Apache-2.0
import Certificates
import LinearAlgebra
import MarkovModels

/// Howard's policy iteration where one gain serves all states: an end component, or a weakly
/// communicating model.
///
///     repeat
///       if π has several recurrent classes, send all states to the best one   (1)
///       solve g + h(s) − Σ_t P_π(s, t) h(t) = r(s), h = 0 in one state        (2)
///       bounds on the gain from h; stop when they are ε apart                 (3)
///       π(s) ← a choice that makes r + P h better, where there is one         (4)
///
/// - Numerics: (2) is dense LU by LAPACK or sparse LU by KLU, refined once; (4) changes a choice only
///   for a gain beyond rounding, so that it cannot cycle through ties.
/// - Guarantee: as ``LocalGain``, whatever (2) computed.
/// - Deviates: (1) needs the states to reach each other and keeps every system of full rank; Howard's
///   multichain form is ``MultichainPolicyIteration``.
/// - Source: [puterman1994], section 9.5.1.
struct CommunicatingPolicyIteration {
  let problem: LocalProblem
  private let index: [Int32]

  init(_ problem: LocalProblem) {
    self.problem = problem
    var index = [Int32](repeating: -1, count: problem.rows.stateCount)
    for (i, s) in problem.states.enumerated() { index[s] = Int32(i) }
    self.index = index
  }

  func solve(
    from start: [Int]?, epsilon: Double, maximumIterations: Int,
    shouldContinue: (_ iteration: Int, _ gap: Double) -> Bool
  ) throws -> LocalGain {
    let rows = problem.rows
    var choices =
      start ?? LocalGain(problem, bias: [Double](repeating: 0, count: rows.stateCount)).choices
    for (i, s) in problem.states.enumerated() where !problem.choices(i).contains(choices[s]) {
      choices[s] = problem.choices(i)[problem.pointers[i]]
    }
    var best: LocalGain?
    var iteration = 0
    while true {
      iteration += 1
      try makeUnichain(&choices)  // (1)
      let h = try bias(choices).h  // (2)
      var found = LocalGain(problem, bias: h)  // (3)
      found.iterations = iteration
      if found.gap <= epsilon { return found }
      if let old = best, old.gap <= found.gap { found = old }
      best = found
      if iteration >= maximumIterations || !shouldContinue(iteration, found.gap) {
        found.status = iteration >= maximumIterations ? .iterationLimit : .interrupted
        return found
      }
      var improved = false
      for (i, s) in problem.states.enumerated() {  // (4)
        let current = rows.bounds(choices[s], s, h)
        var top = current.high + 4 * (current.high - current.low)
        for k in problem.choices(i) {
          let b = rows.bounds(k, s, h)
          if b.low > top {
            top = b.low
            choices[s] = k
            improved = true
          }
        }
      }
      if !improved {
        found.status = .precisionLimit
        return found
      }
    }
  }

  /// The recurrent classes of a policy within the problem, as lists of states.
  private func classes(_ choices: [Int]) -> [[Int]] {
    let rows = problem.rows
    var pointers = [0]
    var targets: [Int32] = []
    for s in problem.states {
      targets.append(contentsOf: rows.entries(choices[s]).map { index[Int(rows.columns[$0])] })
      pointers.append(targets.count)
    }
    let n = problem.states.count
    let strong = StrongComponents(
      pointers: pointers, targets: targets, includes: [Bool](repeating: true, count: n))
    var closed = [Bool](repeating: true, count: strong.count)
    for i in 0..<n {
      for t in targets[pointers[i]..<pointers[i + 1]]
      where strong.componentOfVertex[Int(t)] != strong.componentOfVertex[i] {
        closed[Int(strong.componentOfVertex[i])] = false
      }
    }
    var lists = [[Int]](repeating: [], count: strong.count)
    for i in 0..<n { lists[Int(strong.componentOfVertex[i])].append(problem.states[i]) }
    return zip(lists, closed).filter { $0.1 }.map { $0.0 }
  }

  private func makeUnichain(_ choices: inout [Int]) throws {
    let classes = classes(choices)
    guard classes.count > 1 else { return }
    var winner = classes[0]
    var greatest = -Double.infinity
    for states in classes {
      let g = try gainAndBias(choices, states: states).g
      if g > greatest { (greatest, winner) = (g, states) }
    }
    // Outward from the winner: a state whose choice may lead to the states reached so far takes it.
    var reached = Set(winner)
    let sources = EndComponents.Sources(problem.rows)
    let allowed = Set(problem.choices)
    var queue = winner
    while let t = queue.popLast() {
      for k in sources.of(t).map({ Int($0) }) where allowed.contains(k) {
        let s = problem.rows.model.state(ofChoice: k)
        if reached.insert(s).inserted {
          choices[s] = k
          queue.append(s)
        }
      }
    }
  }

  private func bias(_ choices: [Int]) throws -> (g: Double, h: [Double]) {
    try gainAndBias(choices, states: problem.states)
  }

  /// Solves (2) on a closed set of states with one recurrent class.
  private func gainAndBias(_ choices: [Int], states: [Int]) throws -> (g: Double, h: [Double]) {
    let rows = problem.rows
    let n = states.count
    var position = [Int32](repeating: -1, count: rows.stateCount)
    for (i, s) in states.enumerated() { position[Int(s)] = Int32(i) }
    let reference = classes(choices).first { position[$0[0]] >= 0 }?[0] ?? states[0]
    let column = Int(position[reference])
    // The unknown of the reference state is the gain.
    var pointers = [0]
    var columns: [Int32] = []
    var values: [Double] = []
    for (i, s) in states.enumerated() {
      var diagonal = 0.0
      for e in rows.entries(choices[s]) where Int(rows.columns[e]) != s {
        diagonal += rows.probabilities[e]
        let j = Int(position[Int(rows.columns[e])])
        if j != column {
          columns.append(Int32(j))
          values.append(-rows.probabilities[e])
        }
      }
      if i != column {
        columns.append(Int32(i))
        values.append(diagonal)
      }
      columns.append(Int32(column))
      values.append(1)
      pointers.append(values.count)
    }
    let matrix = try SparseMatrix(
      rowCount: n, columnCount: n, rowPointers: pointers, columns: columns, values: values)
    let factors = try LongRunFactors(matrix)
    var h = [Double](repeating: 0, count: rows.stateCount)
    var g = 0.0
    for _ in 0..<2 {
      let residual = states.map { s in
        rows.model.rewards[choices[s]] + rows.change(choices[s], s, h) - g
      }
      let delta = factors.solve(residual)
      for (i, s) in states.enumerated() where i != column { h[s] += delta[i] }
      g += delta[column]
    }
    return (g, h)
  }
}

/// An LU factorization, dense or sparse as the matrix is.
enum LongRunFactors {
  case dense(LUFactorization)
  case sparse(SparseLU)

  init(_ matrix: SparseMatrix) throws {
    let n = matrix.rowCount
    if n <= 40 || (n <= 3_000 && matrix.storedCount > n * n / 8) {
      self = .dense(try LUFactorization(matrix.mergingDuplicates().matrix.denseForm()))
    } else {
      self = .sparse(try SparseLU(matrix))
    }
  }

  func solve(_ b: [Double]) -> [Double] {
    switch self {
    case .dense(let lu): lu.solve(b)
    case .sparse(let lu): lu.solve(b)
    }
  }

  func solveTransposed(_ b: [Double]) -> [Double] {
    switch self {
    case .dense(let lu): lu.solveTransposed(b)
    case .sparse(let lu): lu.solveTransposed(b)
    }
  }
}

extension SparseMatrix {
  /// The same matrix with all its entries.
  fileprivate func denseForm() -> Matrix {
    var result = Matrix(rowCount, columnCount)
    for i in 0..<rowCount {
      for e in entries(ofRow: i) { result[i, Int(columns[e])] += values[e] }
    }
    return result
  }
}
