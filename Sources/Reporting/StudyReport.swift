// SPDX-License-Identifier: Apache-2.0
import Experiments
import Figures

/// A claim, its verdict and what its page shows.
public struct ClaimReport: Sendable {
  /// The claim.
  public let claim: any Claim
  /// The verdict and the comparisons it rests on.
  public let judgement: Judgement
  /// Figures and tables.
  public let exhibits: [Exhibit]
  /// How many cells the results have.
  public let cells: Int
  /// The wall time of the runs that made the results, in seconds, if it was noted.
  let seconds: Double?

  /// Judges stored results.
  ///
  /// - Throws: What the claim throws when it judges or draws.
  public init(_ results: Results) throws {
    claim = results.claim
    judgement = try results.claim.judge(results)
    exhibits = try results.claim.exhibits(results)
    seconds = try results.wallTime()
    cells = results.points.reduce(0) { $0 + results.trialCount(at: $1) }
  }
}

/// A paper's claims with their verdicts: one page.
public struct StudyReport: Sendable {
  /// The paper.
  public let study: Study
  /// Its claims, in the order of the page.
  public let claims: [ClaimReport]
  /// The scale of the results.
  public let scale: Scale
  /// The seed of the results.
  public let seed: UInt64

  /// Judges the stored results of all claims of a study.
  ///
  /// - Throws: ``/Experiments/ExperimentError/missing(_:)`` if cells are missing.
  public init(_ study: Study, scale: Scale, seed: UInt64, in store: Store) throws {
    self.study = study
    self.scale = scale
    self.seed = seed
    claims = try study.claims.map {
      try ClaimReport(Results($0, scale: scale, seed: seed, in: store))
    }
  }

  /// The worst verdict, in the order inconsistent, inconclusive, not violated, consistent.
  public var verdict: Verdict {
    let verdicts = Set(claims.map(\.judgement.verdict))
    return [.inconsistent, .inconclusive, .notViolated].first(where: verdicts.contains)
      ?? .consistent
  }

  /// Verdicts and how often, such as `3 consistent, 1 not violated`.
  public var tally: String {
    Verdict.allCases.compactMap { verdict in
      let count = claims.filter { $0.judgement.verdict == verdict }.count
      return count == 0 ? nil : "\(count) \(verdict.rawValue)"
    }.joined(separator: ", ")
  }

  /// The page.
  var blocks: [Block] {
    var blocks: [Block] = [.heading(1, study.title, anchor: "top")]
    if let source = study.source {
      let address = source.address.map { " [\($0)](\($0))" } ?? ""
      blocks.append(.paragraph(source.description + address))
    }
    blocks += [
      .paragraph(study.summary),
      .table(
        PageTable(
          ["claim", "kind", "verdict", "finding"],
          rows: claims.map { report in
            [
              "[\(report.claim.title)](#\(anchor(of: report.claim.title)))",
              report.claim.kind.rawValue,
              "\(report.judgement.verdict.marked)",
              report.judgement.finding,
            ]
          }, textColumns: [0, 1, 2, 3])),
    ]
    for report in claims { blocks += self.blocks(of: report) }
    blocks += [
      .heading(2, "Reproduce", anchor: "reproduce"),
      .commands(
        study.commands ?? [
          "provably reproduce \(study.id) --\(scale.rawValue) --seed \(seed) --store results.db",
          "provably report \(study.id) --\(scale.rawValue) --seed \(seed) --store results.db --out Reports",
        ]),
      .paragraph(
        "The second command writes this page, its figures and its tables again, byte for byte. "
          + "What depends on the machine is in `run.json`."),
    ]
    return blocks
  }

  private func blocks(of report: ClaimReport) -> [Block] {
    let claim = report.claim
    var blocks: [Block] = [
      .heading(2, claim.title, anchor: anchor(of: claim.title)),
      .finding(report.judgement.verdict, report.judgement.finding),
    ]
    for exhibit in report.exhibits {
      switch exhibit.content {
      case .figure(let figure): blocks.append(.figure(figure, caption: exhibit.caption))
      case .table(let table): blocks += [.table(table), .paragraph(exhibit.caption)]
      }
    }
    blocks += [
      .table(
        PageTable(
          ["check", "predicted", "measured", "verdict"],
          rows: report.judgement.checks.map {
            [
              ($0.isControl ? "control: " : "") + $0.name, $0.predicted, $0.measured,
              "\($0.verdict.marked)",
            ]
          }, textColumns: [0, 1, 2, 3])),
      .paragraph("**What is said.** \(claim.statement)"),
      .paragraph("**Setup.** \(claim.setup) Cells: \(report.cells)."),
      .paragraph("**Criterion, stated before the run.** \(claim.criterion)"),
      .paragraph("**Limits.** \(claim.limits)"),
    ]
    if !claim.sources.isEmpty {
      let sources = claim.sources.map(\.description).joined(separator: " ")
      blocks.append(.paragraph("**Sources.** " + sources))
    }
    return blocks
  }
}
