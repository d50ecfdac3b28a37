// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Provably

/// `provably list`: what there is.
struct List: ParsableCommand {
  /// What can be listed.
  enum Subject: String, CaseIterable, ExpressibleByArgument {
    case models
    case methods
  }

  static let configuration = CommandConfiguration(
    abstract: "List environments or methods.",
    discussion: """
      EXAMPLES:
        provably list models
        provably list methods
      """)

  @Argument(help: "models or methods")
  var subject: Subject

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
    }
  }
}

extension String {
  /// The text with spaces after it, at least one, up to a width.
  func padding(to width: Int) -> String {
    self + String(repeating: " ", count: max(1, width - count))
  }
}
