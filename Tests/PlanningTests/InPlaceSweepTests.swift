// SPDX-License-Identifier: Apache-2.0
import Certificates
import LinearAlgebra
import MarkovModels
import TestSupport
import Testing

@testable import Planning

@Suite("Sweeps in place")
struct InPlaceSweepTests {
  /// The rows of the policy that takes the first choice of every state.
  private func firstChoices(_ T: BellmanOperator) -> PolicyRows {
    T.withArrays { model in
      let rows = PolicyRows(model)
      _ = rows.update(Array(T.model.choicePointers.dropLast()), of: model)
      return rows
    }
  }

  /// (T_π v)(s) by a plain sum, for the first choice of a state.
  private func backup(_ T: BellmanOperator, _ s: Int, _ v: [Double]) -> Double {
    let k = T.model.choicePointers[s]
    var sum = 0.0
    T.model.transitions.forEachEntry(row: k) { t, p, _ in sum += p * v[t] }
    return T.model.rewards[k] + T.discount * sum
  }

  @Test("a sweep is its definition, on every kind of model", arguments: RandomModelKind.allCases)
  func definition(_ kind: RandomModelKind) throws {
    var sweeps = 0
    for seed in 1...20 {
      let S = 20 + seed
      let model = try randomMDP(kind: kind, states: S, actions: 2, seed: UInt64(seed))
      guard case .sparse = model.transitions else { continue }
      let T = BellmanOperator(model, discount: 0.9)
      let rows = firstChoices(T)
      var inPlace = try #require(InPlaceSweep(rows, entriesOfBlock: max(1, rows.entryCount / 7)))
      let scale = max(abs(model.rewardRange.lowerBound), abs(model.rewardRange.upperBound))
      var rng = RepeatableGenerator(seed: UInt64(seed))
      var v = (0..<S).map { _ in scale * Double(rng.next() >> 11) * 0x1p-53 }
      var w = v
      var expected = v
      let blocks = stride(from: 0, through: inPlace.bounds.count - 1, by: 4).map {
        inPlace.bounds[$0]
      }
      for _ in 0..<2 {
        var (shift, low, high) = (0.0, Double.infinity, -Double.infinity)
        for (begin, end) in zip(blocks, blocks.dropFirst()) {
          let new = (begin..<end).map { backup(T, $0, expected) }
          if begin == 0 {
            shift = (0..<end).reduce(0) { $0 + (new[$1] - expected[$1]) } / Double(end)
          }
          for s in begin..<end {
            low = min(low, new[s - begin] - shift - expected[s])
            high = max(high, new[s - begin] - shift - expected[s])
            expected[s] = new[s - begin] - shift
          }
        }
        let change = try #require(inPlace.apply(rows, discount: 0.9, &v, scratch: &w))
        expectClose(v, expected, tolerance: 1e-13 * scale, "\(kind) \(seed)")
        expectClose(change.low, low, tolerance: 1e-13 * scale)
        expectClose(change.high, high, tolerance: 1e-13 * scale)
        sweeps += 1
      }
    }
    // Kinds that are stored densely have no copied rows; all others were swept.
    #expect(sweeps == 40 || sweeps == 0 && kind != .sparse)
  }

