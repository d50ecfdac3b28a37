// SPDX-License-Identifier: Apache-2.0
import Provably

/// Rankings from three runs.
enum ThreeSeeds: Demo {
  static let name = "three-seeds"
  static let summary = "three runs an algorithm: the ranking is often a coin flip"

  static func run(seed: UInt64, on screen: inout Screen) throws {
    let bandit = try BernoulliBandit(means: [0.5, 0.45, 0.4, 0.35])
    let (rounds, pool) = (500, 1_000)
    let learners: [any BanditLearner] = [
      UCB1(), MOSS(), ThompsonSampling(), UCB1(exploration: 0.5, name: "UCB1, c = 1/2"),
    ]
    var runs: [[Double]] = []
    for (i, learner) in learners.enumerated() {
      runs.append(
        (0..<pool).map { run in
          var rng = Xoshiro256(seed: seed, purpose: "demo three seeds \(i) \(run)")
          return learner.regret(on: bandit, at: [rounds], using: &rng)[0]
        })
    }
    let truth = runs.map { Summary.mean($0) }
    let order = truth.indices.sorted { truth[$0] < truth[$1] }

    screen.title("Which algorithm has the least regret? Four arms, \(rounds) rounds")
    screen.row(["", "mean", "standard", "mean of runs", "", ""], [-14, 9, 10, 14, 8, 8])
    screen.row(["", "of \(pool)", "error", "1 to 3", "4 to 6", "7 to 9"], [-14, 9, 10, 14, 8, 8])
    for a in order {
      let error = (Summary.variance(runs[a]) / Double(pool)).squareRoot()
      let threes = (0..<3).map { i in
        Screen.fixed(Summary.mean(Array(runs[a][(3 * i)..<(3 * i + 3)])), 2)
      }
      screen.row(
        [learners[a].name, Screen.fixed(truth[a], 2), Screen.fixed(error, 2)] + threes,
        [-14, 9, 10, 14, 8, 8])
    }
    screen.line()
    screen.line("How often n runs of each put the four in another order, or another one first")
    screen.line("(2,000 draws of n runs of each from the \(pool)):")
    screen.line()
    screen.row(["n", "wrong order", "wrong winner"], [5, 13, 14])
    var rng = Xoshiro256(seed: seed, purpose: "demo three seeds draws")
    var wrongs: [Double] = []
    for n in [1, 3, 5, 10, 30, 100, 300] {
      var (order0, winner) = (0, 0)
      for _ in 0..<2_000 {
        let means = runs.map { sample in
          Summary.mean(rng.sample(n, below: pool).map { sample[$0] })
        }
        let ranked = means.indices.sorted { means[$0] < means[$1] }
        if ranked != order { order0 += 1 }
        if ranked[0] != order[0] { winner += 1 }
      }
      let shares = [order0, winner].map { Double($0) / 2_000 }
      wrongs.append(shares[0])
      screen.row(
        ["\(n)"] + shares.map { Screen.fixed($0, 3) }
          + [" " + Screen.bar(shares[0], of: 1, width: screen.width - 40)], [5, 13, 14, -1])
    }
    try check(wrongs[1] > wrongs[6], "more runs rank better")
    screen.line()
    let share = Screen.fixed(100 * wrongs[1], 0)
    screen.line("Bars: wrong order. With three runs the table is wrong in \(share) % of the cases.")
    screen.line("Means closer than their standard errors have no sure order even at \(pool) runs.")
    screen.closing("`provably reproduce statistical-precipice --quick`: intervals that hold.")
  }
}
