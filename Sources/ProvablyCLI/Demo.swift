// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Demos
import Foundation
import Provably

/// `provably demo`: short programs that show one idea each.
struct Demo: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run a demonstration, or list them.",
    discussion: """
      EXAMPLES:
        provably demo
        provably demo exact
        provably demo lake --seed 2
      """)

  @Argument(
    help: "The demonstration; without one, they are listed.",
    completion: .list([ExactDemo.name] + DemoCatalogue.names))
  var name: String?

  @Option(help: "The seed of whatever is random in it (exact: nothing is).")
  var seed: UInt64 = 1

  func run() throws {
    guard let name else {
      print(ExactDemo.name.padding(to: 14) + ExactDemo.summary)
      for demo in DemoCatalogue.all { print(demo.name.padding(to: 14) + demo.summary) }
      return
    }
    if name == ExactDemo.name { return try ExactDemo().run() }
    guard let demo = DemoCatalogue.demo(named: name) else {
      let names = ([ExactDemo.name] + DemoCatalogue.names).joined(separator: ", ")
      throw ValidationError("there is no demo \(name); there are \(names)")
    }
    var screen = Screen.standardOutput(environment: ProcessInfo.processInfo.environment)
    try demo.run(seed: seed, on: &screen)
    print(screen.text, terminator: "")
  }
}

/// Solves the four toy-text environments of Gymnasium and a maze of 100,000 cells, and prints what is
/// certain about each.
struct ExactDemo {
  static let name = "exact"
  static let summary = "five models solved exactly, each with a checked certificate"

  static let models: [(environment: String, discount: Double, epsilon: Double)] = [
    ("frozenlake:map=4x4", 0.99, 1e-9), ("frozenlake:map=8x8", 0.99, 1e-9), ("taxi", 0.99, 1e-9),
    ("cliffwalking", 0.99, 1e-9), ("maze:cells=190000,slip=0.1,seed=1", 0.9999, 1e-6),
  ]

  func run() throws {
    print("Exact solutions. In every state V* lies within the certified gap, and the policy")
    print("loses at most the loss; both hold in spite of rounding, and a checker that")
    print("shares no code with the solvers has verified each certificate.\n")
    print("model         states  A discount method iter  seconds value at start    gap  loss")
    for (environment, discount, epsilon) in Self.models {
      var options = try Solve.parse([
        environment, "--discount", "\(discount)", "--epsilon", "\(epsilon)",
      ])
      options.quiet = isatty(STDERR_FILENO) == 0
      let report = try SolveRun(options, options.source.load()).run().report
      guard report.verified, report.status == .converged else {
        throw Failure(.notConverged, "\(environment): \(report.refusal ?? report.status.words)")
      }
      print(row(environment, report))
    }
    print("\nNext:")
    print("  .build/release/provably solve taxi --discount 0.99 --certificate taxi.json --verbose")
    print("  .build/release/provably check taxi.json taxi")
  }

  private func row(_ environment: String, _ report: SolveReport) -> String {
    var name = environment.split(separator: ":").first.map(String.init) ?? environment
    if environment.contains("map=") { name = "lake " + environment.suffix(3) }
    func right(_ text: String, _ width: Int) -> String {
      String(repeating: " ", count: max(0, width - text.count)) + text
    }
    return name.padding(to: 13) + right("\(report.states)", 7) + right("\(report.actions)", 3)
      + right(report.discount.map { "\($0)" } ?? "", 9) + " " + report.method.padding(to: 6)
      + right("\(report.iterations)", 5) + right(String(format: "%.4f", report.solveSeconds), 9)
      + right(String(format: "%.8f", report.value), 15)
      + right(String(format: "%.0e", report.gap), 7)
      + right(String(format: "%.0e", report.lossBound), 6)
  }
}
