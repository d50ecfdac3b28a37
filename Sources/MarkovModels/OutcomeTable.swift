// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra

/// One possible outcome of a choice, as simulators list them.
public struct Outcome: Equatable, Sendable {
  /// The probability of the outcome.
  public var probability: Double
  /// The next state.
  public var next: Int
  /// The reward paid.
  public var reward: Double
  /// Whether the episode ends; the next state then earns nothing, whatever it is.
  public var terminates: Bool

  /// Creates an outcome.
  public init(_ probability: Double, to next: Int, reward: Double = 0, terminates: Bool = false) {
    self.probability = probability
    self.next = next
    self.reward = reward
    self.terminates = terminates
  }
}

/// A model as a list of outcomes for each state and action: the `P` table of Gymnasium.
///
/// The same next state may occur several times (slipping into a wall from two sides); a list of
/// outcomes is a distribution over outcomes, so their probabilities add up when the table becomes a
/// ``TabularMDP``.
public struct OutcomeTable: Equatable, Sendable {
  /// The number of states S.
  public let stateCount: Int
  /// The number of actions A in every state.
  public let actionCount: Int
  /// The outcomes of state s and action a at position `s * actionCount + a`.
  public let outcomes: [[Outcome]]
  /// The distribution of the first state, S probabilities; `nil` when the table does not say.
  public let initialDistribution: [Double]?
  /// The names of the states, if they have names.
  public let stateNames: [String]?
  /// The names of the actions, if they have names.
  public let actionNames: [String]?

  /// Creates a table from a function that lists the outcomes of a state and an action.
  public init(
    states stateCount: Int, actions actionCount: Int, initialDistribution: [Double]? = nil,
    stateNames: [String]? = nil, actionNames: [String]? = nil,
    outcomes: (_ state: Int, _ action: Int) -> [Outcome]
  ) {
    self.stateCount = stateCount
    self.actionCount = actionCount
    self.initialDistribution = initialDistribution
    self.stateNames = stateNames
    self.actionNames = actionNames
    self.outcomes = (0..<stateCount * actionCount).map {
      outcomes($0 / actionCount, $0 % actionCount)
    }
  }

  /// The outcomes of a state and an action.
  public subscript(state: Int, action: Int) -> [Outcome] { outcomes[state * actionCount + action] }

  /// The model of the table.
  ///
  /// Outcomes that do not terminate become transitions, sorted by next state, with the
  /// probabilities of equal next states added; outcomes that do become the choice's probability of
  /// termination. The reward of a choice is Σ p · r over all its outcomes.
  ///
  /// - Throws: ``ModelError``, naming the state and the action.
  /// - Complexity: O(outcomes · log(outcomes of a choice)).
  public func model(storage: TransitionMatrix.Storage = .automatic) throws(ModelError) -> TabularMDP
  {
    if let stateNames, stateNames.count != stateCount {
      throw .wrongCount(array: "state names", expected: stateCount, found: stateNames.count)
    }
    if let actionNames, actionNames.count != actionCount {
      throw .wrongCount(array: "action names", expected: actionCount, found: actionNames.count)
    }
    var pointers = [0]
    pointers.reserveCapacity(outcomes.count + 1)
    var columns: [Int32] = []
    var values: [Double] = []
    var entryRewards: [Double] = []
    var rewards: [Double] = []
    var termination: [Double] = []
    for (k, list) in outcomes.enumerated() {
      let place = ModelPlace(
        state: k / actionCount, stateName: stateNames?[k / actionCount], action: k % actionCount,
        actionName: actionNames?[k % actionCount])
      var reward = CompensatedSum()
      var end = CompensatedSum()
      var merged: [MergedOutcome] = []
      for outcome in list.sorted(by: { $0.next < $1.next }) {
        guard outcome.probability >= 0, outcome.probability <= 1 else {
          throw .badProbability(place, next: outcome.next, probability: outcome.probability)
        }
        guard outcome.reward.isFinite else { throw .badReward(place, reward: outcome.reward) }
        guard outcome.next >= 0, outcome.next < stateCount else {
          throw .nextStateOutOfRange(place, next: outcome.next, stateCount: stateCount)
        }
        guard outcome.probability > 0 else { continue }
        reward.add(outcome.probability * outcome.reward)
        if outcome.terminates {
          end.add(outcome.probability)
        } else if let last = merged.last, last.next == outcome.next {
          merged[merged.count - 1].add(outcome)
        } else {
          merged.append(MergedOutcome(outcome))
        }
      }
      for outcome in merged {
        columns.append(Int32(outcome.next))
        values.append(roundedDown(outcome.probability.value, terms: list.count))
        entryRewards.append(outcome.reward)
      }
      pointers.append(values.count)
      rewards.append(reward.value)
      termination.append(roundedDown(end.value, terms: list.count))
    }
    let matrix: SparseMatrix
    do {
      matrix = try SparseMatrix(
        rowCount: outcomes.count, columnCount: stateCount, rowPointers: pointers, columns: columns,
        values: values)
    } catch { preconditionFailure("\(error)") }
    // r(s, a, s′) of the transitions is kept only when it says more than r(s, a); it cannot when
    // terminating outcomes pay their own reward, which no transition carries.
    let terminates = termination.contains { $0 > 0 }
    var varies = false
    for k in rewards.indices {
      for i in pointers[k]..<pointers[k + 1] where entryRewards[i] != rewards[k] { varies = true }
    }
    return try TabularMDP(
      stateCount: stateCount, actionCount: actionCount, transitions: .sparse(matrix),
      rewards: rewards, outcomeRewards: varies && !terminates ? entryRewards : nil,
      termination: terminates ? termination : nil, initialDistribution: initialDistribution,
      stateNames: stateNames, actionNames: actionNames, storage: storage)
  }
}

/// Outcomes of one choice that lead to one next state.
private struct MergedOutcome {
  let next: Int
  private(set) var probability = CompensatedSum()
  private var weighted = CompensatedSum()
  private let firstReward: Double
  private var isConstant = true

  init(_ outcome: Outcome) {
    next = outcome.next
    firstReward = outcome.reward
    add(outcome)
  }

  /// The mean reward, given the next state.
  var reward: Double { isConstant ? firstReward : weighted.value / probability.value }

  mutating func add(_ outcome: Outcome) {
    probability.add(outcome.probability)
    weighted.add(outcome.probability * outcome.reward)
    isConstant = isConstant && outcome.reward == firstReward
  }
}

/// A sum of `terms` probabilities, which may exceed 1 by the rounding of each of them.
private func roundedDown(_ sum: Double, terms: Int) -> Double {
  sum <= 1 + Double(terms) * .ulpOfOne ? min(sum, 1) : sum
}
