// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation
import Provably

/// The options that decide which results a command makes or reads.
struct ResultOptions: ParsableArguments {
  @Flag(help: "How much to run.")
  var scale = ScaleFlag.quick

  /// `--quick` or `--full`.
  enum ScaleFlag: String, EnumerableFlag {
    case quick
    case full

    var scale: Scale { self == .quick ? .quick : .full }

    static func help(for value: ScaleFlag) -> ArgumentHelp? {
      value == .quick ? "Seconds: see the effect." : "Minutes: the run whose verdict counts."
    }
  }

  @Option(help: "The seed of all randomness.")
  var seed: UInt64 = 1

  @Option(
    help: ArgumentHelp(
      "The store of results, a SQLite file; made if there is none.", valueName: "file"))
  var store = "provably-results.db"
}

/// The studies and claims that names stand for.
enum StudySelection {
  /// Every name that stands for something.
  static var names: [String] { Catalogue.studies.flatMap { [$0.id] + $0.claims.map(\.id) } }

  /// Studies with the claims selected, in the order of the catalogue; no name stands for all.
  static func studies(named names: [String]) throws -> [Study] {
    if names.isEmpty { return Catalogue.studies }
    for name in names
    where !Catalogue.studies.contains(where: { $0.id == name })
      && !Catalogue.claims.contains(where: { $0.id == name })
    {
      throw Failure(
        .badInput, "there is no claim or study \(name)", hint: "provably claims lists them")
    }
    return Catalogue.studies.compactMap { study in
      if names.contains(study.id) { return study }
      let claims = study.claims.filter { names.contains($0.id) }
      return claims.isEmpty ? nil : study.with(claims)
    }
  }

  /// Whole studies only, for commands that write pages.
  static func wholeStudies(named names: [String]) throws -> [Study] {
    let studies = try studies(named: names)
    for study in studies {
      let all = Catalogue.studies.first { $0.id == study.id }
      guard all?.claims.count == study.claims.count else {
        throw Failure(
          .badInput, "a page shows all claims of a study", hint: "name the study \(study.id)")
      }
    }
    return studies
  }
}

extension Study {
  /// The study with some of its claims.
  func with(_ claims: [any Claim]) -> Study {
    Study(
      id: id, title: title, source: source, summary: summary, claims: claims, commands: commands)
  }
}
