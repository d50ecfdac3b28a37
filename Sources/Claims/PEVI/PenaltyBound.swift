// SPDX-License-Identifier: Apache-2.0
import Experiments
import Figures
import LinearLearning
import Literature
import Randomness
import Statistics

/// The suboptimality is at most twice the penalty along the optimal policy.
struct PenaltyBound: Claim {
  let id = "pevi/penalty-bound"
  let revision = 1
  let title = "PEVI loses at most twice the penalty along the optimal policy"
  let kind = ClaimKind.inequality
  let sources: [Citation] = [.jin2021]
  let statement = """
    If Γ bounds the error of the estimated backup at every stage and choice, then \
    V*(start) − V^π̂(start) ≤ 2 Σ_h E_{π*}[Γ_h]: only the penalty met along the optimal policy counts, not \
    the coverage elsewhere. The abstract says that the suboptimality is bounded for general MDPs by a \
    data-dependent quantity (checked in the abstract); the inequality in this form, with truncation at \
    0 and H − h, is proved in the documentation of `SplitHoeffding`.
    """
  let setup = """
    Three problems with partial coverage, a new one for every trial where it is random. Linear: random \
    simplex features, d = 4, 8 states, 3 actions, H = 4; a quarter of the episodes follows an optimal \
    policy, the rest always takes action 0. Tabular: a random sparse model of the same sizes, one \
    feature a choice. Sparse arms: one choice among 20 arms, the best one in half of the episodes, most \
    others seen about twice. N episodes from 200 to 200,000, split by stages. Multipliers: the derived \
    ones (δ = 0.1, λ = 1/64) times 1 and 1/8; expectations over π* and suboptimality are exact.
    """
  let criterion = """
    In every run in which Γ does bound the error (computed exactly, since the model is known) the ratio \
    of suboptimality to 2 Σ E_{π*}[Γ] is at most 1 + 10⁻⁹: one run above is `inconsistent`. At least half \
    of the runs must qualify. Control: the same algorithm without a penalty must break the inequality \
    with the same Γ on the sparse arms at N = 200,000: its greatest ratio is at least 1.
    """
  let limits = """
    The inequality is a theorem; a run can find an error in the program or in the proof, not more. The \
    ratio says how loose the bound is on three families and nothing about others.
    """

  static let episodes = [200.0, 2_000, 20_000, 200_000]
  static let factors = [1.0, 0.125]

  func design(at scale: Scale) -> Design {
    Design(
      [
        ("problem", OfflineInstance.allCases.map { .label($0.rawValue) }),
        ("factor", Self.factors.axis), ("N", Self.episodes.axis),
      ],
      measuring: Schema(scalars: ["bound", "greedy bound", "holds", "penalty", "suboptimality"])
    ) { _ in .fixed(scale == .quick ? 60 : 1_500) }
  }

  func estimatedSeconds(at scale: Scale) -> Double { scale == .quick ? 1 : 20 }

  func measure(_ point: Point, trial: Int, using stream: inout Stream) throws -> TrialOutcome {
    guard let instance = OfflineInstance(rawValue: point.label("problem")) else {
      throw ExperimentError.badDesign("no problem of the point \(point.key)")
    }
    var rng = Xoshiro256(from: &stream)
    let model = try instance.problem(using: &rng)
    let data = instance.data(of: model, episodes: point.count("N"), using: &rng)
    let run = OfflineInstance.pessimism(model, factor: point["factor"])
      .solve(data, features: model.features)
    let audit = PessimismAudit(run, on: model)
    let greedy = GreedyLSVI(regularization: OfflineInstance.regularization)
      .solve(data, features: model.features)
    let loss = model.optimalValue - model.value(of: greedy.policy)
    return TrialOutcome([
      "bound": audit.suboptimality / (2 * audit.optimalPenalty),
      "greedy bound": loss / (2 * audit.optimalPenalty),
      "holds": audit.quantifierHolds ? 1 : 0,
      "penalty": 2 * audit.optimalPenalty,
      "suboptimality": audit.suboptimality,
    ])
  }

  /// Ratios of the runs in which the penalty bounds the error, and the number of all runs.
  private func ratios(_ results: Results, at points: [Point]) throws -> ([Double], Int) {
    var ratios: [Double] = []
    var count = 0
    for point in points {
      let (ratio, holds) = (
        try results.values("bound", at: point), try results.values("holds", at: point)
      )
      count += ratio.count
      ratios += zip(ratio, holds).filter { $1 == 1 }.map(\.0)
    }
    return (ratios, count)
  }

