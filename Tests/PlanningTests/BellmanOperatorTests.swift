// SPDX-License-Identifier: Apache-2.0
import Foundation
import LinearAlgebra
import MarkovModels
import Synchronization
import TestSupport
import Testing

@testable import Planning

@Suite("Bellman operator")
struct BellmanOperatorTests {
  /// Large enough for several threads: 600,000 entries sparse, 640,000 dense.
  static let specifications = [
    "garnet:states=20000,actions=3,branching=10,seed=7",
    "garnet:states=400,actions=4,branching=400,seed=7",
  ]

  @Test("sweeps are the same bits in 1, 2 and 5 pieces", arguments: specifications)
  func pieces(_ specification: String) throws {
    let model = try catalogueModel(specification)
    let S = model.stateCount
    var results: [(v: [Double], choices: [Int])] = []
    for pieces in [1, 2, 5] {
      let T = BellmanOperator(model, discount: 0.99, pieces: pieces)
      var lazy = LazySweep(T)
      var v = [Double](repeating: 0, count: S)
      var w = v
      for _ in 0..<6 {
        _ = lazy.apply(v, into: &w)
        swap(&v, &w)
        _ = lazy.adoptPolicy()
        _ = lazy.applyPolicy(&v, &w)
      }
      results.append((v, lazy.choices))
    }
    #expect(results[0].v == results[1].v && results[1].v == results[2].v)
    #expect(results[0].choices == results[1].choices && results[1].choices == results[2].choices)
  }

  @Test(
    "a lazy sweep gives the bits of a full one, and ends up reading few rows",
    arguments: specifications)
  func lazySweeps(_ specification: String) throws {
    let model = try catalogueModel(specification)
    let S = model.stateCount
    let T = BellmanOperator(model, discount: 0.95)
    var lazy = LazySweep(T)
    var v = [Double](repeating: 0, count: S)
    var (full, part) = (v, v)
    var choices = [Int](repeating: 0, count: S)
    for _ in 0..<12 {
      let d = T.apply(v, into: &full, choices: &choices)
      let e = lazy.apply(v, into: &part)
      #expect(full == part && choices == lazy.choices)
      #expect(d.low == e.low && d.high == e.high)
      v = full
    }
    #expect(lazy.lastRowsRead < model.choiceCount * 2 / 3)
  }

  @Test("lazy sweeps are full ones on every kind of model, from any vector")
  func lazyOnAllKinds() throws {
    for kind in RandomModelKind.allCases {
      for seed in 1...20 {
        let model = try randomMDP(kind: kind, states: 9, actions: 4, seed: UInt64(seed))
        let T = BellmanOperator(model, discount: 0.9)
        var lazy = LazySweep(T, entriesForCopies: seed % 2 == 0 ? 0 : .max)
        var rng = RepeatableGenerator(seed: UInt64(seed))
        var v = [Double](repeating: 0, count: 9)
        var (full, part) = (v, v)
        var choices = [Int](repeating: 0, count: 9)
        for round in 0..<8 {
          _ = T.apply(v, into: &full, choices: &choices)
          _ = lazy.apply(v, into: &part)
          #expect(full == part, "\(kind) \(seed) round \(round)")
          // With half of the seeds, half of the sweeps read the incumbents from a copy of their rows,
          // whose own sweep has the bits of the model's.
          if round % 2 == 1 {
            #expect(lazy.adoptPolicy() <= 9)
            #expect(lazy.adoptPolicy() == 0)
            let d = T.applyPolicy(lazy.choices, v, into: &full)
            let e = lazy.applyPolicy(&v, &part)
            #expect(full == v && d.low == e.low && d.high == e.high)
          }
          // Vectors that jump up and down, not only iterates.
          let scale = model.rewardRange.upperBound - model.rewardRange.lowerBound
          v = full.map { $0 + scale * (Double(rng.next() >> 11) * 0x1p-53 - 0.5) }
        }
      }
    }
  }

