// SPDX-License-Identifier: Apache-2.0
import Dispatch
import MarkovModels
import Synchronization

/// The greatest normalized occupancy sup_π d^π(s, a) of every choice, one planning problem a state.
///
///     g_s(t) = sup_π E_t[γ^{τ_s}],  τ_s the time of the first visit to s    (1)
///     sup_π d^π(s, a) = (1 − γ) Σ_t μ(t) g_s(t) / (1 − γ Σ_t P(t | s, a) g_s(t))   (2)
///
/// (2): a policy that wants choice (s, a) as often as possible hurries to s, takes a there, and
/// hurries back; taking another action at s cannot help, since W = γ P_b g W has only the solution 0.
///
/// - Assumes: nothing; without an initial distribution the start is uniform.
/// - Guarantee: two-sided in spite of rounding, by the bounds of `TargetProblem` and interval
///   arithmetic.
/// - Complexity: O(S · entries) a sweep over all targets, on two threads.
/// - Source: [puterman1994], section 6.9 for occupancies; (2) is derived here.
public struct GreatestVisits: Sendable {
  /// The problem.
  public let problem: DiscountedMDP
  /// The greatest occupancy of each choice.
  public let visits: [Measured]

  /// Finds the greatest occupancies.
  ///
  /// - Parameters:
  ///   - problem: The problem.
  ///   - limit: The most work S · entries that is done.
  /// - Throws: ``HardnessError/tooLarge(what:size:limit:)``; errors of a factorization.
  public init(in problem: DiscountedMDP, limit: Int = Diameter.workLimit) throws {
    let model = problem.dynamics
    let S = model.stateCount
    let targets = TargetProblem(discountsIn: problem)
    let work = S * targets.entryCount
    guard work <= limit else {
      throw HardnessError.tooLarge(what: "states times transitions", size: work, limit: limit)
    }
    let results = Mutex([Result<[Measured], any Error>?](repeating: nil, count: S))
    DispatchQueue.concurrentPerform(iterations: S) { s in
      let result = Result { try Self.visits(to: s, problem, targets) }
      results.withLock { $0[s] = result }
    }
    var visits: [Measured] = []
    visits.reserveCapacity(model.choiceCount)
    for result in results.withLock({ $0 }) {
      if let result { visits += try result.get() }
    }
    self.problem = problem
    self.visits = visits
  }

  /// (1) and (2) for the choices of one state.
  private static func visits(
    to s: Int, _ problem: DiscountedMDP, _ targets: TargetProblem
  ) throws -> [Measured] {
    let model = problem.dynamics
    let solved = try targets.solve(target: s)  // (1)
    let start = model.startDistribution
    let discount = Measured(problem.discount)
    var canReach = [Bool](repeating: false, count: model.stateCount)
    for t in targets.order(to: s) { canReach[Int(t)] = true }
    func reach(_ t: Int) -> Measured {
      if t == s { return Measured(1) }
      return canReach[t] ? targets.discountAtTarget(t, solved) : Measured(0)
    }
    var arrival = Measured(0)
    for t in start.indices where start[t] > 0 {
      arrival = arrival + Measured(start[t]) * reach(t)
    }
    if arrival == Measured(0) {
      return [Measured](repeating: arrival, count: model.choices(of: s).count)
    }
    let scale = Measured(1) - discount
    return model.choices(of: s).map { k in  // (2)
      var back = Measured(0)
      model.transitions.forEachEntry(row: k) { t, p, _ in back = back + Measured(p) * reach(t) }
      let rest = (Measured(1) - discount * back).atLeast(0)
      return (scale * arrival.atLeast(0)).divided(by: rest).atLeast(0)
    }
  }
}
