// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Provably

/// The planners that can be timed.
enum Method: String, CaseIterable, ExpressibleByArgument {
  case auto
  case vi
  case gs
  case pi
  case mpi
  case lp

  var planner: any DiscountedPlanner {
    switch self {
    case .auto: AutomaticPlanner()
    case .vi: ValueIteration()
    case .gs: GaussSeidel()
    case .pi: PolicyIteration()
    case .mpi: ModifiedPolicyIteration()
    case .lp: LinearProgramPlanner()
    }
  }
}

/// How often a solve read P.
struct PassEstimate {
  /// What the number is.
  enum Kind: String {
    case exact
    case atMost
    case atLeast
    case unknown
  }

  let passes: Double
  let kind: Kind

  /// The passes of a solve: the rows that its notes say were read, else a bound from its iterations.
  ///
  /// Sweeps may pass over rows that cannot win, so an iteration reads P once at most. What an
  /// evaluation in policy iteration reads is unknown; low-rank planning
  /// reads M besides the rows of Phi that it counts.
  init(_ method: String, iterations: Int, notes: [String], choices: Int) {
    let rows = notes.compactMap { note in
      note.firstMatch(of: #/^(\d+) rows (?:of Phi )?read in all/#).flatMap { Int($0.output.1) }
    }
    if method != PolicyIteration.name, let read = rows.first {
      passes = Double(read) / Double(choices)
      kind = method == LowRankPlanner.name ? .atLeast : .exact
      return
    }
    passes = Double(iterations)
    switch method {
    case ValueIteration.name, GaussSeidel.name, BackwardInduction.name: kind = .atMost
    default: kind = .unknown
    }
  }
}
