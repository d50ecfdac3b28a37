// SPDX-License-Identifier: Apache-2.0
import Experiments
import Figures
import Literature
import MarkovModels
import OfflineLearning
import Planning
import Randomness
import Statistics

/// The two rates of pessimistic value iteration in Markov decision processes.
struct MDPRates: Claim {
  let id = "tale-of-pessimism/mdp-rate"
  let revision = 2
  let title = "Pessimistic value iteration keeps both rates in Markov decision processes"
  let kind = ClaimKind.rate
  let sources: [Citation] = [.rashidinejad2021]
  let statement = """
    In Markov decision processes too LCB has rate 1/N on nearly expert data and 1/√N in general \
    (abstract). Derived here for value iteration with a fresh fold in each iteration and Hoeffding's penalty: \
    loss of order at most √(S C*/((1 − γ)⁵ N)) up to logarithms; the proof stands in the source of VILCB. \
    The form without folds has no theorem here.
    """
  let setup = """
    Partial coverage: two start states, each left for ever to a winning state (1 a step) with \
    probability 1/2 ± Δ/2 or to a losing one; Δ = m u √(S C*/((1 − γ) N)) at most 1/2, m = 0.5, 0.7, 0.85, 1, 1.2, 1.5 (with folds eight m from 0.12 to \
    0.5), and Δ = 1/2; u puts m = 1 \
    where the gap equals the method's own penalty of the better action (c √(L/2), times √(T + 1) with folds; 1 \
    without penalty); data d^π*/C* plus the worse action of the start states. A method is judged by its \
    worst mean loss over these gaps. Nearly expert: C* = 1 + 1/N, three start states of occupancy 1/(N + 1), and a common one \
    whose worse action is seen about once. Methods: folds with c = 1 (δ = 0.1); all data \
    with c = 1 and with the tuned c = 1/2, L = log(2K/δ) for K choices; plug-in; behaviour cloning; uniform. Loss by exact \
    evaluation of the returned policy; γ = 0.9 unless swept; ties go against the learner.
    """
  let criterion = """
    N from 10⁴ to 10⁷ (for folds 10⁷ to 10¹⁰), bootstrap intervals over trials at the worst gap of the whole \
    sample. Exponent in N over the last two decades for the three pessimistic methods: at most −0.45 at C* = 2 and 10 (upper bound, slack 0.05), and −1 ± 0.05 on \
    nearly expert data over all N. At N = 10⁷ (folds: 10¹⁰): exponent in C* from 4 to 32 at most 0.65 (slack set after a pilot with another seed: the \
    penalty of the worse action, which is not in the rate, is still felt at C* = 4); exponent in 1/(1 − γ) from 5 to 40 at \
    most 2.5 + 0.1. On nearly expert data the mean loss of c = 1 on all data agrees with the \
    missing mass in closed form (99.9 % band). Controls: behaviour cloning at C* = 10, plug-in and the uniform policy on \
    nearly expert data do not learn: exponent 0 ± 0.05. Against the claim: an interval outside.
    """
  let limits = """
    A family shows that a bound is not violated there, no more; exponents below the bound in C* and 1/(1 − γ) \
    are findings about this family. The multiplier 1/2 was chosen on other seeds. Absolute losses \
    of the method with folds are larger because each fold has a T-th of the data.
    """

  static let draws = [1e4, 3e4, 1e5, 3e5, 1e6, 3e6, 1e7]
  static let multiples = [0, 0.5, 0.7, 0.85, 1, 1.2, 1.5]
  /// The method with folds gets more: each fold holds a small part of the data.
  static let foldDraws = draws.map { 1_000 * $0 }
  /// Its values take the greatest of T folds, which undoes most of the penalty.
  static let foldMultiples = [0, 0.12, 0.16, 0.2, 0.24, 0.28, 0.34, 0.42, 0.5]
  static let pessimistic = ["folds c of 1", "all data c of 1", "all data c of 0.5"]
  static let methods = pessimistic + ["plug-in", "behaviour cloning", "uniform"]
  static let coverages = [4.0, 8, 16, 32]
  static let horizons = [5.0, 10, 20, 40]

