// SPDX-License-Identifier: Apache-2.0
import Experiments
import Figures
import LinearLearning
import Literature
import Randomness
import Statistics

/// The rate of PEVI in the number of episodes, under partial coverage.
struct PessimismRate: Claim {
  let id = "pevi/rate"
  let revision = 1
  let title = "On gaps that shrink with N the suboptimality of PEVI falls like √(C*/N)"
  let kind = ClaimKind.rate
  let sources: [Citation] = [.jin2021]
  let statement = """
    For linear MDPs the paper matches a lower bound up to factors of dimension and horizon (abstract). \
    With coverage 1/C* of the optimal policy, Σ E_{π*}[Γ] is of order √(C*/N) up to logarithms, so the \
    suboptimality is at most of that order; on instances whose gap moves with N it is not smaller. Rate \
    only; derived here for the family below.
    """
  let setup = """
    Two arms, then a good or a bad state, H = 3 (d = 4): success ½ ± Δ, Δ = m √(C* H/N), m from 1/4 to 2, and for \
    each N and C* the worst m by the mean over trials. The best arm is taken with probability 1/C*, \
    C* = 64, 256, 1024 (at C* = 2 both arms are seen alike and penalties cancel). N from 400,000 to 40,000,000 \
    episodes split by stages; derived multipliers, δ = 0.1, λ = 1/64.
    """
  let criterion = """
    Exponent of the worst mean suboptimality in N over the whole range, 95 % bootstrap interval over \
    trials: −1/2 ± 0.05 for each C*. Exponent in C* at the greatest N: 1/2 ± 0.1 (the other arm's own \
    penalty makes the exponent 0.54 on this family when noise is left out, and more \
    at smaller C*, as a pilot with C* from 2 showed). Against: an interval \
    outside. Control: value iteration on the same data that subtracts a penalty of fixed size, one that \
    does not shrink with N (Γ = 0.2 for the arm seen less), must keep its loss at fixed Δ = 0.04: \
    exponent at least −0.05.
    """
  let limits = """
    The derived multiplier does not change with N; the exponent says nothing about logarithms. Six \
    multiples do not exhaust the instances. The lower bound is shown on one family, not proved.
    """

  static let episodes = [400_000.0, 1_200_000, 4_000_000, 12_000_000, 40_000_000]
  static let multiples = [0.25, 0.5, 0.7, 1, 1.4, 2]
  static let coverages = [64.0, 256, 1_024]
  static let horizon = 3

  func design(at scale: Scale) -> Design {
    var rows: [(Point, TrialPlan)] = []
    for coverage in Self.coverages {
      for multiple in Self.multiples {
        for count in Self.episodes {
          rows.append((point(coverage, multiple, count), .fixed(scale == .quick ? 300 : 4_000)))
        }
      }
    }
    for count in Self.episodes {
      rows.append((point(64, 0, count), .fixed(scale == .quick ? 300 : 4_000)))
    }
    return Design(rows, measuring: Schema(scalars: ["suboptimality"]))
  }

  private func point(_ coverage: Double, _ multiple: Double, _ count: Double) -> Point {
    Point([("C*", .number(coverage)), ("m", .number(multiple)), ("N", .number(count))])
  }

  func estimatedSeconds(at scale: Scale) -> Double { scale == .quick ? 1 : 15 }

  func measure(_ point: Point, trial: Int, using stream: inout Stream) throws -> TrialOutcome {
    var rng = Xoshiro256(from: &stream)
    let isControl = point["m"] == 0
    let unit = (point["C*"] * Double(Self.horizon) / point["N"]).squareRoot()
    let gap = isControl ? 0.04 : min(0.5, point["m"] * unit)
    let family = try ThreeStateFamily(arms: 2, gap: gap)
    let model = try LinearEpisode(family.model(), horizon: Self.horizon)
    let behaviour = family.behaviour(concentrability: point["C*"], horizon: Self.horizon)
    let data = StageCounts(
      of: model, behaviour: [(1, behaviour)], episodes: point.count("N"), using: &rng)
    let policy: [Int]
    if isControl {
      // Q̂ without penalty, minus 0.2 for the rarer, best arm.
      let run = GreedyLSVI(regularization: OfflineInstance.regularization)
        .solve(data, features: model.features)
      let prefersBest = run.actionValues[1] - 0.2 > run.actionValues[0]
      policy = [prefersBest ? 1 : 0] + run.policy.dropFirst()
    } else {
      policy = OfflineInstance.pessimism(model).solve(data, features: model.features).policy
    }
    return TrialOutcome(["suboptimality": max(0, model.optimalValue - model.value(of: policy))])
  }

  /// For each N the point of the multiple with the greatest mean.
  private func worstPoints(_ results: Results, _ coverage: Double) throws -> [Point] {
    try Self.episodes.map { count in
      try results.worst(
        "suboptimality", among: Self.multiples.map { point(coverage, $0, count) })
    }
  }

  func judge(_ results: Results) throws -> Judgement {
    var checks: [Check] = []
    var slopes: [ConfidenceInterval] = []
    var last: [Point] = []
    for coverage in Self.coverages {
      let points = try worstPoints(results, coverage)
      last.append(points[points.count - 1])
      let fit = try results.slope("suboptimality", at: points, along: "N")
      slopes.append(fit.slope)
      checks.append(.equals("C* = \(Int(coverage)): exponent in N", fit.slope, -0.5, within: 0.05))
    }
    let inCoverage = try results.slope("suboptimality", at: last, along: "C*").slope
    checks.append(
      .equals(
        "exponent in C* at N = \(text(Self.episodes.last ?? 0))", inCoverage, 0.5, within: 0.1))
    let control = results.points(where: ["m": 0])
    checks.append(
      .atLeast(
        "fixed penalty, fixed gap: exponent in N",
        try results.slope("suboptimality", at: control, along: "N").slope, -0.05
      ).asControl())
    return Judgement(
      checks,
      finding:
        "The worst suboptimality falls like N^\(slopes.map { text($0.estimate) }.joined(separator: ", N^")) "
        + "for C* = 64, 256, 1024, and grows like C*^\(inCoverage.text).")
  }

  func exhibits(_ results: Results) throws -> [Exhibit] {
    let figure = try Figure(
      id: "rate", title: "Worst suboptimality of PEVI against the number of episodes",
      subtitle: "two arms, gap m √(C*H/N), worst of six m; simultaneous 95 % bands",
      x: .log("episodes N →"), y: .log("↑ V* − V^π̂")
    ) {
      for coverage in Self.coverages {
        let points = try worstPoints(results, coverage)
        let band = try results.band("suboptimality", at: points)
        let slope = try results.slope("suboptimality", at: points, along: "N").slope
        let low = zip(band.lower, band.means).map { max($0, $1 / 10) }
        let x = points.map { $0["N"] }
        Band(x: x, low: low, high: band.upper, series: "C* = \(Int(coverage))")
        Line(
          x: x, y: band.means, series: "C* = \(Int(coverage))",
          note: "slope \(text(slope.estimate, digits: 2))")
      }
      SlopeGuide(slope: -0.5)
    }
    return [
      Exhibit(
        figure,
        caption: "Mean exact suboptimality at the multiple m that is worst for each N and C*.")
    ]
  }
}
