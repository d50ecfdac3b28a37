// SPDX-License-Identifier: Apache-2.0
import Experiments
import Figures
import Literature
import MarkovModels
import OfflineLearning
import Randomness
import Statistics

/// Pessimistic values against the values of the policy, and the loss against the proved bound.
struct PessimisticCoverage: Claim {
  let id = "tale-of-pessimism/coverage"
  let revision = 1
  let title = "Pessimistic values are lower bounds, and the loss stays below the proved bound"
  let kind = ClaimKind.inequality
  let sources: [Citation] = [.rashidinejad2021]
  let statement = """
    Value iteration with a fresh fold in each iteration and Hoeffding's penalty (c = 1): with probability at \
    least 1 − δ the returned values are below the values of the returned policy in every state, and the loss is at \
    most 2 Σ_i γ^i E[b_{T−i}(s_i, π*(s_i))] + γ^T/(1 − γ). Proved here (`Proofs/VILCB.v`); the proof in words stands in the \
    source of VILCB. Smaller multipliers and the form without folds have no theorem.
    """
  let setup = """
    δ = 0.1, γ = 0.9. Hard: the instance of mdp-rate with C* = 4 and Δ = 4 √(S C*/((1 − γ) N)). Random: five states, three actions, \
    uniform transitions, rewards and data weights, new in every trial. N = 10⁴, 10⁶, 10⁸, 10¹⁰. Methods: folds with c = 1, \
    0.1, 0.02; all data with c = 1, 0.5, 0.1; the plug-in method's own values. A run counts if V̲(s) ≤ V^π(s) + 10⁻⁹ in all states \
    at once, V^π by exact evaluation.
    """
  let criterion = """
    Folds with c = 1: share of runs with valid values at least 0.9, and share of runs with a loss below the \
    bound at least 0.9, at every N in both families (Clopper–Pearson interval of 95 % above). Against the \
    claim: an interval below. Control: the plug-in method's values on the hard instance are valid in at most 0.9 of the runs, at every N.
    """
  let limits = """
    Other multipliers are reported, not judged. The bound exceeds the greatest possible loss until N is \
    large; where it does, it says nothing.
    """

  static let draws = [1e4, 1e6, 1e8, 1e10]
  static let families = ["hard", "random"]
  static let methods = [
    "folds c of 1", "folds c of 0.1", "folds c of 0.02", "all data c of 1", "all data c of 0.5",
    "all data c of 0.1", "plug-in",
  ]

  private func point(_ family: String, _ method: String, _ N: Double) -> Point {
    Point([("family", .label(family)), ("method", .label(method)), ("N", .number(N))])
  }

  func design(at scale: Scale) -> Design {
    var points: [Point] = []
    for family in Self.families {
      for method in Self.methods {
        points += Self.draws.map { point(family, method, $0) }
      }
    }
    return Design(
      points.map { ($0, TrialPlan.fixed(scale == .quick ? 100 : 1000)) },
      measuring: Schema(scalars: ["valid", "suboptimality", "bound", "bounded"]))
  }

  func estimatedSeconds(at scale: Scale) -> Double { scale == .quick ? 3 : 40 }

  func measure(
    _ point: Point, trial: Int, using stream: inout Randomness.Stream
  ) throws -> TrialOutcome {
    var rng = Xoshiro256(from: &stream)
    let (N, gamma) = (point.count("N"), 0.9)
    let mdp =
      point.label("family") == "hard"
      ? try OfflineMDP.partial(concentrability: 4, discount: gamma, multiple: 4, draws: N)
      : try OfflineMDP.random(discount: gamma, using: &rng)
    let method = point.label("method")
    let solution: PessimisticSolution
    var bound = 1 / (1 - gamma)
    if method == "folds c of 1" {
      let learner = VILCB(failureProbability: OfflineMethod.delta)
      let folds = mdp.sampler.drawFolds(
        N, folds: VILCB.iterations(count: N, discount: gamma) + 1, using: &rng)
      solution = try learner.learn(from: folds, discount: gamma)
      let proved = try learner.suboptimalityBound(
        folds: folds, policy: mdp.optimalPolicy, in: mdp.problem, start: mdp.start)
      guard let proved else { throw ExperimentError.badDesign("no proof covers \(point.key)") }
      bound = proved.value
    } else {
      solution = try OfflineMethod(method).learn(mdp, draws: N, using: &rng)
    }
    let values = try mdp.values(of: solution.choices)
    let loss = mdp.suboptimality(of: values)
    let isValid = zip(solution.lowerValues, values).allSatisfy { $0 <= $1 + 1e-9 }
    return TrialOutcome([
      "valid": isValid ? 1 : 0, "suboptimality": loss, "bound": bound,
      "bounded": loss <= bound + 1e-9 ? 1 : 0,
    ])
  }

