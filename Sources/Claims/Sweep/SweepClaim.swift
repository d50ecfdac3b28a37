// SPDX-License-Identifier: Apache-2.0
import Experiments
import Figures
import Literature
import MarkovModels
import OnlineLearning
import Randomness

/// A claim made of a user's specification; see ``SweepSpecification``.
public struct SweepClaim: Claim {
  /// What is swept.
  public let specification: SweepSpecification
  private let learners: [any EpisodicLearner]
  /// The problems and learners by the labels of their points, so that a cell costs no search.
  private let problemsByLabel: [String: EpisodicProblem]
  private let learnersByLabel: [String: any EpisodicLearner]
  /// Where regret is read: powers of a common ratio, up to all episodes.
  private let checkpoints: [Double]

  /// Builds the environments and learners of a specification.
  ///
  /// - Throws: ``SweepError`` that names the environment or learner at fault.
  public init(_ specification: SweepSpecification) throws(SweepError) {
    self.specification = specification
    var problems: [String: EpisodicProblem] = [:]
    for text in specification.environments {
      do {
        guard case .tabular(let model, _) = try EnvironmentCatalogue.build(text).model else {
          throw SweepError("it is not tabular")
        }
        problems[text] = try EpisodicProblem(model, horizon: specification.horizon)
      } catch { throw SweepError("environments, \(text): \(error)") }
    }
    // Equal labels, if any, are refused when the design is run.
    problemsByLabel = Dictionary(
      problems.map { (Self.label($0.key), $0.value) }, uniquingKeysWith: { first, _ in first })
    var learners: [any EpisodicLearner] = []
    for learner in specification.learners {
      let (c, delta) = (learner.multiplier ?? 1, learner.failureProbability ?? 0.05)
      let name = c == 1 ? learner.algorithm : "\(learner.algorithm) c=\(Point.Value.number(c))"
      switch learner.algorithm {
      case "ucbvi": learners.append(UCBVI(failureProbability: delta, multiplier: c, name: name))
      case "ucbvi-bernstein":
        learners.append(UCBVIBernstein(failureProbability: delta, multiplier: c, name: name))
      case "greedy": learners.append(GreedyModel(name: "greedy"))
      default:
        throw SweepError(
          "learners: there is no algorithm \(learner.algorithm); there are ucbvi, ucbvi-bernstein, "
            + "greedy")
      }
    }
    guard Set(learners.map(\.name)).count == learners.count else {
      throw SweepError("learners: two of them have the name of each other; change a multiplier")
    }
    self.learners = learners
    learnersByLabel = Dictionary(
      learners.map { (Self.label($0.name), $0) }, uniquingKeysWith: { first, _ in first })
    let grid = geometricGrid(from: 1, through: Double(specification.episodes), count: 33)
    checkpoints = grid.count < 2 ? [Double(specification.episodes)] : grid
    for item in specification.expect ?? [] {
      guard problems[item.environment] != nil else {
        throw SweepError("expect: the sweep has no environment \(item.environment)")
      }
      guard learners.contains(where: { $0.name == item.learner }) else {
        throw SweepError(
          "expect: the sweep has no learner \(item.learner); it has "
            + learners.map(\.name).joined(separator: ", "))
      }
    }
  }

  /// The sweep's name, twice.
  public var id: String { "\(specification.name)/sweep" }
  /// The revision of the code.
  public var revision: Int { 1 }
  /// The sweep's name.
  public var title: String { "Sweep \(specification.name)" }
  /// No theorem.
  public var kind: ClaimKind { .phenomenon }
  /// None.
  public var sources: [Citation] { [] }
  /// That it is the user's.
  public var statement: String { "A sweep of a user's specification; no paper is quoted." }
  /// The grid.
  public var setup: String {
    "Environments \(specification.environments.joined(separator: "; ")). Horizon "
      + "\(specification.horizon), \(specification.episodes) episodes, \(specification.trials) trials a point. "
      + "Regret is exact: every policy played is evaluated against the model."
  }
  /// The expectations.
  public var criterion: String {
    let items = (specification.expect ?? []).map {
      "\($0.learner) on \($0.environment): slope \($0.slope) ± \($0.within) of log regret against log "
        + "episodes from \(Point.Value.number($0.from)) to \(Point.Value.number($0.to))"
    }
    return items.isEmpty ? "None was stated." : items.joined(separator: ". ") + "."
  }
  /// What a sweep is not.
  public var limits: String { "The instances are those named; nothing is said about others." }

