// SPDX-License-Identifier: Apache-2.0
import MarkovModels
import TestSupport
import Testing

@Suite("LowRankFactorModel")
struct LowRankFactorModelTests {
  @Test("classes are blocks that cover the states", arguments: [(10, 3), (20, 20), (7, 1)])
  func classes(states: Int, rank: Int) throws {
    let recipe = try LowRankFactorModel(states: states, rank: rank, branching: 1)
    #expect((0..<rank).flatMap { Array(recipe.members(ofClass: $0)) } == Array(0..<states))
    let measures = try recipe.model().measures
    for i in 0..<rank {
      for s in 0..<states where !recipe.members(ofClass: i).contains(s) {
        #expect(measures[i, s] == 0)
      }
    }
  }

  @Test("every choice leads to the given number of classes")
  func branching() throws {
    let features = try LowRankFactorModel(states: 30, rank: 6, branching: 3).model().features
    for k in 0..<features.rowCount {
      #expect((0..<6).count { features[k, $0] > 0 } == 3)
    }
  }

  @Test("is a valid model at full size")
  func large() throws {
    let model = try LowRankFactorModel(states: 20_000, actions: 2, rank: 20).model()
    #expect(model.stateCount == 20_000)
    #expect(model.rank == 20)
  }

  @Test("is a pure function of its parameters")
  func repeatable() throws {
    #expect(try LowRankFactorModel(seed: 4).model() == LowRankFactorModel(seed: 4).model())
    #expect(try LowRankFactorModel(seed: 4).model() != LowRankFactorModel(seed: 5).model())
  }

  @Test("refuses parameters out of range")
  func badParameters() {
    #expect(throws: ModelError.self) { try LowRankFactorModel(states: 5, rank: 6) }
    #expect(throws: ModelError.self) { try LowRankFactorModel(branching: 21) }
    #expect(throws: ModelError.self) { try LowRankFactorModel(states: 1 << 30, rank: 100) }
  }
}