  private func count(_ results: Results, _ scalar: String, _ point: Point) throws -> (Int, Int) {
    let values = try results.values(scalar, at: point)
    return (values.count { $0 == 1 }, values.count)
  }

  func judge(_ results: Results) throws -> Judgement {
    var checks: [Check] = []
    for family in Self.families {
      for (scalar, name) in [("valid", "valid values"), ("bounded", "loss below the bound")] {
        for N in Self.draws {
          let (held, trials) = try count(results, scalar, point(family, "folds c of 1", N))
          checks.append(
            try .coverage(
              "\(family), N = \(text(N, digits: 1)): \(name)", held: held, of: trials,
              atLeast: 1 - OfflineMethod.delta))
        }
      }
    }
    for N in Self.draws {
      let (held, trials) = try count(results, "valid", point("hard", "plug-in", N))
      checks.append(
        .atMost(
          "plug-in, hard, N = \(text(N, digits: 1))",
          try Proportion.clopperPearson(successes: held, trials: trials),
          1 - OfflineMethod.delta, isControl: true))
    }
    let (held, trials) = try count(results, "valid", point("hard", "all data c of 0.1", 1e6))
    var (all, valid) = (0, 0)
    for family in Self.families {
      for N in Self.draws {
        let (here, of) = try count(results, "valid", point(family, "folds c of 1", N))
        (valid, all) = (valid + here, all + of)
      }
    }
    return Judgement(
      checks,
      finding:
        "With folds and c = 1 the values were valid in \(valid) of \(all) runs; on all data with c = 0.1 "
        + "in \(held) of \(trials) runs of the hard instance at N = 10⁶.")
  }

  func exhibits(_ results: Results) throws -> [Exhibit] {
    let trials = results.trialCount(at: results.points[0])
    let names = Self.methods.map { $0.replacing(" c of ", with: ", c = ") }
    let coverage = try Figure(
      id: "coverage", title: "How often pessimistic values are lower bounds",
      subtitle: "N = 10⁶, \(trials) runs, Clopper–Pearson intervals of 95 %",
      x: .linear("share of runs with V̲ ≤ V^π in every state →", domain: 0...1),
      y: .category("", names), facets: .columns(2)
    ) {
      for family in Self.families {
        try Panel("\(family) instances") {
          let intervals = try Self.methods.map { method in
            let (held, of) = try count(results, "valid", point(family, method, 1e6))
            return try Proportion.clopperPearson(successes: held, trials: of)
          }
          Interval(
            x: intervals.map(\.estimate), y: names, low: intervals.map(\.lower),
            high: intervals.map(\.upper))
          Reference(x: 1 - OfflineMethod.delta, "1 − δ")
        }
      }
    }
    let bound = try Figure(
      id: "mdp-bound", title: "The proved bound and the loss of pessimistic value iteration",
      subtitle: "folds, c = 1, γ = 0.9; mean of \(trials) runs; the greatest possible loss is 10",
      x: .log("data N →"), y: .log("↑ suboptimality"), facets: .columns(2)
    ) {
      for family in Self.families {
        try Panel("\(family) instances") {
          let points = Self.draws.map { point(family, "folds c of 1", $0) }
          Line(
            x: Self.draws,
            y: try points.map { Summary.mean(try results.values("suboptimality", at: $0)) },
            series: "loss")
          Theory(
            x: Self.draws, y: try points.map { Summary.mean(try results.values("bound", at: $0)) },
            label: "bound", kind: .upperBound)
        }
      }
    }
    return [
      Exhibit(
        coverage,
        caption: "The theorem covers folds with c = 1 alone. The plug-in values are those of the "
          + "empirical model."),
      Exhibit(
        bound, caption: "Mean loss, and mean of the bound computed from each run's counts."),
    ]
  }
}
