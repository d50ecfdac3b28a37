// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra
import LinearLearning
import MarkovModels
import Randomness
import TestSupport
import Testing

@Suite("Linear learners by hand")
struct ByHandTests {
  @Test("LSVI-UCB: estimates below 0 are cut at 0")
  func cutAtZero() {
    var learner = LSVIUCB(
      features: FeatureMap(Matrix(rows: [[1], [-1]])), states: 1, horizon: 1, multiplier: 0)
    _ = learner.plan()
    learner.observe(stage: 0, choice: 0, reward: 1, next: 0)
    _ = learner.plan()
    // w = 1/(1 + 1).
    #expect(learner.actionValues[0] == 0.5)
    #expect(learner.actionValues[1] == 0)
  }

  @Test("LSVI-UCB: planning again exactly when the determinant has doubled since the last plan")
  func doubling() {
    var learner = LSVIUCB(
      features: .oneHot(choices: 1), states: 1, horizon: 1, multiplier: 1,
      switching: .determinant(growth: 2))
    // The determinant is 1 + n: 1, 2, 4, 8 at n = 0, 1, 3, 7.
    var planned: [Int] = []
    for n in 0..<10 {
      if learner.plan() { planned.append(n) }
      learner.observe(stage: 0, choice: 0, reward: 0, next: 0)
    }
    #expect(planned == [0, 1, 3, 7])
  }

  private func arm() throws -> LinearEpisode {
    try LinearEpisode(
      LinearMDP(
        features: .identity(2), measures: Matrix(rows: [[1], [1]]), rewardWeights: [0.75, 0.75],
        actionCount: 2), horizon: 1)
  }

  private func counts(_ model: LinearEpisode, weights: [Double], episodes: Int) -> StageCounts {
    var rng = Xoshiro256(seed: 1, purpose: "by hand")
    return StageCounts(
      of: model,
      behaviour: weights.enumerated().map { i, weight in
        (weight, (0..<model.horizon * model.choiceCount).map { $0 % 2 == i ? 1 : 0 })
      }, episodes: episodes, layout: .balanced, using: &rng)
  }

  @Test("PEVI: a penalty above the estimate gives 0, and the lowest action of equal ones")
  func penaltyAbove() throws {
    let model = try arm()
    let data = counts(model, weights: [1, 1], episodes: 6)
    let run = PEVI(regularization: 1, multipliers: [5]).solve(data, features: model.features)
    #expect(run.estimates == [2.25 / 4, 2.25 / 4] && run.penalties == [2.5, 2.5])
    #expect(run.actionValues == [0, 0] && run.values == [0, 0] && run.policy == [0])
  }

  @Test("weights of behaviours need not sum to 1")
  func weights() throws {
    let model = try arm()
    let recipe = counts(model, weights: [2, 6], episodes: 40).recipe
    #expect(recipe.occupancy == [0.25, 0.75])
    // The optimal policy takes action 0.
    #expect(recipe.concentrability == 4)
  }

  @Test("the audit accepts a penalty of the error's size and no smaller one; its sum is along π*")
  func audit() throws {
    let model = try arm()
    let data = counts(model, weights: [1, 3], episodes: 8)
    let run = PEVI(regularization: 1, multipliers: [0]).solve(data, features: model.features)
    // 2 and 6 visits: errors 0.75/3 and 0.75/7.
    let errors = run.estimates.map { abs($0 - 0.75) }
    expectClose(errors[0], 0.25, tolerance: 1e-15)
    func audit(_ factor: Double) -> PessimismAudit {
      PessimismAudit(run, on: model, penalties: errors.map { factor * $0 })
    }
    #expect(audit(1).quantifierHolds && !audit(0.6).quantifierHolds)
    expectClose(audit(1).optimalPenalty, 0.25, tolerance: 1e-15)
  }
}
