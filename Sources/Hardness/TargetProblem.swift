// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra
import MarkovModels

/// The problems "reach state g as cheaply as possible", for every target g over one set of arrays.
///
///     V(g) = b,   V(s) = c + γ min_k Σ_t P_k(t) V(t)  for s ≠ g             (1)
///
/// With c = 1, γ = 1, b = 0 these are the least expected hitting times; with c = 0, b = −1 they are
/// minus the greatest expected discounts E[γ^τ] at the hitting time τ.
///
/// **Bounds.** For any vector V let d(s) = c + γ min_k P_k V(s) − V(s), −e⁻ ≤ d ≤ e⁺ off the target.
/// - Hitting times, V ≥ 0. The greedy policy π has V ≥ 1 − e⁺ + P_π V, so U = V/(1 − e⁺) ≥ 1 + P_π U.
///   Iterating, U ≥ Σ_{i<n} P_πⁱ 1 for every n: U is at least the time of π, which is finite. And
///   L = V/(1 + e⁻) ≤ 1 + P_k L for every choice; iterating along any policy of finite time from s,
///   whose P^n L(s) vanishes, L(s) is at most that time.
/// - Discounts. The operator contracts: |V − V*| ≤ max(e⁺, e⁻)/(1 − γ σ), σ the greatest row sum.
///
/// **Rounding.** A computed q = c + γ Σ p V of n terms misses the exact one by at most (n + 4) u times
/// c + γ Σ |p V|, u = 2⁻⁵³ (all terms have one sign), and subtracting V(s) rounds once more; e⁺ and
/// e⁻ grow by that. Nothing else is trusted: how V was found does not matter.
struct TargetProblem: Sendable {
  let stateCount: Int
  /// Where the choices of each state start; choices that may end the episode can be left out.
  let choicePointers: [Int]
  let rowPointers: [Int]
  let columns: [Int32]
  let values: [Double]
  /// The probability of staying, for each choice; the rows leave the state itself out.
  let staying: [Double]
  private let sourcePointers: [Int]
  private let sources: [Int32]
  let cost: Double
  let discount: Double
  let boundary: Double
  /// An upper bound on γ times the greatest row sum.
  let contraction: Double
  let isDense: Bool

  /// The problem of least hitting times: choices that may end the episode are left out, since the
  /// target is then not surely reached.
  init(hittingTimesIn model: TabularMDP) {
    self.init(model, cost: 1, discount: 1, boundary: 0, keepingEndings: false)
  }

  /// The problem of greatest discounts at the hitting time.
  init(discountsIn problem: DiscountedMDP) {
    self.init(
      problem.dynamics, cost: 0, discount: problem.discount, boundary: -1, keepingEndings: true)
  }

  private init(
    _ model: TabularMDP, cost: Double, discount: Double, boundary: Double, keepingEndings: Bool
  ) {
    let S = model.stateCount
    var (choicePointers, rowPointers, columns, values, staying) = (
      [0], [0], [Int32](), [Double](), [Double]()
    )
    for s in 0..<S {
      for k in model.choices(of: s)
      where keepingEndings || model.termination.map({ $0[k] == 0 }) ?? true {
        var stay = 0.0
        model.transitions.forEachEntry(row: k) { t, p, _ in
          if t == s {
            stay = p
          } else {
            columns.append(Int32(t))
            values.append(p)
          }
        }
        staying.append(stay)
        rowPointers.append(columns.count)
      }
      choicePointers.append(staying.count)
    }
    var counts = [Int](repeating: 0, count: S + 1)
    for t in columns { counts[Int(t) + 1] += 1 }
    for s in 0..<S { counts[s + 1] += counts[s] }
    sourcePointers = counts
    var sources = [Int32](repeating: 0, count: columns.count)
    for s in 0..<S {
      for i in rowPointers[choicePointers[s]]..<rowPointers[choicePointers[s + 1]] {
        sources[counts[Int(columns[i])]] = Int32(s)
        counts[Int(columns[i])] += 1
      }
    }
    self.stateCount = S
    self.choicePointers = choicePointers
    self.rowPointers = rowPointers
    self.columns = columns
    self.values = values
    self.staying = staying
    self.sources = sources
    self.cost = cost
    self.discount = discount
    self.boundary = boundary
    self.contraction = (discount * model.rowSums.upperBound).nextUp
    self.isDense = if case .dense = model.transitions { true } else { false }
  }

