// SPDX-License-Identifier: Apache-2.0
import MarkovModels
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

  private func model(_ specification: String) throws -> TabularMDP {
    guard case .tabular(let model, _) = try EnvironmentCatalogue.build(specification).model else {
      throw ModelError.noStates
    }
    return model
  }

  @Test("sweeps are the same bits on 1, 2 and 5 threads", arguments: specifications)
  func threads(_ specification: String) throws {
    let model = try model(specification)
    let S = model.stateCount
    var results: [(v: [Double], choices: [Int])] = []
    for threads in [1, 2, 5] {
      let T = BellmanOperator(model, discount: 0.99, threads: threads)
      var lazy = LazySweep(T)
      var v = [Double](repeating: 0, count: S)
      var w = v
      for _ in 0..<6 {
        _ = lazy.apply(v, into: &w)
        swap(&v, &w)
        _ = lazy.adoptPolicy()
        _ = lazy.applyPolicy(v, into: &w)
        swap(&v, &w)
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
    let model = try model(specification)
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
        var lazy = LazySweep(T)
        var rng = RepeatableGenerator(seed: UInt64(seed))
        var v = [Double](repeating: 0, count: 9)
        var (full, part) = (v, v)
        var choices = [Int](repeating: 0, count: 9)
        for round in 0..<8 {
          _ = T.apply(v, into: &full, choices: &choices)
          _ = lazy.apply(v, into: &part)
          #expect(full == part, "\(kind) \(seed) round \(round)")
          // Half of the sweeps read the incumbents from a copy of their rows, whose own sweep has the
          // bits of the model's.
          if round % 2 == 1 {
            #expect(lazy.adoptPolicy() <= 9)
            #expect(lazy.adoptPolicy() == 0)
            let d = T.applyPolicy(lazy.choices, v, into: &full)
            let e = lazy.applyPolicy(v, into: &part)
            #expect(full == part && d.low == e.low && d.high == e.high)
          }
          // Vectors that jump up and down, not only iterates.
          let scale = model.rewardRange.upperBound - model.rewardRange.lowerBound
          v = full.map { $0 + scale * (Double(rng.next() >> 11) * 0x1p-53 - 0.5) }
        }
      }
    }
  }
}
