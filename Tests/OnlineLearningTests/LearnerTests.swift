// SPDX-License-Identifier: Apache-2.0
import Bounds
import LinearAlgebra
import MarkovModels
import OnlineLearning
import Planning
import Randomness
import TestSupport
import Testing

/// The model with rewards moved into [0, 1] by r ↦ r − ⌊r⌋.
private func withUnitRewards(_ model: TabularMDP) throws -> TabularMDP {
  try TabularMDP(
    stateCount: model.stateCount, actionCount: model.actionCount,
    choicePointers: model.choicePointers, choiceActions: model.choiceActions,
    transitions: model.transitions, rewards: model.rewards.map { $0 - $0.rounded(.down) },
    termination: model.termination, initialDistribution: model.initialDistribution)
}

/// A one-state model with deterministic rewards.
private func oneState(_ rewards: [Double]) throws -> TabularMDP {
  try TabularMDP(
    stateCount: 1, actionCount: rewards.count,
    transitions: .dense(
      Matrix(1, rewards.count, columnMajor: rewards.map { _ in 1 })),
    rewards: rewards)
}

private let kinds: [RandomModelKind] = [
  .dense, .sparse, .stateDependentActions, .terminating, .deterministic, .nearAbsorbing,
]

@Suite("Episodic learners")
struct LearnerTests {
  @Test("lazy backups play as the textbook, bit for bit", arguments: kinds)
  func textbook(kind: RandomModelKind) throws {
    for seed in 0..<6 {
      let S = [1, 2, 5, 9, 70, 130][seed]
      let K = S > 50 ? 40 : 400
      let model = try withUnitRewards(
        randomMDP(kind: kind, states: S, actions: 1 + seed % 3, seed: UInt64(seed)))
      let H = 1 + (seed * 3) % 8
      let problem = try EpisodicProblem(model, horizon: H)
      let m = [1, 0.3, 0.05][seed % 3]
      func compare<L: EpisodicLearner>(_ learner: L, _ kind: Kind) throws {
        var rng = Xoshiro256(seed: UInt64(seed), purpose: "play")
        let fast = try learner.run(on: problem, at: Array(1...K), using: &rng)
        var other = Xoshiro256(seed: UInt64(seed), purpose: "play")
        let slow = Textbook(kind: kind, multiplier: m, delta: 0.05)
          .run(model, horizon: H, episodes: K, using: &other)
        #expect(fast.regret == slow.regret)
        #expect(zip(slow.regret, slow.regret.dropFirst()).allSatisfy { $0 <= $1 })
      }
      try compare(UCBVI(multiplier: m), .hoeffding)
      try compare(UCBVIBernstein(multiplier: m), .bernstein)
      try compare(GreedyModel(), .greedy)
    }
  }

  @Test("V* is that of backward induction; Q* has V* as its maximum")
  func optimalValues() throws {
    for kind in kinds {
      let model = try withUnitRewards(randomMDP(kind: kind, states: 7, actions: 3, seed: 3))
      let problem = try EpisodicProblem(model, horizon: 6)
      let solution = try BackwardInduction().solve(try FiniteHorizonMDP(model, horizon: 6))
      for h in 0..<6 {
        for s in 0..<7 {
          let v = problem.optimalValues[h * problem.stateCount + s]
          #expect(abs(v - solution.values[h][s]) < 1e-12)
          let greatest = model.choices(of: s)
            .map { problem.optimalActionValues[h * problem.choiceCount + $0] }.max()
          #expect(greatest == v)
        }
      }
    }
  }

  // Each of the 60 runs may fail with probability at most 0.05/3 by the proof; the union over runs
  // does not make this test safe by itself, but the seeds are fixed and the bounds are loose by far.
  @Test("with the bonus of the proof: optimism everywhere, regret below the bound")
  func guarantee() throws {
    for seed in 0..<60 {
      let kind = kinds[seed % kinds.count]
      let model = try withUnitRewards(
        randomMDP(kind: kind, states: 2 + seed % 4, actions: 2, seed: UInt64(seed)))
      let H = 2 + seed % 5
      let problem = try EpisodicProblem(model, horizon: H)
      let learner = UCBVI()
      var rng = Xoshiro256(seed: UInt64(seed), purpose: "guarantee")
      let K = 2000
      let run = try learner.run(on: problem, at: [K], using: &rng)
      for (q, best) in zip(run.agent.optimisticValues, problem.optimalActionValues) {
        #expect(q >= best - 1e-9)
      }
      let bound = try #require(learner.regretBound(on: problem, episodes: K))
      #expect(run.regret[0] <= bound.value)
      #expect(bound.guarantee == .ucbviRegret)
    }
  }

  @Test("another multiplier has no bound, nor have the other learners")
  func noBound() throws {
    let problem = try EpisodicProblem(try RiverSwim().model(), horizon: 5)
    #expect(UCBVI(multiplier: 0.99).regretBound(on: problem, episodes: 10) == nil)
    #expect(UCBVIBernstein().regretBound(on: problem, episodes: 10) == nil)
    #expect(GreedyModel().regretBound(on: problem, episodes: 10) == nil)
  }

