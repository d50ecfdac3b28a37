// SPDX-License-Identifier: Apache-2.0
import Bandits
import Bounds
import Experiments
import Figures
import Literature
import MarkovModels
import Randomness
import Statistics

/// Regret that grows like the constant of Lai and Robbins times ln T.
struct LaiRobbinsSlopes: Claim {
  let id = "bandits/lai-robbins"
  let revision = 2
  let title = "KL-UCB and Thompson sampling grow like C ln T, UCB1 much faster"
  let kind = ClaimKind.rate
  let sources: [Citation] = [.lai1985, .auer2002, .garivier2011, .kaufmann2012, .agrawal2013]
  let statement = """
    No consistent algorithm has a regret below C ln T in the limit, C = Σ Δ_a / kl(μ_a, μ*) (Lai and \
    Robbins). KL-UCB and Thompson sampling attain this limit on Bernoulli arms; UCB1's regret is \
    logarithmic with a larger constant, and at most Σ (8 ln T / Δ_a + (7/6) Δ_a) (`Proofs/UCB1.v`). The limits carry \
    no constant for finite T.
    """
  let setup = """
    Bernoulli: ten arms of means 0.1, three of 0.05, three of 0.02, three of 0.01. Gaussian: five arms \
    of means 1, 0.8, …, 0.2 and standard deviation 1. T = 100,000. KL-UCB with budget ln t; on Gaussian \
    arms UCB1's index with c = 2 is the KL index of unit variance. The control plays the arm of the \
    greatest mean so far.
    """
  let criterion = """
    Slope of the mean regret against ln t over the last decade, 10⁴ to 10⁵, with a 95 % bootstrap \
    interval over trials. Expected for Thompson sampling and KL-UCB: between C/2 and 2C (the approach \
    to the limit is slow; the factor was set after a pilot with other seeds). Expected for UCB1 on \
    Bernoulli arms: at least 10 C, and its mean regret below its finite-time bound. Against the claim: \
    an interval outside. Control: the regret of follow-the-leader must grow linearly, slope 1 ± 0.1 on \
    log-log axes.
    """
  let limits = """
    The theorems are about the limit; a slope at 10⁵ neither proves nor refutes it. Two instances.
    """

  static let checkpoints = geometricGrid(from: 10, through: 100_000, count: 33)
  /// The window of the fits.
  static let window = 1e4...1e5

  func design(at scale: Scale) -> Design {
    var rows: [(Point, TrialPlan)] = []
    for arms in Arms.allCases {
      for learner in arms.learners {
        rows.append(
          (
            point(arms, learner.name),
            .fixed(scale == .quick ? 24 : 2000)
          ))
      }
    }
    return Design(
      rows, measuring: Schema(scalars: [], curves: [.init("regret", at: Self.checkpoints)]))
  }

  func estimatedSeconds(at scale: Scale) -> Double { scale == .quick ? 3 : 200 }

  func measure(_ point: Point, trial: Int, using stream: inout Stream) throws -> TrialOutcome {
    guard let arms = Arms(rawValue: point.label("arms")),
      let learner = arms.learners.first(where: { $0.name == point.label("learner") })
    else { throw ExperimentError.badDesign("no arms or learner of the point \(point.key)") }
    var rng = Xoshiro256(from: &stream)
    let rounds = Self.checkpoints.map { Int($0) }
    let regret = try arms.regret(of: learner, at: rounds, using: &rng)
    return TrialOutcome(curves: ["regret": regret])
  }

  private func point(_ arms: Arms, _ learner: String) -> Point {
    Point([("arms", .label(arms.rawValue)), ("learner", .label(learner))])
  }

  func judge(_ results: Results) throws -> Judgement {
    var checks: [Check] = []
    var slopes: [ConfidenceInterval] = []
    for (arms, learner) in [
      (Arms.bernoulli, "Thompson"), (.bernoulli, "KL-UCB"), (.gaussian, "Gaussian Thompson"),
      (.gaussian, "KL-UCB"),
    ] {
      let c = try arms.constant()
      let fit = try results.slope(
        ofCurve: "regret", at: point(arms, learner), scale: .logX, window: Self.window)
      slopes.append(fit.slope)
      checks.append(
        .equals(
          "\(arms.rawValue): slope of \(learner) over C", fit.slope.scaled(by: 1 / c), 1.25,
          within: 0.75))
    }
    let c = try Arms.bernoulli.constant()
    let ucb = try results.slope(
      ofCurve: "regret", at: point(.bernoulli, "UCB1"), scale: .logX, window: Self.window)
    checks.append(.atLeast("Bernoulli: slope of UCB1 over C", ucb.slope.scaled(by: 1 / c), 10))
    checks.append(
      .atMost(
        "Bernoulli: regret of UCB1 at T = 10⁵ over its bound",
        try lastRegret(results, point(.bernoulli, "UCB1")).scaled(
          by: 1 / Arms.ucb1Bound(rounds: 100_000)), 1))
    for arms in Arms.allCases {
      let fit = try results.slope(
        ofCurve: "regret", at: point(arms, "follow the leader"), window: Self.window)
      checks.append(
        .equals("\(arms.rawValue): exponent of follow-the-leader", fit.slope, 1, within: 0.1)
          .asControl())
    }
    return Judgement(
      checks,
      finding: "Over the last decade the regret on ten Bernoulli arms grows by "
        + "\(text(slopes[0].estimate)) (Thompson), \(text(slopes[1].estimate)) (KL-UCB) and "
        + "\(text(ucb.slope.estimate)) (UCB1) per unit of ln t; C = \(text(c)).")
  }

