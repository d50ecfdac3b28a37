// SPDX-License-Identifier: Apache-2.0
import ExactArithmetic
import MarkovModels

/// n-discount and Blackwell optimality, by policy iteration on the Laurent expansion in fractions.
///
///     π ← a gain-optimal policy found in doubles                            (1)
///     repeat
///       y_{−1}, y_0, y_1, … of π, exactly                                   (2)
///       a_{−1}(k) = Σ_t P̂_k(t) y_{−1}(t) − y_{−1}(s)
///       a_0(k)  = r_k + Σ_t P̂_k(t) y_0(t) − y_0(s) − y_{−1}(s)
///       a_n(k)  = Σ_t P̂_k(t) y_n(t) − y_n(s) − y_{n−1}(s)                   (3)
///       at the first order n where choices with a_{−1} = … = a_{n−1} = 0
///         have a_n(k) > 0: switch to them, and start again                  (4)
///     until no choice is left that ties, or the last order is passed        (5)
///     ρ₀ ← a bound below which the first nonzero a_n decides                (6)
///
/// Σ ρⁿ a_n(k) is the advantage of choice k under the discount γ = 1/(1 + ρ). Orders up to n + 1 make
/// a policy n-discount optimal: n = −1 is gain optimality, n = 0 bias optimality. Order S decides all:
/// the policy is then optimal for every discount near 1, Blackwell optimal.
///
/// **The discount above which it stays optimal.** Let d ≥ ‖H‖∞, H the deviation matrix, so that
/// ‖y_{n+1}‖ ≤ d ‖y_n‖, and let m be the first order with a_m(k) ≠ 0, hence < 0. For n > m, n ≥ 1,
/// |a_n| ≤ (2 d + 1) ‖y_{n−1}‖, so for ρ ≤ 1, ρ d < 1 the terms after a_m sum to at most
/// ρ^{m+1} T / (1 − ρ d), with T = (2 d + 1) ‖y_m‖ for m ≥ 0 and T = |a_0| + (2 d + 1) ‖y_0‖ for
/// m = −1. The advantage is negative if
///
///     ρ < |a_m| / (T + |a_m| d).
///
/// All numbers in it are outward bounds of exact fractions.
///
/// - Assumes: rows are divided by their exact sums.
/// - Guarantee: exact; the bound of (6) holds, and is rarely tight.
/// - Deviates: (4) switches to any improving choice of the lowest order, as policy improvement allows.
/// - Complexity: a few p-adic solves of dimension S for each order; S of them more for (6). Meant for
///   up to some fifty states.
/// - Source: [blackwell1962]; [veinott1969]; [puterman1994], sections 10.2 and 10.3.
public struct BlackwellOptimality: Sendable {
  /// How selective the policy must be.
  public enum Order: Equatable, Sendable {
    /// n-discount optimal: −1 for the gain, 0 for the bias.
    case discount(Int)
    /// Optimal for all discounts near enough to 1.
    case blackwell
  }

  /// The order that is wanted.
  public let order: Order

  /// Creates the method.
  public init(_ order: Order = .blackwell) { self.order = order }

  /// What was found.
  public struct Answer: Sendable {
    /// The policy.
    public let policy: DeterministicPolicy
    /// Its expansion, up to the order that was looked at.
    public let expansion: LaurentExpansion
    /// The choices of each state that are as good as the policy's to all orders looked at.
    public let optimalChoices: [[Int]]
    /// The number of policies that were evaluated.
    public let rounds: Int
    /// The policy is optimal for every discount from here on to 1, which is left out.
    ///
    /// A bound, rarely tight; `nil` unless Blackwell optimality was asked for.
    public let optimalFrom: Double?
  }

  /// Solves a problem.
  ///
  /// - Throws: ``/ExactArithmetic/RationalError``; the errors of ``MultichainPolicyIteration``.
  public func solve(_ problem: AverageRewardMDP) throws -> Answer {
    let model = problem.dynamics
    let S = model.stateCount
    let advantages = try ExactAdvantages(model)
    var choices = try MultichainPolicyIteration().solve(problem).policy.choices  // (1)
    let last =
      switch order {
      case .discount(let n): max(0, n + 1)
      case .blackwell: S + 1
      }
    var rounds = 0
    search: while true {
      rounds += 1
      let policy = try DeterministicPolicy(choices: choices, of: model)
      var expansion = try LaurentExpansion(policy, in: problem)  // (2)
      var ties = (0..<S).map { s in model.choices(of: s).filter { $0 != choices[s] } }
      var decided: [(choice: Int, order: Int, advantages: RationalVector)] = []
      for n in -1...last {
        if ties.allSatisfy(\.isEmpty) { break }  // (5)
        try expansion.expand(to: max(0, n))
        let a = try advantages.of(expansion, order: n)  // (3)
        var improved = false
        for s in 0..<S {
          if let better = ties[s].first(where: { a.sign(at: $0) > 0 }) {  // (4)
            choices[s] = better
            improved = true
          }
          decided.append(
            contentsOf: ties[s].filter { a.sign(at: $0) < 0 }.map { ($0, n, a) })
          ties[s] = ties[s].filter { a.sign(at: $0) == 0 }
        }
        if improved { continue search }
      }
      return Answer(
        policy: policy, expansion: expansion,
        optimalChoices: (0..<S).map { (ties[$0] + [choices[$0]]).sorted() }, rounds: rounds,
        optimalFrom: order == .blackwell
          ? try bound(&expansion, decided, problem, policy, advantages) : nil)
    }
  }

