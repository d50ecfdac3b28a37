// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Provably

/// `provably list`: what there is.
struct List: ParsableCommand {
  /// What can be listed.
  enum Subject: String, CaseIterable, ExpressibleByArgument {
    case models
    case methods
    case guarantees
  }

  static let configuration = CommandConfiguration(
    abstract: "List environments, methods or guarantees.",
    discussion: """
      EXAMPLES:
        provably list models
        provably list methods
        provably list guarantees
      """)

  @Argument(help: "models, methods or guarantees")
  var subject: Subject

  @Flag(help: "With guarantees: the register as Proofs/claims.tsv holds it.")
  var tsv = false

  func run() {
    switch subject {
    case .models:
      for entry in EnvironmentCatalogue.entries {
        print(entry.name.padding(to: 18) + entry.summary)
        for parameter in entry.parameters {
          print(
            "  " + "\(parameter.name)=\(parameter.defaultText)".padding(to: 20)
              + parameter.meaning)
        }
      }
    case .methods:
      for method in Method.allCases { print(method.rawValue.padding(to: 12) + method.summary) }
      print("--horizon".padding(to: 12) + BackwardInduction.summary)
      print("--criterion average: " + MultichainPolicyIteration.summary)
      print("--criterion total: " + StochasticShortestPath.summary)
    case .guarantees:
      if tsv { return print(Guarantee.register, terminator: "") }
      print("What the printed bounds rest on. proved: checked by Coq in Proofs/, no axioms;")
      print("derived: a written proof in the repository; rate only: no constant is printed.\n")
      for guarantee in Guarantee.allCases {
        print(
          guarantee.rawValue.padding(to: 22) + guarantee.status.rawValue.padding(to: 10)
            + guarantee.whereabouts)
        print("  " + guarantee.entry.printedForm)
      }
    }
  }
}

extension String {
  /// The text with spaces after it, at least one, up to a width.
  func padding(to width: Int) -> String {
    self + String(repeating: " ", count: max(1, width - count))
  }
}
