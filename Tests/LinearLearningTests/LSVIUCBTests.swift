// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra
import LinearLearning
import MarkovModels
import Randomness
import TestSupport
import Testing

/// LSVI-UCB as the paper writes it: every sum over all past episodes anew, every solve by LAPACK.
private struct Textbook: OptimisticLearner {
  let phi: [[Double]]
  let stateCount: Int
  let horizon: Int
  let beta: Double
  var policy: [Int]
  var actionValues: [Double]
  var stride: Int { phi.count }
  var past: [[(choice: Int, reward: Double, next: Int)]]

  init(features: FeatureMap, states: Int, horizon: Int, beta: Double) {
    phi = (0..<features.choiceCount).map { Array(features[$0]) }
    stateCount = states
    self.horizon = horizon
    self.beta = beta
    policy = [Int](repeating: 0, count: horizon * states)
    actionValues = [Double](repeating: 0, count: horizon * features.choiceCount)
    past = [[(choice: Int, reward: Double, next: Int)]](repeating: [], count: horizon)
  }

  mutating func plan() -> Bool {
    let (K, d) = (phi.count, phi[0].count)
    let A = K / stateCount
    var next = [Double](repeating: 0, count: stateCount)
    for h in (0..<horizon).reversed() {
      var lambda = Matrix.identity(d)
      var target = [Double](repeating: 0, count: d)
      for (k, reward, s) in past[h] {
        for i in 0..<d {
          target[i] += phi[k][i] * (reward + next[s])
          for j in 0..<d { lambda[i, j] += phi[k][i] * phi[k][j] }
        }
      }
      guard let factor = try? CholeskyFactorization(lambda) else { preconditionFailure("Λ ≥ I") }
      let w = factor.solve(target)
      var values = [Double](repeating: -1, count: stateCount)
      for k in 0..<K {
        let mean = zip(phi[k], w).reduce(0.0) { $0 + $1.0 * $1.1 }
        let bonus = beta * factor.inverseQuadraticForm(phi[k]).squareRoot()
        let q = max(0, min(mean + bonus, Double(horizon - h)))
        actionValues[h * K + k] = q
        if q > values[k / A] {
          values[k / A] = q
          policy[h * stateCount + k / A] = k % A
        }
      }
      next = values
    }
    return true
  }

  mutating func observe(stage: Int, choice: Int, reward: Double, next: Int) {
    past[stage].append((choice, reward, next))
  }
}

@Suite("LSVI-UCB")
struct LSVIUCBTests {
  private func play(
    _ learner: some OptimisticLearner, _ model: LinearEpisode, _ episodes: Int, seed: Int
  ) throws -> (run: OptimisticRun, learner: any OptimisticLearner) {
    var learner = learner
    var rng = Xoshiro256(seed: UInt64(seed), purpose: "play")
    let run = try learner.play(model, at: [1, episodes], checkingOptimism: true, using: &rng)
    return (run, learner)
  }

  @Test("plays as the textbook's, which recomputes everything", arguments: 0..<12)
  func textbook(seed: Int) throws {
    let (S, A, H, d) = (3 + seed % 3, 1 + seed % 3, 1 + seed % 4, 1 + seed % 5)
    let model = try LinearEpisode(
      RandomLinearMDP(states: S, actions: A, dimension: d, seed: UInt64(seed)).model(), horizon: H)
    let beta = [0.05, 0.3, 2][seed % 3]
    let fast = try play(
      LSVIUCB(features: model.features, states: S, horizon: H, multiplier: beta), model, 120,
      seed: seed)
    let slow = try play(
      Textbook(features: model.features, states: S, horizon: H, beta: beta), model, 120, seed: seed)
    #expect(fast.learner.policy == slow.learner.policy)
    expectClose(fast.run.regret, slow.run.regret, tolerance: 1e-9)
    for h in 0..<H {
      for k in 0..<S * A {
        expectClose(
          fast.learner.actionValues[h * fast.learner.stride + k],
          slow.learner.actionValues[h * slow.learner.stride + k], tolerance: 1e-9)
      }
    }
  }

