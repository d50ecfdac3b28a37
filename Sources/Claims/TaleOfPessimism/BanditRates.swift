// SPDX-License-Identifier: Apache-2.0
import Experiments
import Figures
import Literature
import MarkovModels
import OfflineLearning
import Randomness
import Statistics

/// The rates of LCB on an expert's data and on partly covering data.
struct BanditRates: Claim {
  let id = "tale-of-pessimism/bandit-rate"
  let revision = 1
  let title = "LCB learns like 1/N from an expert and like 1/√N from C* ≥ 2"
  let kind = ClaimKind.rate
  let sources: [Citation] = [.rashidinejad2021]
  let statement = """
    In bandits, contextual bandits and Markov decision processes LCB has rate 1/N on nearly expert data \
    and 1/√N in general (abstract). The families of instances are derived here: they must move with N.
    """
  let setup = """
    Two Bernoulli arms, μ(a*) = 1/C* with C* = 2, 4, 10; means 1/2 ± Δ/2 with Δ = m √(C*/N) for m = 1/2, 1, \
    2, 4, 8, at most 1/2, and the fixed gap 1/2. A rule is judged by its worst expected suboptimality over these six \
    gaps. LCB has L = log(2A/δ), δ = 0.1. Expert data: a contextual bandit with 20 contexts, 19 of \
    them of mass 1/(N + 1), only the best arm in the data (C* = 1). Nearly expert data: two arms of means \
    3/4 and 1/2, the worse one with weight 1/(N + 1) (C* = 1 + 1/N). Expectations are binomial sums. \
    Simulations of LCB at m = 1 go beside them. Ties are broken towards the worse arm.
    """
  let criterion = """
    Exponent in N of LCB's expectation, over N ≥ 1,000: −1/2 ± 0.03 for the worst gap at each C* ≥ 2, \
    −1 ± 0.01 on the expert's data; against the claim: another exponent. On nearly expert data LCB's \
    expectation is at most a thousandth of the plug-in rule's at every N. The simulated means must agree with the \
    sums (99.9 % band over all N). Controls: the most played arm at C* = 10 and the plug-in rule \
    on nearly expert data do not learn: exponent 0 ± 0.02.
    """
  let limits = """
    Six gaps do not exhaust the instances, so the exponent is a floor under the worst case, not the \
    worst case. An expert's data have rate 1/N for any rule that copies it, and for \
    C* ≥ 2 the plug-in rule has the same exponent as LCB and loses less here: with two arms pessimism pays where the \
    worse arm is rare, not where the better one is. Logarithms in N are not \
    resolved; L does not grow with N here.
    """

  static let draws = [100.0, 300, 1_000, 3_000, 10_000, 30_000, 100_000, 300_000]
  static let simulated = [100.0, 300, 1_000, 3_000, 10_000]
  static let coverages = [2.0, 4, 10]
  static let multiples = [0, 0.5, 1, 2, 4, 8]
  static let learners = ["LCB", "plug-in", "most played"]
  static let contexts = 20

  private func point(
    _ family: String, _ learner: String, _ C: Double, _ m: Double, _ N: Double,
    _ method: String = "sums"
  ) -> Point {
    Point([
      ("family", .label(family)), ("learner", .label(learner)), ("C*", .number(C)),
      ("m", .number(m)), ("N", .number(N)), ("method", .label(method)),
    ])
  }

  private func draws(_ scale: Scale) -> [Double] {
    scale == .quick ? Self.draws.filter { $0 <= 30_000 } : Self.draws
  }

  func design(at scale: Scale) -> Design {
    var rows: [(Point, TrialPlan)] = []
    for N in draws(scale) {
      for learner in Self.learners {
        for C in Self.coverages {
          for m in Self.multiples { rows.append((point("gaps", learner, C, m, N), .exact)) }
        }
        rows.append((point("nearly expert", learner, 1, 0, N), .exact))
      }
      rows.append((point("expert", "LCB", 1, 0, N), .exact))
    }
    for N in Self.simulated {
      for C in Self.coverages {
        rows.append(
          (point("gaps", "LCB", C, 1, N, "draws"), .fixed(scale == .quick ? 400 : 4000)))
      }
    }
    return Design(rows, measuring: Schema(scalars: ["suboptimality"]))
  }

  func estimatedSeconds(at scale: Scale) -> Double { scale == .quick ? 3 : 60 }

  func measure(
    _ point: Point, trial: Int, using stream: inout Randomness.Stream
  ) throws -> TrialOutcome {
    let (N, C) = (point.count("N"), point["C*"])
    let learner = TaleInstances.learner(point.label("learner"))
    if point.label("family") == "expert" {
      let bandit = try TaleInstances.expert(contexts: Self.contexts, draws: N)
      return TrialOutcome(["suboptimality": sums(learner, N, on: bandit)])
    }
    let isGap = point.label("family") == "gaps"
    let means =
      isGap
      ? TaleInstances.means(gap: TaleInstances.gap(point["m"], concentrability: C, draws: N))
      : (0.5, 0.75)
    let share = isGap ? 1 - 1 / C : 1 / Double(N + 1)
    guard point.label("method") == "draws" else {
      return TrialOutcome(["suboptimality": sums(learner, N, share, means)])
    }
    var rng = Xoshiro256(from: &stream)
    let bandit = try BernoulliBandit(means: [means.0, means.1])
    let data = try ArmData(
      drawing: N, from: bandit, behavior: [share, 1 - share], using: &rng)
    return TrialOutcome(["suboptimality": bandit.gap(ofArm: learner.arm(from: data))])
  }