  private func point(
    _ family: String, _ method: String, _ C: Double, _ horizon: Double, _ m: Double, _ N: Double
  ) -> Point {
    Point([
      ("family", .label(family)), ("method", .label(method)), ("C*", .number(C)),
      ("horizon", .number(horizon)), ("m", .number(m)), ("N", .number(N)),
    ])
  }

  private func draws(_ method: String) -> [Double] {
    method == Self.pessimistic[0] ? Self.foldDraws : Self.draws
  }

  private func multiples(_ method: String) -> [Double] {
    method == Self.pessimistic[0] ? Self.foldMultiples : Self.multiples
  }

  /// The N at which C* and the horizon are swept.
  private func last(_ method: String) -> Double { draws(method)[Self.draws.count - 1] }

  func design(at scale: Scale) -> Design {
    var points: [Point] = []
    for method in Self.methods {
      for N in draws(method) {
        for C in [2.0, 10] {
          points += multiples(method).map { point("partial", method, C, 10, $0, N) }
        }
        points.append(point("nearly expert", method, 1, 10, 0, N))
      }
    }
    for method in Self.pessimistic {
      let N = last(method)
      for m in multiples(method) {
        points += Self.coverages.map { point("partial", method, $0, 10, m, N) }
        points += Self.horizons.filter { $0 != 10 }.map { point("partial", method, 2, $0, m, N) }
      }
    }
    return Design(
      points.map { ($0, .fixed(trials($0, scale))) },
      measuring: Schema(scalars: ["suboptimality"]))
  }

  /// Fewer for the method with folds, which is slow and errs the same way in nearly all trials.
  private func trials(_ point: Point, _ scale: Scale) -> Int {
    let isPartial = point.label("family") == "partial"
    if point.label("method") == Self.pessimistic[0] {
      return scale == .quick ? 40 : isPartial ? 200 : 1_000
    }
    return scale == .quick ? (isPartial ? 120 : 500) : isPartial ? 1_500 : 4_000
  }

  func estimatedSeconds(at scale: Scale) -> Double { scale == .quick ? 8 : 100 }

  func measure(
    _ point: Point, trial: Int, using stream: inout Randomness.Stream
  ) throws -> TrialOutcome {
    let (N, gamma) = (point.count("N"), 1 - 1 / point["horizon"])
    let mdp =
      point.label("family") == "partial"
      ? try OfflineMDP.partial(
        concentrability: point["C*"], discount: gamma,
        multiple: point["m"] * OfflineMethod(point.label("method")).unit(draws: N, discount: gamma),
        draws: N)
      : try OfflineMDP.nearlyExpert(discount: gamma, draws: N)
    var rng = Xoshiro256(from: &stream)
    let method = point.label("method")
    if method == "uniform" {
      let values = try PolicyEvaluation(.uniform(of: mdp.problem.dynamics), in: mdp.problem)
        .values()
      return TrialOutcome(["suboptimality": mdp.suboptimality(of: values)])
    }
    let choices = try OfflineMethod(method).learn(mdp, draws: N, using: &rng).choices
    return TrialOutcome(["suboptimality": mdp.suboptimality(of: try mdp.values(of: choices))])
  }

  /// The points of the greatest mean loss over the gaps.
  private func worst(
    _ results: Results, _ method: String, C: Double = 2, horizon: Double = 10, N: Double
  ) throws -> Point {
    try results.worst(
      "suboptimality", among: multiples(method).map { point("partial", method, C, horizon, $0, N) })
  }

  private func worst(_ results: Results, _ method: String, C: Double) throws -> [Point] {
    try draws(method).map { try worst(results, method, C: C, N: $0) }
  }

  private func nearlyExpert(_ method: String) -> [Point] {
    draws(method).map { point("nearly expert", method, 1, 10, 0, $0) }
  }

