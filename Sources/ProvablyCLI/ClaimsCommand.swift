// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation
import Provably

/// `provably claims`: the claims that can be reproduced.
struct ClaimsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "claims",
    abstract: "List the claims that can be reproduced.",
    discussion: """
      EXAMPLES:
        provably claims
        provably claims --json
        provably claims tale-of-pessimism --verbose
      """)

  @Argument(
    help: "Studies or claims; none means all.", completion: .list(StudySelection.names))
  var names: [String] = []

  @Flag(help: "As JSON.")
  var json = false

  @Flag(help: "Only the names of the studies, one a line.")
  var studies = false

  @Flag(help: "With statement, setup, criterion and limits.")
  var verbose = false

  /// A claim as JSON shows it.
  struct Entry: Encodable {
    let id: String
    let study: String
    let title: String
    let kind: String
    let statement: String
    let setup: String
    let criterion: String
    let limits: String
    let sources: [String]
    let cells: [String: Int]
    let estimatedSeconds: [String: Double]

    init(_ claim: any Claim, of study: Study) {
      id = claim.id
      self.study = study.id
      title = claim.title
      kind = claim.kind.rawValue
      statement = claim.statement
      setup = claim.setup
      criterion = claim.criterion
      limits = claim.limits
      sources = claim.sources.map(\.key)
      cells = Dictionary(
        uniqueKeysWithValues: Scale.allCases.map { ($0.rawValue, claim.design(at: $0).cellCount) })
      estimatedSeconds = Dictionary(
        uniqueKeysWithValues: Scale.allCases.map {
          ($0.rawValue, claim.estimatedSeconds(at: $0))
        })
    }
  }

  func run() throws {
    let studies = try StudySelection.studies(named: names)
    if self.studies {
      for study in studies { print(study.id) }
      return
    }
    if json {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      let entries = studies.flatMap { study in study.claims.map { Entry($0, of: study) } }
      print(String(decoding: try encoder.encode(entries), as: UTF8.self))
      return
    }
    for study in studies {
      print("\(study.id): \(study.source?.description ?? "")")
      for claim in study.claims {
        print("  \(claim.id)  (\(claim.kind.rawValue))")
        print("      \(claim.title)")
        guard verbose else { continue }
        for (name, text) in [
          ("says", claim.statement), ("setup", claim.setup), ("criterion", claim.criterion),
          ("limits", claim.limits),
        ] { print("      \(name): \(text)") }
      }
    }
    if !verbose {
      print("\nprovably reproduce NAME runs one; --verbose shows what would count against it.")
    }
  }
}
