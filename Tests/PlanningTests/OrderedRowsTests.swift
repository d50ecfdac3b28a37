// SPDX-License-Identifier: Apache-2.0
import Certificates
import LinearAlgebra
import MarkovModels
import TestSupport
import Testing

@testable import Planning

@Suite("Rows in sweep order")
struct OrderedRowsTests {
  /// A model of one to three choices a state, whose rows lead at most two states away; some may end.
  private func band(states S: Int, seed: UInt64) throws -> TabularMDP {
    var rng = RepeatableGenerator(seed: seed)
    func unit() -> Double { Double(rng.next() >> 11) * 0x1p-53 }
    var (starts, labels, pointers) = ([0], [Int32](), [0])
    var (columns, values, rewards, termination) = ([Int32](), [Double](), [Double](), [Double]())
    for s in 0..<S {
      for a in 0..<(1 + Int(rng.next() % 3)) {
        let next = (max(0, s - 2)...min(S - 1, s + 2)).filter { _ in unit() < 0.6 }
        let mass = next.isEmpty ? 0 : unit() < 0.1 ? 0.5 + 0.5 * unit() : 1
        let weights = next.map { _ in unit() + 1e-3 }
        let total = weights.reduce(0, +)
        columns += next.map { Int32($0) }
        values += weights.map { $0 / total * mass }
        pointers.append(columns.count)
        labels.append(Int32(a))
        rewards.append(2 * unit() - 1)
        termination.append(1 - mass)
      }
      starts.append(labels.count)
    }
    return try TabularMDP(
      stateCount: S, actionCount: 3, choicePointers: starts, choiceActions: labels,
      transitions: .sparse(
        SparseMatrix(
          rowCount: labels.count, columnCount: S, rowPointers: pointers, columns: columns,
          values: values)),
      rewards: rewards, termination: termination, storage: .sparse)
  }

  /// A sweep by its definition: each part sees the others' values as they were before.
  ///
  /// `v` is over the model's states, and so are the choices, numbered as in the model.
  private func sweep(
    _ T: BellmanOperator, _ order: [Int32], parts: [Range<Int>], backwards: Bool, policyOnly: Bool,
    _ v: inout [Double], _ choices: inout [Int]
  ) {
    let old = v
    for (i, part) in parts.enumerated() {
      let own = Set(order[part].map { Int($0) })
      for s in backwards == (i == 0) ? order[part].reversed() : Array(order[part]) {
        let s = Int(s)
        var best = -Double.infinity
        let candidates = policyOnly ? choices[s]..<choices[s] + 1 : T.model.choices(of: s)
        for k in candidates {
          var (sum, loop) = (0.0, 0.0)
          T.model.transitions.forEachEntry(row: k) { t, p, _ in
            if t == s { loop = p } else { sum += p * (own.contains(t) ? v[t] : old[t]) }
          }
          let q = (T.model.rewards[k] + T.discount * sum) / (1 - T.discount * loop)
          if q > best { (best, choices[s]) = (q, k) }
        }
        v[s] = best
      }
    }
  }

  /// Where the choices of each state begin in the ordered rows.
  private func starts(_ model: TabularMDP, _ order: [Int32]) -> [Int] {
    var (next, starts) = (0, [Int](repeating: 0, count: order.count))
    for s in order {
      starts[Int(s)] = next
      next += model.choices(of: Int(s)).count
    }
    return starts
  }