  /// The exponent of the mean loss along a coordinate.
  private func exponent(
    _ results: Results, _ points: [Point], along axis: String, from first: Double = 0
  ) throws -> ConfidenceInterval {
    try results.slope(
      "suboptimality", at: points.filter { $0[axis] >= first }, along: axis
    ).slope
  }

  func judge(_ results: Results) throws -> Judgement {
    var checks: [Check] = []
    var rates: [ConfidenceInterval] = []
    for method in Self.pessimistic {
      let name = title(method)
      for C in [2.0, 10] {
        let rate = try exponent(
          results, worst(results, method, C: C), along: "N", from: last(method) / 100)
        rates.append(rate)
        checks.append(.atMost("\(name), C* = \(Int(C)): exponent in N", rate, -0.45))
      }
      checks.append(
        .equals(
          "\(name), nearly expert: exponent in N",
          try exponent(results, nearlyExpert(method), along: "N"), -1, within: 0.05))
      let inC = try exponent(
        results, Self.coverages.map { try worst(results, method, C: $0, N: last(method)) },
        along: "C*")
      checks.append(.atMost("\(name): exponent in C*", inC, 0.65))
      let inHorizon = try exponent(
        results, Self.horizons.map { try worst(results, method, horizon: $0, N: last(method)) },
        along: "horizon")
      checks.append(.atMost("\(name): exponent in 1/(1 − γ)", inHorizon, 2.6))
    }
    checks.append(
      try results.agreement(
        "all data, c = 1, nearly expert: closed form", "suboptimality",
        at: nearlyExpert("all data c of 1"),
        with: Self.draws.map { OfflineMDP.missingMass(discount: 0.9, draws: Int($0)) }))
    checks.append(
      .equals(
        "behaviour cloning, C* = 10",
        try exponent(results, worst(results, "behaviour cloning", C: 10), along: "N"), 0,
        within: 0.05, isControl: true))
    for method in ["plug-in", "uniform"] {
      checks.append(
        .equals(
          "\(method), nearly expert",
          try exponent(results, nearlyExpert(method), along: "N"), 0, within: 0.05, isControl: true)
      )
    }
    return Judgement(
      checks,
      finding:
        "At C* = 2 the worst loss falls like N^\(text(rates[0].estimate)) with folds and like "
        + "N^\(text(rates[2].estimate)) on all data with the same c = 1.")
  }

  private func title(_ method: String) -> String { method.replacing(" c of ", with: ", c = ") }

  private func series(_ results: Results, _ method: String, _ points: [Point]) throws
    -> [any Mark]
  {
    let band = try results.band("suboptimality", at: points)
    let x = points.map { $0["N"] }
    return [
      Band(
        x: x, low: zip(band.lower, band.means).map { max($0, $1 / 20) }, high: band.upper,
        series: title(method)),
      Line(x: x, y: band.means, series: title(method)),
    ]
  }

