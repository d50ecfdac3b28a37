// SPDX-License-Identifier: Apache-2.0
import MarkovModels
import OnlineLearning
import Planning
import Randomness
import TestSupport
import Testing

@Suite("Q-learning")
struct QLearningTests {
  private func model(_ seed: UInt64, states: Int = 5) throws -> TabularMDP {
    try Garnet(states: states, actions: 3, branching: 2, seed: seed).model()
  }

  private func optimalActionValues(_ model: TabularMDP, _ gamma: Double) throws -> [Double] {
    let problem = try DiscountedMDP(model, discount: gamma)
    let solution = try PolicyIteration().solve(problem)
    let evaluation = try PolicyEvaluation(solution.policy, in: problem)
    return evaluation.actionValues(of: evaluation.values())
  }

  // MARK: Closed forms

  @Test("step sizes are the stated numbers")
  func stepSizes() {
    #expect(StepSize.constant(0.3)(visit: 7) == 0.3)
    #expect(StepSize.harmonic(visit: 8) == 0.125)
    #expect(StepSize.power(0.6)(visit: 1) == 1)
    expectClose(StepSize.power(0.75)(visit: 16), 0.125, tolerance: 1e-15)
    expectClose(StepSize.power(1)(visit: 10), 0.1, tolerance: 1e-15)
  }

  @Test("without a future 1/n is the mean of the rewards, and a constant forgets geometrically")
  func means() throws {
    let model = try OutcomeTable(states: 1, actions: 1) { _, _ in [Outcome(1, to: 0)] }.model()
    let data = [1.0, 4, 2, 5].map { Transition(choice: 0, reward: $0, next: 0) }
    var mean = QLearning(discount: 0, initialValues: .constant(100)).agent(for: model)
    mean.replay(data)
    expectClose(mean.values[0], 3, tolerance: 1e-15)
    #expect(mean.visits == [4])
    var recent = QLearning(
      discount: 0, stepSize: .constant(0.5), initialValues: .constant(16), rewardShift: 1
    ).agent(for: model)
    recent.replay(data)
    // 16/16 + (1 + 1)/16 + (4 + 1)/8 + (2 + 1)/4 + (5 + 1)/2.
    expectClose(recent.values[0], 1 + 0.125 + 0.625 + 0.75 + 3, tolerance: 1e-15)
  }

  @Test("step size 1 on a deterministic model, from the end backwards, is backward induction")
  func backward() throws {
    let sea = try DeepSea(size: 5)
    let model = try sea.model()
    let simulator = ModelSimulator(model)
    var rng = Xoshiro256(seed: 1, purpose: "sea")
    var agent = QLearning(discount: 0.9, stepSize: .constant(1)).agent(for: model)
    for k in (0..<model.choiceCount).reversed() {
      agent.observe(simulator.step(choice: k, using: &rng))
    }
    let expected = sea.optimalValues(discount: 0.9)
    for s in expected.indices {
      expectClose(agent.value(ofState: s), expected[s], tolerance: 1e-14)
    }
  }

  @Test("the end of an episode is worth 0, or what it is said to be worth")
  func terminals() throws {
    let model = try OutcomeTable(states: 1, actions: 1) { _, _ in
      [Outcome(1, to: 0, reward: 2, terminates: true)]
    }.model()
    var rng = Xoshiro256(seed: 1, purpose: "ends")
    let step = ModelSimulator(model).step(choice: 0, using: &rng)
    #expect(step == Transition(choice: 0, reward: 2, next: nil))
    for (z, value) in [(0.0, 2.0), (10, 7)] {
      var agent = QLearning(discount: 0.5, terminalValue: z).agent(for: model)
      agent.observe(step)
      #expect(agent.values[0] == value)
    }
  }

  // MARK: Guarantee

  @Test(
    "Q comes near Q* where its conditions hold", arguments: [StepSize.power(0.7), .power(0.85)])
  func convergence(_ stepSize: StepSize) throws {
    let model = try model(3)
    let expected = try optimalActionValues(model, 0.5)
    var agent = QLearning(discount: 0.5, stepSize: stepSize, initialValues: .constant(5))
      .agent(for: model)
    var rng = Xoshiro256(seed: 2, purpose: "convergence")
    func error() -> Double { zip(agent.values, expected).map { abs($0 - $1) }.max() ?? 0 }
    agent.play(ModelSimulator(model), by: EpsilonGreedyBehavior(1), steps: 20_000, using: &rng)
    let early = error()
    agent.play(ModelSimulator(model), by: EpsilonGreedyBehavior(1), steps: 480_000, using: &rng)
    #expect(error() < 0.02 && error() < early)
  }

