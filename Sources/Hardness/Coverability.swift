// SPDX-License-Identifier: Apache-2.0
import MarkovModels

/// The coverability Σ_{s,a} sup_π d^π(s, a): the best concentrability that any data could have.
///
/// It is the least C such that some distribution μ has d^π ≤ C μ for all policies; the sum is attained
/// by μ proportional to sup_π d^π. Without ends of episodes it lies between 1 and the number of
/// choices.
///
/// - Assumes: nothing; without an initial distribution the start is uniform.
/// - Guarantee: two-sided in spite of rounding.
/// - Complexity: that of ``GreatestVisits`` under a discount; O(S H entries) for a finite horizon of
///   stationary dynamics, H/2 times that otherwise.
/// - Source: [xie2023], coverability and cumulative reachability.
public struct Coverability: Sendable {
  /// The coverability.
  public let value: Measured

  /// Sums the greatest normalized discounted occupancies.
  public init(of visits: GreatestVisits) {
    value = visits.visits.reduce(Measured(0)) { $0 + $1 }.atLeast(0)
  }

  /// The coverability of a finite horizon, max_h Σ_{s,a} sup_π P^π(s_h = s, a_h = a).
  ///
  ///     w(t) ← 1{t = s};  for the stages before h, last first: w ← max_k P_k w    (1)
  ///     sup_π P^π(s_h = s) = Σ_t μ(t) w(t), and any action can follow             (2)
  ///
  /// - Numerics: products and sums of nonnegative numbers only, so a number that went through f
  ///   roundings is off by at most 1.01 f u relatively; f = (h + 1)(n + 2) + S with rows of n entries.
  ///   What underflows adds at most 2⁻¹⁰⁰⁰.
  /// - Throws: ``HardnessError/tooLarge(what:size:limit:)``.
  public init(of problem: FiniteHorizonMDP, limit: Int = Diameter.workLimit) throws(HardnessError) {
    let (S, H) = (problem.stateCount, problem.horizon)
    let entries = problem.dynamics(atStage: 0).transitions.transitionCount
    let sweeps = problem.isStationary ? H : H * (H + 1) / 2
    let work = S * sweeps * entries
    guard work <= limit else {
      throw .tooLarge(what: "states times stages times transitions", size: work, limit: limit)
    }
    let start = problem.dynamics(atStage: 0).startDistribution
    var sums = [Double](repeating: 0, count: H)
    for s in 0..<S {
      // Backups of stationary dynamics serve every stage; otherwise each stage needs its own.
      var w = (0..<S).map { $0 == s ? 1.0 : 0 }
      for h in 0..<H {
        if problem.isStationary {
          if h > 0 { w = Self.backup(w, problem.dynamics(atStage: 0)) }
        } else {
          w = (0..<S).map { $0 == s ? 1.0 : 0 }
          for stage in (0..<h).reversed() {
            w = Self.backup(w, problem.dynamics(atStage: stage))
          }
        }
        var arrival = 0.0
        for t in 0..<S { arrival += start[t] * w[t] }  // (2)
        sums[h] += Double(problem.dynamics(atStage: h).choices(of: s).count) * arrival
      }
    }
    let factors = Double(H + 1) * Double(S + 2) + Double(2 * S + 4)
    let relative = 1.01 * factors * 0x1p-53
    let greatest = sums.max() ?? 0
    value = Measured(greatest).widened(by: greatest * relative + 0x1p-1000).atLeast(0)
  }

  /// (1): max_k P_k w in every state.
  private static func backup(_ w: [Double], _ model: TabularMDP) -> [Double] {
    (0..<model.stateCount).map { s in
      var best = 0.0
      for k in model.choices(of: s) {
        var sum = 0.0
        model.transitions.forEachEntry(row: k) { t, p, _ in sum += p * w[t] }
        best = max(best, sum)
      }
      return best
    }
  }
}
