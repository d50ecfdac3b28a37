// SPDX-License-Identifier: Apache-2.0
import Experiments
import Figures
import Literature
import OnlineLearning
import Randomness
import Statistics

/// The rate √K on problems whose gap shrinks with the number of episodes.
struct HardRate: Claim {
  let id = "ucbvi/hard-rate"
  let revision = 1
  let title = "On problems that get harder with K the regret of UCBVI grows like √K"
  let kind = ClaimKind.rate
  let sources: [Citation] = [.azar2017]
  let statement = """
    The regret of UCBVI is Õ(√K), and no algorithm does better than √K on every problem (abstract: the \
    rate matches the known lower bound up to logarithms). On a fixed problem the regret may grow more \
    slowly; the rate shows on problems whose gap is of the order 1/√K.
    """
  let setup = """
    Three roots with four actions each, H = 4: one action reaches the paying state with probability \
    1/2 + Δ, the others with 1/2; Δ = g √(12/K), g in 1, 2, 4, 8, and for each K the worst g, chosen \
    by the means over trials. K is told to the learner. UCBVI with the bonus of its proof (factor 1) and \
    with half of it (with 0.2 a pilot had runs that never recovered), Bernstein bonuses with half. The \
    control plays the best policy of the empirical model on the fixed gap 0.2.
    """
  let criterion = """
    Exponent of the worst mean regret in K over all K, 95 % bootstrap interval over trials. Expected for \
    UCBVI with either factor: 1/2 ± 0.08 (the logarithm in the bonus adds up to 0.03), so that neither \
    the rate nor the floor √K is missed. For Bernstein bonuses only the upper side is asked, at most 0.58: \
    their 1/n term adds a cost that hardly grows with K, and a pilot showed that it \
    dominates for these K. Control: without bonuses the regret is \
    linear, exponent 1 ± 0.05.
    """
  let limits = """
    The lower bound is shown as a floor under the learners that were run, never as a proof. Where a \
    learner does not tell the actions apart, regret is proportional to √K by the choice of Δ; the \
    content is that at the worst g it is no worse and no better. One family, H = 4.
    """

  static let episodes = [4_000.0, 8_000, 16_000, 32_000, 64_000]
  static let multiples = [1.0, 2, 4, 8]
  static let learners = ["UCBVI", "UCBVI tuned", "Bernstein tuned"]
  static let control = "greedy model"

  private func point(_ learner: String, _ multiple: Double, _ K: Double) -> Point {
    Point([("learner", .label(learner)), ("g", .number(multiple)), ("K", .number(K))])
  }

  func design(at scale: Scale) -> Design {
    let episodes = Self.episodes
    var rows: [(Point, TrialPlan)] = []
    for learner in Self.learners {
      for multiple in Self.multiples {
        for K in episodes {
          rows.append((point(learner, multiple, K), .fixed(scale == .quick ? 12 : 120)))
        }
      }
    }
    for K in episodes {
      rows.append((point(Self.control, 0, K), .fixed(scale == .quick ? 12 : 120)))
    }
    return Design(rows, measuring: Schema(scalars: ["regret"]))
  }

  func estimatedSeconds(at scale: Scale) -> Double { scale == .quick ? 5 : 150 }

  func measure(_ point: Point, trial: Int, using stream: inout Stream) throws -> TrialOutcome {
    guard let learner = UCBVILearner.named(point.label("learner")) else {
      throw ExperimentError.badDesign("no learner of the point \(point.key)")
    }
    let g = point["g"]
    let gap = g == 0 ? 0.2 : HardFamily.gap(g, episodes: point["K"])
    let problem = try HardFamily(base: 0.5, gap: gap).problem()
    var rng = Xoshiro256(from: &stream)
    return TrialOutcome([
      "regret": try learner.regret(on: problem, at: [point.count("K")], using: &rng)[0]
    ])
  }

  /// For each K the point of the g with the greatest mean regret.
  private func worstPoints(_ results: Results, _ learner: String) throws -> [Point] {
    try results.points(where: ["learner": .label(learner), "g": 1]).map { first in
      try results.worst("regret", among: Self.multiples.map { point(learner, $0, first["K"]) })
    }
  }

  func judge(_ results: Results) throws -> Judgement {
    var checks: [Check] = []
    var exponents: [String] = []
    for learner in Self.learners {
      let fit = try results.slope("regret", at: try worstPoints(results, learner), along: "K")
      exponents.append("K^\(fit.slope.text) (\(UCBVILearner.shown(learner)))")
      checks.append(
        learner == "Bernstein tuned"
          ? .atMost("exponent of \(UCBVILearner.shown(learner))", fit.slope, 0.58)
          : .equals("exponent of \(UCBVILearner.shown(learner))", fit.slope, 0.5, within: 0.08))
    }
    let control = results.points(where: ["learner": .label(Self.control)])
    checks.append(
      .equals(
        "exponent without bonuses at Δ = 0.2",
        try results.slope("regret", at: control, along: "K").slope, 1, within: 0.05
      ).asControl())
    return Judgement(
      checks, finding: "The worst regret grows like " + exponents.joined(separator: ", ") + ".")
  }

  func exhibits(_ results: Results) throws -> [Exhibit] {
    let figure = try Figure(
      id: "hard-rate", title: "Worst regret in units of (H−1)√(12 K): flat is the rate √K",
      subtitle: "three roots, four actions, worst of four gaps for each K; 95 % bands",
      x: .log("episodes K →"), y: .linear("↑ worst mean regret / ((H−1)√(12 K))")
    ) {
      for learner in Self.learners {
        let points = try worstPoints(results, learner)
        let band = try results.band("regret", at: points)
        let x = points.map { $0["K"] }
        let unit = x.map { HardFamily.unit(episodes: $0) }
        Band(
          x: x, low: zip(band.lower, unit).map(/), high: zip(band.upper, unit).map(/),
          series: UCBVILearner.shown(learner))
        Line(x: x, y: zip(band.means, unit).map(/), series: UCBVILearner.shown(learner))
      }
    }
    return [
      Exhibit(
        figure,
        caption:
          "Mean regret at the gap that is worst for the learner, in units of (H−1)√(12 K); uniform "
          + "play has 3g/4 in these units. Simultaneous 95 % bands over trials.")
    ]
  }
}
