// SPDX-License-Identifier: Apache-2.0
import Literature
import Randomness

/// What kind of thing a paper says, and with that how it is judged.
public enum ClaimKind: String, CaseIterable, Sendable {
  /// Two exact quantities are equal.
  case identity
  /// A bound on every instance.
  case inequality
  /// A power law or a logarithmic law.
  case rate
  /// One method needs far more than another, or never succeeds.
  case separation
  /// A knee or a floor at a predicted place.
  case phaseTransition = "phase transition"
  /// A direction of an effect; no theorem.
  case phenomenon
  /// A way to measure or to report.
  case measurementProtocol = "protocol"
}

/// What a paper says about an algorithm on a family of models, in a form that a program can judge.
///
/// A claim is a value. It states before any run what is measured, where, how often, and what would
/// count against it; the engine runs its cells, in any order and on any machine, and the claim then
/// judges the stored numbers. One cell is one trial at one point, and its numbers are a function of
/// (claim, seed, point, trial) and of nothing else.
public protocol Claim: Sendable {
  /// The paper's name in the catalogue, a slash, and the name of the claim within the paper.
  var id: String { get }
  /// Raised by one whenever ``measure(_:trial:using:)`` would give other numbers.
  var revision: Int { get }
  /// The claim in half a line.
  var title: String { get }
  /// What kind of claim it is.
  var kind: ClaimKind { get }
  /// Where it is said.
  var sources: [Citation] { get }
  /// What the paper says, in words, and how we know that it says so.
  var statement: String { get }
  /// The family of models as a function of the swept variable, the learners and their parameters.
  var setup: String { get }
  /// What is expected, and what would count against it; written before the run.
  var criterion: String { get }
  /// What a reader must not conclude.
  var limits: String { get }

  /// The points, trials and quantities.
  func design(at scale: Scale) -> Design
  /// Roughly how many seconds one core needs.
  func estimatedSeconds(at scale: Scale) -> Double
  /// One trial at one point.
  ///
  /// - Throws: What keeps the trial from giving its numbers; the runner stops with
  ///   ``ExperimentError/trialFailed(_:)``, which names claim, point and trial.
  func measure(_ point: Point, trial: Int, using stream: inout Stream) throws -> TrialOutcome
  /// The verdict, by the criterion.
  ///
  /// - Throws: Errors of the store and of the statistics, such as too few trials for an interval.
  func judge(_ results: Results) throws -> Judgement
  /// What the page shows besides the verdict.
  ///
  /// - Throws: Errors of the store and of the statistics.
  func exhibits(_ results: Results) throws -> [Exhibit]
}

extension Claim {
  /// Everything that decides the numbers of a cell besides seed, point and trial.
  func fingerprint(schema: Schema) -> String {
    var digest = Digest()
    for part in [id, "\(revision)", schema.text] { digest.add(part) }
    return digest.description
  }

  /// The random stream of a trial.
  func stream(seed: UInt64, point: Point, trial: Int) -> Stream {
    Stream(experiment: "\(id)#\(seed)", cell: point.streamCell, trial: UInt32(trial))
  }
}

/// A paper of the catalogue and its claims; one report page.
public struct Study: Sendable {
  /// The paper's name in the catalogue.
  public let id: String
  /// The title of the page.
  public let title: String
  /// The paper; `nil` for a sweep of a user.
  public let source: Citation?
  /// What the paper is about, and which part of it is held against measurement here.
  public let summary: String
  /// The claims, in the order of the page.
  public let claims: [any Claim]
  /// How to make the page again, if not by the commands for the catalogue's studies.
  public let commands: [String]?

  /// Creates a study.
  ///
  /// - Precondition: the claims' ids begin with the study's.
  public init(
    id: String, title: String, source: Citation?, summary: String, claims: [any Claim],
    commands: [String]? = nil
  ) {
    for claim in claims {
      precondition(claim.id.hasPrefix(id + "/"), "\(claim.id) is not a claim of \(id)")
    }
    self.id = id
    self.title = title
    self.source = source
    self.summary = summary
    self.claims = claims
    self.commands = commands
  }
}
