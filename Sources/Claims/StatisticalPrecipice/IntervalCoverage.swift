// SPDX-License-Identifier: Apache-2.0
import Experiments
import Figures
import Literature
import Randomness
import Statistics

/// Coverage and width of stratified bootstrap intervals for mean, median and IQM.
struct IntervalCoverage: Claim {
  let id = "statistical-precipice/intervals"
  let revision = 1
  let title = "Intervals of the IQM cover from ten runs on, and are narrower than the median's"
  let kind = ClaimKind.measurementProtocol
  let sources: [Citation] = [.agarwal2021, .efron1979]
  let statement = """
    Report stratified bootstrap intervals of aggregate scores; the IQM has a smaller uncertainty than the \
    median and is robust to outliers. (Abstract and protocol of the paper; it states no theorem.)
    """
  let setup = """
    Ten tasks, each a bandit with five Bernoulli arms and gaps from 0.05 to 0.41; a run pulls each arm 10 \
    times and scores the arm it recommends, from 0 (worst) to 1 (best). True mean, median of task means and \
    IQM from exact binomial sums. A trial draws n runs a task, n in 3, 5, 10, 25, 100, and computes the \
    stratified percentile bootstrap interval of level 95 % with 400 resamples, as in the paper.
    """
  let criterion = """
    Expected: the share of trials whose interval of the IQM holds the true IQM is at least 0.90 for n ≥ 10; \
    the mean width falls with exponent −1/2 ± 0.1 in n from 10 to 100; the IQM's interval is narrower \
    than the median's at every n ≥ 10. Against: Clopper–Pearson intervals below 0.90, a slope outside, a \
    ratio of widths above 1. Control: with three runs the plain interval must fall short of 95 %.
    """
  let limits = """
    One suite of discrete scores. Percentile intervals without expansion, as in the paper; this library's \
    default expands them, which repairs part of the shortfall at few runs.
    """

  static let runCounts = [3.0, 5, 10, 25, 100]

  func design(at scale: Scale) -> Design {
    Design(
      [("runs", Self.runCounts.axis)],
      measuring: Schema(
        scalars: PrecipiceAggregate.allCases.flatMap {
          ["\($0.rawValue) held", "\($0.rawValue) width"]
        }
          + ["profile held"])
    ) { _ in .fixed(scale == .quick ? 600 : 4000) }
  }

  func estimatedSeconds(at scale: Scale) -> Double { scale == .quick ? 5 : 60 }

  func measure(_ point: Point, trial: Int, using stream: inout Stream) throws -> TrialOutcome {
    let suite = try ExactSuite(pulls: 10)
    var rng = Xoshiro256(from: &stream)
    let scores = suite.run(point.count("runs"), using: &rng)
    let bootstrap = try StratifiedBootstrap(repetitions: 400, isExpanded: false)
    var values: [String: Double] = [:]
    for aggregate in PrecipiceAggregate.allCases {
      let interval: ConfidenceInterval
      switch aggregate {
      case .mean: interval = try bootstrap.interval(scores, .mean, using: &rng)
      case .iqm: interval = try bootstrap.interval(scores, .interquartileMean, using: &rng)
      case .median:
        interval = try bootstrap.interval(scores, using: &rng) { rows in
          Summary.median(rows.map(Summary.mean))
        }
      }
      values["\(aggregate.rawValue) held"] = interval.contains(aggregate.truth(suite)) ? 1 : 0
      values["\(aggregate.rawValue) width"] = 2 * interval.halfWidth
    }
    let thresholds = [0.1, 0.3, 0.5, 0.7, 0.9]
    let profile = try PerformanceProfile(
      scores: scores, thresholds: thresholds, simultaneous: true, repetitions: 400, using: &rng)
    values["profile held"] =
      zip(thresholds, zip(profile.lower, profile.upper)).allSatisfy { threshold, band in
        let truth = suite.share(above: threshold)
        return band.0 <= truth + 1e-12 && truth <= band.1 + 1e-12
      } ? 1 : 0
    return TrialOutcome(values)
  }

