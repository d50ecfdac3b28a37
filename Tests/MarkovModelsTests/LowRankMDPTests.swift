// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra
import MarkovModels
import TestSupport
import Testing

@Suite("LowRankMDP")
struct LowRankMDPTests {
  private let features = Matrix(rows: [[1, 0], [0.5, 0.5], [0, 1], [0.25, 0.75]])
  private let measures = Matrix(rows: [[1, 0], [0.5, 0.5]])

  private func model(
    features: Matrix? = nil, measures: Matrix? = nil, rewards: [Double] = [0, 1, 2, 3],
    initial: [Double]? = nil
  ) throws(ModelError) -> LowRankMDP {
    try LowRankMDP(
      features: features ?? self.features, measures: measures ?? self.measures, rewards: rewards,
      actionCount: 2, initialDistribution: initial)
  }

  @Test("the tabular form multiplies the factors")
  func tabular() throws {
    let low = try model(initial: [1, 0])
    let table = try low.tabular()
    #expect(
      table.transitions.denseForm()
        == Matrix(2, 4, columnMajor: [1, 0, 0.75, 0.25, 0.5, 0.5, 0.625, 0.375]))
    #expect(table.rewards == low.rewards)
    #expect(table.initialDistribution == [1, 0])
    #expect(low.stateCount == 2 && low.choiceCount == 4 && low.rank == 2)
  }

  @Test("the tabular form of random models is valid and close to Φ M", arguments: 0..<10)
  func randomModels(seed: Int) throws {
    let low = try LowRankFactorModel(
      states: 20 + seed, actions: 3, rank: 1 + seed, branching: 1 + seed / 2, seed: UInt64(seed)
    ).model()
    let table = try low.tabular()
    for k in 0..<low.choiceCount {
      for s in 0..<low.stateCount {
        let p = (0..<low.rank).reduce(0.0) { $0 + low.features[k, $1] * low.measures[$1, s] }
        expectClose(table.transitions.probability(row: k, next: s), p, tolerance: 1e-15)
      }
    }
  }

  @Test("names what is wrong")
  func errors() {
    #expect(throws: ModelError.noStates) { try model(measures: Matrix(2, 0)) }
    #expect(throws: ModelError.wrongCount(array: "features", expected: 4, found: 1)) {
      try model(features: Matrix(1, 2))
    }
    #expect(
      throws: ModelError.wrongCount(array: "latent distributions", expected: 2, found: 1)
    ) {
      try model(measures: Matrix(rows: [[0.5, 0.5]]))
    }
    #expect(throws: ModelError.wrongCount(array: "rewards", expected: 4, found: 1)) {
      try model(rewards: [1])
    }
    #expect(throws: ModelError.badReward(ModelPlace(state: 1, action: 0), reward: .infinity)) {
      try model(rewards: [0, 0, .infinity, 0])
    }
    var bad = features
    bad[3, 1] = -0.75
    #expect(
      throws: ModelError.badProbability(
        ModelPlace(state: 1, action: 1), next: 1, probability: -0.75)
    ) {
      try model(features: bad)
    }
    bad[3, 1] = 0.5
    #expect(
      throws: ModelError.rowNotStochastic(
        ModelPlace(state: 1, action: 1), sum: 0.75, tolerance: 3 * .ulpOfOne)
    ) {
      try model(features: bad)
    }
    let row = ModelPlace(state: 1, stateName: "row of the measures")
    #expect(throws: ModelError.rowNotStochastic(row, sum: 0.75, tolerance: 3 * .ulpOfOne)) {
      try model(measures: Matrix(rows: [[1, 0], [0.5, 0.25]]))
    }
  }

  @Test("checks the initial distribution")
  func initial() {
    #expect(throws: ModelError.wrongCount(array: "initial distribution", expected: 2, found: 1)) {
      try model(initial: [1])
    }
    #expect(throws: ModelError.badInitialDistribution(state: nil, value: 0.5)) {
      try model(initial: [0.5, 0])
    }
    #expect(throws: ModelError.badInitialDistribution(state: 0, value: -1)) {
      try model(initial: [-1, 1])
    }
  }

  @Test("a linear MDP needs one weight for each feature")
  func weights() throws {
    let linear = try LinearMDP(
      features: features, measures: measures, rewardWeights: [1, 3], actionCount: 2)
    #expect(linear.lowRank.rewards == [1, 2, 3, 2.5])
    #expect(linear.dimension == 2)
    #expect(throws: ModelError.wrongCount(array: "reward weights", expected: 2, found: 1)) {
      try LinearMDP(features: features, measures: measures, rewardWeights: [1], actionCount: 2)
    }
  }
}
