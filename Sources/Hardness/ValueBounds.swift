// SPDX-License-Identifier: Apache-2.0
import ExactArithmetic
import MarkovModels
import Planning

/// Certified intervals for V*, for Q* and for the gaps of a discounted problem: what the measures
/// that speak about optimal values are made from.
///
///     Q*(k) = r(k) + γ Σ_t P_k(t) V*(t),   Δ(k) = V*(s) − Q*(k)  for a choice k of s
///
/// A gap is a **tie** when it is 0. Small models are solved in rational arithmetic, which decides
/// every tie; otherwise gaps that rounding cannot tell from 0 count as ties, ``resolution`` says up to
/// which size, and ``undecidedTies`` how many there are besides one optimal choice a state.
///
/// - Numerics: V* from the planner's certificate and from the residual of its values in interval
///   arithmetic, whichever is narrower: with d⁻ ≤ T v − v ≤ d⁺, v + d⁻/(1 − γ σ) ≤ V* ≤ v + d⁺/(1 − γ σ)
///   for d⁻ ≤ 0 ≤ d⁺, σ the greatest row sum. Q* and Δ by interval arithmetic.
/// - Complexity: one solve, then O(K + entries).
/// - Source: [puterman1994], section 6.2.
public struct ValueBounds: Sendable {
  /// The problem.
  public let problem: DiscountedMDP
  /// V* of each state.
  public let values: [Measured]
  /// Q* of each choice.
  public let actionValues: [Measured]
  /// The gap Δ of each choice; exactly 0 for choices that are known, or counted, as optimal.
  public let gaps: [Measured]
  /// An optimal policy, up to the certified gap of the solution.
  public let policy: DeterministicPolicy
  /// The number of ties that rounding leaves undecided.
  public let undecidedTies: Int
  /// The greatest upper bound of a gap that counts as a tie; 0 when ties are decided exactly.
  public let resolution: Double

  /// States up to which ties are decided in rational arithmetic.
  public static let exactLimit = 80

  /// Solves a problem and bounds its values and gaps.
  ///
  /// - Parameters:
  ///   - problem: The problem.
  ///   - planner: The method; any will do, a better one makes narrower intervals.
  ///   - exactLimit: The number of states up to which ties are decided exactly.
  /// - Throws: Errors of the planner.
  public init(
    of problem: DiscountedMDP, planner: (any DiscountedPlanner)? = nil,
    exactLimit: Int = ValueBounds.exactLimit
  ) throws {
    let model = problem.dynamics
    let scale = max(abs(model.rewardRange.lowerBound), abs(model.rewardRange.upperBound))
    let method = planner ?? (model.stateCount <= 5_000 ? PolicyIteration() : AutomaticPlanner())
    let solution = try method.solve(
      problem, stopping: StoppingRule(epsilon: max(1e-11 * scale, .leastNormalMagnitude)))
    let stage = solution.certificate.stages[0]
    let values = Self.tightened(
      problem, solution.values,
      zip(stage.lower, stage.upper).map { Measured(lower: $0, upper: max($0, $1)) })
    let q = Self.actionValues(problem, values)
    self.problem = problem
    if model.stateCount <= exactLimit,
      let exact = try Self.exactly(problem)
    {
      (self.values, actionValues, gaps) = (exact.values, exact.actionValues, exact.gaps)
      policy = exact.policy
      (undecidedTies, resolution) = (0, 0)
      return
    }
    var gaps: [Measured] = []
    var (undecided, resolution) = (0, 0.0)
    for s in 0..<model.stateCount {
      let best = model.choices(of: s).reduce(-Double.infinity) { max($0, q[$1].lower) }
      let candidates = model.choices(of: s).filter { q[$0].upper >= best }
      undecided += candidates.count - 1
      for k in model.choices(of: s) {
        // V* is the greatest Q*, which is often known better than V* itself.
        let gap = (Measured(lower: best, upper: max(best, values[s].upper)) - q[k]).atLeast(0)
        let isTie = q[k].upper >= best
        if isTie && candidates.count > 1 { resolution = max(resolution, gap.upper) }
        gaps.append(isTie ? Measured(0) : gap)
      }
    }
    self.values = values
    self.actionValues = q
    self.gaps = gaps
    self.policy = solution.policy
    self.undecidedTies = undecided
    self.resolution = resolution
  }

