// SPDX-License-Identifier: Apache-2.0
import Experiments
import Figures
import Literature
import OnlineLearning
import Randomness
import Statistics

/// Bonuses that know the variance against bonuses that do not.
struct HoeffdingBernstein: Claim {
  let id = "ucbvi/bernstein"
  let revision = 1
  let title = "Bernstein bonuses pay less where the variance is small"
  let kind = ClaimKind.phenomenon
  let sources: [Citation] = [.azar2017, .maurer2009]
  let statement = """
    The paper's improvement in H comes from bonuses made of the empirical variance of the next values \
    (abstract). Where that variance is small, such bonuses shrink sooner than Hoeffding's. \
    No theorem gives the size of the effect for the bonus used here.
    """
  let setup = """
    The family of this study with H = 4 and Δ = 0.03; the other actions succeed with probability 0.02 \
    (small variance) or 0.5. K = 256,000, δ = 0.05, both bonuses with factor 1 and the same logarithm. \
    The Bernstein bonus is √(2vL/n) + 7(H − h)L/3(n − 1).
    """
  let criterion = """
    Mean regret with Hoeffding bonuses over that with Bernstein bonuses at K, 95 % bootstrap interval over \
    trials (independent runs). Expected at 0.02: at least 1.5. At 0.5 the ratio is shown, not judged. \
    Same rate: the exponents on the hard family are judged in ucbvi/hard-rate.
    """
  let limits = """
    One family; the 1/n term makes Bernstein bonuses wider until n is in the hundreds, so the \
    effect needs small gaps and long runs. In pilots with Δ = 0.08 the ratio was 1.28 at K = 64,000 and 1.47 \
    at K = 256,000; Δ was then made smaller, as the two widths suggest, and the criterion was kept.
    """

  static let episodes = 256_000
  static let checkpoints = geometricGrid(from: 1000, through: 256_000, count: 25)
  static let bases = [0.02, 0.5]
  static let learners = ["UCBVI", "Bernstein"]

  private func point(_ base: Double, _ learner: String) -> Point {
    Point([("p", .number(base)), ("learner", .label(learner))])
  }

  func design(at scale: Scale) -> Design {
    var rows: [(Point, TrialPlan)] = []
    for base in Self.bases {
      for learner in Self.learners {
        rows.append((point(base, learner), .fixed(scale == .quick ? 6 : 60)))
      }
    }
    return Design(
      rows, measuring: Schema(scalars: [], curves: [.init("regret", at: Self.checkpoints)]))
  }

  func estimatedSeconds(at scale: Scale) -> Double { scale == .quick ? 3 : 30 }

  func measure(_ point: Point, trial: Int, using stream: inout Stream) throws -> TrialOutcome {
    guard let learner = UCBVILearner.named(point.label("learner")) else {
      throw ExperimentError.badDesign("no learner of the point \(point.key)")
    }
    let problem = try HardFamily(base: point["p"], gap: 0.03).problem()
    var rng = Xoshiro256(from: &stream)
    let regret = try learner.regret(
      on: problem, at: Self.checkpoints.map { Int($0) }, using: &rng)
    return TrialOutcome(curves: ["regret": regret])
  }

  /// Mean regret of Hoeffding over that of Bernstein, resampled separately.
  private func ratio(_ results: Results, _ base: Double) throws -> ConfidenceInterval {
    let last = try Self.learners.map {
      try results.curves("regret", at: point(base, $0)).compactMap(\.last)
    }
    var stream = results.resampling("ratio \(base)")
    return try Bootstrap().interval(trials: last[0].count, using: &stream) { rows in
      // The runs of the two learners are independent, so any pairing serves.
      rows.reduce(0) { $0 + last[0][$1] } / rows.reduce(0) { $0 + last[1][$1] }
    }
  }

  func judge(_ results: Results) throws -> Judgement {
    let ratios = try Self.bases.map { try ratio(results, $0) }
    return Judgement(
      [.atLeast("Hoeffding over Bernstein at p = 0.02", ratios[0], 1.5)],
      finding: "Hoeffding bonuses pay \(text(ratios[0].estimate)) times the regret of Bernstein "
        + "bonuses at p = 0.02, and \(text(ratios[1].estimate)) times at p = 0.5.")
  }

  func exhibits(_ results: Results) throws -> [Exhibit] {
    let x = Self.checkpoints
    let figure = try Figure(
      id: "hoeffding-bernstein", title: "Regret with Hoeffding and with Bernstein bonuses",
      subtitle: "Δ = 0.03, H = 4, K = 256,000; mean and simultaneous 95 % bands",
      x: .log("episodes k →"), y: .log("↑ cumulative regret"), facets: .columns(2, y: .free)
    ) {
      for base in Self.bases {
        try Panel(base < 0.1 ? "p = 0.02: small variance" : "p = 0.5") {
          for learner in Self.learners {
            let band = try results.band(ofCurve: "regret", at: point(base, learner))
            Band(
              x: x, low: zip(band.lower, band.means).map { max($0, $1 / 10) }, high: band.upper,
              series: learner == "UCBVI" ? "Hoeffding" : learner)
            Line(
              x: x, y: band.means, series: learner == "UCBVI" ? "Hoeffding" : learner,
              markers: .none)
          }
        }
      }
    }
    return [
      Exhibit(
        figure,
        caption:
          "Exact regret; both bonuses with factor 1 and the same logarithm. A band that reaches "
          + "below a tenth of its mean is cut there.")
    ]
  }
}