  @Test("two threads give the bits of one, and the policy's values up to a constant")
  func valuesOnTwoThreads() throws {
    let T = BellmanOperator(
      try catalogueModel("garnet:states=20000,actions=2,branching=10,seed=3"), discount: 0.99)
    let rows = firstChoices(T)
    func values() throws -> [Double] {
      var inPlace = try #require(InPlaceSweep(rows, entriesOfBlock: 20_000))
      var v = [Double](repeating: 0, count: 20_000)
      var w = v
      for _ in 0..<30 { #expect(inPlace.apply(rows, discount: 0.99, &v, scratch: &w) != nil) }
      return v
    }
    let together = try values()
    var alone: [Double] = []
    // While it does this job the second thread has no time for another.
    SecondThread.shared.share(1) { _ in alone = (try? values()) ?? [] }
    #expect(together == alone)
    // T_π v − v is the same constant everywhere.
    let d = T.model.choicePointers.dropLast().indices.map { backup(T, $0, together) - together[$0] }
    let span = (d.max() ?? .infinity) - (d.min() ?? 0)
    #expect(span < 1e-13, "span \(span)")
  }

  @Test("in place takes at most five sixths of the sweeps of all states at once")
  func fewerSweeps() throws {
    // 24 and 31 here, where g is a mean of only 2,000 states; 0.62 of them by the docstring's rates.
    let T = BellmanOperator(
      try catalogueModel("garnet:states=20000,actions=2,branching=10,seed=3"), discount: 0.99)
    let rows = firstChoices(T)
    var inPlace = try #require(InPlaceSweep(rows, entriesOfBlock: 20_000))
    var v = [Double](repeating: 0, count: 20_000)
    var w = v
    var sweeps = (inPlace: 0, atOnce: 0)
    while let d = inPlace.apply(rows, discount: 0.99, &v, scratch: &w), d.span > 1e-11 {
      sweeps.inPlace += 1
    }
    v = [Double](repeating: 0, count: 20_000)
    while T.applyPolicy(rows, v, into: &w).span > 1e-11 {
      sweeps.atOnce += 1
      swap(&v, &w)
    }
    #expect(6 * sweeps.inPlace <= 5 * sweeps.atOnce, "\(sweeps)")
  }

  /// A sparse model from the successors of every choice, all alike, and rewards.
  private func model(
    states S: Int, actions A: Int, successors: (Int) -> [Int], reward: (Int) -> Double
  ) throws -> TabularMDP {
    var (pointers, columns, values) = ([0], [Int32](), [Double]())
    for k in 0..<S * A {
      let next = Set(successors(k)).sorted()
      columns += next.map { Int32($0) }
      values += [Double](repeating: 1 / Double(next.count), count: next.count)
      pointers.append(columns.count)
    }
    return try TabularMDP(
      stateCount: S, actionCount: A, choicePointers: (0...S).map { A * $0 },
      choiceActions: (0..<S * A).map { Int32($0 % A) },
      transitions: .sparse(
        SparseMatrix(
          rowCount: S * A, columnCount: S, rowPointers: pointers, columns: columns, values: values)),
      rewards: (0..<S * A).map(reward), storage: .sparse)
  }

  @Test("where nothing mixes they end, leave the vector alone, and the solution is certified")
  func ring() throws {
    // A ring of 450,000 states, run through in one direction or with a step left out: 450,000 entries are
    // enough for sweeps in place, from which a ring has nothing.
    let S = 450_000
    let ring = try model(
      states: S, actions: 2, successors: { [($0 / 2 + 1 + $0 % 2) % S] },
      reward: { Double($0 * 7_919 % 11) })
    let T = BellmanOperator(ring, discount: 0.97)
    let rows = firstChoices(T)
    var inPlace = try #require(InPlaceSweep(rows, entriesOfBlock: 100_000))
    var v = [Double](repeating: 0, count: S)
    var w = v
    var sweeps = 0
    var before = v
    while inPlace.apply(rows, discount: 0.97, &v, scratch: &w) != nil {
      sweeps += 1
      before = v
      try #require(sweeps < 20)
    }
    #expect(v == before)
    try checkSolution(ring, discount: 0.97)
  }

  @Test("closed classes with different gains are solved whichever of them is the reference")
  func twoClasses() throws {
    for first in [0.0, 1] {
      var rng = RepeatableGenerator(seed: 9)
      let half = 45_000
      let model = try model(
        states: 2 * half, actions: 2,
        successors: { k in
          (0..<5).map { _ in (k / 2 < half ? 0 : half) + Int(rng.next() % UInt64(half)) }
        },
        reward: { k in (k / 2 < half ? first : 1 - first) + Double(k * 7_919 % 11) / 100 })
      try checkSolution(model, discount: 0.9)
    }
  }

  private func checkSolution(_ model: TabularMDP, discount: Double) throws {
    let problem = try DiscountedMDP(model, discount: discount)
    let solution = try ModifiedPolicyIteration().solve(
      problem, stopping: StoppingRule(epsilon: 1e-6))
    #expect(solution.status == .converged && solution.certificate.gap <= 1e-6)
    #expect(CertificateChecker().check(solution.certificate, against: model) == nil)
  }

  @Test("there are none for few entries, and never more than sixteen blocks")
  func tooFew() throws {
    let T = BellmanOperator(
      try catalogueModel("garnet:states=20000,actions=2,branching=10,seed=3"), discount: 0.99)
    let rows = firstChoices(T)
    #expect(InPlaceSweep(rows, entriesOfBlock: 100_000) == nil)
    #expect(InPlaceSweep(rows, entriesOfBlock: 50_001) == nil)
    #expect(InPlaceSweep(rows, entriesOfBlock: 50_000)?.bounds.count == 17)
    #expect(InPlaceSweep(rows, entriesOfBlock: 1)?.bounds.count == 65)
  }
}