  @Test("one feature a choice: counting, in every bit, with and without the shortcut")
  func oneHot() throws {
    for seed in 0..<25 {
      let (S, A, H) = (2 + seed % 4, 1 + seed % 3, 1 + seed % 5)
      let model = try LinearEpisode(
        oneHot: Garnet(states: S, actions: A, branching: 2, seed: UInt64(seed)).model(), horizon: H)
      let beta = 0.2 * Double(1 + seed % 6)
      let counts = try play(
        TabularLSVIUCB(states: S, actions: A, horizon: H, multiplier: beta), model, 150, seed: seed)
      for features in [model.features, model.features.withoutShortcut] {
        let linear = try play(
          LSVIUCB(features: features, states: S, horizon: H, multiplier: beta), model, 150,
          seed: seed)
        #expect(linear.run == counts.run)
        #expect(linear.learner.policy == counts.learner.policy)
      }
    }
  }

  @Test("first plan: every value is truncated optimism, in closed form")
  func firstPlan() throws {
    let model = try LinearEpisode(ThreeStateFamily(arms: 2, gap: 0.1).model(), horizon: 2)
    var learner = LSVIUCB(features: model.features, states: 3, horizon: 2, multiplier: 0.5)
    let planned = learner.plan()
    #expect(planned)
    // λ = 1, no data: w = 0 and ‖φ‖ = 1, so Q = min(β, H − h) everywhere.
    for h in 0..<2 {
      for k in 0..<6 { #expect(learner.actionValues[h * learner.stride + k] == 0.5) }
    }
    #expect(learner.policy == [0, 0, 0, 0, 0, 0])
  }

  @Test("edges: one action has no regret; one stage, one feature, one episode run")
  func edges() throws {
    let single = try LinearEpisode(
      RandomLinearMDP(states: 3, actions: 1, dimension: 2, seed: 1).model(), horizon: 3)
    let run = try play(
      LSVIUCB(features: single.features, states: 3, horizon: 3, multiplier: 1), single, 50, seed: 1
    ).run
    #expect(run.regret.allSatisfy { $0 <= 1e-12 })
    #expect(run.policyChanges == 1)
    let smallest = try LinearEpisode(
      RandomLinearMDP(states: 1, actions: 2, dimension: 1, seed: 1).model(), horizon: 1)
    var learner = LSVIUCB(features: smallest.features, states: 1, horizon: 1, multiplier: 1)
    var rng = Xoshiro256(seed: 1, purpose: "edge")
    let one = try learner.play(smallest, at: [1], using: &rng)
    #expect(one.plans == 1 && one.regret.count == 1)
  }

  @Test("planning at doubled determinants plans rarely, within its bound, and still learns")
  func doubling() throws {
    let model = try LinearEpisode(ThreeStateFamily(arms: 4, gap: 0.2).model(), horizon: 3)
    let learner = LSVIUCB(
      features: model.features, states: 3, horizon: 3, multiplier: 3,
      switching: .determinant(growth: 2))
    let run = try play(learner, model, 4_000, seed: 2).run
    // 1 + H d log2(1 + K/(λ d)) with H = 3, d = 6, K = 4000.
    #expect(run.plans <= 1 + Int(18 * Portable.log(1 + 4_000.0 / 6) / Portable.log(2)))
    #expect(run.plans >= 5)
    #expect(run.regret[1] < 0.5 * 4_000 * 0.8)
  }

  @Test("without a bonus the lock stays shut; with one it opens")
  func lock() throws {
    let model = try DigitLock(length: 4, actions: 3).episode()
    func regret(_ beta: Double) throws -> Double {
      try play(
        LSVIUCB(features: model.features, states: 5, horizon: 4, multiplier: beta), model, 1_000,
        seed: 1
      ).run.regret[1]
    }
    #expect(try regret(0) == 1_000)
    #expect(try regret(1) < 500)
  }

  @Test("a wide bonus is optimistic in every episode; none is not")
  func optimism() throws {
    let model = try LinearEpisode(
      RandomLinearMDP(states: 4, actions: 3, dimension: 3, seed: 3).model(), horizon: 3)
    func least(_ beta: Double) throws -> Double {
      try play(
        LSVIUCB(features: model.features, states: 4, horizon: 3, multiplier: beta), model, 500,
        seed: 1
      ).run.optimism
    }
    #expect(try least(20) >= -1e-12)
    #expect(try least(0) < -0.1)
  }
}