  private func lastRegret(_ results: Results, _ point: Point) throws -> ConfidenceInterval {
    var stream = results.resampling("last regret \(point.key)")
    let last = try results.curves("regret", at: point).compactMap(\.last)
    return try Bootstrap().interval(last, using: &stream, statistic: Summary.mean)
  }

  func exhibits(_ results: Results) throws -> [Exhibit] {
    let x = Self.checkpoints
    let figure = try Figure(
      id: "lai-robbins", title: "Regret of the good strategies follows C ln T",
      subtitle:
        "mean of \(results.trialCount(at: results.points[0])) runs, simultaneous 95 % bands",
      x: .log("round t →"), y: .linear("↑ cumulative regret"), facets: .columns(2, y: .free)
    ) {
      for (arms, limit) in [(Arms.bernoulli, 400.0), (.gaussian, 300.0)] {
        try Panel("\(arms.rawValue) arms") {
          for learner in arms.learners where learner.name != "follow the leader" {
            let band = try results.band(ofCurve: "regret", at: point(arms, learner.name))
            let shown = x.indices.filter { band.upper[$0] <= limit }
            Band(
              x: shown.map { x[$0] }, low: shown.map { band.lower[$0] },
              high: shown.map { band.upper[$0] }, series: learner.name)
            Line(
              x: shown.map { x[$0] }, y: shown.map { band.means[$0] }, series: learner.name,
              markers: .none)
          }
          let c = try arms.constant()
          Theory(
            x: x, y: x.map { c * Portable.log($0) }, label: "C ln t", kind: .rateOnly)
        }
      }
    }
    let rows = try results.points.map { point in
      let fit = try results.slope(
        ofCurve: "regret", at: point, scale: .logX, window: Self.window)
      return [
        point.label("arms"), point.label("learner"), try lastRegret(results, point).text,
        fit.slope.text,
        text(try Arms(rawValue: point.label("arms"))?.constant() ?? .nan),
      ]
    }
    return [
      Exhibit(
        figure,
        caption:
          "Mean pseudo-regret against the round. C ln t has the constant of Lai and Robbins and no "
          + "offset: only its slope is a prediction. UCB1 on Bernoulli arms leaves the panel."),
      Exhibit(
        PageTable(
          ["arms", "learner", "regret at 10⁵", "slope per ln t", "C"], rows: rows,
          textColumns: [0, 1]),
        caption: "Slopes over 10⁴ to 10⁵; 95 % bootstrap intervals over trials."),
    ]
  }
}

/// The two instances of the claim.
private enum Arms: String, CaseIterable {
  case bernoulli = "Bernoulli"
  case gaussian = "Gaussian"

  static let bernoulliMeans = [0.1, 0.05, 0.05, 0.05, 0.02, 0.02, 0.02, 0.01, 0.01, 0.01]
  static let gaussianMeans = [1, 0.8, 0.6, 0.4, 0.2]

  var learners: [any BanditLearner] {
    switch self {
    case .bernoulli: [UCB1(), KLUCB(), ThompsonSampling(), FollowTheLeader()]
    case .gaussian: [UCB1(name: "KL-UCB"), GaussianThompsonSampling(), FollowTheLeader()]
    }
  }

  func constant() throws -> Double {
    switch self {
    case .bernoulli: LaiRobbins.constant(try BernoulliBandit(means: Self.bernoulliMeans))
    case .gaussian: LaiRobbins.constant(try GaussianBandit(means: Self.gaussianMeans))
    }
  }

  func regret(
    of learner: any BanditLearner, at rounds: [Int], using rng: inout Xoshiro256
  ) throws -> [Double] {
    switch self {
    case .bernoulli:
      learner.regret(
        on: try BernoulliBandit(means: Self.bernoulliMeans), at: rounds, using: &rng)
    case .gaussian:
      learner.regret(on: try GaussianBandit(means: Self.gaussianMeans), at: rounds, using: &rng)
    }
  }

  /// The bound on the expected regret of UCB1 on the Bernoulli arms.
  static func ucb1Bound(rounds: Int) -> Double {
    UCB1Regret(gaps: bernoulliMeans.dropFirst().map { bernoulliMeans[0] - $0 })
      .regret(rounds: rounds).value
  }
}
