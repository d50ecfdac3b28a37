// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation
import Provably

/// `provably solve`: exact values, a policy and a certificate.
struct Solve: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Solve a model exactly, with a certificate.",
    discussion: """
      EXAMPLES:
        provably solve riverswim:states=6 --discount 0.95
        provably solve model.npz --epsilon 1e-9 --values v.npy --certificate c.json

      Without --discount and --horizon the model's own are used. The certified gap
      is the greatest distance between the upper bound on V* and the lower bound on
      the policy's value; both hold in spite of floating-point rounding. The program
      checks the certificate before it prints.
      """)

  @OptionGroup var source: ModelArgument

  @Option(help: "The discount, in [0, 1).")
  var discount: Double?

  @Option(help: "The number of stages of a finite horizon, at least 1.")
  var horizon: Int?

  @Option(help: "One of auto, vi, gs, pi, mpi, lp, low-rank; see `provably list methods`.")
  var method: Method = .auto

  @Option(help: "The certified gap to reach, in reward units.")
  var epsilon: Double = 1e-6

  @Option(help: "The rank of --method low-rank; found from the singular values if absent.")
  var rank: Int?

  @Option(name: .customLong("max-iterations"), help: "Give up after this many iterations.")
  var maximumIterations: Int = 10_000_000

  @Flag(help: "Also solve in exact rationals; --values then writes fractions.")
  var exact = false

  @Flag(help: "Print one JSON document.")
  var json = false

  @Flag(help: "Say what was chosen and why.")
  var verbose = false

  @Flag(help: "No progress and no warnings.")
  var quiet = false

  @Option(help: "Write the values to a .npy, .csv or .json file.")
  var values: String?

  @Option(help: "Write the policy to a .csv or .json file.")
  var policy: String?

  @Option(help: "Write the certificate to a JSON file, for `provably check`.")
  var certificate: String?

  @Flag(help: "Replace files that exist.")
  var force = false

  func validate() throws {
    guard epsilon > 0, epsilon.isFinite else {
      throw ValidationError("--epsilon is \(epsilon), expected a positive number")
    }
    guard maximumIterations >= 1 else {
      throw ValidationError("--max-iterations is \(maximumIterations), expected at least 1")
    }
    if let rank, rank < 1 { throw ValidationError("--rank is \(rank), expected at least 1") }
    if discount != nil && horizon != nil {
      throw ValidationError("give --discount or --horizon, not both")
    }
    if let values { _ = try VectorFormat(path: values, allowed: [.npy, .csv, .json], "--values") }
    if let policy { _ = try VectorFormat(path: policy, allowed: [.csv, .json], "--policy") }
  }

  func run() throws {
    for path in [values, policy, certificate].compactMap({ $0 }) {
      try OutputFile(path: path, force: force).check()
    }
    let model = try source.load()
    if !quiet { for warning in model.warnings { printError("warning: \(warning)") } }
    let result = try SolveRun(self, model).run()
    try write(result, of: model)
    if json {
      print(try result.report.json())
    } else {
      print(result.report.text(verbose: verbose))
    }
    switch result.report.status {
    case .converged: break
    case .interrupted: throw ExitCode(Failure.Code.interrupted.rawValue)
    case .iterationLimit, .precisionLimit, .truncationLimit:
      throw ExitCode(Failure.Code.notConverged.rawValue)
    }
    if !result.report.verified { throw ExitCode(Failure.Code.notConverged.rawValue) }
  }

  private func write(_ result: SolveRun.Result, of model: LoadedModel) throws {
    if let values {
      let format = try VectorFormat(path: values, allowed: [.npy, .csv, .json], "--values")
      let data =
        if let fractions = result.report.exact?.values, format != .npy {
          try format.encode([fractions], column: "value", stateNames: result.stateNames)
        } else {
          try format.encode(result.values, column: "value", stateNames: result.stateNames)
        }
      try OutputFile(path: values, force: force).write(data)
    }
    if let policy {
      let format = try VectorFormat(path: policy, allowed: [.csv, .json], "--policy")
      try OutputFile(path: policy, force: force).write(
        format.encode(result.actions, column: "action", stateNames: result.stateNames))
    }
    if let certificate {
      try OutputFile(path: certificate, force: force).write(result.certificate.json())
    }
  }
}

/// The methods of `provably solve`.
enum Method: String, CaseIterable, ExpressibleByArgument {
  case auto
  case vi
  case gs
  case pi
  case mpi
  case lp
  case lowRank = "low-rank"

  /// The planner of a table, with a rank for `low-rank`.
  func planner(rank: Int?) -> any DiscountedPlanner {
    switch self {
    case .auto: AutomaticPlanner()
    case .vi: ValueIteration()
    case .gs: GaussSeidel()
    case .pi: PolicyIteration()
    case .mpi: ModifiedPolicyIteration()
    case .lp: LinearProgramPlanner()
    case .lowRank: LowRankPlanner(rank: rank)
    }
  }

  /// One line for `provably list methods`.
  var summary: String { type(of: planner(rank: nil)).summary }
}
