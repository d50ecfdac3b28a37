// SPDX-License-Identifier: Apache-2.0

/// Optimistic value iteration on counts: what ``LSVIUCB`` is when every choice has its own feature.
///
///     before episode k:  V_H ← 0
///       for h = H − 1 … 0
///         Q_h(k) ← (R_h(k) + Σ_{s′} V_{h+1}(s′) N_h(k, s′)) / (λ + n_h(k)) + β √(1 / (λ + n_h(k)))  (1)
///         Q_h ← min(Q_h, H − h)⁺;  V_h ← max_a Q_h                        (2)
///     during it:  play argmax_a Q_h(s, ·);  add to R_h, N_h, n_h            (3)
///
/// - Numerics: the order of sums is that of ``LSVIUCB``; the two play the same, bit for bit, if the
///   sums λ + n are exact, as with λ = 1. They share no code.
/// - Complexity: O(H K S) a plan.
/// - Source: [jin2020], Algorithm 1 in the tabular case.
public struct TabularLSVIUCB: OptimisticLearner {
  /// The number of states S.
  public let stateCount: Int
  /// The number of actions A.
  public let actionCount: Int
  /// The horizon H.
  public let horizon: Int
  /// The regularization λ.
  public let regularization: Double
  /// The multiplier β.
  public let multiplier: Double
  /// The action of every stage and state.
  public private(set) var policy: [Int]
  /// Q of the last plan, H stages of K numbers.
  public private(set) var actionValues: [Double]
  /// K.
  public var stride: Int { stateCount * actionCount }
  private var rewardSums: [Double]
  private var visits: [Double]
  private var nextCounts: [Double]

  /// Creates a learner that has seen nothing.
  ///
  /// - Parameters:
  ///   - states: S.
  ///   - actions: A.
  ///   - horizon: H.
  ///   - regularization: λ.
  ///   - multiplier: β.
  public init(
    states: Int, actions: Int, horizon: Int, regularization: Double = 1, multiplier: Double
  ) {
    precondition(states >= 1 && actions >= 1 && horizon >= 1, "a problem has S, A, H ≥ 1")
    precondition(regularization > 0 && multiplier >= 0, "λ > 0 and β ≥ 0")
    stateCount = states
    actionCount = actions
    self.horizon = horizon
    self.regularization = regularization
    self.multiplier = multiplier
    policy = [Int](repeating: 0, count: horizon * states)
    actionValues = [Double](repeating: 0, count: horizon * states * actions)
    rewardSums = actionValues
    visits = actionValues
    nextCounts = [Double](repeating: 0, count: horizon * states * actions * states)
  }

  /// Plans from what was observed.
  ///
  /// - Returns: True.
  public mutating func plan() -> Bool {
    let (S, A, K) = (stateCount, actionCount, stateCount * actionCount)
    var next = [Double](repeating: 0, count: S)
    for h in (0..<horizon).reversed() {
      var values = [Double](repeating: 0, count: S)
      for s in 0..<S {
        for a in 0..<A {
          let i = h * K + s * A + a
          var sum = rewardSums[i]
          for t in 0..<S { sum += next[t] * nextCounts[i * S + t] }
          let weight = regularization + visits[i]
          let q = sum / weight + multiplier * (1 / weight).squareRoot()  // (1)
          actionValues[i] = max(0, min(q, Double(horizon - h)))  // (2)
          if a == 0 || actionValues[i] > values[s] {
            values[s] = actionValues[i]
            policy[h * S + s] = a
          }
        }
      }
      next = values
    }
    return true
  }

  /// Takes note of a transition.
  public mutating func observe(stage h: Int, choice k: Int, reward: Double, next: Int) {
    let i = h * stateCount * actionCount + k
    rewardSums[i] += reward  // (3)
    visits[i] += 1
    nextCounts[i * stateCount + next] += 1
  }
}
