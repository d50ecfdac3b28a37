// SPDX-License-Identifier: Apache-2.0
import Experiments
import Foundation

/// What a run depended on besides claim, scale and seed; the only part of a report that may differ
/// between two machines.
public struct RunFacts: Codable, Sendable {
  /// The study.
  public let study: String
  /// The scale of the run.
  public let scale: String
  /// The seed of the run.
  public let seed: UInt64
  /// The version of the program.
  public let version: String
  /// The commit that was checked out, if the program ran inside its repository.
  public let commit: String?
  /// The operating system.
  public let system: String
  /// The name of the linear algebra library, as far as it says.
  public let linearAlgebra: String
  /// Wall time of the runs, in seconds, by claim.
  public let seconds: [String: Double]

  /// Collects the facts about the results of a study.
  public init(
    _ report: StudyReport, version: String, commit: String?, linearAlgebra: String
  ) {
    study = report.study.id
    scale = report.scale.rawValue
    seed = report.seed
    self.version = version
    self.commit = commit
    system = ProcessInfo.processInfo.operatingSystemVersionString
    self.linearAlgebra = linearAlgebra
    var seconds: [String: Double] = [:]
    for claim in report.claims { seconds[claim.claim.id] = claim.seconds }
    self.seconds = seconds
  }

  /// The facts as JSON with sorted keys.
  func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
  }
}
