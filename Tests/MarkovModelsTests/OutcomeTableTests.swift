// SPDX-License-Identifier: Apache-2.0
import MarkovModels
import TestSupport
import Testing

@Suite("OutcomeTable")
struct OutcomeTableTests {
  private func table(
    _ outcomes: [Outcome], stateNames: [String]? = nil, actionNames: [String]? = nil
  ) -> OutcomeTable {
    OutcomeTable(states: 2, actions: 1, stateNames: stateNames, actionNames: actionNames) { s, _ in
      s == 0 ? outcomes : [Outcome(1, to: 1)]
    }
  }

  @Test("adds the probabilities of equal next states and averages their rewards")
  func merging() throws {
    let model = try table([
      Outcome(0.25, to: 1, reward: 4), Outcome(0.5, to: 0, reward: 1), Outcome(0.25, to: 1),
    ]).model(storage: .sparse)
    #expect(model.transitions.probability(row: 0, next: 0) == 0.5)
    #expect(model.transitions.probability(row: 0, next: 1) == 0.5)
    #expect(model.rewards == [1.5, 0])
    #expect(model.outcomeRewards == [1, 2, 0])
  }

  @Test("terminating outcomes become the probability of termination")
  func termination() throws {
    let model = try table([
      Outcome(0.25, to: 1, reward: 8, terminates: true), Outcome(0.75, to: 1, reward: 4),
    ]).model()
    #expect(model.termination == [0.25, 0])
    #expect(model.transitions.probability(row: 0, next: 1) == 0.75)
    #expect(model.rewards == [5, 0])
    #expect(model.outcomeRewards == nil)
  }

  @Test("probabilities that add up to 1 on paper do so here, in any order")
  func rounding() throws {
    // Added from left to right these give 1 + 2⁻⁵², which is no probability.
    let parts = [0.8, 0.05, 0.05, 0.1]
    for terminates in [false, true] {
      let model = try table(parts.map { Outcome($0, to: 1, terminates: terminates) }).model()
      #expect(model.transitions.probability(row: 0, next: 1) == (terminates ? 0 : 1))
      #expect(model.termination == (terminates ? [1, 0] : nil))
    }
  }

  @Test("outcomes of probability zero leave no entry")
  func zeros() throws {
    let model = try table([Outcome(1, to: 1), Outcome(0, to: 0, reward: 5)]).model(storage: .sparse)
    #expect(model.transitions.sparseForm().storedCount == 2)
  }

  @Test("errors name the state and the action")
  func errors() {
    let place = ModelPlace(state: 0, stateName: "a", action: 0, actionName: "go")
    func expect(_ error: ModelError, _ outcomes: [Outcome]) {
      #expect(throws: error) {
        try table(outcomes, stateNames: ["a", "b"], actionNames: ["go"]).model()
      }
    }
    expect(.badProbability(place, next: 1, probability: -1), [Outcome(-1, to: 1)])
    expect(.badReward(place, reward: .infinity), [Outcome(1, to: 1, reward: .infinity)])
    expect(.nextStateOutOfRange(place, next: 2, stateCount: 2), [Outcome(1, to: 2)])
    expect(.nextStateOutOfRange(place, next: -1, stateCount: 2), [Outcome(1, to: -1)])
    expect(
      .rowNotStochastic(place, sum: 0.5, tolerance: 2 * .ulpOfOne), [Outcome(0.5, to: 1)])
    #expect(throws: ModelError.wrongCount(array: "state names", expected: 2, found: 1)) {
      try table([Outcome(1, to: 1)], stateNames: ["a"]).model()
    }
    #expect(throws: ModelError.wrongCount(array: "action names", expected: 1, found: 0)) {
      try table([Outcome(1, to: 1)], actionNames: []).model()
    }
  }

  @Test("a table is indexed by state and action")
  func indexing() {
    let table = OutcomeTable(states: 2, actions: 3) { s, a in [Outcome(1, to: s, reward: Double(a))]
    }
    #expect(table[1, 2] == [Outcome(1, to: 1, reward: 2)])
    #expect(table.outcomes.count == 6)
  }

  @Test("a model lists the outcomes that it was made of, those with equal next states as one")
  func outcomes() throws {
    let lists: [[Outcome]] = [
      [Outcome(0.25, to: 0, reward: 1), Outcome(0.25, to: 1), Outcome(0.5, to: 1, reward: 3)],
      [Outcome(1, to: 0)],
    ]
    let model = try OutcomeTable(states: 2, actions: 1) { s, _ in lists[s] }.model()
    #expect(
      model.outcomes(ofChoice: 0)
        == [Outcome(0.25, to: 0, reward: 1), Outcome(0.75, to: 1, reward: 2)])
    #expect(model.outcomes(ofChoice: 1) == [Outcome(1, to: 0)])
  }

  @Test("the end of an episode pays what is left of the expected reward")
  func ends() throws {
    let half = try OutcomeTable(states: 2, actions: 1) { s, _ in
      [Outcome(0.5, to: 1), Outcome(0.5, to: 0, terminates: true)]
    }.model(storage: .sparse)
    // −2 for the transition: r = 1 = −2/2 + 4/2.
    let model = try TabularMDP(
      stateCount: 2, actionCount: 1, transitions: half.transitions, rewards: [1, 7],
      outcomeRewards: [-2, 7], termination: half.termination)
    // The end has no next state: it says its own.
    #expect(
      model.outcomes(ofChoice: 0)
        == [Outcome(0.5, to: 1, reward: -2), Outcome(0.5, to: 0, reward: 4, terminates: true)])
    #expect(model.outcomes(ofChoice: 1).map(\.reward) == [7, 7])
    // Without rewards of outcomes each pays what is expected.
    let expected = try TabularMDP(
      stateCount: 2, actionCount: 1, transitions: half.transitions, rewards: [1, 7],
      termination: half.termination)
    #expect(expected.outcomes(ofChoice: 0).map(\.reward) == [1, 1])
  }
}