  /// Step (6): 1 / (1 + ρ₀), rounded up.
  private func bound(
    _ expansion: inout LaurentExpansion,
    _ decided: [(choice: Int, order: Int, advantages: RationalVector)],
    _ problem: AverageRewardMDP, _ policy: DeterministicPolicy, _ advantages: ExactAdvantages
  ) throws -> Double {
    guard let deepest = decided.map(\.order).max() else { return 0 }
    try expansion.expand(to: max(0, deepest))
    let d = try deviationNorm(problem, policy)
    let norms = expansion.coefficients.map { y in
      (0..<y.count).reduce(0.0) { norm, s in
        max(norm, max(abs(y.bounds(at: s).lowerBound), abs(y.bounds(at: s).upperBound)))
      }
    }
    let first = try advantages.of(expansion, order: 0)
    var rho = 1.0
    for (k, m, a) in decided {
      // The rows of a were multiplied by σ_k, which is 1 within a relative 2⁻²⁰ for every legal row.
      let least = abs(a.bounds(at: k).upperBound) * (1 - 0x1p-20)
      let greatest = abs(a.bounds(at: k).lowerBound) * (1 + 0x1p-20)
      let tail = (2 * d + 1) * norms[max(m, 0) + 1] * (1 + 0x1p-20)
      let zeroth =
        m < 0
        ? max(abs(first.bounds(at: k).lowerBound), abs(first.bounds(at: k).upperBound))
          * (1 + 0x1p-20) : 0
      let room = (zeroth + tail + greatest * d) * (1 + 0x1p-20)
      rho = min(rho, least / room)
    }
    return min(1.0.nextDown, (1 / (1 + rho * (1 - 0x1p-20))).nextUp)
  }

  /// An upper bound on ‖H‖∞: column j of H is the bias of the reward that is 1 in state j.
  private func deviationNorm(
    _ problem: AverageRewardMDP, _ policy: DeterministicPolicy
  ) throws -> Double {
    let model = problem.dynamics
    let S = model.stateCount
    let chain = try ExactChain(policy.choices, model)
    var sums = [Double](repeating: 0, count: S)
    for j in 0..<S {
      var unit = [Double](repeating: 0, count: S)
      unit[j] = 1
      let r = try RationalVector(unit)
      let w = try chain.relative(chain.solve(r.subtracting(chain.extended(chain.solve(r)))))
      let column = w.subtracting(try chain.extended(chain.solve(w)))
      for s in 0..<S {
        let b = column.bounds(at: s)
        sums[s] = (sums[s] + max(abs(b.lowerBound), abs(b.upperBound))).nextUp
      }
    }
    return sums.max() ?? 0
  }
}

/// σ_k a_n(k) for all choices at once, exact.
struct ExactAdvantages {
  private let differences: RationalRows
  private let penalties: RationalRows
  private let scaledRewards: RationalVector
  private let zero: RationalVector
  private let one: Rational

  init(_ model: TabularMDP) throws {
    var differences = RowBuilder()
    var penalties = RowBuilder()
    var sums = RowBuilder()
    for s in 0..<model.stateCount {
      for k in model.choices(of: s) {
        model.transitions.forEachEntry(row: k) { t, p, _ in
          sums.add(k, p)
          penalties.add(s, -p)
          if t != s {
            differences.add(t, p)
            differences.add(s, -p)
          }
        }
        differences.endRow()
        penalties.endRow()
        sums.endRow()
      }
    }
    self.differences = try differences.rows(columnCount: model.stateCount)
    self.penalties = try penalties.rows(columnCount: model.stateCount)
    zero = try RationalVector([Double](repeating: 0, count: model.choiceCount))
    one = try Rational(1)
    scaledRewards = try sums.rows(columnCount: model.choiceCount).backup(
      rewards: zero, discount: one, values: RationalVector(model.rewards))
  }

  /// The advantages of order n ≥ −1 under an expansion that reaches it.
  func of(_ expansion: LaurentExpansion, order n: Int) throws -> RationalVector {
    let start = n == 0 ? scaledRewards : zero
    let change = differences.backup(
      rewards: start, discount: one, values: expansion.coefficients[n + 1])
    if n < 0 { return change }
    return penalties.backup(rewards: change, discount: one, values: expansion.coefficients[n])
  }
}
