// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Provably

/// Times learners and statistics in-process; one line of JSON, read by `learners.py`.
struct Learners: ParsableCommand {
  /// What can be timed.
  enum Work: String, CaseIterable, ExpressibleByArgument {
    case ucb1
    case klucb
    case thompson
    case iqm
  }

  static let configuration = CommandConfiguration(abstract: "Time a learner or a statistic.")

  @Argument(help: "What to time.")
  var work: Work

  /// Ten arms, as in the study of bandits.
  static let means = [0.1, 0.05, 0.05, 0.05, 0.02, 0.02, 0.02, 0.01, 0.01, 0.01]
  static let rounds = 100_000

  func run() throws {
    var seconds: [Double] = []
    var answers: [Double] = []
    for repetition in 0..<9 {
      let (time, answer) = try Stopwatch.time { try once(repetition) }
      seconds.append(time)
      answers.append(answer)
    }
    let median = seconds.sorted()[4]
    let units = work == .iqm ? 50_000.0 : Double(Self.rounds)
    print(
      "{\"seconds\": \(median), \"per_second\": \(units / median), "
        + "\"answer\": \(answers.reduce(0, +) / 9)}")
  }

  /// One run; its answer is the regret, or the width of the interval.
  private func once(_ repetition: Int) throws -> Double {
    var rng = Xoshiro256(seed: UInt64(repetition), purpose: "benchmark")
    let learner: any BanditLearner
    switch work {
    case .ucb1: learner = UCB1()
    case .klucb: learner = KLUCB()
    case .thompson: learner = ThompsonSampling()
    case .iqm:
      let scores = (0..<10).map { _ in (0..<10).map { _ in rng.uniform() } }
      return try StratifiedBootstrap(repetitions: 50_000)
        .interval(scores, .interquartileMean, using: &rng).halfWidth
    }
    return learner.regret(
      on: try BernoulliBandit(means: Self.means), at: [Self.rounds], using: &rng)[0]
  }
}