  func judge(_ results: Results) throws -> Judgement {
    var checks: [Check] = []
    var worst = 0.0
    var qualified = (0, 0)
    for problem in OfflineInstance.allCases {
      let points = results.points(where: ["problem": .label(problem.rawValue)])
      let (ratios, count) = try ratios(results, at: points)
      let greatest = ratios.max() ?? 0
      worst = max(worst, greatest)
      qualified = (qualified.0 + ratios.count, qualified.1 + count)
      checks.append(
        .atMost(
          "\(problem.rawValue): greatest suboptimality over 2 Σ E Γ in \(ratios.count) runs",
          .exact(greatest), 1 + 1e-9))
    }
    checks.append(
      .atLeast(
        "share of runs in which Γ bounds the error",
        .exact(Double(qualified.0) / Double(qualified.1)), 0.5))
    let last = results.points(
      where: ["problem": .label(OfflineInstance.sparse.rawValue), "factor": 1])
    let greedy = try results.values("greedy bound", at: last[last.count - 1]).max() ?? 0
    checks.append(
      .atLeast("without penalty, sparse arms: greatest ratio", .exact(greedy), 1).asControl())
    return Judgement(
      checks,
      finding:
        "The greatest ratio in \(qualified.0) runs where Γ bounds the error is \(text(worst)); "
        + "without a penalty it reaches \(text(greedy)) on the sparse arms.")
  }

  /// Penalty and loss of at most 40 runs a point, those that lose something.
  private func cloud(
    _ results: Results, _ problem: OfflineInstance
  ) throws -> (x: [Double], y: [Double]) {
    var (x, y): ([Double], [Double]) = ([], [])
    for point in results.points(where: ["problem": .label(problem.rawValue), "factor": 1]) {
      let penalty = try results.values("penalty", at: point)
      let loss = try results.values("suboptimality", at: point)
      for i in 0..<min(40, loss.count) where loss[i] > 1e-6 {
        x.append(penalty[i])
        y.append(loss[i])
      }
    }
    return (x, y)
  }

  func exhibits(_ results: Results) throws -> [Exhibit] {
    let figure = try Figure(
      id: "penalty-bound", title: "Suboptimality stays below twice the penalty along π*",
      subtitle:
        "derived multipliers, N from 200 to 200,000 episodes; 40 runs a point, loss > 0 only",
      x: .log("2 Σ E_{π*} Γ →"), y: .log("↑ V* − V^π̂"), facets: .columns(2)
    ) {
      for problem in [OfflineInstance.linear, .tabular] {
        try Panel(problem.rawValue) {
          let (x, y) = try cloud(results, problem)
          if !x.isEmpty { Points(x: x, y: y, series: "PEVI, one run") }
          let ends = [min(0.1, x.min() ?? 0.1), max(10, x.max() ?? 10)]
          Theory(x: ends, y: ends, label: "bound", kind: .upperBound)
        }
      }
    }
    let rows = try results.points.map { point in
      let (ratios, count) = try ratios(results, at: [point])
      let sorted = ratios.sorted()
      let greedy = try results.values("greedy bound", at: point).max() ?? 0
      return [
        point.label("problem"), text(point["factor"]), text(point["N"]),
        "\(ratios.count) of \(count)",
        sorted.isEmpty ? "–" : text(sorted[sorted.count / 2]),
        sorted.isEmpty ? "–" : text(sorted[sorted.count - 1]), text(greedy),
      ]
    }
    return [
      Exhibit(
        figure,
        caption: "Exact suboptimality of single runs against twice the expected penalty along an "
          + "optimal policy. Runs that lose nothing have no place on a logarithmic axis: on the sparse "
          + "arms that is nearly all of them, so they are in the table only."),
      Exhibit(
        PageTable(
          [
            "problem", "factor", "N", "Γ bounds the error", "median ratio", "greatest ratio",
            "greatest without penalty",
          ], rows: rows),
        caption: "Ratio of suboptimality to 2 Σ E Γ; the last column is value iteration without "
          + "penalty, held against the same Γ."),
    ]
  }
}
