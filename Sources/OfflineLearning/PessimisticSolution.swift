// SPDX-License-Identifier: Apache-2.0

/// What pessimistic value iteration returns: a policy and values that are meant to be below its own.
public struct PessimisticSolution: Equatable, Sendable {
  /// The choice k of each state.
  public let choices: [Int]
  /// The pessimistic value V̲ of each state, never negative.
  public let lowerValues: [Double]
  /// The number of iterations T.
  public let iterations: Int

  /// Creates an answer.
  ///
  /// - Precondition: as many choices as values.
  public init(choices: [Int], lowerValues: [Double], iterations: Int) {
    precondition(choices.count == lowerValues.count, "one choice and one value a state")
    (self.choices, self.lowerValues, self.iterations) = (choices, lowerValues, iterations)
  }
}

/// The monotone step that both forms of pessimistic value iteration share.
struct MonotoneBackup {
  var choices: [Int]
  var values: [Double]
  let discount: Double

  init(start data: BatchDataset, discount gamma: Double) {
    choices = data.mostPlayed()
    values = [Double](repeating: 0, count: data.stateCount)
    discount = gamma
  }

  /// V(s) ← max(V(s), max_k Q(k)) for all states at once, keeping the old choice unless Q is greater.
  ///
  /// - Returns: whether a value rose.
  @discardableResult
  mutating func step(_ data: BatchDataset, _ penalty: HoeffdingPenalty) -> Bool {
    let greatest = 1 / (1 - discount)
    let old = values
    var rose = false
    for s in values.indices {
      for k in data.choicePointers[s]..<data.choicePointers[s + 1] {
        let q =
          data.target(ofChoice: k, values: old, discount: discount)
          - penalty(count: data.visits[k], greatest: greatest)
        if q > values[s] {
          values[s] = q
          choices[s] = k
          rose = true
        }
      }
    }
    return rose
  }
}
