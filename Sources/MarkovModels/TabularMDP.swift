// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra

/// The dynamics and rewards of a finite Markov decision process, without a criterion.
///
/// A **choice** is an action available in a state. State s offers the choices
/// `choicePointers[s] ..< choicePointers[s + 1]`; each has an action label, a reward and a row of
/// transition probabilities. With probability `termination[k]` choice k ends the episode: its reward
/// is paid and nothing follows.
///
/// - Shapes: S states, K choices, A action labels; `transitions` is *K × S*, `rewards` has K entries.
/// - Units: rewards are expected rewards r(s, a) for one step.
/// - Invariants: see ``init(stateCount:actionCount:choicePointers:choiceActions:transitions:rewards:outcomeRewards:termination:initialDistribution:stateNames:actionNames:stateLabels:storage:)``.
public struct TabularMDP: Equatable, Sendable {
  /// The number of states S.
  public let stateCount: Int
  /// The number of action labels A (not every state need offer each).
  public let actionCount: Int
  /// Where the choices of each state start; S + 1 entries.
  public let choicePointers: [Int]
  /// The action label of each choice; `nil` when every state offers 0 ..< A in order.
  public let choiceActions: [Int32]?
  /// The transition probabilities, one row for each choice.
  public let transitions: TransitionMatrix
  /// The expected reward of each choice.
  public let rewards: [Double]
  /// The reward r(s, a, s′) of each stored entry of `transitions`, if it depends on s′.
  public let outcomeRewards: [Double]?
  /// The probability that a choice ends the episode; `nil` when none can.
  public let termination: [Double]?
  /// The distribution of the first state, S probabilities; `nil` when the model does not say.
  public let initialDistribution: [Double]?
  /// The names of the states, if they have names.
  public let stateNames: [String]?
  /// The names of the action labels, if they have names.
  public let actionNames: [String]?
  /// Named sets of states, sorted (goal states, for example).
  public let stateLabels: [String: [Int]]
  /// Bounds on the exact sum of every row of `transitions` (termination left out), valid in spite of
  /// rounding: the least and the greatest over all choices.
  public let rowSums: ClosedRange<Double>
  /// The least and the greatest expected reward of a choice.
  public let rewardRange: ClosedRange<Double>

  /// The number of choices K.
  public var choiceCount: Int { rewards.count }

  /// Creates a model and checks it.
  ///
  /// Each row of `transitions`, with the probability of termination, must sum to 1 within n units in
  /// the last place, n the number of its entries (plus one); the sum is compensated, so that
  /// its own rounding does not count. Rows are kept as they are, never normalized.
  ///
  /// - Parameters:
  ///   - stateCount: The number of states S, at least 1.
  ///   - actionCount: The number of action labels A.
  ///   - choicePointers: S + 1 increasing positions; `nil` for A choices in every state.
  ///   - choiceActions: The action label of each choice, distinct within a state.
  ///   - transitions: The K × S probabilities.
  ///   - rewards: The expected reward of each choice.
  ///   - outcomeRewards: The reward of each stored entry of `transitions`, in the same order.
  ///   - termination: The probability that each choice ends the episode.
  ///   - initialDistribution: The distribution of the first state.
  ///   - stateNames: One name for each state.
  ///   - actionNames: One name for each action label.
  ///   - stateLabels: Named sets of states, in any order.
  ///   - storage: Whether to keep the rows dense or sparse.
  /// - Throws: ``ModelError``, naming the state and the action.
  /// - Complexity: O(S + K + entries).
  public init(
    stateCount: Int, actionCount: Int, choicePointers: [Int]? = nil,
    choiceActions: [Int32]? = nil, transitions: TransitionMatrix, rewards: [Double],
    outcomeRewards: [Double]? = nil, termination: [Double]? = nil,
    initialDistribution: [Double]? = nil, stateNames: [String]? = nil,
    actionNames: [String]? = nil, stateLabels: [String: [Int]] = [:],
    storage: TransitionMatrix.Storage = .automatic
  ) throws(ModelError) {
    let validator = ModelValidator(
      stateCount: stateCount, actionCount: actionCount,
      choicePointers: choicePointers
        ?? (0...max(stateCount, 0)).map { $0 * actionCount },
      choiceActions: choiceActions, stateNames: stateNames, actionNames: actionNames)
    try validator.checkChoices()
    try validator.checkRewards(rewards)
    self.rowSums = try validator.checkRows(transitions, termination: termination)
    if let outcomeRewards {
      try validator.checkOutcomeRewards(outcomeRewards, transitions: transitions)
    }
    if let initialDistribution { try validator.checkInitial(initialDistribution) }
    try validator.checkLabels(stateLabels)
    self.stateCount = stateCount
    self.actionCount = actionCount
    self.choicePointers = validator.choicePointers
    self.choiceActions = choiceActions
    self.rewards = rewards
    var (low, high) = (Double.infinity, -Double.infinity)
    for r in rewards { (low, high) = (min(low, r), max(high, r)) }
    self.rewardRange = low...high
    self.termination = termination
    self.initialDistribution = initialDistribution
    self.stateNames = stateNames
    self.actionNames = actionNames
    self.stateLabels = stateLabels.mapValues { Set($0).sorted() }
    (self.transitions, self.outcomeRewards) = transitions.stored(
      as: storage, entryValues: outcomeRewards)
  }

  /// The choices that state `s` offers.
  @inlinable
  public func choices(of s: Int) -> Range<Int> { choicePointers[s]..<choicePointers[s + 1] }

  /// The action label of choice `k`, an available choice of state `s`.
  @inlinable
  public func action(ofChoice k: Int, in s: Int) -> Int {
    if let choiceActions { Int(choiceActions[k]) } else { k - choicePointers[s] }
  }

  /// The choice of state `s` with action label `a`, or `nil` when `s` does not offer it.
  public func choice(of s: Int, action a: Int) -> Int? {
    choices(of: s).first { action(ofChoice: $0, in: s) == a }
  }

  /// The state that offers choice `k`.
  ///
  /// - Complexity: O(log S).
  public func state(ofChoice k: Int) -> Int {
    var (low, high) = (0, stateCount)
    while high - low > 1 {
      let middle = (low + high) / 2
      if choicePointers[middle] <= k { low = middle } else { high = middle }
    }
    return low
  }

  /// The name of a state: its own, or its number.
  public func name(ofState s: Int) -> String { stateNames?[s] ?? "\(s)" }

  /// The name of an action label: its own, or its number.
  public func name(ofAction a: Int) -> String { actionNames?[a] ?? "\(a)" }

  /// Whether every choice of `s` stays in `s` with probability 1.
  public func isAbsorbing(_ s: Int) -> Bool {
    choices(of: s).allSatisfy { transitions.probability(row: $0, next: s) == 1 }
  }

  /// Whether nothing more can be earned once `s` is reached: every choice pays 0 and either stays in
  /// `s` or ends the episode.
  public func isTerminal(_ s: Int) -> Bool {
    choices(of: s).allSatisfy { k in
      rewards[k] == 0
        && transitions.probability(row: k, next: s) + (termination?[k] ?? 0) == 1
    }
  }

  /// The distribution that a value "from the start" refers to: the initial one, uniform if none.
  public var startDistribution: [Double] {
    initialDistribution ?? [Double](repeating: 1 / Double(stateCount), count: stateCount)
  }
}