  /// Whether choice `k` is known, or counted, as optimal.
  public func isOptimal(_ k: Int) -> Bool { gaps[k] == Measured(0) }

  /// The intervals intersected with those that the residual of `v` proves.
  private static func tightened(
    _ problem: DiscountedMDP, _ v: [Double], _ bounds: [Measured]
  ) -> [Measured] {
    let model = problem.dynamics
    let q = actionValues(problem, v.map { Measured($0) })
    var (low, high) = (0.0, 0.0)
    for s in 0..<model.stateCount {
      var best = q[model.choicePointers[s]]
      for k in model.choices(of: s) { best = best.maximum(q[k]) }
      let d = best - Measured(v[s])
      (low, high) = (min(low, d.lower), max(high, d.upper))
    }
    let rest = (1 - (problem.discount * model.rowSums.upperBound).nextUp).nextDown
    guard rest > 0 else { return bounds }
    let shift = Measured(lower: (low / rest).nextDown, upper: (high / rest).nextUp)
    return zip(v, bounds).map { v, bound in
      let other = Measured(v) + shift
      return Measured(
        lower: max(bound.lower, other.lower),
        upper: max(min(bound.upper, other.upper), max(bound.lower, other.lower)))
    }
  }

  /// One Bellman backup of every choice in interval arithmetic.
  static func actionValues(_ problem: DiscountedMDP, _ values: [Measured]) -> [Measured] {
    let model = problem.dynamics
    let discount = Measured(problem.discount)
    return (0..<model.choiceCount).map { k in
      var sum = Measured(0)
      model.transitions.forEachEntry(row: k) { t, p, _ in
        sum = sum + Measured(p) * values[t]
      }
      return Measured(model.rewards[k]) + discount * sum
    }
  }

  private struct Exact {
    let values: [Measured]
    let actionValues: [Measured]
    let gaps: [Measured]
    let policy: DeterministicPolicy
  }

  /// The same in rationals; `nil` when the program was built without them.
  private static func exactly(_ problem: DiscountedMDP) throws -> Exact? {
    let model = problem.dynamics
    do {
      let solution = try ExactPolicyIteration().solve(problem)
      let sparse = model.transitions.sparseForm()
      let q = RationalRows(
        columnCount: model.stateCount, rowPointers: sparse.rowPointers, columns: sparse.columns,
        values: try RationalVector(sparse.values)
      ).backup(
        rewards: try RationalVector(model.rewards), discount: try Rational(problem.discount),
        values: solution.values)
      let owners = (0..<model.stateCount).flatMap { s in model.choices(of: s).map { _ in s } }
      let gaps = solution.values.selecting(owners).subtracting(q)
      func measured(_ x: ClosedRange<Double>) -> Measured {
        Measured(lower: x.lowerBound, upper: x.upperBound)
      }
      return Exact(
        values: (0..<model.stateCount).map { measured(solution.values.bounds(at: $0)) },
        actionValues: (0..<q.count).map { measured(q.bounds(at: $0)) },
        gaps: (0..<gaps.count).map {
          // A positive gap below the least positive double is still no tie.
          let bounds = measured(gaps.bounds(at: $0))
          return gaps.sign(at: $0) > 0
            ? Measured(lower: bounds.lower, upper: max(bounds.upper, .leastNonzeroMagnitude))
            : Measured(0)
        }, policy: solution.policy)
    } catch is RationalError { return nil }
  }
}
