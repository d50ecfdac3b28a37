// SPDX-License-Identifier: Apache-2.0
import Experiments
import Figures
import Literature
import MarkovModels
import OnlineLearning
import Randomness
import Statistics

/// On fixed data higher rewards make Q-learning avoid what the data do not hold, and nothing else.
struct ShiftConservatism: Claim {
  let id = "reward-shift/conservatism"
  let revision = 1
  let title =
    "A positive shift keeps offline Q-learning on its data; rarely seen choices still mislead it"
  let kind = ClaimKind.phenomenon
  let sources: [Citation] = [.sun2022, .rashidinejad2021]
  let statement = """
    The abstract says that a positive shift of rewards leads to conservative exploitation, which \
    improves value estimates and results of offline learning (only the abstract was read; its \
    experiments are with deep networks). Derived here for rewards in [−1, 0) and Q_0 = 0: a choice \
    without data keeps, in units of the original rewards, the value −b/(1 − γ). So for b ≤ 0 the \
    greedy policy takes a choice without data wherever there is one, and for b ≥ 1 nowhere that \
    there is another, after any number of passes; a choice with data, however few, keeps no \
    pessimism in the limit.
    """
  let setup = """
    Unseen: random models, 20 states, 4 actions, 3 next states, rewards in [−1, 0); data: the \
    optimal action and one other of each state, 40 observations each. Rare: 20 arms lead to a \
    state that costs 0 or one that costs 1, for ever, good with probability 0.65 for one arm and \
    0.35 for the others; the data hold arm 0 600 times, the best one 400 times, every other twice, \
    and one choice of each of the two states 2,000 times. γ = 0.8; Q-learning with step sizes \
    n^−0.6, 20 passes, b from −0.5 to 1.5. Losses are exact, from the model. Beside it, on the \
    same data: VI-LCB without splitting (multiplier 1, δ = 0.1) and value iteration on the \
    empirical model (plug-in).
    """
  let criterion = """
    Unseen: the share of states where the greedy policy takes a choice without data is 1 in every \
    trial for b ≤ 0, and 0 for b ≥ 1 (exact). The overestimation of choices without data falls \
    from b = 0 to b = 1 by 1/(1 − γ), within 10⁻¹²; the loss falls, 95 % bootstrap interval of the \
    paired difference above 0, and so does |estimate − value| of the learned policy. Against: one \
    trial, or an interval, on the other side. Controls that the shift must fail: on rare data the \
    loss at b = 1 is that at b = 0 (paired difference 0 ± 0.05), and at least 0.2 above that of \
    VI-LCB.
    """
  let limits = """
    Two families. Where rewards are in [0, 1] and Q_0 = 0, choices without data have the least \
    value already, and a positive shift does nothing more. With networks values spread to actions \
    without data, which tables exclude.
    """

  static let shifts = [-0.5, -0.25, 0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.75, 1, 1.25, 1.5]
  static let passes = 20
  static let curves = ["loss", "share unseen", "overestimation", "value error"]

  func design(at scale: Scale) -> Design {
    Design(
      [("data", PoorlyCoveredData.Coverage.allCases.map { .label($0.rawValue) })],
      measuring: Schema(
        scalars: ["loss of VI-LCB", "loss of plug-in"],
        curves: Self.curves.map { .init($0, at: Self.shifts) })
    ) { _ in .fixed(scale == .quick ? 40 : 1_000) }
  }

  func estimatedSeconds(at scale: Scale) -> Double { scale == .quick ? 5 : 80 }

  func measure(_ point: Point, trial: Int, using stream: inout Stream) throws -> TrialOutcome {
    var rng = Xoshiro256(from: &stream)
    guard let coverage = PoorlyCoveredData.Coverage(rawValue: point.label("data")) else {
      throw ExperimentError.badDesign("no data of the point \(point.key)")
    }
    let fixed = try PoorlyCoveredData(coverage, using: &rng)
    var outcome = TrialOutcome([
      "loss of VI-LCB": try fixed.loss(of: fixed.pessimistic()),
      "loss of plug-in": try fixed.loss(of: fixed.plugIn()),
    ])
    for curve in Self.curves { outcome.curves[curve] = [] }
    let isUnseen = Set(fixed.unseen)
    for b in Self.shifts {
      let agent = fixed.learn(shift: b, passes: Self.passes)
      let constant = b / (1 - PoorlyCoveredData.discount)
      let choices = agent.greedyChoices
      let values = try fixed.values(of: choices)
      let estimates = choices.map { agent.values[$0] - constant }
      let excess = fixed.unseen.map { agent.values[$0] - constant - fixed.optimalActionValues[$0] }
      let unseen = choices.filter(isUnseen.contains).count
      let numbers = [
        max(0, fixed.optimalReturn - fixed.startMean(values)),
        Double(unseen) / Double(choices.count),
        excess.isEmpty ? 0 : Summary.mean(excess),
        abs(fixed.startMean(estimates) - fixed.startMean(values)),
      ]
      for (name, number) in zip(Self.curves, numbers) { outcome.curves[name]?.append(number) }
    }
    return outcome
  }

  private func point(_ results: Results, _ coverage: PoorlyCoveredData.Coverage) -> Point {
    results.points(where: ["data": .label(coverage.rawValue)])[0]
  }

  /// A quantity at one shift, a number a trial.
  private func column(_ results: Results, _ curve: String, _ b: Double, at point: Point) throws
    -> [Double]
  {
    guard let j = Self.shifts.firstIndex(of: b) else { preconditionFailure("no shift \(b)") }
    return try results.curves(curve, at: point).map { $0[j] }
  }