  private func sums(
    _ learner: some OfflineBanditLearner, _ N: Int, _ share: Double, _ means: (Double, Double)
  ) -> Double {
    ExactSuboptimality(of: learner).expected(draws: N, firstShare: share, means: means)
  }

  private func sums(
    _ learner: some OfflineBanditLearner, _ N: Int, on bandit: ContextualBandit
  ) -> Double { ExactSuboptimality(of: learner).expected(draws: N, on: bandit) }

  /// The greatest expectation over the gaps, for each N.
  private func worst(
    _ results: Results, _ learner: String, _ C: Double
  ) throws -> [Double] {
    try draws(results.scale).map { N in
      try Self.multiples.map {
        try results.values("suboptimality", at: point("gaps", learner, C, $0, N))[0]
      }.max() ?? 0
    }
  }

  private func values(
    _ results: Results, _ family: String, _ learner: String
  ) throws -> [Double] {
    try draws(results.scale).map {
      try results.values("suboptimality", at: point(family, learner, 1, 0, $0))[0]
    }
  }

  /// The exponent over N ≥ 1,000.
  private func exponent(_ results: Results, _ y: [Double]) -> Double {
    let x = draws(results.scale)
    let window = x.indices.filter { x[$0] >= 1_000 }
    return exactSlope(x: window.map { x[$0] }, y: window.map { y[$0] })
  }

  func judge(_ results: Results) throws -> Judgement {
    var checks: [Check] = []
    var slopes: [Double] = []
    for C in Self.coverages {
      let slope = exponent(results, try worst(results, "LCB", C))
      slopes.append(slope)
      checks.append(
        .identity("exponent of LCB at C* = \(Int(C))", slope, -0.5, tolerance: 0.03))
    }
    let expert = exponent(results, try values(results, "expert", "LCB"))
    checks.append(.identity("exponent of LCB on expert data", expert, -1, tolerance: 0.01))
    let plugIn = try values(results, "nearly expert", "plug-in")
    let ratio = zip(try values(results, "nearly expert", "LCB"), plugIn).map(/).max() ?? 0
    checks.append(
      .atMost("nearly expert: LCB over plug-in, greatest over N", .exact(ratio), 1e-3))
    for C in Self.coverages {
      let exact = try Self.simulated.map {
        try results.values("suboptimality", at: point("gaps", "LCB", C, 1, $0))[0]
      }
      checks.append(
        try results.agreement(
          "sums against draws, C* = \(Int(C))", "suboptimality",
          at: Self.simulated.map { point("gaps", "LCB", C, 1, $0, "draws") }, with: exact))
    }
    checks.append(
      .identity(
        "most played arm at C* = 10", exponent(results, try worst(results, "most played", 10)), 0,
        tolerance: 0.02, isControl: true))
    checks.append(
      .identity(
        "plug-in on nearly expert data", exponent(results, plugIn), 0, tolerance: 0.02,
        isControl: true))
    return Judgement(
      checks,
      finding: "LCB's worst expectation falls like N^\(text(slopes[0])) at C* = 2 and N^"
        + "\(text(slopes[2])) at C* = 10, and like N^\(text(expert)) on an expert's data; near an "
        + "expert the plug-in rule stays at \(text(plugIn.last ?? 0)).")
  }

  func exhibits(_ results: Results) throws -> [Exhibit] {
    let x = draws(results.scale)
    let rates = try Figure(
      id: "rates", title: "1/N from an expert, 1/√N from partial coverage",
      subtitle: "worst of six gaps for C* ≥ 2; binomial sums, no sampling error",
      x: .log("data N →"), y: .log("↑ expected suboptimality"), facets: .columns(2)
    ) {
      try Panel("C* = 1: 19 rare contexts") {
        Line(x: x, y: try values(results, "expert", "LCB"), series: "LCB")
        SlopeGuide(slope: -1)
      }
      for C in Self.coverages {
        try Panel("C* = \(Int(C))") {
          for learner in Self.learners {
            Line(x: x, y: try worst(results, learner, C), series: learner)
          }
          SlopeGuide(slope: -0.5)
        }
      }
    }
    let draws = try Figure(
      id: "sums-and-draws", title: "Binomial sums against simulations of LCB",
      subtitle: "gap √(C*/N); simultaneous 95 % bands of "
        + "\(results.trialCount(at: point("gaps", "LCB", 2, 1, 100, "draws"))) draws at each N",
      x: .log("data N →"), y: .linear("↑ expected suboptimality × √N"), facets: .columns(3)
    ) {
      for C in Self.coverages {
        try Panel("C* = \(Int(C))") {
          let points = Self.simulated.map { point("gaps", "LCB", C, 1, $0, "draws") }
          let band = try results.band("suboptimality", at: points)
          let root = Self.simulated.map { $0.squareRoot() }
          Interval(
            x: Self.simulated, y: zip(band.means, root).map(*), low: zip(band.lower, root).map(*),
            high: zip(band.upper, root).map(*), series: "draws")
          Theory(
            x: Self.simulated,
            y: try zip(Self.simulated, root).map {
              try results.values("suboptimality", at: point("gaps", "LCB", C, 1, $0))[0] * $1
            },
            label: "sums", kind: .exact)
        }
      }
    }
    return [
      Exhibit(
        rates,
        caption: "Expected suboptimality against the number of data. In each panel with C* ≥ 2 the "
          + "greatest expectation over five gaps that shrink like √(C*/N) and the fixed gap 1/2."),
      Exhibit(
        draws,
        caption: "LCB simulated and summed on the same instances; multiplied by √N, so that the "
          + "rate 1/√N is a level line."),
    ]
  }
}