  @Test("H = 1: the rewards are known, so no learner ever errs; S = A = K = 1 too")
  func edges() throws {
    let problem = try EpisodicProblem(try oneState([0.2, 0.7, 0.7, 0.1]), horizon: 1)
    var rng = Xoshiro256(seed: 1, purpose: "edge")
    #expect(try UCBVI().run(on: problem, at: [1, 5], using: &rng).regret[1] == 0)
    #expect(try GreedyModel().run(on: problem, at: [1, 5], using: &rng).regret[1] == 0)
    let single = try EpisodicProblem(try oneState([1]), horizon: 1)
    #expect(try UCBVI().run(on: single, at: [1], using: &rng).regret == [0])
    #expect(single.optimalReturn == 1)
    #expect(throws: LearningError.badEpisodeCount(0)) {
      try UCBVI().run(on: single, at: [], using: &rng)
    }
    #expect(throws: LearningError.badEpisodeCount(3)) {
      try UCBVI().run(on: single, at: [3, 3], using: &rng)
    }
    #expect(throws: LearningError.badHorizon(0)) {
      try EpisodicProblem(try oneState([1]), horizon: 0)
    }
    #expect(throws: LearningError.badReward(state: 0, choice: 1, reward: 1.5)) {
      try EpisodicProblem(try oneState([1, 1.5]), horizon: 1)
    }
  }

  /// One decision whose outcome is a state worth 1 or 0: at stage 1 of 2 UCBVI is an upper confidence
  /// bound on Bernoulli arms, with index min{previous index, mean + width}, from 1.
  @Test("two stages with Bernoulli outcomes: UCBVI plays as the bandit strategy of its bonus")
  func bandit() throws {
    let means = [0.3, 0.5, 0.65]
    // States: root, good, bad; the root's arms lead to good or bad, where any action stays.
    var rows: [[Double]] = []
    for p in means { rows.append([0, p, 1 - p]) }
    for s in 1...2 { for _ in means { rows.append(s == 1 ? [0, 1, 0] : [0, 0, 1]) } }
    let model = try TabularMDP(
      stateCount: 3, actionCount: 3,
      transitions: .dense(Matrix(3, 9, columnMajor: rows.flatMap { $0 })),
      rewards: [0, 0, 0, 1, 1, 1, 0, 0, 0], initialDistribution: [1, 0, 0])
    let problem = try EpisodicProblem(model, horizon: 2)
    let K = 3000
    var rng = Xoshiro256(seed: 4, purpose: "bandit")
    let curve = try UCBVI(multiplier: 0.3).run(on: problem, at: Array(1...K), using: &rng).regret
    let L = UCBVI().numbers(of: problem, episodes: K).bonusLogTerm
    var again = Xoshiro256(seed: 4, purpose: "bandit")
    var (wins, plays) = ([0.0, 0, 0], [0.0, 0, 0])
    var index = [1.0, 1, 1]
    var regret = 0.0
    for k in 0..<K {
      let arm = (0..<3).reduce(0) { index[$1] > index[$0] ? $1 : $0 }
      regret += 0.65 - means[arm]
      #expect(abs(curve[k] - regret) < 1e-9)
      if again.uniform() < means[arm] { wins[arm] += 1 }
      plays[arm] += 1
      // Capped by the two stages; the last stage has no bonus and its rewards are known.
      let width = (0.09 * L / 2 / plays[arm]).squareRoot()
      index[arm] = min(index[arm], wins[arm] / plays[arm] + width)
    }
    #expect(plays[2] > 1500)
  }

  @Test("the greedy control never finds the treasure of a deep sea; UCBVI does")
  func control() throws {
    let model = try DeepSea(size: 5, totalCost: 0).model()
    let problem = try EpisodicProblem(model, horizon: 5)
    #expect(problem.optimalReturn == 1)
    var rng = Xoshiro256(seed: 5, purpose: "control")
    #expect(try GreedyModel().run(on: problem, at: [2000], using: &rng).regret == [2000])
    let regret = try UCBVI(multiplier: 0.1).run(on: problem, at: [2000], using: &rng).regret
    #expect(regret[0] < 500)
  }

  @Test("hostile generators: all zeros and all ones give finite regret")
  func hostile() throws {
    let problem = try EpisodicProblem(try RiverSwim().model(), horizon: 8)
    var rng = Xoshiro256(state: (0, 0, 0, 0))
    let a = try UCBVI().run(on: problem, at: [300], using: &rng).regret
    rng = Xoshiro256(state: (.max, .max, .max, .max))
    let b = try UCBVIBernstein().run(on: problem, at: [300], using: &rng).regret
    #expect(a[0].isFinite && a[0] >= 0 && b[0].isFinite && b[0] >= 0)
  }
}
