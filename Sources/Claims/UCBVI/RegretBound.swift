// SPDX-License-Identifier: Apache-2.0
import Bounds
import Experiments
import Figures
import Literature
import MarkovModels
import OnlineLearning
import Randomness
import Statistics

/// The regret against the bound that was proved, constants included.
struct RegretBound: Claim {
  let id = "ucbvi/regret-bound"
  let revision = 1
  let title = "The regret of UCBVI stays below the bound proved here"
  let kind = ClaimKind.inequality
  let sources: [Citation] = [.azar2017, .strehl2008, .osband2019]
  let statement = """
    With the bonus (H − h) √(L/2n) the regret after k of K episodes is at most min{R_u, R_b} with \
    probability at least 1 − δ (`Sources/Bounds/UCBVIHoeffding.md`, machine-checked in `Proofs`). A bound above kH says \
    nothing, because no regret is greater.
    """
  let setup = """
    RiverSwim with 6 states, H = 12, and a deep sea with 4 rows and no costs, H = 4; K = 200,000, \
    δ = 0.05. UCBVI with the bonus of the proof (factor 1) and with half of it, which no theorem covers. The \
    control plays the best policy of the empirical model.
    """
  let criterion = """
    Mean regret over the bound at K, 95 % bootstrap interval over trials: at most 1 for factor 1 on both \
    problems. Against: an interval above 1, which would refute the proof. Shown, not judged: the greatest ratio \
    over trials and checkpoints, the least k at which the bound is below kH, and the exponent of \
    regret over the last decade, which may lie below 1/2 on a fixed problem. Control: without bonuses the \
    regret is linear, exponent 1 ± 0.01.
    """
  let limits = """
    An upper bound that is not violated is not thereby sharp. On a fixed problem the regret \
    grows like a logarithm in the end, so the gap to √K must widen.
    """

  static let episodes = 200_000
  static let checkpoints = geometricGrid(from: 100, through: 200_000, count: 34)
  static let window = 2e4...2e5
  static let environments = ["RiverSwim", "deep sea"]
  static let learners = ["UCBVI", "UCBVI tuned", "greedy model"]

  static func problem(_ name: String) throws -> EpisodicProblem {
    name == "RiverSwim"
      ? try EpisodicProblem(try RiverSwim().model(), horizon: 12)
      : try EpisodicProblem(try DeepSea(size: 4, totalCost: 0).model(), horizon: 4)
  }

  private func point(_ environment: String, _ learner: String) -> Point {
    Point([("problem", .label(environment)), ("learner", .label(learner))])
  }

  func design(at scale: Scale) -> Design {
    var rows: [(Point, TrialPlan)] = []
    for environment in Self.environments {
      for learner in Self.learners {
        let trials = learner == "greedy model" ? 4 : scale == .quick ? 4 : 50
        rows.append((point(environment, learner), .fixed(trials)))
      }
    }
    return Design(
      rows, measuring: Schema(scalars: [], curves: [.init("regret", at: Self.checkpoints)]))
  }

  func estimatedSeconds(at scale: Scale) -> Double { scale == .quick ? 5 : 120 }

  func measure(_ point: Point, trial: Int, using stream: inout Stream) throws -> TrialOutcome {
    guard let learner = UCBVILearner.named(point.label("learner")) else {
      throw ExperimentError.badDesign("no learner of the point \(point.key)")
    }
    var rng = Xoshiro256(from: &stream)
    let regret = try learner.regret(
      on: try Self.problem(point.label("problem")), at: Self.checkpoints.map { Int($0) },
      using: &rng)
    return TrialOutcome(curves: ["regret": regret])
  }

  /// The bound at every checkpoint.
  static func bounds(_ environment: String) throws -> [Double] {
    let numbers = UCBVI(failureProbability: UCBVILearner.delta)
      .numbers(of: try problem(environment), episodes: episodes)
    return checkpoints.map { numbers.regret(after: Int($0)).value }
  }

