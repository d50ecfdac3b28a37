// SPDX-License-Identifier: Apache-2.0
import Provably

/// RiverSwim explored by optimism.
enum RiverRegret: Demo {
  static let name = "riverswim"
  static let summary = "RiverSwim explored by UCBVI: exact regret, and its bound"

  static func run(seed: UInt64, on screen: inout Screen) throws {
    let problem = try EpisodicProblem(RiverSwim(states: 6).model(), horizon: 20)
    let episodes = [10, 100, 300, 1_000, 3_000, 10_000]
    let learners = [
      UCBVI(), UCBVI(multiplier: 0.1, name: "a tenth"), UCBVI(multiplier: 0, name: "none"),
    ]
    let curves = try learners.map { learner in
      var rng = Xoshiro256(seed: seed, purpose: "demo riverswim")
      return try learner.regret(on: problem, at: episodes, using: &rng)
    }
    let others = 40
    let lost = try learners.dropFirst().map { learner in
      try (0..<others).filter { run in
        var rng = Xoshiro256(seed: seed, purpose: "demo riverswim \(run)")
        let regret = try learner.regret(on: problem, at: [300], using: &rng)[0]
        return regret > 150 * problem.optimalReturn
      }.count
    }

    screen.title("RiverSwim, 6 states, 20 steps an episode: the regret of UCBVI, exactly")
    let best = Screen.fixed(problem.optimalReturn, 3)
    screen.line("The best policy earns \(best) an episode. Regret so far, by size of the bonus:")
    screen.line()
    let widths = [9, 16, 16, 16, 16]
    screen.row(["episodes", "bonus of the", "a tenth", "no bonus", "bound of the"], widths)
    screen.row(["", "theorem", "of it", "(greedy)", "theorem"], widths)
    for (i, K) in episodes.enumerated() {
      let bound = UCBVI().regretBound(on: problem, episodes: K)
      try check(bound.map { curves[0][i] <= $0.value } ?? false, "the regret is below the bound")
      screen.row(
        ["\(K)"] + curves.map { Screen.fixed($0[i], 1) }
          + [bound.map { Screen.scientific($0.value) } ?? ""], widths)
    }
    screen.line()
    screen.line("Loss an episode between the checkpoints, as a share of the best return:")
    for (learner, curve) in zip(learners, curves) {
      let losses = episodes.indices.map { i -> Double in
        let (before, played) = i == 0 ? (0, 0) : (curve[i - 1], episodes[i - 1])
        return (curve[i] - before) / Double(episodes[i] - played) / problem.optimalReturn
      }
      let name = learner.name == "UCBVI" ? "theorem" : learner.name
      screen.line(
        "  " + Screen.pad(name, -10) + losses.map { Screen.pad(Screen.fixed($0, 3), 8) }.joined())
    }
    screen.line()
    let worst = Double(episodes.last ?? 0) * problem.optimalReturn
    let bound = UCBVI().regretBound(on: problem, episodes: episodes.last ?? 1)
    let vacuous = bound?.isVacuous(beyond: worst) ?? true
    let cost = Screen.fixed(worst, 0)
    screen.line(
      "Earning nothing for \(episodes.last ?? 0) episodes would cost \(cost); the bound is")
    screen.line(vacuous ? "above that: true, and not yet informative." : "below that.")
    screen.line("In \(others) more runs of 300 episodes, those that lost over half of all return:")
    screen.line(
      "a tenth \(lost[0]), none \(lost[1]). A small bonus may be lucky; it has no theorem.")
    screen.closing("another --seed; `provably reproduce ucbvi --quick` measures the rate.")
  }
}
