// SPDX-License-Identifier: Apache-2.0
import Provably

/// Copying the lucky.
enum Luck: Demo {
  static let name = "luck"
  static let summary = "imitating the best returns copies luck, not skill"

  static let arms = ["safe", "gamble", "waste"]

  static func run(seed: UInt64, on screen: inout Screen) throws {
    let chance = 0.4
    let means = [0.6, chance, 0.2]
    screen.title("Do what the winners did? Return-conditioned imitation, one decision")
    screen.line("safe pays 0.6; gamble pays 1 with probability \(chance), else 0; waste pays 0.2.")
    screen.line("Data: 3,000 decisions taken at random. Keep those with a return of at least R,")
    screen.line("and copy what was done most often among them.")
    screen.line()
    try table(seed, means, isLuck: true, on: &screen)
    screen.line()
    screen.line("If the gamble always pays \(chance), the greatest R that keeps any data is right.")
    screen.line()
    try table(seed, means, isLuck: false, on: &screen)
    screen.closing("chance = 0.55 in Sources/Demos/Luck.swift: does luck win at a smaller R?")
  }

  private static func table(
    _ seed: UInt64, _ means: [Double], isLuck: Bool, on screen: inout Screen
  ) throws {
    var rng = Xoshiro256(seed: seed, purpose: "demo luck")
    let gamble = try BernoulliBandit(means: means)
    let samples = (0..<3_000).map { _ -> BatchDataset.Sample in
      let arm = rng.uniform(below: 3)
      let pays = isLuck && arm == 1 ? gamble.reward(ofArm: arm, using: &rng) : means[arm]
      return BatchDataset.Sample(choice: arm, reward: pays, next: nil)
    }
    screen.row(["R", "kept", "copies", "hoped for", "earns"], [5, 7, 9, 11, 8])
    var last = 0
    for R in [0.3, 0.5, 0.6, 0.8, 1] {
      let kept = samples.filter { $0.reward >= R }
      guard !kept.isEmpty else {
        screen.row([Screen.fixed(R, 1), "0", "-", "-", "-"], [5, 7, 9, 11, 8])
        continue
      }
      let data = try BatchDataset(kept, choicePointers: [0, 3])
      let arm = BehaviorCloning().learn(from: data)[0]
      last = arm
      let hoped = Summary.mean(kept.map(\.reward))
      let bar = Screen.bar(means[arm], of: 1, width: screen.width - 50)
      screen.row(
        [
          Screen.fixed(R, 1), "\(kept.count)", arms[arm], Screen.fixed(hoped, 3),
          Screen.fixed(means[arm], 2), " " + bar,
        ], [5, 7, 9, 11, 8, -1])
    }
    let all = try BatchDataset(samples, choicePointers: [0, 3])
    let planned = try PlugInValueIteration().learn(from: all, discount: 0.5).choices[0]
    let earned = Screen.fixed(means[planned], 2)
    let lost = Screen.fixed(means[planned] - means[last], 2)
    screen.line(
      "Planning on averages of all the data chooses \(arms[planned]), which earns \(earned).")
    screen.line(
      isLuck
        ? "The most ambitious imitator plays \(arms[last]) and loses \(lost): winners were lucky."
        : "The most ambitious imitator plays \(arms[last]) and loses \(lost).")
    try check(isLuck ? last == 1 && planned == 0 : last == 0, "imitation errs only by luck")
  }
}
