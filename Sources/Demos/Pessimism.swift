// SPDX-License-Identifier: Apache-2.0
import Provably

/// Fixed data with an arm that was hardly ever pulled.
enum Pessimism: Demo {
  static let name = "pessimism"
  static let summary = "one lucky pull fools the empirical best arm, not the pessimist"

  static func run(seed: UInt64, on screen: inout Screen) throws {
    let bandit = try BernoulliBandit(means: [0.7, 0.5, 0.3])
    let pulls = [200, 60, 1]
    let delta = 0.1
    let (greedy, careful) = (EmpiricalBest(), LCBBandit(arms: 3, failureProbability: delta))
    var rng = Xoshiro256(seed: seed, purpose: "demo pessimism")
    let repetitions = 2_000
    var (choices, lucky) = ([[0, 0, 0], [0, 0, 0]], nil as ArmData?)
    for _ in 0..<repetitions {
      let successes = zip(pulls, bandit.means).map { rng.binomial(trials: $0, probability: $1) }
      let data = try ArmData(pulls: pulls, successes: successes)
      let arms = [greedy.arm(from: data), careful.arm(from: data)]
      for (rule, arm) in arms.enumerated() { choices[rule][arm] += 1 }
      if lucky == nil, arms[0] == 2 { lucky = data }
    }
    guard let data = lucky else { throw DemoError(description: "the rare arm was never lucky") }

    screen.title("Three arms, fixed data: which one to play for ever?")
    screen.line("One data set, the first of \(repetitions) in which the rare arm was lucky:")
    screen.line()
    screen.row(["arm", "truth", "pulls", "mean", "penalty", "lower bound"], [4, 8, 8, 8, 9, 13])
    for a in 0..<3 {
      let mean = Double(data.successes[a]) / Double(pulls[a])
      let lower = careful.score(pulls: pulls[a], successes: data.successes[a])
      screen.row(
        [
          "\(a + 1)", Screen.fixed(bandit.means[a], 2), "\(pulls[a])", Screen.fixed(mean, 3),
          Screen.fixed(careful.penalty(pulls: pulls[a]), 3), Screen.fixed(lower, 3),
          " " + Screen.bar(lower, of: 1, width: screen.width - 60),
        ], [4, 8, 8, 8, 9, 13, -1])
    }
    let picks = [greedy.arm(from: data) + 1, careful.arm(from: data) + 1]
    screen.line(
      "The greatest mean is arm \(picks[0])'s, the greatest lower bound arm \(picks[1])'s.")
    screen.line()
    screen.line("All \(repetitions) data sets:")
    let widths = [-16, 7, 7, 7, 11, 12]
    screen.row(["rule", "arm 1", "arm 2", "arm 3", "mean loss", "worst loss"], widths)
    var losses: [Double] = []
    for (rule, name) in ["empirical best", "pessimist (LCB)"].enumerated() {
      let mean = (0..<3).reduce(0) { $0 + bandit.gap(ofArm: $1) * Double(choices[rule][$1]) }
      let worst = (0..<3).filter { choices[rule][$0] > 0 }.map { bandit.gap(ofArm: $0) }.max() ?? 0
      losses.append(mean / Double(repetitions))
      screen.row(
        [name] + choices[rule].map { "\($0)" }
          + [Screen.fixed(losses[rule], 4), Screen.fixed(worst, 2)], widths)
    }
    try check(losses[1] < losses[0], "the pessimist loses less")
    let bound = LCBHoeffding(arms: 3, failureProbability: delta)
      .suboptimality(observations: pulls[0]).value
    let (confidence, most) = (Screen.fixed(1 - delta, 1), Screen.fixed(bound, 3))
    screen.line()
    screen.line("With probability \(confidence) the pessimist loses at most \(most), whatever the")
    screen.line(
      "other arms' data: the best arm's \(pulls[0]) pulls decide (machine-checked in Coq).")
    screen.closing("`provably list guarantees`; `provably reproduce tale-of-pessimism --quick`.")
  }
}
