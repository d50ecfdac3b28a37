// SPDX-License-Identifier: Apache-2.0
import MarkovModels
import TestSupport
import Testing

@Suite("Policies")
struct PolicyTests {
  private let model: TabularMDP

  init() throws { model = try PutermanTwoState().model() }

  @Test("a deterministic policy names available choices")
  func deterministic() throws {
    #expect(try DeterministicPolicy(choices: [1, 2], of: model).actions(in: model) == [1, 0])
    #expect(try DeterministicPolicy(actions: [1, 0], of: model).choices == [1, 2])
    #expect(throws: ModelError.badPolicy(state: 1, reason: "choice 1 is not one of 2..<3")) {
      try DeterministicPolicy(choices: [1, 1], of: model)
    }
    #expect(throws: ModelError.badPolicy(state: 1, reason: "action 1 is not available")) {
      try DeterministicPolicy(actions: [1, 1], of: model)
    }
    #expect(throws: ModelError.wrongCount(array: "policy", expected: 2, found: 1)) {
      try DeterministicPolicy(choices: [0], of: model)
    }
    #expect(throws: ModelError.wrongCount(array: "policy", expected: 2, found: 3)) {
      try DeterministicPolicy(actions: [0, 0, 0], of: model)
    }
  }

  @Test("a stochastic policy is a distribution in every state")
  func stochastic() throws {
    #expect(
      try StochasticPolicy(probabilities: [0.25, 0.75, 1], of: model).probabilities.count == 3)
    #expect(throws: ModelError.badPolicy(state: 0, reason: "choice 1 has probability -0.5")) {
      try StochasticPolicy(probabilities: [1, -0.5, 1], of: model)
    }
    #expect(
      throws: ModelError.badPolicy(state: 1, reason: "the probabilities sum to 0.5, expected 1")
    ) {
      try StochasticPolicy(probabilities: [0.25, 0.75, 0.5], of: model)
    }
    #expect(throws: ModelError.self) {
      try StochasticPolicy(probabilities: [.nan, 1, 1], of: model)
    }
    #expect(throws: ModelError.wrongCount(array: "policy", expected: 3, found: 2)) {
      try StochasticPolicy(probabilities: [1, 1], of: model)
    }
  }

  @Test("uniform and deterministic policies are stochastic ones")
  func conversions() throws {
    #expect(StochasticPolicy.uniform(of: model).probabilities == [0.5, 0.5, 1])
    let policy = try DeterministicPolicy(actions: [1, 0], of: model)
    #expect(StochasticPolicy(policy, of: model).probabilities == [0, 1, 1])
  }

  @Test("a staged policy has one fitting rule for each stage")
  func staged() throws {
    let problem = try FiniteHorizonMDP(model, horizon: 2)
    let rule = try DeterministicPolicy(actions: [1, 0], of: model)
    #expect(try StagedPolicy(stages: [rule, rule], of: problem).stages.count == 2)
    #expect(throws: ModelError.stagesDiffer(stage: 1, reason: "the policy has 1 stages, not 2")) {
      try StagedPolicy(stages: [rule], of: problem)
    }
    let other = try TwoStateChain().model()
    let foreign = try DeterministicPolicy(actions: [0, 0], of: other)
    #expect(throws: ModelError.self) { try StagedPolicy(stages: [rule, foreign], of: problem) }
  }
}
