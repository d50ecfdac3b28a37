// SPDX-License-Identifier: Apache-2.0
import Certificates
import LinearAlgebra
import MarkovModels
import TestSupport
import Testing

@testable import Planning

@Suite("Low-rank planner")
struct LowRankPlannerTests {
  /// Random rows on the simplex: *rows × columns*.
  private func simplexRows(
    _ rows: Int, _ columns: Int, _ rng: inout RepeatableGenerator
  ) -> Matrix {
    var matrix = Matrix(rows, columns)
    for i in 0..<rows {
      var sum = 0.0
      for j in 0..<columns {
        let x = Double(rng.next() >> 11) * 0x1p-53 + 1e-3
        matrix[i, j] = x
        sum += x
      }
      for j in 0..<columns { matrix[i, j] /= sum }
    }
    return matrix
  }

  private func factored(_ S: Int, _ A: Int, _ r: Int, seed: UInt64) throws -> LowRankMDP {
    var rng = RepeatableGenerator(seed: seed)
    return try LowRankMDP(
      features: simplexRows(S * A, r, &rng), measures: simplexRows(r, S, &rng),
      rewards: (0..<S * A).map { _ in Double(rng.next() >> 11) * 0x1p-53 }, actionCount: A)
  }

  @Test("equals the dense solver on models of rank r, from factors and from the table")
  func exactRank() throws {
    for seed in 1...20 {
      let (S, A, r) = (10 + seed, 1 + seed % 4, 1 + seed % 5)
      let model = try factored(S, A, r, seed: UInt64(seed))
      let table = try model.tabular()
      let stopping = StoppingRule(epsilon: 1e-9)
      let dense = try PolicyIteration(evaluation: .dense).solve(
        table, discount: 0.95, stopping: stopping)
      let factors = try LowRankPlanner().solve(model, discount: 0.95, stopping: stopping)
      let truncated = try LowRankPlanner(rank: r).solveTruncated(
        DiscountedMDP(table, discount: 0.95), stopping: stopping)
      #expect(factors.certificate.status == .converged)
      #expect(truncated.solution.status == .converged)
      #expect(CertificateChecker().check(factors.certificate, against: model) == nil)
      #expect(CertificateChecker().check(truncated.solution.certificate, against: table) == nil)
      // The simulation lemma alone is loose by the rounding of the SVD only.
      #expect(truncated.simulationCertificate.gap <= 1e-9)
      for s in 0..<S {
        #expect(abs(factors.values[s] - dense.values[s]) <= 2e-9)
        #expect(abs(truncated.solution.values[s] - dense.values[s]) <= 2e-9)
      }
    }
  }

  @Test("lazy sweeps give the bits and choices of full ones, whatever the vectors")
  func lazySweeps() throws {
    for seed in 1...30 {
      let (S, A, r) = (1 + 7 * seed, 1 + seed % 6, 1 + seed % 9)
      let model = try factored(S, A, r, seed: UInt64(seed))
      let T = FactoredOperator(model, discount: 0.97)
      var sweep = FactoredSweep(T)
      var (full, lazy) = (
        [Double](repeating: 0, count: S), [Double](repeating: 0, count: S)
      )
      var choices = [Int](repeating: 0, count: S)
      var v = full
      var rng = RepeatableGenerator(seed: UInt64(seed))
      for round in 0..<40 {
        let expected = T.apply(v, into: &full, choices: &choices)
        let found = round == 0 ? sweep.applyToZero(into: &lazy) : sweep.apply(v, into: &lazy)
        #expect(full == lazy && choices == sweep.choices)
        #expect(expected.low == found.low && expected.high == found.high)
        // Mostly the next iterate; now and then a jump up, down, or to another scale.
        switch round % 8 {
        case 5: v = v.map { _ in 1e3 * Double(rng.next() >> 11) * 0x1p-53 }
        case 6: v = v.map { $0 - 700 }
        case 7: v = v.map { 1e-3 * $0 }
        default: v = full
        }
      }
    }
  }

  @Test("few rows of Φ are read once the values settle")
  func rowsRead() throws {
    let model = try factored(2_000, 10, 5, seed: 3)
    let T = FactoredOperator(model, discount: 0.9)
    var sweep = FactoredSweep(T)
    var v = [Double](repeating: 0, count: 2_000)
    _ = sweep.applyToZero(into: &v)
    #expect(sweep.rowsRead == 0)
    for _ in 0..<20 {
      let old = v
      _ = sweep.apply(old, into: &v)
    }
    // A full sweep reads 20,000; one row a state is 2,000.
    #expect(sweep.rowsRead < 20 * 4_000)
  }

