// SPDX-License-Identifier: Apache-2.0

/// Where in a model something is wrong: a state and, if it is about one choice, its action.
public struct ModelPlace: Equatable, Sendable, CustomStringConvertible {
  /// The state, counted from zero.
  public let state: Int
  /// The state's name, if the model has names.
  public let stateName: String?
  /// The action's label, counted from zero; `nil` when the whole state is meant.
  public let action: Int?
  /// The action's name, if the model has names.
  public let actionName: String?

  /// Creates a place.
  public init(
    state: Int, stateName: String? = nil, action: Int? = nil, actionName: String? = nil
  ) {
    self.state = state
    self.stateName = stateName
    self.action = action
    self.actionName = actionName
  }

  /// For example `state 3 "hole", action 1 "left"`.
  public var description: String {
    var text = "state \(state)"
    if let stateName { text += " \"\(stateName)\"" }
    if let action { text += ", action \(action)" }
    if let actionName { text += " \"\(actionName)\"" }
    return text
  }
}

/// Why numbers are not a Markov decision process.
public enum ModelError: Error, Equatable {
  /// A model needs at least one state.
  case noStates
  /// An array has the wrong length.
  case wrongCount(array: String, expected: Int, found: Int)
  /// Every state must offer at least one action.
  case noActions(ModelPlace)
  /// The choices of a state must come after those of the state before.
  case choicePointersDecrease(state: Int)
  /// A choice names an action outside `0 ..< actionCount`, or twice in one state.
  case badAction(ModelPlace)
  /// A transition leads to a state that does not exist.
  case nextStateOutOfRange(ModelPlace, next: Int, stateCount: Int)
  /// A probability is negative, or not a finite number.
  case badProbability(ModelPlace, next: Int?, probability: Double)
  /// A row of probabilities, with the probability of termination, must sum to 1.
  case rowNotStochastic(ModelPlace, sum: Double, tolerance: Double)
  /// A transition is listed twice.
  case duplicateTransition(ModelPlace, next: Int)
  /// A reward must be a finite number.
  case badReward(ModelPlace, reward: Double)
  /// The initial distribution must be nonnegative and sum to 1.
  case badInitialDistribution(state: Int?, value: Double)
  /// A label names a state that does not exist.
  case badLabel(name: String, state: Int, stateCount: Int)
  /// A discount must lie in [0, 1).
  case badDiscount(Double)
  /// The discount times the greatest row sum must be below 1.
  case discountTooNearOne(Double, rowSum: Double)
  /// The rewards are so large that values could exceed the range of doubles.
  case rewardsTooLarge(Double, limit: Double)
  /// A horizon must be at least 1.
  case badHorizon(Int)
  /// The stages of a finite-horizon model must have the same states.
  case stagesDiffer(stage: Int, reason: String)
  /// A parameter of an environment is out of range.
  case badParameter(name: String, value: String, expected: String)
  /// The model, or what its solver keeps, takes more memory than there is.
  case tooLarge(what: String, needed: Double, available: Int)
  /// The criterion needs rows that sum to 1, without termination.
  case terminationNotAllowed(ModelPlace, criterion: String)
  /// A policy does not fit the model.
  case badPolicy(state: Int, reason: String)
  /// A mean, a standard deviation or another parameter of a bandit is out of range.
  case badArm(arm: Int, reason: String)
}

extension ModelError: CustomStringConvertible {
  /// What is wrong and where, in one line.
  public var description: String {
    switch self {
    case .noStates: "the model has no states"
    case .wrongCount(let array, let expected, let found):
      "\(array): \(found) entries, expected \(expected)"
    case .noActions(let place): "\(place): no action is available"
    case .choicePointersDecrease(let state): "state \(state): choice pointers decrease"
    case .badAction(let place): "\(place): the action is out of range or listed twice"
    case .nextStateOutOfRange(let place, let next, let count):
      "\(place): next state \(next) is out of range 0 ..< \(count)"
    case .badProbability(let place, let next, let probability):
      "\(place): the probability of "
        + (next.map { "next state \($0)" } ?? "termination")
        + " is \(probability), expected a number in [0, 1]"
    case .rowNotStochastic(let place, let sum, let tolerance):
      "row (\(place)) sums to \(sum), expected 1 ± \(tolerance)"
    case .duplicateTransition(let place, let next):
      "\(place): the transition to state \(next) is listed twice"
    case .badReward(let place, let reward):
      "\(place): the reward is \(reward), expected a finite number"
    case .badInitialDistribution(let state, let value):
      if let state {
        "initial distribution: state \(state) has probability \(value)"
      } else {
        "initial distribution: it sums to \(value), expected 1"
      }
    case .badLabel(let name, let state, let count):
      "label \"\(name)\": state \(state) is out of range 0 ..< \(count)"
    case .badDiscount(let value): "the discount is \(value), expected a number in [0, 1)"
    case .discountTooNearOne(let value, let sum):
      "the discount \(value) times the greatest row sum \(sum) is not below 1 in doubles"
    case .rewardsTooLarge(let reward, let limit):
      "the rewards reach \(reward) in magnitude, so that values could exceed the range of doubles; "
        + "divide all rewards by a constant, to at most \(limit)"
    case .badHorizon(let value): "the horizon is \(value), expected at least 1"
    case .stagesDiffer(let stage, let reason): "stage \(stage): \(reason)"
    case .badParameter(let name, let value, let expected):
      "parameter \(name) is \(value), expected \(expected)"
    case .tooLarge(let what, let needed, let available):
      "\(what) needs about \(MemoryNeed.text(needed)) of memory, but "
        + "\(MemoryNeed.text(Double(available))) may be taken; take a smaller one, or set "
        + "\(MachineMemory.variable) if there is more"
    case .terminationNotAllowed(let place, let criterion):
      "\(place): the episode may end here, which the \(criterion) criterion does not define; "
        + "lead to an absorbing state instead"
    case .badPolicy(let state, let reason): "policy, state \(state): \(reason)"
    case .badArm(let arm, let reason): "arm \(arm): \(reason)"
    }
  }
}
