// SPDX-License-Identifier: Apache-2.0
import Experiments
import Figures
import Literature
import MarkovModels
import OnlineLearning
import Randomness
import Statistics

/// How often Q stays above Q*, by the factor of the bonus.
struct OptimismCoverage: Claim {
  let id = "ucbvi/optimism"
  let revision = 1
  let title = "Q ≥ Q* everywhere with probability at least 1 − δ"
  let kind = ClaimKind.inequality
  let sources: [Citation] = [.azar2017, .hoeffding1963]
  let statement = """
    With the bonus of the proof, Q_k ≥ Q* in every episode k, stage and pair of state and action, with \
    probability at least 1 − δ (Lemma 2 of `Sources/Bounds/UCBVIHoeffding.md`, machine-checked in \
    `Proofs/UCBVIRegret.v`).
    """
  let setup = """
    RiverSwim with 6 states, H = 12, and the hard family of this study with Δ = 0.2; K = 1000, \
    δ = 0.05. The bonus is multiplied by 1, 3/4, 5/8, 1/2, 3/8, 1/4, 1/8 and by 0. Q never rises from episode to \
    episode, so a run is optimistic everywhere at all times exactly if its last Q is; the least of \
    Q − Q* over stages and pairs is measured, and −10⁻⁹ is allowed for rounding.
    """
  let criterion = """
    Share of optimistic runs with a 95 % interval of Clopper and Pearson: at least 1 − δ for factor 1 on \
    both problems. Control: for factor 0 it must be below 1 − δ. The smallest factor whose interval \
    lies above 1 − δ is reported, not judged.
    """
  let limits = """
    The proof covers factor 1 only. That a smaller factor suffices on two problems says that the \
    union bound and Hoeffding's inequality are loose there, not that the factor is safe.
    """

  static let episodes = 1000
  static let factors = [1, 0.75, 0.625, 0.5, 0.375, 0.25, 0.125, 0]
  static let problems = ["RiverSwim", "hard family"]

  func design(at scale: Scale) -> Design {
    Design(
      [("problem", Self.problems.map { .label($0) }), ("factor", Self.factors.axis)],
      measuring: Schema(scalars: ["least Q − Q*"])
    ) { _ in .fixed(scale == .quick ? 80 : 2000) }
  }

  func estimatedSeconds(at scale: Scale) -> Double { scale == .quick ? 4 : 50 }

  func measure(_ point: Point, trial: Int, using stream: inout Stream) throws -> TrialOutcome {
    let problem =
      point.label("problem") == "RiverSwim"
      ? try EpisodicProblem(try RiverSwim().model(), horizon: 12)
      : try HardFamily(base: 0.5, gap: 0.2).problem()
    let learner = UCBVI(
      failureProbability: UCBVILearner.delta, multiplier: point["factor"])
    var rng = Xoshiro256(from: &stream)
    let run = try learner.run(on: problem, at: [Self.episodes], using: &rng)
    let margins = zip(run.agent.optimisticValues, problem.optimalActionValues).map { $0 - $1 }
    return TrialOutcome(["least Q − Q*": margins.min() ?? 0])
  }

  private func held(_ results: Results, _ point: Point) throws -> (Int, Int) {
    let values = try results.values("least Q − Q*", at: point)
    return (values.count { $0 >= -1e-9 }, values.count)
  }

  func judge(_ results: Results) throws -> Judgement {
    let target = 1 - UCBVILearner.delta
    var checks: [Check] = []
    var smallest: [String] = []
    for problem in Self.problems {
      let points = results.points(where: ["problem": .label(problem)])
      var least = "none"
      for point in points {
        let (held, trials) = try held(results, point)
        let interval = try Proportion.clopperPearson(successes: held, trials: trials)
        if point["factor"] == 1 {
          checks.append(
            try .coverage("\(problem): factor 1", held: held, of: trials, atLeast: target))
        }
        if point["factor"] == 0 {
          checks.append(.atMost("\(problem): factor 0", interval, target).asControl())
        }
        if interval.lower >= target { least = text(point["factor"]) }
      }
      smallest.append("\(least) (\(problem))")
    }
    return Judgement(
      checks,
      finding: "The smallest factor whose share of optimistic runs is above 1 − δ by its interval: "
        + smallest.joined(separator: ", ") + ".")
  }

  func exhibits(_ results: Results) throws -> [Exhibit] {
    let figure = try Figure(
      id: "optimism", title: "Share of runs with Q ≥ Q* everywhere",
      subtitle: "\(results.trialCount(at: results.points[0])) runs of 1000 episodes, δ = 0.05",
      x: .log("factor of the bonus →"), y: .linear("↑ share of runs")
    ) {
      for problem in Self.problems {
        let points = results.points(where: ["problem": .label(problem)])
          .filter { $0["factor"] > 0 }
        let intervals = try points.map { point in
          let (held, trials) = try held(results, point)
          return try Proportion.clopperPearson(successes: held, trials: trials)
        }
        Interval(
          x: points.map { $0["factor"] }, y: intervals.map(\.estimate), low: intervals.map(\.lower),
          high: intervals.map(\.upper), series: problem)
      }
      Reference(y: 1 - UCBVILearner.delta, "1 − δ")
    }
    return [
      Exhibit(
        figure,
        caption:
          "A run counts if Q ≥ Q* in every episode, stage and pair. Whiskers: 95 % intervals of "
          + "Clopper and Pearson. Only factor 1 is covered by the proof; factor 0 is the control.")
    ]
  }
}
