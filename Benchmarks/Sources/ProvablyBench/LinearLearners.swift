// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Provably

/// Measures LSVI-UCB: episodes a second, and whether K episodes cost O(K).
struct LinearLearners: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "linear-learners",
    abstract: "Measure the speed of LSVI-UCB on a random linear MDP, one core.")

  @Option(help: "The dimension d of the features.")
  var dimension: Int = 20

  @Option(help: "The horizon H.")
  var horizon: Int = 10

  @Option(help: "The number of states.")
  var states: Int = 20

  @Option(help: "The number of actions.")
  var actions: Int = 4

  @Option(help: "The greatest number of episodes; four runs, each twice as long as the one before.")
  var episodes: Int = 40_000

  @Flag(help: "Plan only when a determinant has doubled.")
  var doubling = false

  private struct Line: Encodable {
    let event = "LSVI-UCB"
    let dimension: Int
    let horizon: Int
    let states: Int
    let actions: Int
    let episodes: Int
    let plans: Int
    let policyChanges: Int
    let seconds: Double
    let episodesPerSecond: Double
    let regret: Double
  }

  func run() throws {
    let model = try LinearEpisode(
      RandomLinearMDP(states: states, actions: actions, dimension: dimension, seed: 1).model(),
      horizon: horizon)
    for count in [episodes / 8, episodes / 4, episodes / 2, episodes] where count >= 1 {
      var learner = LSVIUCB(
        features: model.features, states: states, horizon: horizon, multiplier: 1,
        switching: doubling ? .determinant(growth: 2) : .everyEpisode)
      var rng = Xoshiro256(seed: 1, purpose: "linear learners")
      let (seconds, run) = try Stopwatch.time {
        try learner.play(model, at: [count], using: &rng)
      }
      try printJSON(
        Line(
          dimension: dimension, horizon: horizon, states: states, actions: actions,
          episodes: count, plans: run.plans, policyChanges: run.policyChanges, seconds: seconds,
          episodesPerSecond: Double(count) / seconds, regret: run.regret[0]))
    }
  }
}
