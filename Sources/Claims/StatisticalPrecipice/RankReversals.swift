// SPDX-License-Identifier: Apache-2.0
import Experiments
import Figures
import Literature
import Randomness
import Statistics

/// How often a table of point estimates ranks two algorithms the wrong way round.
struct RankReversals: Claim {
  let id = "statistical-precipice/reversals"
  let revision = 1
  let title = "Point estimates from three runs often rank two algorithms the wrong way round"
  let kind = ClaimKind.phenomenon
  let sources: [Citation] = [.agarwal2021]
  let statement = """
    Conclusions from point estimates of few runs are often those of chance. (Abstract of the paper; no \
    theorem.)
    """
  let setup = """
    The suite of the first claim; algorithm A explores with 10 pulls an arm, algorithm B with 16, so that B \
    is truly better by every aggregate. A trial draws n runs a task of each and compares the point \
    estimates, and the intervals of the difference of means.
    """
  let criterion = """
    Expected: with three runs each aggregate reverses the rank in at least 10 % of trials, and with 100 \
    runs the IQM in fewer than 5 %; Kendall's τ between the number of runs and the rate of reversals is −1 \
    for the IQM. Expected of intervals: a 95 % interval of the difference that lies on the wrong side \
    occurs in at most 2.5 % of trials for n ≥ 10. Control: two copies of the same algorithm must be ranked \
    either way in half of the trials, ±5 %.
    """
  let limits = """
    The rate depends on how far apart the two algorithms are: that few runs mislead is the phenomenon, \
    the number is this suite's.
    """

  func design(at scale: Scale) -> Design {
    let reversals = PrecipiceAggregate.allCases.map { "\($0.rawValue) reversed" }
    return Design(
      [("runs", IntervalCoverage.runCounts.axis)],
      measuring: Schema(scalars: reversals + ["interval wrong", "interval decides", "copy ahead"])
    ) { _ in .fixed(scale == .quick ? 1500 : 8000) }
  }

  func estimatedSeconds(at scale: Scale) -> Double { scale == .quick ? 4 : 50 }

  func measure(_ point: Point, trial: Int, using stream: inout Stream) throws -> TrialOutcome {
    let (first, second) = (try ExactSuite(pulls: 10), try ExactSuite(pulls: 16))
    var rng = Xoshiro256(from: &stream)
    let runs = point.count("runs")
    let (a, b, copy) = (
      first.run(runs, using: &rng), second.run(runs, using: &rng), first.run(runs, using: &rng)
    )
    var values: [String: Double] = [:]
    for aggregate in PrecipiceAggregate.allCases {
      values["\(aggregate.rawValue) reversed"] = rank(
        estimate(aggregate, a), estimate(aggregate, b))
    }
    values["copy ahead"] = rank(estimate(.mean, a), estimate(.mean, copy))
    // Runs are paired in the resampling only by number; both suites have the same tasks.
    let differences = zip(a, b).map { zip($1, $0).map { $0 - $1 } }
    let interval = try StratifiedBootstrap(repetitions: 400, isExpanded: false)
      .interval(differences, .mean, using: &rng)
    values["interval wrong"] = interval.upper < 0 ? 1 : 0
    values["interval decides"] = interval.lower > 0 || interval.upper < 0 ? 1 : 0
    return TrialOutcome(values)
  }

  /// 1 if the first is ahead, 1/2 on a tie, 0 otherwise.
  private func rank(_ first: Double, _ second: Double) -> Double {
    first > second ? 1 : first == second ? 0.5 : 0
  }

  private func estimate(_ aggregate: PrecipiceAggregate, _ scores: [[Double]]) -> Double {
    switch aggregate {
    case .mean: Aggregate.mean.value(scores)
    case .iqm: Aggregate.interquartileMean.value(scores)
    case .median: Summary.median(scores.map(Summary.mean))
    }
  }

  func judge(_ results: Results) throws -> Judgement {
    var checks: [Check] = []
    let (few, most) = (results.points[0], results.points[results.points.count - 1])
    var atThree: [String] = []
    for aggregate in PrecipiceAggregate.allCases {
      let rate = try results.mean("\(aggregate.rawValue) reversed", at: few)
      atThree.append("\(aggregate.rawValue) \(text(rate.estimate))")
      checks.append(.atLeast("\(aggregate.rawValue), 3 runs: rate of reversals", rate, 0.1))
    }
    let iqm = try results.mean("IQM reversed", at: most)
    checks.append(.atMost("IQM, 100 runs: rate of reversals", iqm, 0.05))
    let rates = try results.points.map { try results.mean("IQM reversed", at: $0).estimate }
    let tau = try RankCorrelation.kendallTauB(results.points.map { $0["runs"] }, rates)
    checks.append(
      .identity("Kendall's τ between runs and the IQM's rate", tau, -1, tolerance: 1e-12))
    for point in results.points.filter({ $0["runs"] >= 10 }) {
      checks.append(
        .atMost(
          "\(point.count("runs")) runs: intervals on the wrong side",
          try proportion("interval wrong", results, point), 0.025))
    }
    checks.append(
      .equals(
        "two copies: first one ahead", try results.mean("copy ahead", at: few), 0.5, within: 0.05
      ).asControl())
    return Judgement(
      checks,
      finding: "With three runs a task the wrong algorithm leads in this share of trials: "
        + "\(atThree.joined(separator: ", ")); with 100 runs the IQM still errs in \(iqm.text).")
  }

  private func proportion(_ name: String, _ results: Results, _ point: Point) throws
    -> ConfidenceInterval
  {
    let values = try results.values(name, at: point)
    return try Proportion.clopperPearson(
      successes: values.filter { $0 == 1 }.count, trials: values.count)
  }

  func exhibits(_ results: Results) throws -> [Exhibit] {
    let runs = IntervalCoverage.runCounts.map { "\(Int($0))" }
    let figure = try Figure(
      id: "reversals", title: "How often the wrong algorithm leads, by runs a task",
      subtitle:
        "\(results.trialCount(at: results.points[0])) trials a point; whiskers: 95 % intervals",
      x: .ordinal("runs a task →", runs), y: .linear("↑ share of trials with the wrong rank")
    ) {
      for aggregate in PrecipiceAggregate.allCases {
        let rates = try results.points.map {
          try results.mean("\(aggregate.rawValue) reversed", at: $0)
        }
        Interval(
          x: runs, y: rates.map(\.estimate), low: rates.map(\.lower), high: rates.map(\.upper),
          series: aggregate.rawValue)
      }
      Reference(y: 0.5, "a coin")
    }
    let rows = try results.points.map { point in
      [
        "\(point.count("runs"))", try proportion("interval decides", results, point).text,
        try proportion("interval wrong", results, point).text,
      ]
    }
    return [
      Exhibit(
        figure,
        caption: "A tie counts one half. B is truly better by mean, median and IQM."),
      Exhibit(
        PageTable(
          ["runs a task", "interval of the difference decides", "and is wrong"], rows: rows,
          textColumns: []),
        caption:
          "What an interval says instead: it rarely decides with few runs, and hardly ever wrongly."
      ),
    ]
  }
}
