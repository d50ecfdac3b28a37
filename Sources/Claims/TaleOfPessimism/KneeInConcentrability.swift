// SPDX-License-Identifier: Apache-2.0
import Experiments
import Figures
import Literature
import OfflineLearning
import Randomness
import Statistics

/// The knee between imitation and offline learning.
struct KneeInConcentrability: Claim {
  let id = "tale-of-pessimism/knee"
  let revision = 1
  let title = "Between imitation and offline learning lies a knee at C* − 1 ≈ S/N"
  let kind = ClaimKind.phaseTransition
  let sources: [Citation] = [.rashidinejad2021]
  let statement = """
    In contextual bandits with at least two contexts LCB is adaptively optimal for every C* (abstract); \
    the rate, up to logarithms, is √(S(C* − 1)/N) + S/N (from memory, shape only). So at fixed N the \
    loss is level in C* − 1 up to a knee of order S/N, and grows with exponent 1/2 after it.
    """
  let setup = """
    Four rare contexts and a common one; the rare ones have total mass max(C* − 1, S/(N + 1)), their best arm \
    has weight ρ(s)/C* in the data and their other arms share 1 − 1/C*; gap 1/2 · (N (C* − 1)/S)^(−1/2), at most \
    1. This family, derived here, follows the knee: before it a rare context is \
    missed, after it both arms are seen equally often and too rarely to tell them apart. LCB with \
    L = log(2A/δ), δ = 0.1. C* − 1 from 1e-6 to 0.5, the same grid for each N from 1,000 to 10,000 (full: \
    to 100,000). Expectations are binomial sums; simulations at N = 1,000 go beside them.
    """
  let criterion = """
    Two lines are fitted to each curve on log-log axes, over the whole grid. Slope before the knee 0 ± 0.05 and after it \
    1/2 ± 0.07 at every N; the exponent of the knee in N is −1 ± 0.1. The simulated means \
    agree with the sums (99.9 % band). Against the claim: another slope, or a knee that moves otherwise.
    """
  let limits = """
    The family is made from the lower bound's argument, so it shows that LCB pays the two terms where the \
    lower bound says everyone must, not that it pays nothing else elsewhere. The transition spans more than \
    a decade, hence the tolerance of the slopes: with L = log(2A/δ) an arm needs several data before its bound is positive, \
    and until then LCB plays the arm with more data. That also puts the knee at a multiple of S/N.
    """

  static let contexts = 4
  static let excesses: [Double] = [1e6, 1e5, 1e4, 1e3, 1e2, 1e1].flatMap { scale in
    [1.0, 2, 5].map { $0 / scale }
  }
  static let draws = [1_000.0, 3_000, 10_000, 30_000, 100_000]
  static let learner = LCBBandit(arms: 2, failureProbability: 0.1)

  private func point(_ method: String, _ N: Double, _ x: Double) -> Point {
    Point([("method", .label(method)), ("N", .number(N)), ("C*-1", .number(x))])
  }

  private func draws(_ scale: Scale) -> [Double] {
    scale == .quick ? Array(Self.draws.prefix(3)) : Self.draws
  }

  func design(at scale: Scale) -> Design {
    var rows: [(Point, TrialPlan)] = []
    for N in draws(scale) {
      for x in Self.excesses { rows.append((point("sums", N, x), .exact)) }
    }
    for x in Self.excesses {
      rows.append((point("draws", 1_000, x), .fixed(scale == .quick ? 400 : 4000)))
    }
    return Design(rows, measuring: Schema(scalars: ["suboptimality"]))
  }

  func estimatedSeconds(at scale: Scale) -> Double { scale == .quick ? 3 : 30 }

  func measure(
    _ point: Point, trial: Int, using stream: inout Randomness.Stream
  ) throws -> TrialOutcome {
    let N = point.count("N")
    let bandit = try TaleInstances.rareContexts(Self.contexts, excess: point["C*-1"], draws: N)
    if point.label("method") == "sums" {
      let sums = ExactSuboptimality(of: Self.learner, negligible: 1e-12)
      return TrialOutcome(["suboptimality": sums.expected(draws: N, on: bandit)])
    }
    var rng = Xoshiro256(from: &stream)
    let policy = Self.learner.policy(from: bandit.draw(N, using: &rng))
    return TrialOutcome(["suboptimality": bandit.suboptimality(of: policy)])
  }

  private func curve(_ results: Results, _ N: Double) throws -> [Double] {
    try Self.excesses.map { try results.values("suboptimality", at: point("sums", N, $0))[0] }
  }

  private func fits(_ results: Results) throws -> [SegmentedFit] {
    try draws(results.scale).map { N in
      var stream = results.resampling("knee")
      // The curve is computed, so there is nothing to resample: two equal rows give its own fit.
      let row = try curve(results, N)
      return try SegmentedFit(
        x: Self.excesses, trials: [row, row], repetitions: 20, using: &stream)
    }
  }

  func judge(_ results: Results) throws -> Judgement {
    let fits = try fits(results)
    var checks: [Check] = []
    for (N, fit) in zip(draws(results.scale), fits) {
      checks.append(
        .identity(
          "N = \(text(N, digits: 1)): slope before the knee", fit.slopeBefore.estimate, 0,
          tolerance: 0.05))
      checks.append(
        .identity(
          "N = \(text(N, digits: 1)): slope after the knee", fit.slopeAfter.estimate, 0.5,
          tolerance: 0.07))
    }
    let exponent = exactSlope(x: draws(results.scale), y: fits.map(\.knee.estimate))
    checks.append(.identity("exponent of the knee in N", exponent, -1, tolerance: 0.1))
    checks.append(
      try results.agreement(
        "draws against sums at N = 1,000", "suboptimality",
        at: Self.excesses.map { point("draws", 1_000, $0) }, with: curve(results, 1_000)))
    return Judgement(
      checks,
      finding: "The knee lies at C* − 1 = \(text(fits[0].knee.estimate)) for N = 1,000 "
        + "(S/N = 0.004) and moves like N^\(text(exponent)).")
  }

  func exhibits(_ results: Results) throws -> [Exhibit] {
    let fits = try fits(results)
    let shown = draws(results.scale).suffix(4)
    let figure = try Figure(
      id: "knee", title: "From imitation to offline learning at fixed N",
      subtitle: "four rare contexts; lines are binomial sums",
      x: .log("C* − 1 →"), y: .log("↑ expected suboptimality")
    ) {
      for N in shown {
        Line(
          x: Self.excesses, y: try curve(results, N), series: "N = \(text(N, digits: 1))",
          markers: .none)
      }
      SlopeGuide(slope: 0.5)
    }
    let rows = zip(draws(results.scale), fits).map { N, fit in
      [
        text(N, digits: 1), text(fit.knee.estimate), text(Double(Self.contexts) / N),
        text(fit.knee.estimate * N / Double(Self.contexts)), text(fit.slopeBefore.estimate),
        text(fit.slopeAfter.estimate),
      ]
    }
    return [
      Exhibit(
        figure,
        caption: "LCB's expected suboptimality on the family of this claim at fixed N. Level: rare "
          + "contexts that the data miss. Rising with exponent 1/2: rare contexts whose arms cannot "
          + "be told apart."),
      Exhibit(
        PageTable(
          ["N", "knee in C* − 1", "S/N", "knee × N/S", "slope before", "slope after"], rows: rows,
          textColumns: []), caption: "Two lines fitted to each whole curve."),
    ]
  }
}
