// SPDX-License-Identifier: Apache-2.0
import Experiments
import Figures
import LinearLearning
import Literature
import Randomness
import Statistics

/// How often the derived penalty bounds the error, and the reported value is below the true one.
struct PenaltyCoverage: Claim {
  let id = "pevi/coverage"
  let revision = 1
  let title = "The derived penalty bounds the error with probability 1 − δ, small fractions do not"
  let kind = ClaimKind.inequality
  let sources: [Citation] = [.jin2021, .hoeffding1963]
  let statement = """
    With data split by stages and β_h = (H − 1 − h) √(ln(2HK/δ)/2) + √λ ω (H − h) the penalty β_h ‖φ‖_{Λ⁻¹} \
    bounds the error of all estimated backups at once with probability at least 1 − δ, and on that \
    event V̂_h ≤ V_h^π̂ in every state. Proof: documentation of `SplitHoeffding`; for \
    counts machine-checked in `Proofs/PEVI.v`. The paper's own constant is not specified.
    """
  let setup = """
    The random linear and the random tabular problem of the first claim, N = 400 episodes split over \
    H = 4 stages, δ = 0.1, λ = 1/64. The multipliers are multiplied by 1, 1/2, 1/4, 1/8, 1/16 and 1/32. The \
    error of every backup and V^π̂ are computed exactly from the model.
    """
  let criterion = """
    At factor 1: share of runs in which Γ bounds the error everywhere, and share in which \
    V̂ ≤ V^π̂ everywhere, two-sided 95 % intervals of Clopper and Pearson: against the claim if one lies \
    below 0.9. Every run with a valid Γ must be pessimistic (0 exceptions). Control: at factor 1/32 the \
    first share must lie below 0.9, so that the event is not trivial.
    """
  let limits = """
    A coverage of 1 in all runs says that the bound is loose, not that it is tight: the union over all \
    pairs and Hoeffding's range instead of the variance both cost. On the tabular problem the term √λ (H − h) \
    is not loose: a choice never seen has an error of up to H − h and a penalty of just that, so half the \
    multiplier fails wherever such a choice is worth more than half. One N, two families.
    """

  static let factors = [1.0, 0.5, 0.25, 0.125, 0.0625, 0.03125]
  static let problems = [OfflineInstance.linear, .tabular]

  func design(at scale: Scale) -> Design {
    Design(
      [
        ("problem", Self.problems.map { .label($0.rawValue) }), ("factor", Self.factors.axis),
      ], measuring: Schema(scalars: ["holds", "pessimistic", "exception", "suboptimality"])
    ) { _ in .fixed(scale == .quick ? 200 : 4_000) }
  }

  func estimatedSeconds(at scale: Scale) -> Double { scale == .quick ? 1 : 20 }

  func measure(_ point: Point, trial: Int, using stream: inout Stream) throws -> TrialOutcome {
    guard let instance = OfflineInstance(rawValue: point.label("problem")) else {
      throw ExperimentError.badDesign("no problem of the point \(point.key)")
    }
    var rng = Xoshiro256(from: &stream)
    let model = try instance.problem(using: &rng)
    let data = instance.data(of: model, episodes: 400, using: &rng)
    let run = OfflineInstance.pessimism(model, factor: point["factor"])
      .solve(data, features: model.features)
    let audit = PessimismAudit(run, on: model)
    return TrialOutcome([
      "holds": audit.quantifierHolds ? 1 : 0, "pessimistic": audit.isPessimistic ? 1 : 0,
      "exception": audit.quantifierHolds && !audit.isPessimistic ? 1 : 0,
      "suboptimality": audit.suboptimality,
    ])
  }

  private func held(_ results: Results, _ name: String, _ point: Point) throws -> (Int, Int) {
    let values = try results.values(name, at: point)
    return (values.count { $0 == 1 }, values.count)
  }

  func judge(_ results: Results) throws -> Judgement {
    var checks: [Check] = []
    var shares: [String] = []
    var exceptions = 0
    for problem in Self.problems {
      let points = results.points(where: ["problem": .label(problem.rawValue)])
      for point in points { exceptions += try held(results, "exception", point).0 }
      for (name, what) in [("holds", "Γ bounds the error"), ("pessimistic", "V̂ ≤ V^π̂")] {
        let (count, trials) = try held(results, name, points[0])
        checks.append(
          try .coverage(
            "\(problem.rawValue): \(what)", held: count, of: trials,
            atLeast: 1 - OfflineInstance.delta))
        if name == "holds" { shares.append("\(count) of \(trials) (\(problem.rawValue))") }
      }
      let (count, trials) = try held(results, "holds", points[points.count - 1])
      let interval = try Proportion.clopperPearson(successes: count, trials: trials)
      checks.append(
        .atMost(
          "\(problem.rawValue): Γ bounds the error at factor 1/32", interval,
          1 - OfflineInstance.delta
        ).asControl())
    }
    checks.append(
      .identity(
        "runs with a valid Γ that are not pessimistic", Double(exceptions), 0, tolerance: 0))
    return Judgement(
      checks,
      finding:
        "The derived penalty bounds every error in \(shares.joined(separator: " and ")) runs; "
        + "\(exceptions) runs with a valid penalty reported too high a value.")
  }

  func exhibits(_ results: Results) throws -> [Exhibit] {
    let figure = try Figure(
      id: "coverage",
      title: "Validity ends where the multiplier is a small part of the derived one",
      subtitle: "N = 400 episodes, H = 4; 95 % intervals of Clopper and Pearson",
      x: .log("factor on the derived multiplier →"), y: .linear("↑ share of runs"),
      facets: .columns(2)
    ) {
      for problem in Self.problems {
        try Panel(problem.rawValue) {
          for (name, series) in [("holds", "Γ bounds all errors"), ("pessimistic", "V̂ ≤ V^π̂")] {
            let points = Array(
              results.points(where: ["problem": .label(problem.rawValue)]).reversed())
            let intervals = try points.map { point in
              let (count, trials) = try held(results, name, point)
              return try Proportion.clopperPearson(successes: count, trials: trials)
            }
            let x = points.map { $0["factor"] }
            Line(x: x, y: intervals.map(\.estimate), series: series, markers: .none)
            Interval(
              x: x, y: intervals.map(\.estimate), low: intervals.map(\.lower),
              high: intervals.map(\.upper), series: series)
          }
          Reference(y: 1 - OfflineInstance.delta, "1 − δ")
        }
      }
    }
    return [
      Exhibit(
        figure,
        caption:
          "Share of runs in which the penalty bounds the error of every backup, and in which "
          + "the reported value is nowhere above that of the policy.")
    ]
  }
}
