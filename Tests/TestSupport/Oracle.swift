// SPDX-License-Identifier: Apache-2.0
import MarkovModels

/// Values from the slowest and simplest method, sharing no code with the planners.
public struct Oracle: Sendable {
  /// The states, as lists of choices.
  private let choices: [[OracleChoice]]

  /// Copies a model into plain arrays.
  public init(_ model: TabularMDP) {
    choices = (0..<model.stateCount).map { s in
      (model.choicePointers[s]..<model.choicePointers[s + 1]).map { k in
        var entries: [(next: Int, probability: Double)] = []
        switch model.transitions {
        case .dense(let matrix):
          for next in 0..<model.stateCount where matrix[next, k] > 0 {
            entries.append((next, matrix[next, k]))
          }
        case .sparse(let matrix):
          for i in matrix.rowPointers[k]..<matrix.rowPointers[k + 1] {
            entries.append((Int(matrix.columns[i]), matrix.values[i]))
          }
        }
        return OracleChoice(reward: model.rewards[k], entries: entries)
      }
    }
  }

  /// The optimal discounted values.
  ///
  /// Value iteration from zero until a sweep changes no value by more than
  /// `tolerance` (1 − γ)/γ: then every value is within `tolerance` of V*, rounding aside.
  public func optimalValues(discount gamma: Double, tolerance: Double = 1e-10) -> [Double] {
    iterate(gamma, tolerance) { s, values in best(s, values, gamma) }
  }

  /// The discounted values of a policy that takes the `policy[s]`-th choice of each state.
  public func values(
    ofPolicy policy: [Int], discount gamma: Double, tolerance: Double = 1e-10
  ) -> [Double] {
    iterate(gamma, tolerance) { s, values in choices[s][policy[s]].backup(values, gamma) }
  }

  /// The discounted values of the policy that takes each choice with the same probability.
  public func valuesOfUniformPolicy(
    discount gamma: Double, tolerance: Double = 1e-10
  ) -> [Double] {
    iterate(gamma, tolerance) { s, values in
      choices[s].reduce(0) { $0 + $1.backup(values, gamma) } / Double(choices[s].count)
    }
  }

  /// The optimal values of the first of `horizon` stages.
  public func optimalValues(horizon: Int, discount gamma: Double = 1) -> [Double] {
    var values = [Double](repeating: 0, count: choices.count)
    for _ in 0..<horizon {
      values = choices.indices.map { best($0, values, gamma) }
    }
    return values
  }

  /// The optimal gain by value iteration, for models in which it does not depend on the state.
  ///
  /// The rows are mixed half and half with staying put, which halves the gain per step and makes
  /// every model aperiodic; sweeps stop when the increments agree within `tolerance`.
  public func optimalGain(tolerance: Double = 1e-10, sweeps: Int = 1_000_000) -> Double {
    var values = [Double](repeating: 0, count: choices.count)
    for _ in 0..<sweeps {
      let next = choices.indices.map { s in
        best(s, values, 1) / 2 + values[s] / 2
      }
      let steps = zip(next, values).map { $0 - $1 }
      let (least, greatest) = (steps.min() ?? 0, steps.max() ?? 0)
      if greatest - least <= tolerance { return least + greatest }
      values = next.map { $0 - next[0] }
    }
    return .nan
  }

  private func best(_ s: Int, _ values: [Double], _ gamma: Double) -> Double {
    choices[s].reduce(-Double.infinity) { max($0, $1.backup(values, gamma)) }
  }

  private func iterate(
    _ gamma: Double, _ tolerance: Double, step: (_ s: Int, _ values: [Double]) -> Double
  ) -> [Double] {
    var values = [Double](repeating: 0, count: choices.count)
    var smallest = Double.infinity
    var idle = 0
    // A change that has not shrunk for 1000 sweeps is rounding.
    while idle < 1000 {
      let next = choices.indices.map { step($0, values) }
      let change = zip(next, values).reduce(0.0) { max($0, abs($1.0 - $1.1)) }
      values = next
      if change * gamma <= tolerance * (1 - gamma) { break }
      idle = change < smallest ? 0 : idle + 1
      smallest = min(smallest, change)
    }
    return values
  }
}

/// One choice of a state.
private struct OracleChoice: Sendable {
  let reward: Double
  let entries: [(next: Int, probability: Double)]

  func backup(_ values: [Double], _ gamma: Double) -> Double {
    var sum = 0.0
    for (next, probability) in entries { sum += probability * values[next] }
    return reward + gamma * sum
  }
}
