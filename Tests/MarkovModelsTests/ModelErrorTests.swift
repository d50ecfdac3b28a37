// SPDX-License-Identifier: Apache-2.0
import MarkovModels
import Testing

@Suite("ModelError")
struct ModelErrorTests {
  @Test("a place reads as state and action, with names when there are any")
  func place() {
    #expect("\(ModelPlace(state: 3))" == "state 3")
    #expect("\(ModelPlace(state: 3, action: 1))" == "state 3, action 1")
    let named = ModelPlace(state: 3, stateName: "hole", action: 1, actionName: "left")
    #expect("\(named)" == "state 3 \"hole\", action 1 \"left\"")
  }

  @Test(
    "every error says what, where and what was expected",
    arguments: [
      (ModelError.noStates, "the model has no states"),
      (.wrongCount(array: "rewards", expected: 2, found: 1), "rewards: 1 entries, expected 2"),
      (.noActions(ModelPlace(state: 2)), "state 2: no action is available"),
      (.choicePointersDecrease(state: 4), "state 4: choice pointers decrease"),
      (
        .badAction(ModelPlace(state: 0, action: 9)),
        "state 0, action 9: the action is out of range or listed twice"
      ),
      (
        .nextStateOutOfRange(ModelPlace(state: 0, action: 0), next: 7, stateCount: 5),
        "state 0, action 0: next state 7 is out of range 0 ..< 5"
      ),
      (
        .badProbability(ModelPlace(state: 0, action: 0), next: 1, probability: -1),
        "state 0, action 0: the probability of next state 1 is -1.0, expected a number in [0, 1]"
      ),
      (
        .badProbability(ModelPlace(state: 0, action: 0), next: nil, probability: 2),
        "state 0, action 0: the probability of termination is 2.0, expected a number in [0, 1]"
      ),
      (
        .rowNotStochastic(ModelPlace(state: 3, action: 1), sum: 0.97, tolerance: 1e-15),
        "row (state 3, action 1) sums to 0.97, expected 1 ± 1e-15"
      ),
      (
        .duplicateTransition(ModelPlace(state: 3, action: 1), next: 0),
        "state 3, action 1: the transition to state 0 is listed twice"
      ),
      (
        .badReward(ModelPlace(state: 3, action: 1), reward: .infinity),
        "state 3, action 1: the reward is inf, expected a finite number"
      ),
      (
        .badInitialDistribution(state: 1, value: -1),
        "initial distribution: state 1 has probability -1.0"
      ),
      (
        .badInitialDistribution(state: nil, value: 0.5),
        "initial distribution: it sums to 0.5, expected 1"
      ),
      (
        .badLabel(name: "goal", state: 9, stateCount: 5),
        "label \"goal\": state 9 is out of range 0 ..< 5"
      ),
      (.badDiscount(1.2), "the discount is 1.2, expected a number in [0, 1)"),
      (
        .discountTooNearOne(0.5, rowSum: 2),
        "the discount 0.5 times the greatest row sum 2.0 is not below 1 in doubles"
      ),
      (
        .rewardsTooLarge(1e308, limit: 1e300),
        "the rewards reach 1e+308 in magnitude, so that values could exceed the range of doubles; "
          + "divide all rewards by a constant, to at most 1e+300"
      ),
      (.badHorizon(0), "the horizon is 0, expected at least 1"),
      (.stagesDiffer(stage: 2, reason: "it is empty"), "stage 2: it is empty"),
      (
        .badParameter(name: "states", value: "0", expected: "at least 1"),
        "parameter states is 0, expected at least 1"
      ),
      (
        .terminationNotAllowed(ModelPlace(state: 1, action: 0), criterion: "average-reward"),
        "state 1, action 0: the episode may end here, which the average-reward criterion does not "
          + "define; lead to an absorbing state instead"
      ),
      (.badPolicy(state: 1, reason: "no"), "policy, state 1: no"),
      (.badArm(arm: 1, reason: "no"), "arm 1: no"),
    ])
  func description(error: ModelError, text: String) {
    #expect("\(error)" == text)
  }
}