  func exhibits(_ results: Results) throws -> [Exhibit] {
    let trials = results.trialCount(at: results.points[0])
    let expertTrials = results.trialCount(at: nearlyExpert("uniform")[0])
    func figure(_ id: String, _ title: String, _ methods: [String]) throws -> Figure {
      try Figure(
        id: id, title: title,
        subtitle:
          "γ = 0.9, worst of several gaps; \(trials) trials a point, near the expert \(expertTrials)",
        x: .log("data N →"), y: .log("↑ expected suboptimality"), facets: .columns(3)
      ) {
        for C in [2.0, 10] {
          try Panel("C* = \(Int(C))") {
            for method in methods {
              for mark in try series(results, method, worst(results, method, C: C)) { mark }
            }
            SlopeGuide(slope: -0.5)
          }
        }
        try Panel("nearly expert") {
          for method in methods {
            for mark in try series(results, method, nearlyExpert(method)) { mark }
          }
          SlopeGuide(slope: -1)
        }
      }
    }
    var rows: [[String]] = []
    for method in Self.pessimistic {
      let inC = try exponent(
        results, Self.coverages.map { try worst(results, method, C: $0, N: last(method)) },
        along: "C*")
      let inHorizon = try exponent(
        results, Self.horizons.map { try worst(results, method, horizon: $0, N: last(method)) },
        along: "horizon")
      rows.append([title(method), inC.text, inHorizon.text])
    }
    return [
      Exhibit(
        try figure(
          "mdp-pessimistic", "Pessimistic value iteration against N", Self.pessimistic),
        caption:
          "Mean suboptimality of pessimistic value iteration. Left and middle: greatest mean "
          + "over the gaps of the setup; the triangle has the slope of the upper bound. "
          + "Simultaneous 95 % bands, cut at a twentieth of the mean."),
      Exhibit(
        try figure(
          "mdp-baselines", "Baselines against N on the same data",
          ["plug-in", "behaviour cloning", "uniform"]),
        caption: "Behaviour cloning needs an expert, the plug-in method needs every action to be "
          + "covered."),
      Exhibit(
        PageTable(["method", "exponent in C*", "exponent in 1/(1 − γ)"], rows: rows),
        caption:
          "At N = 10⁷ (folds: 10¹⁰), worst of several gaps; C* from 4 to 32 at γ = 0.9, and 1/(1 − γ) from 5 to "
          + "40 at C* = 2. The derived bound for folds has 1/2 and 5/2, logarithms aside. 95 % "
          + "bootstrap intervals."),
    ]
  }
}

/// The methods of the study on Markov decision processes, by name.
struct OfflineMethod {
  let name: String
  init(_ name: String) { self.name = name }

  /// The multiplier c, which stands at the end of the name.
  private var multiplier: Double { name.split(separator: " ").last.flatMap { Double($0) } ?? 1 }
  private var hasFolds: Bool { name.hasPrefix("folds") }

  /// The penalty of the better action on ``OfflineMDP/partial(concentrability:discount:multiple:draws:)``
  /// in units of V_max √(S C*/((1 − γ) N)); 1 for methods without a penalty.
  func unit(draws N: Int, discount gamma: Double) -> Double {
    // Two actions in each of four states.
    let K = 8
    if hasFolds {
      let T = VILCB.iterations(count: N, discount: gamma)
      let penalty = VILCB(failureProbability: Self.delta).penalty(choices: K, iterations: T)
      return multiplier * (Double(T + 1) * penalty.logarithm / 2).squareRoot()
    }
    guard name.hasPrefix("all data") else { return 1 }
    return multiplier * (Self.penalty(1, choices: K).logarithm / 2).squareRoot()
  }

  /// δ of all penalties.
  static let delta = 0.1

  /// The penalty of the methods without folds: L = log(2K/δ).
  static func penalty(_ c: Double, choices K: Int) -> HoeffdingPenalty {
    HoeffdingPenalty(multiplier: c, logarithm: Portable.log(2 * Double(K) / delta))
  }

  func learn(
    _ mdp: OfflineMDP, draws N: Int, using rng: inout Xoshiro256
  ) throws -> PessimisticSolution {
    let gamma = mdp.problem.discount
    let c = multiplier
    if hasFolds {
      let folds = mdp.sampler.drawFolds(
        N, folds: VILCB.iterations(count: N, discount: gamma) + 1, using: &rng)
      return try VILCB(multiplier: c, failureProbability: Self.delta)
        .learn(from: folds, discount: gamma)
    }
    let data = mdp.sampler.draw(N, using: &rng)
    switch name {
    case "plug-in": return try PlugInValueIteration().learn(from: data, discount: gamma)
    case "behaviour cloning":
      return PessimisticSolution(
        choices: BehaviorCloning().learn(from: data),
        lowerValues: .init(repeating: 0, count: data.stateCount), iterations: 0)
    default:
      return try PlainVILCB(penalty: Self.penalty(c, choices: data.choiceCount))
        .learn(from: data, discount: gamma)
    }
  }
}
