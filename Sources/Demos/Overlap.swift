// SPDX-License-Identifier: Apache-2.0
import Foundation
import Provably

/// Off-policy evaluation by importance weights, and the end of overlap.
enum Overlap: Demo {
  static let name = "overlap"
  static let summary = "importance weights die out: a thousand episodes worth a handful"

  static func run(seed: UInt64, on screen: inout Screen) throws {
    if let logs = try BanditLogs(environment: ProcessInfo.processInfo.environment) {
      return try logs.draw(on: &screen)
    }
    let model = try Garnet(states: 6, actions: 2, branching: 3, seed: seed).model()
    let target = try PolicyIteration().solve(model, discount: 0.9).policy
    let episodes = 1_000
    var rows: [(H: Int, truth: Double, estimate: Double, effective: Double, matching: Int)] = []
    for H in [1, 2, 4, 6, 8, 10, 12, 16] {
      var rng = Xoshiro256(seed: seed, purpose: "demo overlap \(H)")
      var (weights, weighted, matching) = (0.0, 0.0, 0)
      for _ in 0..<episodes {
        let (weight, reward) = episode(model, target, steps: H, using: &rng)
        weights += weight
        weighted += weight * reward
        if weight > 0 { matching += 1 }
      }
      // All weights that are not 0 equal 2^H, so (sum w)^2 / sum w^2 is their number.
      let effective = weights == 0 ? 0 : weights * weights / (weights * Double(1 << H))
      let truth = value(model, target, steps: H)
      rows.append((H, truth, weighted / Double(episodes), effective, matching))
    }

    screen.title("What would the best policy earn? \(episodes) episodes of coin flips, reweighted")
    screen.row(["steps", "truth", "estimate", "off by", "effective episodes"], [6, 9, 10, 9, 20])
    for row in rows {
      try check(Double(row.matching) == row.effective, "the effective size counts matches")
      let error = abs(row.estimate - row.truth)
      let bar = Screen.bar(row.effective, of: Double(episodes), width: screen.width - 62)
      screen.row(
        [
          "\(row.H)", Screen.fixed(row.truth, 3), Screen.fixed(row.estimate, 3),
          Screen.fixed(error, 3), "\(Int(row.effective))", " " + bar,
        ], [6, 9, 10, 9, 20, -1])
    }
    screen.line()
    screen.line("Data: either action with probability 1/2, in a random model of 6 states. Best:")
    screen.line("the policy for discount 0.9; truth: its expected return, exactly. An episode")
    screen.line("weighs 2^steps if each action is the best policy's, else 0.")
    screen.line()
    let last = rows[rows.count - 1]
    let chance = Double(episodes) / Double(1 << last.H)
    let expected = Screen.fixed(chance, 4)
    screen.line(
      "The weights are unbiased, yet with \(last.H) steps \(expected) episodes match on average")
    screen.line(
      "(here \(last.matching)); without a match the estimate is 0. Each step halves the data.")
    screen.closing("--seed 2: where does the estimate break? OPEN_BANDIT=FOLDER: a real log.")
  }

  /// The weight and the return of one episode from state 0.
  private static func episode(
    _ model: TabularMDP, _ target: DeterministicPolicy, steps H: Int, using rng: inout Xoshiro256
  ) -> (weight: Double, reward: Double) {
    var (s, weight, reward) = (0, 1.0, 0.0)
    for _ in 0..<H {
      let choices = model.choices(of: s)
      let k = choices.lowerBound + rng.uniform(below: choices.count)
      weight *= k == target.choices[s] ? Double(choices.count) : 0
      reward += model.rewards[k]
      let row = (0..<model.stateCount).map { model.transitions.probability(row: k, next: $0) }
      s = rng.categorical(row)
    }
    return (weight, reward)
  }

  /// The expected return of the target from state 0, backwards.
  private static func value(
    _ model: TabularMDP, _ target: DeterministicPolicy, steps H: Int
  ) -> Double {
    var values = [Double](repeating: 0, count: model.stateCount)
    for _ in 0..<H {
      values = target.choices.map { k in
        values.indices.reduce(model.rewards[k]) {
          $0 + model.transitions.probability(row: k, next: $1) * values[$1]
        }
      }
    }
    return values[0]
  }
}
