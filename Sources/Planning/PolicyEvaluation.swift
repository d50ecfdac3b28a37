// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra
import MarkovModels

/// Values, action values and visits of a given policy, by one linear system.
///
///     (I − γ P_π) V = r_π                                                 (1)
///     Q(k) = r_k + γ Σ_t P_k(t) V(t)                                      (2)
///     (I − γ P_πᵀ) d = μ,  d(s, a) = d(s) π(a | s)                        (3)
///
/// - Numerics: dense LU up to a few thousand states, sparse LU (KLU) beyond; one step of iterative
///   refinement.
/// - Complexity: one factorization; the solves are cheap beside it.
/// - Source: [puterman1994], section 6.1 for (1), section 6.9 for (3).
public struct PolicyEvaluation: Sendable {
  private enum Factors {
    case dense(LUFactorization)
    case sparse(SparseLU)
  }

  private let problem: DiscountedMDP
  private let policy: StochasticPolicy
  private let factors: Factors

  /// Factors I − γ P_π.
  ///
  /// - Throws: Errors of the factorization.
  public init(_ policy: StochasticPolicy, in problem: DiscountedMDP) throws {
    self.problem = problem
    self.policy = policy
    let model = problem.dynamics
    let S = model.stateCount
    if case .dense = model.transitions, S <= PolicySystem.denseLimit {
      var a = Matrix.identity(S)
      for s in 0..<S {
        for k in model.choices(of: s) where policy.probabilities[k] > 0 {
          let weight = problem.discount * policy.probabilities[k]
          model.transitions.forEachEntry(row: k) { t, p, _ in a[s, t] -= weight * p }
        }
      }
      factors = .dense(try LUFactorization(a))
      return
    }
    var pointers = [0]
    var columns: [Int32] = []
    var values: [Double] = []
    for s in 0..<S {
      columns.append(Int32(s))
      values.append(1)
      for k in model.choices(of: s) where policy.probabilities[k] > 0 {
        let weight = problem.discount * policy.probabilities[k]
        model.transitions.forEachEntry(row: k) { t, p, _ in
          columns.append(Int32(t))
          values.append(-weight * p)
        }
      }
      pointers.append(values.count)
    }
    let matrix = try SparseMatrix(
      rowCount: S, columnCount: S, rowPointers: pointers, columns: columns, values: values)
    factors = .sparse(try SparseLU(matrix.mergingDuplicates().matrix))
  }

  /// Factors I − γ P_π of a deterministic policy.
  ///
  /// - Throws: Errors of the factorization.
  public init(_ policy: DeterministicPolicy, in problem: DiscountedMDP) throws {
    try self.init(StochasticPolicy(policy, of: problem.dynamics), in: problem)
  }

  /// The value V^π of each state, by (1).
  ///
  /// - Complexity: two solves.
  public func values() -> [Double] {
    let model = problem.dynamics
    var v = [Double](repeating: 0, count: model.stateCount)
    for _ in 0..<2 {
      // The residual of (1) at v; at v = 0 it is r_π, so the second round refines the first.
      var b = [Double](repeating: 0, count: model.stateCount)
      let q = actionValues(of: v)
      for s in 0..<model.stateCount {
        for k in model.choices(of: s) where policy.probabilities[k] > 0 {
          b[s] += policy.probabilities[k] * q[k]
        }
        b[s] -= v[s]
      }
      let delta = solve(b)
      for s in v.indices { v[s] += delta[s] }
    }
    return v
  }

  /// The value Q(k) of taking each choice and then having `values` in the next state, by (2).
  ///
  /// - Complexity: O(K + entries).
  public func actionValues(of values: [Double]) -> [Double] {
    let model = problem.dynamics
    var q = model.rewards
    for k in q.indices {
      var sum = 0.0
      model.transitions.forEachEntry(row: k) { t, p, _ in sum += p * values[t] }
      q[k] += problem.discount * sum
    }
    return q
  }

  /// The expected discounted visits to each choice from a start distribution, by (3).
  ///
  /// - Complexity: one solve with the transposed factors.
  public func occupancy(from start: [Double]) -> OccupancyMeasure {
    let model = problem.dynamics
    precondition(start.count == model.stateCount, "one probability for each state is needed")
    let d: [Double]
    switch factors {
    case .dense(let lu): d = lu.solveTransposed(start)
    case .sparse(let lu): d = lu.solveTransposed(start)
    }
    var visits = [Double](repeating: 0, count: model.choiceCount)
    for s in 0..<model.stateCount {
      for k in model.choices(of: s) { visits[k] = d[s] * policy.probabilities[k] }
    }
    return OccupancyMeasure(visits: visits)
  }

  private func solve(_ b: [Double]) -> [Double] {
    switch factors {
    case .dense(let lu): lu.solve(b)
    case .sparse(let lu): lu.solve(b)
    }
  }
}
