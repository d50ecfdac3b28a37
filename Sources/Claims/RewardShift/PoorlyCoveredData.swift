// SPDX-License-Identifier: Apache-2.0
import MarkovModels
import OfflineLearning
import OnlineLearning
import Planning
import Randomness

/// Fixed data with choices that they lack or hardly hold, and the truth to judge what is learned.
struct PoorlyCoveredData {
  /// What the data lack.
  enum Coverage: String, CaseIterable {
    /// Half of the choices are not in the data.
    case unseen
    /// Every choice is in the data; eighteen of twenty arms twice.
    case rare
  }

  static let discount = 0.8

  let problem: DiscountedMDP
  let data: [Transition]
  /// The choices without data.
  let unseen: [Int]
  /// V* averaged over the start, and Q*.
  let optimalReturn: Double
  let optimalActionValues: [Double]

  /// A random model, and data from it.
  init(_ coverage: Coverage, using rng: inout Xoshiro256) throws {
    let problem: DiscountedMDP
    var counts: [Int]
    switch coverage {
    case .unseen:
      problem = try DiscountedMDP(Self.garnet(using: &rng), discount: Self.discount)
    case .rare: problem = try DiscountedMDP(Self.arms(), discount: Self.discount)
    }
    let model = problem.dynamics
    let solution = try PolicyIteration().solve(problem)
    let optimal = try PolicyEvaluation(solution.policy, in: problem)
    let values = optimal.values()
    switch coverage {
    case .unseen:
      // In every state the optimal action and one other, forty times each.
      counts = [Int](repeating: 0, count: model.choiceCount)
      for s in 0..<model.stateCount {
        let choices = model.choices(of: s)
        let best = solution.policy.choices[s]
        let other = rng.uniform(below: choices.count - 1)
        counts[best] = 40
        counts[choices.lowerBound + other + (choices.lowerBound + other >= best ? 1 : 0)] = 40
      }
    case .rare:
      // The best arm is the last one; arm 0 is the most played.
      counts = [Int](repeating: 2, count: 20)
      (counts[0], counts[19]) = (600, 400)
      // In the other two states the first choice is well known.
      counts += (20..<model.choiceCount).map { $0 % 20 == 0 ? 2_000 : 2 }
    }
    let simulator = ModelSimulator(model)
    var data: [Transition] = []
    for k in counts.indices {
      for _ in 0..<counts[k] { data.append(simulator.step(choice: k, using: &rng)) }
    }
    rng.shuffle(&data)
    (self.problem, self.data) = (problem, data)
    unseen = counts.indices.filter { counts[$0] == 0 }
    optimalReturn = Self.mean(values, model)
    optimalActionValues = optimal.actionValues(of: values)
  }

  /// Twenty states, four actions, three next states each; rewards in [−1, 0).
  private static func garnet(using rng: inout Xoshiro256) throws -> TabularMDP {
    let model = try Garnet(states: 20, actions: 4, branching: 3, seed: rng.next()).model()
    return try TabularMDP(
      stateCount: 20, actionCount: 4, transitions: model.transitions,
      rewards: model.rewards.map { $0 - 1 }, storage: .sparse)
  }

  /// Twenty arms lead to a state that costs nothing, with probability 0.65 for the last arm and
  /// 0.35 for the others, or to one that costs 1 a step.
  private static func arms() throws -> TabularMDP {
    try OutcomeTable(states: 3, actions: 20, initialDistribution: [1, 0, 0]) { s, a in
      let p = a == 19 ? 0.65 : 0.35
      return s == 0
        ? [Outcome(p, to: 1), Outcome(1 - p, to: 2)]
        : [Outcome(1, to: s, reward: s == 1 ? 0 : -1)]
    }.model(storage: .sparse)
  }

  private static func mean(_ values: [Double], _ model: TabularMDP) -> Double {
    zip(model.startDistribution, values).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// The value from the start of choosing so, exactly.
  func values(of choices: [Int]) throws -> [Double] {
    let policy = try DeterministicPolicy(choices: choices, of: problem.dynamics)
    return try PolicyEvaluation(policy, in: problem).values()
  }

  /// What a policy loses against the optimal one.
  func loss(of choices: [Int]) throws -> Double {
    max(0, try optimalReturn - startMean(values(of: choices)))
  }

  /// The mean over the start distribution.
  func startMean(_ values: [Double]) -> Double { Self.mean(values, problem.dynamics) }

  /// Q-learning from Q_0 = 0 on the data, over and over, with rewards shifted by b.
  func learn(shift b: Double, passes: Int) -> QLearning.Agent {
    var agent = QLearning(
      discount: Self.discount, stepSize: .power(0.6), rewardShift: b
    ).agent(for: problem.dynamics)
    agent.replay(data, passes: passes)
    return agent
  }

  /// The same data for the methods that need rewards in [0, 1], that is, with 1 added.
  func counts() throws -> BatchDataset {
    try BatchDataset(
      data.map { .init(choice: $0.choice, reward: $0.reward + 1, next: $0.next) },
      choicePointers: problem.dynamics.choicePointers)
  }

  /// Lower confidence bounds, on all data at once, with the multiplier 1 and δ = 0.1.
  func pessimistic() throws -> [Int] {
    let data = try counts()
    let T = VILCB.iterations(count: data.count, discount: Self.discount)
    let penalty = VILCB(failureProbability: 0.1).penalty(
      choices: data.choiceCount, iterations: T)
    return try PlainVILCB(penalty: penalty).learn(from: data, discount: Self.discount).choices
  }

  /// Value iteration on the empirical model; a choice without data has the least value.
  func plugIn() throws -> [Int] {
    try PlugInValueIteration().learn(from: counts(), discount: Self.discount).choices
  }
}
