// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra

/// Collects the rows of a model straight into compressed-row arrays, choice after choice.
///
/// Equal next states of one choice are added up, and each row is kept sorted by next state; rows are
/// short (or added in order), so that an insertion costs O(1).
struct ModelBuilder {
  private let stateCount: Int
  private let actionCount: Int
  private var choicePointers: [Int] = [0]
  private var choiceActions: [Int32] = []
  private var rowPointers: [Int] = [0]
  private var columns: [Int32] = []
  private var values: [Double] = []
  private var rewards: [Double] = []
  private var termination: [Double] = []
  private var terminates = false

  /// Reserves room for the expected number of choices and entries.
  init(states: Int, actions: Int, choices: Int? = nil, entries: Int) {
    stateCount = states
    actionCount = actions
    let choices = choices ?? states * actions
    rowPointers.reserveCapacity(choices + 1)
    columns.reserveHugePages(entries)
    values.reserveHugePages(entries)
    rewards.reserveHugePages(choices)
  }

  /// Adds a transition of the current choice; one of probability 0 is dropped.
  mutating func add(_ probability: Double, to next: Int) {
    guard probability != 0 else { return }
    let start = rowPointers[rowPointers.count - 1]
    let column = Int32(truncatingIfNeeded: next)
    var position = columns.count
    while position > start && columns[position - 1] > column { position -= 1 }
    if position > start && columns[position - 1] == column {
      values[position - 1] += probability
    } else if position == columns.count {
      columns.append(column)
      values.append(probability)
    } else {
      columns.insert(column, at: position)
      values.insert(probability, at: position)
    }
  }

  /// Ends the current choice.
  ///
  /// - Parameters:
  ///   - action: The label, when states offer different actions; ``endState()`` is then called too.
  ///   - reward: The expected reward.
  ///   - probability: The probability that the episode ends.
  mutating func endChoice(
    action: Int? = nil, reward: Double, terminatesWithProbability probability: Double = 0
  ) {
    rowPointers.append(values.count)
    rewards.append(reward)
    if let action { choiceActions.append(Int32(truncatingIfNeeded: action)) }
    if probability > 0 && !terminates {
      terminates = true
      termination = [Double](repeating: 0, count: rewards.count - 1)
      termination.reserveCapacity(rewards.capacity)
    }
    if terminates { termination.append(probability) }
  }

  /// Ends the choices of the current state.
  mutating func endState() { choicePointers.append(rewards.count) }

  /// The model of all rows so far.
  consuming func model(
    start: Int? = nil, stateNames: [String]? = nil, actionNames: [String]? = nil,
    stateLabels: [String: [Int]] = [:]
  ) throws(ModelError) -> TabularMDP {
    let matrix: SparseMatrix
    do {
      matrix = try SparseMatrix(
        rowCount: rewards.count, columnCount: stateCount, rowPointers: rowPointers,
        columns: columns, values: values)
    } catch { preconditionFailure("\(error)") }
    var initial: [Double]?
    if let start {
      var distribution = [Double](repeating: 0, count: stateCount)
      distribution[start] = 1
      initial = distribution
    }
    return try TabularMDP(
      stateCount: stateCount, actionCount: actionCount,
      choicePointers: choiceActions.isEmpty ? nil : choicePointers,
      choiceActions: choiceActions.isEmpty ? nil : choiceActions, transitions: .sparse(matrix),
      rewards: rewards, termination: terminates ? termination : nil, initialDistribution: initial,
      stateNames: stateNames, actionNames: actionNames, stateLabels: stateLabels)
  }
}
