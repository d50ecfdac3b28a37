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

/// How often a solve read P, as far as its iteration count tells.
struct PassEstimate {
  /// What the number is.
  enum Kind: String {
    case exact
    case atMost
    case atLeast
  }

  let passes: Double
  let kind: Kind

  /// The passes of a method that says it took `iterations`.
  ///
  /// Gauss–Seidel counts sweeps and checks alike; modified policy iteration follows each pass by at
  /// most 20 sweeps of one policy, each 1/A of a pass; what an evaluation in policy iteration reads
  /// is not counted.
  init(method: String, iterations: Int, actionsPerState: Double) {
    let n = Double(iterations)
    switch method {
    case ValueIteration.name, GaussSeidel.name, BackwardInduction.name:
      (passes, kind) = (n, .exact)
    case ModifiedPolicyIteration.name:
      let policySweeps = Double(ModifiedPolicyIteration().policySweeps)
      (passes, kind) = (n + (n - 1) * policySweeps / actionsPerState, .atMost)
    default: (passes, kind) = (n, .atLeast)
    }
  }
}
