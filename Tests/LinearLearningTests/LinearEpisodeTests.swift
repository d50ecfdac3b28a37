// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra
import LinearLearning
import MarkovModels
import Randomness
import TestSupport
import Testing

@Suite("Linear episodes and data")
struct LinearEpisodeTests {
  @Test("the optimal value is the best of all staged policies", arguments: 0..<10)
  func enumeration(seed: Int) throws {
    let model = try LinearEpisode(
      RandomLinearMDP(states: 2, actions: 2, dimension: 3, seed: UInt64(seed)).model(), horizon: 3)
    var best = 0.0
    for code in 0..<64 { best = max(best, model.value(of: (0..<6).map { code >> $0 & 1 })) }
    expectClose(model.optimalValue, best, tolerance: 1e-12)
    expectClose(model.value(of: model.optimalPolicy), best, tolerance: 1e-12)
  }

  @Test("every backup is linear in the features with weights θ + M V")
  func linearity() throws {
    let linear = try RandomLinearMDP(states: 6, actions: 3, dimension: 4, seed: 5).model()
    let model = try LinearEpisode(linear, horizon: 2)
    var rng = Xoshiro256(seed: 1, purpose: "values")
    let V = (0..<6).map { _ in 3 * rng.uniform() }
    let backup = model.backup(V[...])
    for k in 0..<18 {
      var value = 0.0
      for i in 0..<4 {
        var w = linear.rewardWeights[i]
        for s in 0..<6 { w += linear.lowRank.measures[i, s] * V[s] }
        #expect(w >= 0 && w <= 4)
        value += linear.lowRank.features[k, i] * w
      }
      expectClose(backup[k], value, tolerance: 1e-12)
      expectClose(model.transition(of: k).reduce(0, +), 1, tolerance: 1e-12)
    }
  }

  @Test("occupancies sum to 1 and give the value of a policy")
  func occupancy() throws {
    let model = try LinearEpisode(
      RandomLinearMDP(states: 5, actions: 3, dimension: 2, seed: 8).model(), horizon: 4)
    let occupancy = model.occupancy(of: model.probabilities(of: model.optimalPolicy))
    var value = 0.0
    for h in 0..<4 {
      let stage = occupancy[h * 15..<(h + 1) * 15]
      expectClose(stage.reduce(0, +), 1, tolerance: 1e-12)
      for k in 0..<15 { value += occupancy[h * 15 + k] * model.rewards[k] }
    }
    expectClose(value, model.optimalValue, tolerance: 1e-12)
  }

  @Test("closed forms of the families")
  func families() throws {
    let arms = try LinearEpisode(ThreeStateFamily(arms: 3, gap: 0.1).model(), horizon: 5)
    expectClose(arms.optimalValue, 4 * 0.6, tolerance: 1e-12)
    expectClose(
      arms.value(of: [Int](repeating: 0, count: 15)), 4 * 0.4, tolerance: 1e-12)
    #expect(arms.features.hasUnitRows)
    let lock = try DigitLock(length: 4, actions: 3).episode()
    #expect(lock.optimalValue == 1)
    #expect(lock.value(of: [Int](repeating: 1, count: 20)) == 0)
  }

  @Test("data have the counts of their layout, and the coverage of their recipe")
  func data() throws {
    let family = try ThreeStateFamily(arms: 4, gap: 0.1)
    let model = try LinearEpisode(family.model(), horizon: 3)
    var rng = Xoshiro256(seed: 3, purpose: "data")
    let behaviour = family.behaviour(concentrability: 8, horizon: 3)
    let folds = StageCounts(
      of: model, behaviour: [(1, behaviour)], episodes: 3_001, using: &rng)
    for h in 0..<3 {
      #expect((0..<12).reduce(0) { $0 + folds.visits(stage: h, choice: $1) } == 1_000)
    }
    // Ratio at the start: 8. Afterwards: p*/p_b over uniform actions, with π* on one action.
    let good = 4 * 0.6 / (0.4 + 0.2 / 8)
    expectClose(folds.recipe.concentrability, max(8, good), tolerance: 1e-9)
    let balanced = StageCounts(
      of: model, behaviour: [(1, behaviour)], episodes: 3_000, layout: .balanced, using: &rng)
    #expect(balanced.visits(stage: 0, choice: 3) == 125)
    #expect(balanced.visits(stage: 0, choice: 0) == 292)
    // Frequencies of next states: 6 standard deviations of a binomial, probability below 1e-8.
    let successes = Double(balanced.counts[(0 * 12 + 0) * 3 + 1])
    #expect(abs(successes - 292 * 0.4) <= 6 * (292 * 0.24).squareRoot())
  }

  @Test("bad input is refused with the place")
  func badInput() throws {
    let linear = try RandomLinearMDP(states: 2, actions: 1, dimension: 1, seed: 1).model()
    #expect(throws: ModelError.badHorizon(0)) { try LinearEpisode(linear, horizon: 0) }
    let negative = try LinearMDP(
      features: .identity(1), measures: Matrix(rows: [[1]]), rewardWeights: [-0.5], actionCount: 1)
    #expect(throws: ModelError.self) { try LinearEpisode(negative, horizon: 1) }
    #expect(throws: ModelError.self) {
      try LinearEpisode(oneHot: CombinationLock(length: 3).model(), horizon: 3)
    }
    #expect(throws: ModelError.self) { try ThreeStateFamily(arms: 0, gap: 0.1) }
    #expect(throws: ModelError.self) { try ThreeStateFamily(arms: 2, gap: .nan) }
    #expect(throws: ModelError.self) { try ThreeStateFamily(arms: 2, gap: 0.1, best: 2) }
    #expect(throws: ModelError.self) { try DigitLock(length: 2, actions: 1) }
    #expect(throws: ModelError.self) { try DigitLock(length: 0, actions: 2) }
  }
}
