// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra
import LinearLearning
import MarkovModels
import Randomness
import TestSupport
import Testing

@Suite("Pessimistic value iteration")
struct PEVITests {
  private func uniform(_ model: LinearEpisode) -> [Double] {
    [Double](repeating: 1 / Double(model.actionCount), count: model.horizon * model.choiceCount)
  }

  private func data(_ model: LinearEpisode, _ episodes: Int, seed: Int) -> StageCounts {
    var rng = Xoshiro256(seed: UInt64(seed), purpose: "data")
    return StageCounts(
      of: model, behaviour: [(1, uniform(model))], episodes: episodes, using: &rng)
  }

  @Test("equals a regression from scratch by LAPACK", arguments: 0..<12)
  func fromScratch(seed: Int) throws {
    let (S, A, H, d) = (4, 1 + seed % 3, 1 + seed % 4, 1 + seed % 5)
    let linear = try RandomLinearMDP(states: S, actions: A, dimension: d, seed: UInt64(seed))
      .model()
    let model = try LinearEpisode(linear, horizon: H)
    let counts = data(model, 50 * H, seed: seed)
    let beta = (0..<H).map { 0.1 + 0.05 * Double($0) }
    let run = PEVI(regularization: 0.5, multipliers: beta).solve(counts, features: model.features)
    let phi = linear.lowRank.features
    var next = [Double](repeating: 0, count: S)
    for h in (0..<H).reversed() {
      var lambda = Matrix(d, d)
      for i in 0..<d { lambda[i, i] = 0.5 }
      var target = [Double](repeating: 0, count: d)
      for k in 0..<S * A {
        for s in 0..<S {
          for _ in 0..<counts.counts[(h * S * A + k) * S + s] {
            for i in 0..<d {
              target[i] += phi[k, i] * (model.rewards[k] + next[s])
              for j in 0..<d { lambda[i, j] += phi[k, i] * phi[k, j] }
            }
          }
        }
      }
      let factor = try CholeskyFactorization(lambda)
      let w = factor.solve(target)
      var values = [Double](repeating: 0, count: S)
      for k in 0..<S * A {
        let row = (0..<d).map { phi[k, $0] }
        let mean = zip(row, w).reduce(0.0) { $0 + $1.0 * $1.1 }
        let penalty = beta[h] * factor.inverseQuadraticForm(row).squareRoot()
        expectClose(run.estimates[h * S * A + k], mean, tolerance: 1e-9)
        expectClose(run.penalties[h * S * A + k], penalty, tolerance: 1e-10)
        let q = min(max(mean - penalty, 0), Double(H - h))
        expectClose(run.actionValues[h * S * A + k], q, tolerance: 1e-9)
        values[k / A] = max(values[k / A], q)
      }
      next = values
    }
  }

  @Test("one feature a choice: the tabular algorithm in every bit, with and without the shortcut")
  func oneHot() throws {
    for seed in 0..<40 {
      let model = try LinearEpisode(
        oneHot: Garnet(states: 3 + seed % 5, actions: 1 + seed % 3, branching: 2, seed: 7)
          .model(), horizon: 1 + seed % 5)
      let counts = data(model, 30 * model.horizon, seed: seed)
      let beta = (0..<model.horizon).map { 0.3 * Double($0 % 3) }
      let tabular = TabularPEVI(regularization: 0.25, multipliers: beta).solve(counts)
      let pevi = PEVI(regularization: 0.25, multipliers: beta)
      #expect(pevi.solve(counts, features: model.features) == tabular)
      #expect(pevi.solve(counts, features: model.features.withoutShortcut) == tabular)
    }
  }

  @Test("without a penalty it is greedy value iteration")
  func greedy() throws {
    let model = try LinearEpisode(
      RandomLinearMDP(states: 5, actions: 3, dimension: 3, seed: 2).model(), horizon: 4)
    let counts = data(model, 400, seed: 1)
    let none = PEVI(regularization: 1, multipliers: [0, 0, 0, 0])
      .solve(counts, features: model.features)
    let greedy = GreedyLSVI(regularization: 1).solve(counts, features: model.features)
    #expect(none == greedy)
  }

  @Test("one stage, one action, one state, one feature: the shrunk mean reward in closed form")
  func smallest() throws {
    let linear = try LinearMDP(
      features: Matrix(rows: [[1]]), measures: Matrix(rows: [[1]]), rewardWeights: [0.75],
      actionCount: 1)
    let model = try LinearEpisode(linear, horizon: 1)
    let counts = data(model, 3, seed: 1)
    let run = PEVI(regularization: 1, multipliers: [0.5]).solve(counts, features: model.features)
    #expect(run.estimates == [2.25 / 4])
    #expect(run.penalties == [0.25])
    #expect(run.values == [2.25 / 4 - 0.25, 0])
    #expect(PessimismAudit(run, on: model).suboptimality == 0)
  }

  @Test("a valid penalty makes the value pessimistic and bounds the loss; in 600 runs")
  func audit() throws {
    var valid = 0
    for seed in 0..<600 {
      let model = try LinearEpisode(
        RandomLinearMDP(states: 5, actions: 3, dimension: 3, seed: UInt64(seed)).model(),
        horizon: 3)
      let counts = data(model, 30 + 40 * (seed % 20), seed: seed)
      let beta = SplitHoeffding.multipliers(
        for: model, regularization: 0.1, failureProbability: 0.1, factor: [1, 0.3, 0.1][seed % 3])
      let run = PEVI(regularization: 0.1, multipliers: beta)
        .solve(counts, features: model.features)
      let audit = PessimismAudit(run, on: model)
      guard audit.quantifierHolds else { continue }
      valid += 1
      #expect(audit.isPessimistic)
      #expect(audit.suboptimality <= 2 * audit.optimalPenalty + 1e-12)
    }
    // At factor 1 (200 runs) validity fails with probability at most 0.1 each.
    #expect(valid >= 150)
  }

  @Test("an invalid penalty is found out")
  func invalid() throws {
    let model = try LinearEpisode(ThreeStateFamily(arms: 8, gap: 0.05).model(), horizon: 3)
    let counts = data(model, 90, seed: 4)
    let run = PEVI(regularization: 0.01, multipliers: [0, 0, 0])
      .solve(counts, features: model.features)
    let audit = PessimismAudit(run, on: model)
    #expect(!audit.quantifierHolds)
    #expect(!audit.isPessimistic)
  }

  @Test("the multipliers in closed form; √d only without unit rows")
  func multipliers() throws {
    let arms = try LinearEpisode(ThreeStateFamily(arms: 2, gap: 0.1).model(), horizon: 3)
    let beta = SplitHoeffding.multipliers(for: arms, regularization: 1, failureProbability: 0.1)
    let width = (Portable.log(2 * 18 / 0.1) / 2).squareRoot()
    #expect(beta == [2 * width + 3, width + 2, 1])
    let linear = try LinearEpisode(
      RandomLinearMDP(states: 3, actions: 2, dimension: 4, seed: 1).model(), horizon: 3)
    let other = SplitHoeffding.multipliers(for: linear, regularization: 1, failureProbability: 0.1)
    #expect(other == [2 * width + 6, width + 4, 2])
  }
}
