// SPDX-License-Identifier: Apache-2.0
import Bandits
import Experiments
import Figures
import Literature
import MarkovModels
import Randomness
import Statistics

/// The worst regret over instances that move with the horizon.
struct MinimaxBandits: Claim {
  let id = "bandits/minimax"
  let revision = 2
  let title = "MOSS pays √(KT) on the worst instances, UCB1 a logarithm more"
  let kind = ClaimKind.rate
  let sources: [Citation] = [.audibert2009, .auer2002, .lattimore2020]
  let statement = """
    For every strategy there is an instance with K arms whose regret after T rounds is at least a \
    constant times √(KT); its gap shrinks like √(K/T). MOSS attains the rate; UCB1's bound over all \
    instances is √(KT ln T). Rates only: no constant is used here.
    """
  let setup = """
    Ten Bernoulli arms: one of mean 1/2 + Δ/2, nine of 1/2 − Δ/2, Δ = m √(K/T) for m in 1/2, 1, 2, 4, 8, and \
    for each T the worst m, chosen by the means over trials. T from 1,000 to 100,000 is the horizon \
    that MOSS is told. Uniform play has regret (1 − 1/K) m √(KT), in closed form.
    """
  let criterion = """
    Exponent of the worst mean regret in T over all horizons, 95 % bootstrap interval over trials (the \
    worst m is chosen anew in each resample by using the m of the whole sample). Expected for MOSS: \
    1/2 ± 0.05. Expected for UCB1 and MOSS: worst regret divided by √(KT) at every T above a floor that \
    does not fall: slope of the ratio at least −0.05. UCB1's worst regret at the longest horizon over \
    MOSS's: above 1. Control: follow-the-leader on the fixed gap Δ = 0.2 must grow linearly.
    """
  let limits = """
    The lower bound is shown as a floor under the strategies that were run, never as a proof; five \
    multiples m do not exhaust the instances.
    """

  static let horizons = [1_000.0, 3_000, 10_000, 30_000, 100_000]
  static let multiples = [0.5, 1, 2, 4, 8]
  static let armCount = 10
  static let learners: [any BanditLearner] = [MOSS(), UCB1(), ThompsonSampling()]

  func design(at scale: Scale) -> Design {
    let horizons = scale == .quick ? Array(Self.horizons.prefix(3)) : Self.horizons
    var rows: [(Point, TrialPlan)] = []
    for learner in Self.learners.map(\.name) {
      for multiple in Self.multiples {
        for horizon in horizons {
          rows.append(
            (
              point(learner, multiple, horizon), .fixed(scale == .quick ? 40 : 400)
            ))
        }
      }
    }
    for horizon in horizons {
      rows.append(
        (
          point("follow the leader", 0, horizon), .fixed(scale == .quick ? 200 : 1000)
        ))
    }
    return Design(rows, measuring: Schema(scalars: ["regret"]))
  }

  private func point(_ learner: String, _ multiple: Double, _ horizon: Double) -> Point {
    Point([("learner", .label(learner)), ("m", .number(multiple)), ("T", .number(horizon))])
  }

  func estimatedSeconds(at scale: Scale) -> Double { scale == .quick ? 1 : 150 }

  func measure(_ point: Point, trial: Int, using stream: inout Stream) throws -> TrialOutcome {
    let k = Double(Self.armCount)
    let m = point["m"]
    // The control has a fixed gap.
    let gap = m == 0 ? 0.2 : min(1, m * (k / point["T"]).squareRoot())
    var means = [Double](repeating: 0.5 - gap / 2, count: Self.armCount)
    means[Self.armCount - 1] = 0.5 + gap / 2
    let bandit = try BernoulliBandit(means: means)
    let candidates: [any BanditLearner] = Self.learners + [FollowTheLeader()]
    guard let learner = candidates.first(where: { $0.name == point.label("learner") }) else {
      throw ExperimentError.badDesign("no learner of the point \(point.key)")
    }
    var rng = Xoshiro256(from: &stream)
    let regret = learner.regret(on: bandit, at: [point.count("T")], using: &rng)[0]
    return TrialOutcome(["regret": regret])
  }

  /// For each horizon the point of the multiple with the greatest mean regret.
  private func worstPoints(_ results: Results, _ learner: String) throws -> [Point] {
    try results.points(where: ["learner": .label(learner), "m": 1]).map { first in
      try results.worst("regret", among: Self.multiples.map { point(learner, $0, first["T"]) })
    }
  }

  func judge(_ results: Results) throws -> Judgement {
    var checks: [Check] = []
    let moss = try worstPoints(results, "MOSS")
    let ucb = try worstPoints(results, "UCB1")
    let fits = try [moss, ucb].map { try results.slope("regret", at: $0, along: "T") }
    checks.append(.equals("exponent of MOSS", fits[0].slope, 0.5, within: 0.05))
    for (name, fit) in zip(["MOSS", "UCB1"], fits) {
      let ratio = fit.slope.shifted(by: -0.5)
      checks.append(.atLeast("\(name): exponent of regret / √(KT)", ratio, -0.05))
    }
    let worst = try [ucb, moss].map { try results.values("regret", at: $0[$0.count - 1]) }
    var stream = results.resampling("ratio")
    let count = worst[0].count
    let ratio = try Bootstrap().interval(trials: count, using: &stream) { rows in
      let sums = worst.map { values in rows.reduce(0) { $0 + values[$1] } }
      return sums[0] / sums[1]
    }
    checks.append(.atLeast("worst regret of UCB1 over MOSS at the longest T", ratio, 1))
    let control = results.points(where: ["learner": "follow the leader"])
    checks.append(
      .equals(
        "exponent of follow-the-leader at Δ = 0.2",
        try results.slope("regret", at: control, along: "T").slope, 1, within: 0.1
      ).asControl())
    return Judgement(
      checks,
      finding: "The worst regret of MOSS grows like T^\(fits[0].slope.text), that of UCB1 like "
        + "T^\(fits[1].slope.text); at the longest horizon UCB1's is \(text(ratio.estimate)) times MOSS's."
    )
  }

  func exhibits(_ results: Results) throws -> [Exhibit] {
    let figure = try Figure(
      id: "minimax", title: "On the worst instances MOSS pays √(KT), UCB1 more",
      subtitle: "ten arms, gap m √(K/T), worst of five m for each T; simultaneous 95 % bands",
      x: .log("horizon T →"), y: .linear("↑ worst mean regret / √(KT)")
    ) {
      for learner in Self.learners.map(\.name) {
        let points = try worstPoints(results, learner)
        let band = try results.band("regret", at: points)
        let x = points.map { $0["T"] }
        let unit = x.map { (Double(Self.armCount) * $0).squareRoot() }
        Band(
          x: x, low: zip(band.lower, unit).map(/), high: zip(band.upper, unit).map(/),
          series: learner)
        Line(x: x, y: zip(band.means, unit).map(/), series: learner)
      }
    }
    return [
      Exhibit(
        figure,
        caption:
          "Mean regret divided by √(KT) at the multiple m that is worst for the strategy. A flat "
          + "line is the minimax rate; a rising one has a logarithm more.")
    ]
  }
}