  @Test("sweeps are their definition, bit by bit, in halves and whole", arguments: [2, 1_000])
  func definition(_ statesForHalves: Int) throws {
    for seed in 1...20 {
      let S = 300 + seed
      let T = BellmanOperator(try band(states: S, seed: UInt64(seed)), discount: 0.9)
      let natural = (0..<Int32(S)).map { $0 }
      let pairs = natural.map { $0 | 1 < S ? $0 ^ 1 : $0 }
      for order in [natural, natural.reversed(), pairs] {
        let rows = try #require(
          OrderedRows(T, order: order, statesForHalves: statesForHalves))
        #expect(statesForHalves > S ? rows.parts == [0..<S] : rows.parts.count == 2)
        let starts = starts(T.model, order)
        var expected = (0..<S).map { Double($0 * 37 % 101) / 10 }
        var expectedChoices = Array(T.model.choicePointers.dropLast())
        var (v, w) = (expected, [Double](repeating: 0, count: S))
        rows.reorder(v, into: &w)
        var choices = order.map { starts[Int($0)] }
        for (backwards, policyOnly) in [(false, false), (true, false), (false, true), (true, true)]
        {
          rows.gaussSeidel(&w, choices: &choices, backwards: backwards, policyOnly: policyOnly)
          sweep(
            T, order, parts: rows.parts, backwards: backwards, policyOnly: policyOnly, &expected,
            &expectedChoices)
        }
        rows.restore(&w, into: &v)
        #expect(w.count == S)
        #expect(v == expected, "seed \(seed)")
        for (i, s) in order.enumerated() {
          let s = Int(s)
          #expect(choices[i] - starts[s] == expectedChoices[s] - T.model.choicePointers[s])
        }
      }
    }
  }

  @Test("models whose halves hang together stay whole, and lose no entry")
  func whole() throws {
    let T = BellmanOperator(
      try catalogueModel("garnet:states=200,actions=2,branching=5,seed=1"), discount: 0.9)
    let order = (0..<Int32(200)).map { $0 }
    let rows = try #require(OrderedRows(T, order: order, statesForHalves: 2))
    #expect(rows.parts == [0..<200] && rows.ghosts.isEmpty)
    var expected = (0..<200).map { Double($0 * 37 % 101) / 10 }
    var (v, choices) = (expected, [Int](repeating: 0, count: 200))
    rows.gaussSeidel(&v, choices: &choices, backwards: true, policyOnly: false)
    sweep(T, order, parts: rows.parts, backwards: true, policyOnly: false, &expected, &choices)
    #expect(v == expected)
  }

  @Test("dense models have none")
  func dense() throws {
    let T = BellmanOperator(
      try randomMDP(kind: .dense, states: 5, actions: 2, seed: 1), discount: 0.9)
    #expect(OrderedRows(T, order: [0, 1, 2, 3, 4]) == nil)
  }

  /// A corridor of S states: from each a step to the one before, for −1, and for `last` from the last one;
  /// in state 0, the goal, one stays, for `stay`.
  private func corridor(_ S: Int, last: Double = -1, stay: Double = 0) throws -> BellmanOperator {
    BellmanOperator(
      try TabularMDP(
        stateCount: S, actionCount: 1,
        transitions: .sparse(
          SparseMatrix(
            rowCount: S, columnCount: S, rowPointers: Array(0...S),
            columns: (0..<S).map { Int32(max(0, $0 - 1)) },
            values: [Double](repeating: 1, count: S))),
        rewards: (0..<S).map { $0 == 0 ? stay : $0 < S - 1 ? -1 : last }, storage: .sparse),
      discount: 0.5)
  }

  @Test("two sweeps in halves carry the goal's value to the end of a corridor")
  func corridor() throws {
    let T = try corridor(64)
    let order = SweepOrder(goalsFirst: T.model).states
    let rows = try #require(OrderedRows(T, order: order, statesForHalves: 64))
    #expect(rows.parts == [0..<32, 32..<64] && rows.ghosts == [31])
    var (v, choices) = ([Double](repeating: -9, count: 64), Array(0..<64))
    rows.reorder(v, into: &v)
    rows.gaussSeidel(&v, choices: &choices, backwards: false, policyOnly: false)
    #expect(v[..<32] == (0..<32).map { -2 * (1 - exp2(-$0)) }[...])
    rows.gaussSeidel(&v, choices: &choices, backwards: true, policyOnly: false)
    #expect(Array(v[..<64]) == (0..<64).map { -2 * (1 - exp2(-$0)) })
  }

  /// 2 to the n, exactly.
  private func exp2(_ n: Int) -> Double { Double(sign: .plus, exponent: n, significand: 1) }

  @Test("shortest paths of a corridor: costs count twice, across the cut as well")
  func shortestPaths() throws {
    let T = try corridor(64, last: -8, stay: -0.25)
    let rows = try #require(
      OrderedRows(T, order: SweepOrder(goalsFirst: T.model).states, statesForHalves: 64))
    var v = [Double](repeating: 9, count: 64)
    rows.shortestPathValues(into: &v)
    #expect(Array(v[..<63]) == (0..<63).map { -4 + 3.5 * exp2(-$0) })
    #expect(v[63] == -16)  // the worst there is, −8 / (1 − γ), is more than 2 · −8 + γ v(62)
  }

  /// A maze of some 5,000 states, which has halves.
  private func maze() throws -> DiscountedMDP {
    try DiscountedMDP(catalogueModel("maze:cells=10000,slip=0.2,seed=3"), discount: 0.999)
  }

  @Test("one thread gives the bits of two")
  func threads() throws {
    let problem = try maze()
    func solve() throws -> Solution {
      try GaussSeidel().solve(problem, stopping: StoppingRule(epsilon: 1e-6))
    }
    let together = try solve()
    var alone: Solution?
    // While it does this job the second thread has no time for another.
    SecondThread.shared.share(1) { _ in alone = try? solve() }
    #expect(alone?.certificate == together.certificate)
  }

  @Test("mazes in halves are solved and certified, from whatever start")
  func solved() throws {
    let problem = try maze()
    let S = problem.dynamics.stateCount
    let T = BellmanOperator(problem.dynamics, discount: problem.discount)
    let rows = try #require(
      OrderedRows(T, order: SweepOrder(goalsFirst: problem.dynamics).states))
    try #require(rows.parts.count == 2 && !rows.ghosts.isEmpty)
    let exact = try PolicyIteration().solve(problem, stopping: StoppingRule(epsilon: 1e-9))
    for start in [nil, [Double](repeating: 0, count: S), [Double](repeating: -1e4, count: S)] {
      let solution = try GaussSeidel(start: start).solve(
        problem, stopping: StoppingRule(epsilon: 1e-6))
      #expect(solution.status == .converged && solution.certificate.gap <= 1e-6)
      #expect(CertificateChecker().check(solution.certificate, against: problem.dynamics) == nil)
      expectClose(solution.values, exact.values, tolerance: 1e-6)
    }
  }
}