  /// The number of stored probabilities, staying left out.
  var entryCount: Int { values.count }

  /// Bounds on the solution of one target: V with its errors e⁺ and e⁻.
  struct Solved {
    var values: [Double]
    var excess: Double
    var deficit: Double
    /// Whether the target was given up because it cannot matter.
    var isPruned = false
  }

  /// The states that can reach `g`, nearest first, `g` itself left out.
  func order(to g: Int) -> [Int32] {
    var seen = [Bool](repeating: false, count: stateCount)
    seen[g] = true
    var queue = [Int32(g)]
    var head = 0
    while head < queue.count {
      let t = Int(queue[head])
      head += 1
      for i in sourcePointers[t]..<sourcePointers[t + 1] where !seen[Int(sources[i])] {
        seen[Int(sources[i])] = true
        queue.append(sources[i])
      }
    }
    queue.removeFirst()
    return queue
  }

  /// The states that `s` can reach, as flags.
  func reachable(from s: Int) -> [Bool] {
    var seen = [Bool](repeating: false, count: stateCount)
    seen[s] = true
    var stack = [s]
    while let s = stack.popLast() {
      for i in rowPointers[choicePointers[s]]..<rowPointers[choicePointers[s + 1]]
      where !seen[Int(columns[i])] {
        seen[Int(columns[i])] = true
        stack.append(Int(columns[i]))
      }
    }
    return seen
  }

  /// The states from which some policy reaches `g` with probability 1.
  ///
  /// The greatest set X such that every state of X can reach g by choices that stay inside X.
  ///
  /// - Complexity: O(S · entries) at worst, a few passes as a rule.
  func surelyReaching(_ g: Int) -> [Bool] {
    var inside = [Bool](repeating: true, count: stateCount)
    while true {
      var reached = [Bool](repeating: false, count: stateCount)
      reached[g] = true
      var stack = [g]
      while let t = stack.popLast() {
        for i in sourcePointers[t]..<sourcePointers[t + 1] {
          let s = Int(sources[i])
          guard inside[s], !reached[s] else { continue }
          let good = (choicePointers[s]..<choicePointers[s + 1]).contains { k in
            let row = rowPointers[k]..<rowPointers[k + 1]
            return row.contains { Int(columns[$0]) == t }
              && row.allSatisfy { inside[Int(columns[$0])] }
          }
          if good {
            reached[s] = true
            stack.append(s)
          }
        }
      }
      if reached == inside { return inside }
      inside = reached
    }
  }

  /// The value of a state and the error of a bound on it, for hitting times.
  func hittingTime(_ s: Int, _ solved: Solved) -> Measured {
    let v = solved.values[s]
    // Only the target is 0 steps away; another 0 would have an excess of 1.
    if v == 0 && solved.excess < 0.5 { return Measured(0) }
    let low = v / (1 + max(solved.deficit, 0)).nextUp
    let high = solved.excess < 1 ? v / (1 - max(solved.excess, 0)).nextDown : .infinity
    return Measured(lower: max(low.nextDown, 0), upper: high.nextUp)
  }

  /// The greatest E[γ^τ] of a state, for discounts.
  func discountAtTarget(_ s: Int, _ solved: Solved) -> Measured {
    let error = max(solved.excess, solved.deficit, 0)
    let margin = (error / (1 - contraction).nextDown).nextUp
    return Measured(-solved.values[s]).widened(by: margin).atLeast(0).atMost(1)
  }
}
