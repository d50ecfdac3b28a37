// SPDX-License-Identifier: Apache-2.0
import Provably

/// The two rates of offline learning.
enum TwoRegimes: Demo {
  static let name = "two-regimes"
  static let summary = "ten times the data: a tenth of the loss, or a third of it"

  static func run(seed: UInt64, on screen: inout Screen) throws {
    let rule = ExactSuboptimality(of: LCBBandit(arms: 2, failureProbability: 0.1))
    let draws = [100, 300, 1_000, 3_000, 10_000]
    var rng = Xoshiro256(seed: seed, purpose: "demo two regimes")
    let contexts = seed == 1 ? 20 : 10 + rng.uniform(below: 20)
    var (expert, covered): ([Double], [Double]) = ([], [])
    for N in draws {
      // Expert data: all contexts but one are rare (1/(N + 1)), and only the best arm is in the data.
      let rare = 1 / Double(N + 1)
      let weights = [1 - Double(contexts - 1) * rare] + Array(repeating: rare, count: contexts - 1)
      let bandit = try ContextualBandit(
        contextWeights: weights, means: .init(repeating: [0, 1], count: contexts),
        dataWeights: weights.map { [0, $0] })
      expert.append(rule.expected(draws: N, on: bandit))
      // Half of the data on either of two arms: the worst of five gaps about 1/sqrt N.
      let losses = [0.5, 1, 2, 4, 8].map { multiple -> Double in
        let gap = min(0.5, multiple * (2 / Double(N)).squareRoot())
        return rule.expected(
          draws: N, firstShare: 0.5, means: (0.5 - gap / 2, 0.5 + gap / 2))
      }
      covered.append(losses.max() ?? 0)
    }

    screen.title("How fast does offline learning learn? Expected loss, by exact sums")
    screen.row(
      ["data N", "expert's data", "times N", "mixed data", "times sqrt N"], [8, 15, 10, 14, 14])
    for (i, N) in draws.enumerated() {
      screen.row(
        [
          "\(N)", Screen.scientific(expert[i]), Screen.fixed(expert[i] * Double(N), 3),
          Screen.scientific(covered[i]), Screen.fixed(covered[i] * Double(N).squareRoot(), 3),
        ], [8, 15, 10, 14, 14])
    }
    screen.line()
    for (i, N) in draws.enumerated() {
      let width = screen.width - 20
      screen.line(
        Screen.pad("\(N)", 8) + " expert "
          + Screen.bar(expert[i], of: max(expert[0], covered[0]), width: width))
      screen.line(
        Screen.pad("", 8) + " mixed  "
          + Screen.bar(covered[i], of: max(expert[0], covered[0]), width: width))
    }
    screen.line()
    let (e, c) = (expert[2] / expert[4], covered[2] / covered[4])
    try check(e > 8 && c < 4, "the rates are 1/N and 1/sqrt N")
    let folds = [e, c].map { Screen.fixed($0, 1) }
    screen.line("From 1,000 to 10,000 data the loss falls \(folds[0])-fold and \(folds[1])-fold.")
    screen.line(
      "expert: \(contexts) contexts, all but one rare, only the best arm seen (C* = 1): 1/N.")
    screen.line("mixed: two arms seen equally often (C* = 2), the worst of five gaps: 1/sqrt N.")
    screen.closing("`provably reproduce tale-of-pessimism --quick`: the same for MDPs.")
  }
}