  @Test("an evaluation on two threads solves the equation of the adopted policy")
  func evaluation() throws {
    let (S, r) = (2_000, 5)
    let model = try factored(S, 10, r, seed: 4)
    let T = FactoredOperator(model, discount: 0.99)
    var sweep = FactoredSweep(T)
    var (v, w) = ([Double](repeating: 0, count: S), [Double](repeating: 0, count: S))
    _ = sweep.applyToZero(into: &w)
    #expect(sweep.adoptPolicy() == S)
    try T.evaluate(sweep.policyRows, w, addingTo: &v)
    _ = sweep.apply(v, into: &w)
    let changed = sweep.adoptPolicy()
    #expect(changed > 0 && changed < S)
    for s in 0..<S {
      let k = sweep.choices[s]
      #expect(
        sweep.policyRows[s * r..<(s + 1) * r] == model.featureRows[k * r..<(k + 1) * r])
    }
    // v + δ of the new policy π solves v = r_π + γ Φ_π M v.
    for s in 0..<S { w[s] -= v[s] }
    try T.evaluate(sweep.policyRows, w, addingTo: &v)
    let y = T.product(T.measures, length: S, v)
    for s in 0..<S {
      let k = sweep.choices[s]
      var backup = 0.0
      for i in 0..<r { backup += model.featureRows[k * r + i] * y[i] }
      #expect(abs(model.rewards[k] + 0.99 * backup - v[s]) < 1e-10)
    }
  }

  @Test("both certificates cover the truth on 200 truncated models")
  func truncatedModels() throws {
    var looseSimulation = 0
    for seed in 1...200 {
      let S = 6 + seed % 15
      let kind = [RandomModelKind.dense, .sparse, .terminating, .stateDependentActions][seed % 4]
      let model = try randomMDP(kind: kind, states: S, actions: 3, seed: UInt64(seed))
      let discount = [0.5, 0.9, 0.99][seed % 3]
      let problem = try DiscountedMDP(model, discount: discount)
      let rank = 1 + seed % (S - 1)
      let truncated = try LowRankPlanner(rank: rank).solveTruncated(
        problem, stopping: StoppingRule(epsilon: 1e-9, maximumIterations: 1_000))
      let truth = try PolicyIteration().solve(problem, stopping: StoppingRule(epsilon: 1e-8))
      let checker = CertificateChecker()
      #expect(checker.check(truncated.solution.certificate, against: model) == nil, "\(seed)")
      #expect(checker.check(truncated.simulationCertificate, against: model) == nil, "\(seed)")
      for certificate in [truncated.solution.certificate, truncated.simulationCertificate] {
        let (bounds, exact) = (certificate.stages[0], truth.certificate.stages[0])
        for s in 0..<S {
          #expect(bounds.lower[s] <= exact.upper[s], "\(seed), state \(s)")
          #expect(exact.lower[s] <= bounds.upper[s], "\(seed), state \(s)")
        }
      }
      if truncated.simulationCertificate.gap > 1e-6 { looseSimulation += 1 }
    }
    // The test means something only if truncation did hide something in most models.
    #expect(looseSimulation >= 150)
  }

  @Test("sweeps that two threads share have the bits of one row after another")
  func threads() throws {
    let (S, A, r) = (3_000, 6, 6)  // 108,000 products: enough for the second thread
    let model = try factored(S, A, r, seed: 3)
    let T = FactoredOperator(model, discount: 0.9)
    let rows = (0..<S * A).map { Array(model.featureRows[$0 * r..<($0 + 1) * r]) }
    var v = [Double](repeating: 0, count: S)
    var (out, choices) = (v, [Int](repeating: 0, count: S))
    for _ in 0..<20 {
      let change = T.apply(v, into: &out, choices: &choices)
      let y = (0..<r).map { dot(Array(model.measureRows[$0 * S..<($0 + 1) * S]), v) }
      let q = (0..<S * A).map { model.rewards[$0] + 0.9 * dot(rows[$0], y) }
      let best = (0..<S).map { s in
        (s * A..<(s + 1) * A).reduce(s * A) { q[$1] > q[$0] ? $1 : $0 }
      }
      #expect(choices == best && out == best.map { q[$0] })
      let changes = zip(out, v).map { $0 - $1 }
      #expect(change.low == changes.min() && change.high == changes.max())
      swap(&v, &out)
    }
  }

  @Test("refuses a table that is too large to factor")
  func tooLarge() throws {
    let S = 10_001
    let P = try SparseMatrix(
      rowCount: S, columnCount: S, rowPointers: Array(0...S), columns: (0..<S).map { Int32($0) },
      values: [Double](repeating: 1, count: S))
    let model = try TabularMDP(
      stateCount: S, actionCount: 1, transitions: .sparse(P),
      rewards: [Double](repeating: 0, count: S))
    #expect(throws: LowRankError.tableTooLarge(entries: S * S, limit: 100_000_000)) {
      try LowRankPlanner().solve(model, discount: 0.9)
    }
  }
}