  @Test("its value is that of the shifted problem")
  func shifted() throws {
    let model = try model(4)
    let expected = try optimalActionValues(model, 0.5)
    var agent = QLearning(discount: 0.5, stepSize: .power(0.7), rewardShift: -3).agent(for: model)
    var rng = Xoshiro256(seed: 2, purpose: "shifted")
    agent.play(ModelSimulator(model), by: EpsilonGreedyBehavior(1), steps: 300_000, using: &rng)
    for (q, exact) in zip(agent.values, expected) { #expect(abs(q - (exact - 6)) < 0.03) }
  }

  // MARK: Laws

  @Test("on a deterministic model an optimistic start stays optimistic")
  func optimism() throws {
    for seed in 0..<5 {
      let model = try Garnet(states: 6, actions: 2, branching: 1, seed: UInt64(seed)).model()
      let expected = try optimalActionValues(model, 0.9)
      var agent = QLearning(
        discount: 0.9, stepSize: .constant(0.5), initialValues: .optimistic(greatestReward: 1)
      ).agent(for: model)
      #expect(agent.values.allSatisfy { $0 == 1 / (1 - 0.9) })
      var rng = Xoshiro256(seed: 1, purpose: "optimism")
      agent.play(ModelSimulator(model), by: GreedyBehavior(), steps: 3_000, using: &rng) {
        agent, _ in
        !zip(agent.values, expected).allSatisfy { $0 >= $1 - 1e-9 }
      }
      #expect(agent.visits.reduce(0, +) == 3_000, "seed \(seed): a value fell below Q*")
    }
  }

  @Test("outcomes come with their probabilities and rewards")
  func frequencies() throws {
    let table = try OutcomeTable(states: 3, actions: 1) { _, _ in
      [
        Outcome(0.5, to: 1), Outcome(0.25, to: 2),
        Outcome(0.25, to: 0, terminates: true),
      ]
    }.model(storage: .sparse)
    // r = 1/2 − 1/4 + 4/4.
    let model = try TabularMDP(
      stateCount: 3, actionCount: 1, transitions: table.transitions,
      rewards: [1.25, 1.25, 1.25], outcomeRewards: [1, -1, 1, -1, 1, -1],
      termination: table.termination, initialDistribution: [0.25, 0.75, 0])
    let simulator = ModelSimulator(model)
    var rng = Xoshiro256(seed: 5, purpose: "frequencies")
    var counts = [0, 0, 0]
    var starts = [0, 0, 0]
    for _ in 0..<100_000 {
      let step = simulator.step(choice: 0, using: &rng)
      let kind = step.next ?? 0
      counts[kind] += 1
      expectClose(step.reward, [4, 1, -1][kind], tolerance: 1e-14)
      starts[simulator.start(using: &rng)] += 1
    }
    // Five standard deviations are below 0.008.
    for (count, p) in zip(counts + starts, [0.25, 0.5, 0.25, 0.25, 0.75, 0]) {
      #expect(abs(Double(count) / 100_000 - p) < 0.008)
    }
  }

  @Test("ties go to the lowest, or to each of those within the tolerance alike")
  func ties() {
    var rng = Xoshiro256(seed: 6, purpose: "ties")
    let values: [Double] = [9, 9, 1, 3, 3, 3 - 1e-12, 2]
    let part = values[2...]
    #expect(GreedyBehavior().choice(among: part, using: &rng) == 3)
    var counts = [Int](repeating: 0, count: 7)
    for _ in 0..<30_000 {
      counts[GreedyBehavior(ties: .uniform(within: 1e-9)).choice(among: part, using: &rng)] += 1
    }
    #expect(counts[0] + counts[1] + counts[2] + counts[6] == 0)
    for k in 3...5 { #expect(abs(counts[k] - 10_000) < 500) }
    counts = [Int](repeating: 0, count: 7)
    for _ in 0..<30_000 { counts[EpsilonGreedyBehavior(0.5).choice(among: part, using: &rng)] += 1 }
    // The greedy one with 1/2 + 1/10, the others with 1/10.
    for (k, share) in [(2, 0.1), (3, 0.6), (4, 0.1), (5, 0.1), (6, 0.1)] {
      #expect(abs(Double(counts[k]) / 30_000 - share) < 0.015)
    }
  }

  // MARK: Edges

  @Test("a play of no steps, a replay of no passes, one state, one action")
  func edges() throws {
    let model = try OutcomeTable(states: 1, actions: 1) { _, _ in [Outcome(1, to: 0, reward: 3)] }
      .model()
    var rng = Xoshiro256(seed: 1, purpose: "edges")
    var agent = QLearning(discount: 0, initialValues: .perChoice([7])).agent(for: model)
    #expect(agent.play(ModelSimulator(model), by: GreedyBehavior(), steps: 0, using: &rng) == 0)
    agent.replay([Transition(choice: 0, reward: 1, next: 0)], passes: 0)
    #expect(agent.values == [7] && agent.visits == [0] && agent.greedyChoices == [0])
    #expect(
      agent.play(ModelSimulator(model), by: GreedyBehavior(), steps: 9, using: &rng) {
        $1.reward > 0
      } == 1)
    #expect(agent.values == [3])
  }

  @Test("a generator of zeros does no harm")
  func hostile() throws {
    let model = try model(7)
    var rng = Xoshiro256(state: (0, 0, 0, 0))
    var agent = QLearning(discount: 0.9).agent(for: model)
    let behavior = EpsilonGreedyBehavior(0.1, ties: .uniform(within: 0))
    #expect(agent.play(ModelSimulator(model), by: behavior, steps: 100, using: &rng) == 100)
    #expect(agent.values.allSatisfy { $0.isFinite })
  }

  @Test("the same seed gives the same bits")
  func repeatable() throws {
    let model = try model(8)
    func run() -> [Double] {
      var rng = Xoshiro256(seed: 9, purpose: "repeat")
      var agent = QLearning(discount: 0.9, stepSize: .power(0.6)).agent(for: model)
      agent.play(ModelSimulator(model), by: EpsilonGreedyBehavior(0.2), steps: 2_000, using: &rng)
      return agent.values
    }
    #expect(run() == run())
  }
}