  /// The mean of differences of numbers of the same trial.
  private func difference(
    _ results: Results, _ name: String, _ first: [Double], _ second: [Double]
  ) throws -> ConfidenceInterval {
    var stream = results.resampling("difference \(name)")
    return try Bootstrap().interval(
      zip(first, second).map(-), using: &stream, statistic: Summary.mean)
  }

  func judge(_ results: Results) throws -> Judgement {
    let (unseen, rare) = (point(results, .unseen), point(results, .rare))
    var (low, high) = (1.0, 0.0)
    for b in Self.shifts {
      let shares = try column(results, "share unseen", b, at: unseen)
      if b <= 0 { low = min(low, shares.min() ?? 0) }
      if b >= 1 { high = max(high, shares.max() ?? 1) }
    }
    func pair(_ curve: String, _ point: Point) throws -> (at0: [Double], at1: [Double]) {
      (try column(results, curve, 0, at: point), try column(results, curve, 1, at: point))
    }
    let over = try pair("overestimation", unseen)
    let drop = 1 / (1 - PoorlyCoveredData.discount)
    let off = zip(over.at0, over.at1).map { abs($0 - $1 - drop) }.max() ?? .infinity
    let loss = try pair("loss", unseen)
    let gain = try difference(results, "loss", loss.at0, loss.at1)
    let error = try pair("value error", unseen)
    let rareLoss = try pair("loss", rare)
    let pessimistic = try results.values("loss of VI-LCB", at: rare)
    let behind = try difference(results, "VI-LCB", rareLoss.at1, pessimistic)
    let checks: [Check] = [
      .identity(
        "unseen, b ≤ 0: least share of states on a choice without data", low, 1, tolerance: 0),
      .identity("unseen, b ≥ 1: greatest share", high, 0, tolerance: 0),
      .identity(
        "unseen: overestimation at b = 0 less that at b = 1, less 1/(1 − γ)", off, 0,
        tolerance: 1e-12),
      .atLeast("unseen: loss at b = 0 less loss at b = 1", gain, 0),
      .atLeast(
        "unseen: |estimate − value| at b = 0 less that at b = 1",
        try difference(results, "value error", error.at0, error.at1), 0),
      .equals(
        "rare: loss at b = 0 less loss at b = 1",
        try difference(results, "rare", rareLoss.at0, rareLoss.at1), 0, within: 0.05
      ).asControl(),
      .atLeast("rare: loss at b = 1 less loss of VI-LCB", behind, 0.2).asControl(),
    ]
    let means = try [loss.at0, loss.at1, results.values("loss of VI-LCB", at: unseen)].map {
      text(Summary.mean($0))
    }
    return Judgement(
      checks,
      finding:
        "With half of the choices unseen the loss is \(means[0]) at b = 0 and \(means[1]) at b = 1 "
        + "(VI-LCB \(means[2])); with rarely seen arms it stays \(behind.text) above that of "
        + "VI-LCB."
    )
  }

  func exhibits(_ results: Results) throws -> [Exhibit] {
    let figure = try Figure(
      id: "conservatism", title: "A shift helps against unseen choices, not against rare ones",
      subtitle: "exact loss of the policy learned from fixed data; simultaneous 95 % bands",
      x: .linear("shift b →"), y: .linear("↑ V* − V^π̂"), facets: .columns(2)
    ) {
      for coverage in PoorlyCoveredData.Coverage.allCases {
        let point = point(results, coverage)
        try Panel("\(coverage.rawValue) choices") {
          let band = try results.band(ofCurve: "loss", at: point)
          Band(x: Self.shifts, low: band.lower, high: band.upper, series: "Q-learning")
          Line(x: Self.shifts, y: band.means, series: "Q-learning")
          let ends = [Self.shifts[0], Self.shifts[Self.shifts.count - 1]]
          let pessimistic = Summary.mean(try results.values("loss of VI-LCB", at: point))
          Line(x: ends, y: [pessimistic, pessimistic], series: "VI-LCB", markers: .none)
        }
      }
    }
    func lossText(_ b: Double, _ point: Point) throws -> String {
      var stream = results.resampling("loss \(point.key) \(b)")
      return try Bootstrap().interval(
        column(results, "loss", b, at: point), using: &stream, statistic: Summary.mean
      ).text
    }
    let rows = try PoorlyCoveredData.Coverage.allCases.flatMap { coverage in
      let point = point(results, coverage)
      let means = try Self.curves.map { try results.meanCurve($0, at: point) }
      let own = try Self.shifts.indices.map { j in
        [
          coverage.rawValue, "b = \(text(Self.shifts[j]))",
          try lossText(Self.shifts[j], point),
        ]
          + zip(Self.curves, means).dropFirst().map {
            coverage == .rare && $0 != "value error" ? "none" : text($1[j])
          }
      }
      let others = try ["VI-LCB", "plug-in"].map {
        [coverage.rawValue, $0, try results.mean("loss of \($0)", at: point).text, "–", "–", "–"]
      }
      return own + others
    }
    return [
      Exhibit(
        figure,
        caption:
          "Q_0 = 0 and rewards in [−1, 0]: a choice without data is worth −b/(1 − γ) to the learner. "
          + "VI-LCB on the same data does not know b; its line is a mean over trials."),
      Exhibit(
        PageTable(
          ["data", "method", "mean loss", "states on unseen", "Q̂ − Q* of unseen", "|V̂ − V^π̂|"],
          rows: rows, textColumns: [0, 1]),
        caption:
          "Means over trials, the loss with a 95 % bootstrap interval; values in units of the "
          + "original rewards; V̂ is the learner's estimate."
      ),
    ]
  }
}