  private func last(_ results: Results, _ point: Point, over unit: Double) throws
    -> ConfidenceInterval
  {
    var stream = results.resampling("last \(point.key)")
    let last = try results.curves("regret", at: point).compactMap(\.last)
    return try Bootstrap().interval(last, using: &stream, statistic: Summary.mean)
      .scaled(by: 1 / unit)
  }

  func judge(_ results: Results) throws -> Judgement {
    var checks: [Check] = []
    var ratios: [String] = []
    for environment in Self.environments {
      let bound = try Self.bounds(environment)
      let ratio = try last(
        results, point(environment, "UCBVI"), over: bound[bound.count - 1])
      ratios.append("\(text(ratio.estimate)) (\(environment))")
      checks.append(.atMost("\(environment): regret over the bound at K", ratio, 1))
      checks.append(
        .equals(
          "\(environment): exponent without bonuses",
          try results.slope(
            ofCurve: "regret", at: point(environment, "greedy model"), window: Self.window
          ).slope, 1, within: 0.01
        ).asControl())
    }
    return Judgement(
      checks,
      finding: "At K = 200,000 the regret of UCBVI is this part of its bound: "
        + ratios.joined(separator: ", ") + ".")
  }

  func exhibits(_ results: Results) throws -> [Exhibit] {
    let x = Self.checkpoints
    var shown: [Exhibit] = []
    for (id, environment) in zip(["river-swim", "deep-sea"], Self.environments) {
      let H = Double(try Self.problem(environment).horizon)
      let bound = try Self.bounds(environment)
      let figure = try Figure(
        id: "regret-\(id)", title: "\(environment): regret and the bound proved here",
        subtitle: "K = 200,000, δ = 0.05; mean and simultaneous 95 % band over trials",
        x: .log("episodes k →"), y: .log("↑ cumulative regret")
      ) {
        for learner in Self.learners {
          let band = try results.band(ofCurve: "regret", at: point(environment, learner))
          Band(
            x: x, low: zip(band.lower, band.means).map { max($0, $1 / 10) }, high: band.upper,
            series: UCBVILearner.shown(learner))
          Line(x: x, y: band.means, series: UCBVILearner.shown(learner), markers: .none)
        }
        Theory(
          x: x, y: bound, label: "bound", kind: .upperBound, source: "proved here")
        SlopeGuide(slope: 0.5)
        if let first = zip(x, bound).first(where: { $1 < H * $0 })?.0 {
          Vacuous(until: first, "bound above kH")
        }
      }
      shown.append(
        Exhibit(
          figure,
          caption:
            "Exact regret of the policies played. The bound is about UCBVI with factor 1 only; to "
            + "the left of the mark it is above kH and says nothing. A band that reaches below a tenth "
            + "of its mean is cut there."))
    }
    let table = try results.points.map { point -> [String] in
      let environment = point.label("problem")
      let bound = try Self.bounds(environment)
      let H = Double(try Self.problem(environment).horizon)
      var greatest = 0.0
      try results.forEachCurve("regret", at: point) { curve in
        for (regret, bound) in zip(curve, bound) { greatest = max(greatest, regret / bound) }
      }
      let first = zip(x, bound).first { $1 < H * $0 }?.0
      let hasBound = point.label("learner") == "UCBVI"
      return [
        environment, UCBVILearner.shown(point.label("learner")),
        try last(results, point, over: 1).text,
        hasBound ? text(bound[bound.count - 1]) : "none",
        hasBound ? text(greatest) : "—", hasBound ? first.map { text($0) } ?? "never" : "—",
        try results.slope(ofCurve: "regret", at: point, window: Self.window).slope.text,
      ]
    }
    shown.append(
      Exhibit(
        PageTable(
          [
            "problem", "learner", "regret at K", "bound at K", "greatest regret / bound",
            "bound below kH from k", "exponent, last decade",
          ], rows: table, textColumns: [0, 1]),
        caption: "Intervals: 95 % bootstrap over trials."))
    return shown
  }
}
