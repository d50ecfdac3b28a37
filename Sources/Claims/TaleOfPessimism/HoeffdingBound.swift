// SPDX-License-Identifier: Apache-2.0
import Experiments
import Figures
import Literature
import MarkovModels
import OfflineLearning
import Randomness
import Statistics

/// LCB's loss against twice the penalty of the best arm.
struct HoeffdingBound: Claim {
  let id = "tale-of-pessimism/hoeffding-bound"
  let revision = 1
  let title = "LCB loses at most twice the penalty of the best arm"
  let kind = ClaimKind.inequality
  let sources: [Citation] = [.rashidinejad2021]
  let statement = """
    With L = log(2A/δ), with probability at least 1 − δ, r(a*) − r(â) ≤ 2 √(L/(2 n(a*))): only the number \
    of data of the best arm matters. Derived here from Hoeffding's inequality and a union over arms; \
    the proof stands in the source of LCBBandit and, machine-checked, in `Proofs/LCB.v`.
    """
  let setup = """
    δ = 0.1. Random: five Bernoulli arms with uniform means and a behaviour uniform on the simplex, new in \
    every trial. Hard: two arms, μ(a*) = 1/10, gap g times the penalty at N/10 pulls, g = 1/2 and 3/2 (at most \
    gap 1). The control multiplies the penalty, and with it the bound, by 1/5.
    """
  let criterion = """
    At every N and in every family the bound holds in a share of runs of at least 0.9 (Clopper–Pearson \
    interval of 95 % above it). Against the claim: an interval below. Control: with a fifth of the penalty \
    the bound fails too often on the hard instance with g = 1/2 at every N ≥ 1,000: share at most 0.9.
    """
  let limits = """
    Hoeffding's inequality ignores variances, so the bound is loose where it is easy to be right.
    """

  static let draws = [100.0, 300, 1_000, 3_000, 10_000]
  static let families = ["random", "g of 0.5", "g of 1.5"]
  static let delta = 0.1

  private func point(_ family: String, _ N: Double) -> Point {
    Point([("family", .label(family)), ("N", .number(N))])
  }

  func design(at scale: Scale) -> Design {
    Design(
      Self.families.flatMap { family in
        Self.draws.map { (point(family, $0), .fixed(scale == .quick ? 500 : 10_000)) }
      },
      measuring: Schema(scalars: ["suboptimality", "bound", "held", "held by a fifth"]))
  }

  func estimatedSeconds(at scale: Scale) -> Double { scale == .quick ? 0.2 : 3 }

  func measure(
    _ point: Point, trial: Int, using stream: inout Randomness.Stream
  ) throws -> TrialOutcome {
    var rng = Xoshiro256(from: &stream)
    let N = point.count("N")
    var means: [Double]
    var behavior = [0.9, 0.1]
    if point.label("family") == "random" {
      means = (0..<5).map { _ in rng.uniform() }
      behavior = rng.uniformSimplex(5)
    } else {
      let rule = LCBBandit(arms: 2, failureProbability: Self.delta)
      let factor = point.label("family") == "g of 0.5" ? 0.5 : 1.5
      let pair = TaleInstances.means(gap: min(1, factor * rule.penalty(pulls: N / 10)))
      means = [pair.0, pair.1]
    }
    let bandit = try BernoulliBandit(means: means)
    let data = try ArmData(drawing: N, from: bandit, behavior: behavior, using: &rng)
    let rule = LCBBandit(arms: means.count, failureProbability: Self.delta)
    // A fifth of the penalty is a 25th of L.
    let small = LCBBandit(logarithm: rule.logarithm / 25)
    func run(_ rule: LCBBandit) -> (loss: Double, bound: Double) {
      let pulls = data.pulls[bandit.bestArm]
      return (
        bandit.gap(ofArm: rule.arm(from: data)),
        pulls > 0 ? min(1, 2 * rule.penalty(pulls: pulls)) : 1
      )
    }
    let (full, fifth) = (run(rule), run(small))
    return TrialOutcome([
      "suboptimality": full.loss, "bound": full.bound, "held": full.loss <= full.bound ? 1 : 0,
      "held by a fifth": fifth.loss <= fifth.bound ? 1 : 0,
    ])
  }

  func judge(_ results: Results) throws -> Judgement {
    var checks: [Check] = []
    var (greatest, least) = (0.0, 1.0)
    for family in Self.families {
      for N in Self.draws {
        let held = try results.values("held", at: point(family, N))
        checks.append(
          try .coverage(
            "\(name(family)), N = \(text(N, digits: 1))",
            held: Int(Summary.mean(held) * Double(held.count) + 0.5),
            of: held.count, atLeast: 1 - Self.delta))
        let losses = try results.values("suboptimality", at: point(family, N))
        let bounds = try results.values("bound", at: point(family, N))
        least = min(least, Summary.mean(held))
        greatest = max(greatest, zip(losses, bounds).map(/).max() ?? 0)
      }
    }
    for N in Self.draws where N >= 1_000 {
      let held = try results.values("held by a fifth", at: point("g of 0.5", N))
      let share = try Proportion.clopperPearson(
        successes: Int(Summary.mean(held) * Double(held.count) + 0.5), trials: held.count)
      checks.append(
        .atMost(
          "a fifth of the penalty, g = 0.5, N = \(text(N, digits: 1))", share, 1 - Self.delta,
          isControl: true))
    }
    return Judgement(
      checks,
      finding:
        "The greatest loss over all runs is \(text(greatest)) times its bound; the "
        + "least share of runs in which the bound held is \(text(least)).")
  }

  private func name(_ family: String) -> String {
    family == "random" ? "random arms" : "hard, g = \(family.suffix(3))"
  }

  func exhibits(_ results: Results) throws -> [Exhibit] {
    let figure = try Figure(
      id: "bound", title: "Twice the best arm's penalty, and what LCB loses",
      subtitle:
        "means of \(results.trialCount(at: results.points[0])) runs, simultaneous 95 % bands",
      x: .log("data N →"), y: .log("↑ suboptimality"), facets: .columns(3)
    ) {
      for family in Self.families {
        try Panel(name(family)) {
          let points = Self.draws.map { point(family, $0) }
          let band = try results.band("suboptimality", at: points)
          Band(
            x: Self.draws, low: zip(band.lower, band.means).map { max($0, $1 / 10) },
            high: band.upper, series: "LCB")
          Line(x: Self.draws, y: band.means, series: "LCB")
          Theory(
            x: Self.draws, y: try points.map { Summary.mean(try results.values("bound", at: $0)) },
            label: "mean bound", kind: .upperBound)
        }
      }
    }
    return [
      Exhibit(
        figure,
        caption:
          "Mean suboptimality of LCB, and the mean of the bound min(1, 2 √(L/(2 n(a*)))) over "
          + "the same runs; a run whose best arm has no data has bound 1.")
    ]
  }
}