  private func held(_ results: Results, _ name: String, _ point: Point) throws -> (Int, Int) {
    let values = try results.values("\(name) held", at: point)
    return (values.filter { $0 == 1 }.count, values.count)
  }

  func judge(_ results: Results) throws -> Judgement {
    var checks: [Check] = []
    let many = results.points.filter { $0["runs"] >= 10 }
    for point in many {
      let (held, count) = try held(results, "IQM", point)
      checks.append(
        try .coverage(
          "IQM, \(point.count("runs")) runs: share of intervals that hold the truth", held: held,
          of: count, atLeast: 0.9))
    }
    let slope = try results.slope("IQM width", at: many, along: "runs").slope
    checks.append(.equals("exponent of the IQM's width in the runs", slope, -0.5, within: 0.1))
    var ratios: [ConfidenceInterval] = []
    for point in many {
      let iqm = try results.values("IQM width", at: point)
      let median = try results.values("median width", at: point)
      var stream = results.resampling("widths \(point.key)")
      let ratio = try Bootstrap().interval(trials: iqm.count, using: &stream) { rows in
        rows.reduce(0) { $0 + iqm[$1] } / rows.reduce(0) { $0 + median[$1] }
      }
      ratios.append(ratio)
      checks.append(.atMost("width of IQM over median, \(point.count("runs")) runs", ratio, 1))
    }
    let (few, count) = try held(results, "IQM", results.points[0])
    let shortfall = try Proportion.clopperPearson(successes: few, trials: count)
    checks.append(
      .atMost("coverage of the IQM's interval with 3 runs", shortfall, 0.95).asControl())
    return Judgement(
      checks,
      finding:
        "With 3 runs the 95 % interval of the IQM holds the truth in \(shortfall.text) of trials; its "
        + "width falls like n^\(slope.text), and is \(text(ratios[0].estimate)) of the median's at ten runs."
    )
  }

  func exhibits(_ results: Results) throws -> [Exhibit] {
    let names = PrecipiceAggregate.allCases.map(\.rawValue) + ["profile"]
    let runs = Self.runCounts.map { "\(Int($0))" }
    let coverage = try Figure(
      id: "coverage", title: "Coverage of nominal 95 % intervals, by runs a task",
      subtitle:
        "\(results.trialCount(at: results.points[0])) trials a point; whiskers: 95 % Clopper–Pearson",
      x: .ordinal("runs a task →", runs), y: .linear("↑ share of intervals that hold the truth")
    ) {
      Reference(y: 0.95, "nominal")
      for name in names {
        let intervals = try results.points.map { point in
          let (held, count) = try held(results, name, point)
          return try Proportion.clopperPearson(successes: held, trials: count)
        }
        Interval(
          x: runs, y: intervals.map(\.estimate), low: intervals.map(\.lower),
          high: intervals.map(\.upper), series: name)
      }
    }
    let width = try Figure(
      id: "width", title: "Width of the intervals, by runs a task",
      subtitle: "mean over trials, simultaneous 95 % bands", x: .log("runs a task →"),
      y: .log("↑ mean width of the interval")
    ) {
      for aggregate in PrecipiceAggregate.allCases {
        let band = try results.band("\(aggregate.rawValue) width", at: results.points)
        Band(x: Self.runCounts, low: band.lower, high: band.upper, series: aggregate.rawValue)
        Line(x: Self.runCounts, y: band.means, series: aggregate.rawValue)
      }
      SlopeGuide(slope: -0.5)
    }
    return [
      Exhibit(
        coverage,
        caption:
          "Share of trials in which the interval held the exact value; for the profile, the share in "
          + "which the simultaneous band held the whole true profile."),
      Exhibit(width, caption: "Mean width of the 95 % interval; scores run from 0 to 1."),
    ]
  }
}