  @Test(
    "a copy of a policy's rows has their bits, for rows of many lengths and on two threads",
    arguments: ["maze:cells=30000,slip=0.1,seed=3", specifications[0]])
  func copiedRows(_ specification: String) throws {
    let model = try catalogueModel(specification)
    let S = model.stateCount
    let T = BellmanOperator(model, discount: 0.9)
    let rows = T.withArrays { PolicyRows($0) }
    var rng = RepeatableGenerator(seed: 17)
    var policy = [Int](repeating: -1, count: S)
    let v = (0..<S).map { _ in Double(rng.next() >> 11) * 0x1p-53 }
    var (copied, direct) = (v, v)
    for round in 0..<4 {
      // At first in every state, then in about a tenth: up and down.
      var changed = 0
      for s in 0..<S where round == 0 || rng.next() % 10 == 0 {
        let choices = model.choices(of: s)
        let k = choices.lowerBound + Int(rng.next() % UInt64(choices.count))
        changed += k != policy[s] ? 1 : 0
        policy[s] = k
      }
      #expect(T.withArrays { rows.update(policy, of: $0) } == changed)
      let d = T.applyPolicy(rows, v, into: &copied)
      let e = T.applyPolicy(policy, v, into: &direct)
      #expect(copied == direct && d.low == e.low && d.high == e.high)
    }
  }

  @Test("a state with more rows that can win than the queue holds")
  func manyChoices() throws {
    // 300 states with 7 choices, and three with 1,500 each: the queue of 512 is emptied in between.
    var (pointers, rows, rewards) = ([0], [[(Int, Double)]](), [Double]())
    var rng = RepeatableGenerator(seed: 5)
    for s in 0..<303 {
      for _ in 0..<(s % 100 == 1 && s > 100 ? 1_500 : 7) {
        let t = Int(rng.next() % 303)
        rows.append([(t, 0.25), ((t + 1 + Int(rng.next() % 200)) % 303, 0.75)])
        rewards.append(Double(rng.next() % 8))  // with ties
      }
      pointers.append(rows.count)
    }
    let entries = rows.flatMap { $0.sorted { $0.0 < $1.0 } }
    let matrix = try SparseMatrix(
      rowCount: rows.count, columnCount: 303, rowPointers: (0...rows.count).map { 2 * $0 },
      columns: entries.map { Int32($0.0) }, values: entries.map(\.1))
    let model = try TabularMDP(
      stateCount: 303, actionCount: 1_500, choicePointers: pointers,
      choiceActions: (0..<303).flatMap { s in
        (0..<(pointers[s + 1] - pointers[s])).map { Int32($0) }
      }, transitions: .sparse(matrix), rewards: rewards, storage: .sparse)
    let T = BellmanOperator(model, discount: 0.9)
    var lazy = LazySweep(T)
    var v = [Double](repeating: 0, count: 303)
    var (full, part) = (v, v)
    var choices = [Int](repeating: 0, count: 303)
    for _ in 0..<20 {
      _ = T.apply(v, into: &full, choices: &choices)
      _ = lazy.apply(v, into: &part)
      #expect(full == part && choices == lazy.choices)
      swap(&v, &full)
    }
  }

  @Test("two threads do every piece of every job once, also when a job comes late or in between")
  func secondThread() throws {
    let pair = SecondThread()
    for job in 0..<20_000 {
      let count = job % 7
      let done = (0..<7).map { _ in Counter() }
      pair.share(count) { done[$0].add() }
      #expect(done.map(\.value) == (0..<7).map { $0 < count ? 1 : 0 })
      if job % 5_000 == 0 { usleep(20_000) }  // long enough to fall asleep
    }
    // A job within a job gets no help, and is done.
    let inner = Counter()
    pair.share(3) { _ in pair.share(4) { _ in inner.add() } }
    #expect(inner.value == 12)
  }

  private final class Counter: Sendable {
    private let count = Atomic<Int>(0)
    var value: Int { count.load(ordering: .relaxed) }
    func add() { count.add(1, ordering: .relaxed) }
  }
}
