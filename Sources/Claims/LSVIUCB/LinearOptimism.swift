// SPDX-License-Identifier: Apache-2.0
import Experiments
import Figures
import LinearLearning
import Literature
import Randomness
import Statistics

/// How often Q^k is above Q* in all episodes at once, by the constant of the bonus.
struct LinearOptimism: Claim {
  let id = "lsvi-ucb/optimism"
  let revision = 1
  let title = "Optimism holds throughout a run for moderate constants and fails for small ones"
  let kind = ClaimKind.inequality
  let sources: [Citation] = [.jin2020]
  let statement = """
    For some absolute constant c the bonus with β = c d H √ι makes Q_h^k ≥ Q*_h for all k, h, s, a at once with \
    probability at least 1 − p (the paper's form of β; c is not specified). Measured here: for which c of a \
    grid that is so on random linear MDPs.
    """
  let setup = """
    Random linear MDPs with simplex features, d = 4, 8 states, 3 actions, H = 4, a new one in each trial; \
    K = 1,000, λ = 1, p = 0.1, ι = ln(2dT/p). c from 1 down to 1/512 by factors of 2 or 4, and c = 0. Q^k and \
    Q* are compared in every episode, up to 10⁻⁹.
    """
  let criterion = """
    Share of runs that are optimistic throughout, intervals of Clopper and Pearson: at c = 1, against the \
    claim if the interval lies below 0.9. Control: at c = 0 the share must lie below 0.9.
    """
  let limits = """
    Coverage at c = 1 on one family does not make 1 the constant of the theorem. Where the values are \
    truncated at H − h for most of the run, optimism is cheap.
    """

  static let constants = [1.0, 0.25, 0.0625, 0.03125, 0.015625, 0.0078125, 0.001953125, 0]

  func design(at scale: Scale) -> Design {
    Design(
      [("c", Self.constants.axis)],
      measuring: Schema(scalars: ["optimistic", "margin", "regret"])
    ) { _ in .fixed(scale == .quick ? 100 : 1_500) }
  }

  func estimatedSeconds(at scale: Scale) -> Double { scale == .quick ? 3 : 60 }

  func measure(_ point: Point, trial: Int, using stream: inout Stream) throws -> TrialOutcome {
    var rng = Xoshiro256(from: &stream)
    let model = try OnlineInstance.random(using: &rng)
    var learner = OnlineInstance.learner(point["c"], model, episodes: 1_000)
    let run = try learner.play(model, at: [1_000], checkingOptimism: true, using: &rng)
    return TrialOutcome([
      "optimistic": run.optimism >= -1e-9 ? 1 : 0, "margin": run.optimism,
      "regret": run.regret[0],
    ])
  }

  private func share(_ results: Results, _ point: Point) throws -> (Int, Int) {
    let values = try results.values("optimistic", at: point)
    return (values.count { $0 == 1 }, values.count)
  }

  func judge(_ results: Results) throws -> Judgement {
    let first = try share(results, results.points[0])
    let last = try share(results, results.points[results.points.count - 1])
    let interval = try Proportion.clopperPearson(successes: last.0, trials: last.1)
    let smallest = try results.points.last { point in
      let (count, trials) = try share(results, point)
      return try Proportion.clopperPearson(successes: count, trials: trials).lower
        >= 1 - OnlineInstance.failure
    }
    return Judgement(
      [
        try .coverage(
          "optimistic in all episodes at c = 1", held: first.0, of: first.1,
          atLeast: 1 - OnlineInstance.failure),
        .atMost("optimistic at c = 0", interval, 1 - OnlineInstance.failure).asControl(),
      ],
      finding: "At c = 1, \(first.0) of \(first.1) runs are optimistic throughout; "
        + (smallest.map {
          "the smallest c of the grid with a share of surely 0.9 is \(text($0["c"]))."
        }
          ?? "no c of the grid has a share of surely 0.9."))
  }

  func exhibits(_ results: Results) throws -> [Exhibit] {
    let points = Array(results.points.filter { $0["c"] > 0 }.reversed())
    let intervals = try points.map { point in
      let (count, trials) = try share(results, point)
      return try Proportion.clopperPearson(successes: count, trials: trials)
    }
    let figure = Figure(
      id: "optimism", title: "Share of runs that are optimistic in every episode",
      subtitle: "random linear MDPs, K = 1,000; 95 % intervals of Clopper and Pearson",
      x: .log("constant c in β = c d H √ι →"), y: .linear("↑ share of runs")
    ) {
      Line(
        x: points.map { $0["c"] }, y: intervals.map(\.estimate), series: "Q^k ≥ Q* throughout",
        markers: .none)
      Interval(
        x: points.map { $0["c"] }, y: intervals.map(\.estimate), low: intervals.map(\.lower),
        high: intervals.map(\.upper), series: "Q^k ≥ Q* throughout")
      Reference(y: 1 - OnlineInstance.failure, "1 − p")
    }
    let rows = try results.points.map { point in
      let (count, trials) = try share(results, point)
      return [
        text(point["c"]), "\(count) of \(trials)", try results.mean("margin", at: point).text,
        try results.mean("regret", at: point).text,
      ]
    }
    return [
      Exhibit(
        figure, caption: "A run counts if Q^k ≥ Q* at all stages, states, actions, episodes."),
      Exhibit(
        PageTable(
          ["c", "optimistic runs", "mean least margin", "mean regret, K = 1,000"], rows: rows,
          textColumns: []),
        caption:
          "The least margin is the least of Q^k − Q* over a run. Optimism and small regret are "
          + "different things: the smallest constants have the smallest regret here."),
    ]
  }
}