  /// The same for both scales.
  public func design(at scale: Scale) -> Design {
    Design(
      [
        ("environment", specification.environments.map { .label(Self.label($0)) }),
        ("learner", learners.map { .label(Self.label($0.name)) }),
      ], measuring: Schema(scalars: [], curves: [.init("regret", at: checkpoints)])
    ) { _ in .fixed(specification.trials) }
  }

  /// The text without the signs that separate coordinates.
  private static func label(_ text: String) -> String {
    String(text.map { ",=".contains($0) ? " " : $0 })
  }

  private func point(_ environment: String, _ learner: String) -> Point {
    Point([
      ("environment", .label(Self.label(environment))), ("learner", .label(Self.label(learner))),
    ])
  }

  /// A guess: 20,000 steps of an episode a millisecond.
  public func estimatedSeconds(at scale: Scale) -> Double {
    Double(specification.episodes) * Double(specification.horizon * specification.trials)
      * Double(learners.count * specification.environments.count) / 2e7
  }

  /// One run of a learner.
  public func measure(
    _ point: Point, trial: Int, using stream: inout Randomness.Stream
  ) throws -> TrialOutcome {
    guard let problem = problemsByLabel[point.label("environment")],
      let learner = learnersByLabel[point.label("learner")]
    else { throw ExperimentError.badDesign("no such point: \(point.key)") }
    var rng = Xoshiro256(from: &stream)
    let rounds = checkpoints.map { Int($0) }
    return TrialOutcome(
      curves: ["regret": try learner.regret(on: problem, at: rounds, using: &rng)])
  }

  /// The expectations, one check each.
  public func judge(_ results: Results) throws -> Judgement {
    let checks = try (specification.expect ?? []).map { item in
      try Check.ifDefined(
        "\(item.learner) on \(item.environment): slope",
        predicted: "\(text(item.slope)) ± \(text(item.within))"
      ) { name in
        let fit = try results.slope(
          ofCurve: "regret", at: point(item.environment, item.learner), window: item.from...item.to)
        return .equals(name, fit.slope, item.slope, within: item.within)
      }
    }
    guard let first = checks.first else {
      let none = Check(
        "prediction", predicted: "none stated", measured: "see the figure", verdict: .inconclusive)
      return Judgement([none], finding: "No expectation was stated, so there is no verdict.")
    }
    return Judgement(checks, finding: "\(first.name) \(first.measured).")
  }

  /// Regret against episodes, a panel an environment, and the regret at the end as a table.
  public func exhibits(_ results: Results) throws -> [Exhibit] {
    var rows: [[String]] = []
    var panels: [Panel] = []
    for environment in specification.environments {
      var elements: [any Mark] = []
      for learner in learners {
        let place = point(environment, learner.name)
        let x = results.checkpoints(of: "regret")
        let mean = try results.meanCurve("regret", at: place)
        let shown = x.indices.filter { mean[$0] > 0 }
        if !shown.isEmpty {
          elements.append(
            Line(
              x: shown.map { x[$0] }, y: shown.map { mean[$0] }, series: learner.name,
              markers: .none))
        }
        let last = try results.curves("regret", at: place).compactMap(\.last)
        rows.append([
          environment, learner.name, text(last.reduce(0, +) / Double(last.count)),
          text(last.min() ?? 0), text(last.max() ?? 0),
        ])
      }
      if !elements.isEmpty { panels.append(Panel(environment) { elements }) }
    }
    let table = Exhibit(
      PageTable(
        ["environment", "learner", "mean regret", "least", "greatest"], rows: rows,
        textColumns: [0, 1]), caption: "Regret after \(specification.episodes) episodes.")
    guard !panels.isEmpty else { return [table] }
    let figure = Figure(
      id: "regret", title: "Regret against episodes",
      subtitle: "mean of \(specification.trials) trials, horizon \(specification.horizon)",
      x: .log("episodes →"), y: .log("↑ cumulative regret"),
      facets: .columns(min(2, panels.count), y: .free)
    ) { panels }
    return [
      Exhibit(figure, caption: "Mean exact regret; points of zero regret are left out."), table,
    ]
  }

  /// The sweep as a study of its own.
  ///
  /// - Parameter commands: How to run it again.
  /// - Returns: A study of one claim and no paper.
  public func study(commands: [String]) -> Study {
    Study(
      id: specification.name, title: title, source: nil,
      summary:
        "A sweep over \(specification.environments.count) environments and \(learners.count) learners.",
      claims: [self], commands: commands)
  }
}
