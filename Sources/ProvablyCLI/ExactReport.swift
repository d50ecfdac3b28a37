// SPDX-License-Identifier: Apache-2.0
import Foundation
import Provably

/// What `--exact` adds to a solve: V* as fractions, and all optimal actions.
struct ExactReport: Encodable {
  /// Which exact numbers the model's doubles were taken for.
  let reading: String
  /// The value from the start.
  let value: String
  /// The value of each state, as "n/d".
  let values: [String]
  /// The number of states with more than one optimal action.
  let tiedStates: Int
  /// The labels of all optimal actions of each state.
  let optimalActions: [[Int]]
  /// How many exact systems were solved.
  let rounds: Int
  let seconds: Double

  init(_ problem: DiscountedMDP, reading: ExactPolicyIteration.Reading) throws {
    let start = ContinuousClock.now
    let method = ExactPolicyIteration(reading: reading)
    let solution = try method.solve(problem)
    let model = problem.dynamics
    let distribution = model.startDistribution
    let states = distribution.indices.filter { distribution[$0] > 0 }
    // A start that is spread evenly is meant exactly, though 1/300 is no double.
    let isUniform = states.allSatisfy { distribution[$0] == distribution[states[0]] }
    let weights =
      isUniform
      ? try RationalVector(texts: states.map { _ in "1/\(states.count)" })
      : try method.exact(states.map { distribution[$0] })
    let row = RationalRows(
      columnCount: model.stateCount, rowPointers: [0, states.count],
      columns: states.map { Int32($0) }, values: weights)
    value = row.backup(
      rewards: try RationalVector([0]), discount: try Rational(1), values: solution.values
    ).text(at: 0)
    self.reading = reading.rawValue
    values = (0..<model.stateCount).map { solution.values.text(at: $0) }
    optimalActions = solution.optimalChoices.enumerated().map { s, choices in
      choices.map { model.action(ofChoice: $0, in: s) }
    }
    tiedStates = optimalActions.reduce(0) { $0 + ($1.count > 1 ? 1 : 0) }
    rounds = solution.rounds
    seconds = (ContinuousClock.now - start) / .seconds(1)
  }

  /// The lines of the text report.
  var lines: [String] {
    let digits = value.reduce(0) { $0 + ($1.isNumber ? 1 : 0) }
    let shown =
      value.count <= 64
      ? value : "\(value.prefix(24))… (\(digits) digits; --values writes them all)"
    return [
      "exact value  \(shown)",
      "exactly      \(reading); \(rounds) exact solve\(rounds == 1 ? "" : "s"), "
        + "\(SolveReport.seconds(seconds)); \(tiedStates) states have several optimal actions",
    ]
  }
}
