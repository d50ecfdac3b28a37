// SPDX-License-Identifier: Apache-2.0
import ExactArithmetic
import LinearAlgebra
import MarkovModels

/// Policy iteration in exact rational arithmetic.
///
///     π ← the policy of a solution in doubles                             (1)
///     repeat
///       V ← the exact solution of (I − γ P_π) V = r_π                     (2)
///       q ← r + γ P V, exactly                                            (3)
///       stop if V(s) = max_k q(k) in every state                          (4)
///       π(s) ← the lowest maximizing choice where V(s) < max_k q(k)       (5)
///
/// V then solves V = T V with no rounding at all, so it is V*. The doubles of (1) almost always name
/// an optimal policy already: one round, and (4) proves it.
///
/// - Guarantee: V = V* as fractions; `optimalChoices` are all optimal choices and no other.
/// - Assumes: the numbers as ``Reading`` takes them; rows are used as they are, though they may sum to
///   1 only within rounding.
/// - Complexity: (2) is a p-adic solve, O(S³) word operations times the size of the numbers: some
///   500 states in seconds.
/// - Source: [puterman1994], section 6.4; [dixon1982] for (2).
public struct ExactPolicyIteration: Sendable {
  /// The method's name in reports.
  public static let name = "exact"

  /// Which exact number a stored double stands for.
  public enum Reading: String, Sendable, CaseIterable {
    /// The double itself, a dyadic fraction: 0.1 is 3602879701896397/36028797018963968.
    case storedDoubles = "stored doubles"
    /// The shortest decimal that rounds to the double: 0.1 is 1/10. For models that were written as
    /// decimals of at most 15 digits this is what was written.
    case decimals = "decimals as written"
  }

  /// How the model's numbers are read.
  public let reading: Reading

  /// Creates the method.
  public init(reading: Reading = .storedDoubles) { self.reading = reading }

  /// An exact solution.
  public struct ExactSolution: Sendable {
    /// V*, one fraction for each state.
    public let values: RationalVector
    /// An optimal policy: the lowest optimal choice in every state.
    public let policy: DeterministicPolicy
    /// All optimal choices of each state.
    public let optimalChoices: [[Int]]
    /// How often (2) was done.
    public let rounds: Int
  }

  /// The exact numbers that doubles stand for.
  ///
  /// - Throws: ``/ExactArithmetic/RationalError`` when the program was built without exact
  ///   arithmetic.
  public func exact(_ values: [Double]) throws(RationalError) -> RationalVector {
    switch reading {
    case .storedDoubles: try RationalVector(values)
    case .decimals: try RationalVector(texts: values.map { "\($0)" })
    }
  }

  /// Solves a problem.
  ///
  /// - Throws: ``/ExactArithmetic/RationalError`` when the model is too large or the program was
  ///   built without exact arithmetic; the errors of ``PolicyIteration``.
  public func solve(_ problem: DiscountedMDP) throws -> ExactSolution {
    let model = problem.dynamics
    let sparse = model.transitions.sparseForm()
    let rows = RationalRows(
      columnCount: model.stateCount, rowPointers: sparse.rowPointers, columns: sparse.columns,
      values: try exact(sparse.values))
    let rewards = try exact(model.rewards)
    let discount = try exact([problem.discount])[0]
    var choices = try AutomaticPlanner().solve(  // (1)
      problem, stopping: StoppingRule(maximumIterations: 10_000)
    ).policy.choices
    var rounds = 0
    while true {
      rounds += 1
      let v = try rows.solve(rewards: rewards, discount: discount, choice: choices)  // (2)
      let q = rows.backup(rewards: rewards, discount: discount, values: v)  // (3)
      var optimal: [[Int]] = []
      var improved = false
      for s in 0..<model.stateCount {
        var best: [Int] = []
        for k in model.choices(of: s) {
          let order = best.first.map { q.compare(k, with: q, $0) } ?? 1
          if order > 0 { best = [k] } else if order == 0 { best.append(k) }
        }
        if q.compare(best[0], with: v, s) > 0 {  // (5)
          improved = true
          choices[s] = best[0]
        }
        optimal.append(best)
      }
      if !improved {  // (4)
        return ExactSolution(
          values: v, policy: try DeterministicPolicy(choices: optimal.map { $0[0] }, of: model),
          optimalChoices: optimal, rounds: rounds)
      }
    }
  }
}
