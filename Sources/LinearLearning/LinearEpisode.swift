// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra
import Literature
import MarkovModels

/// A linear MDP with a finite horizon, with exact evaluation of staged policies.
///
/// Stages are counted from 0; the dynamics are the same in each, but learners are not told so.
///
/// - Shapes: S states, A actions in every state, K = S·A choices, H stages. A staged policy is an
///   array of H·S actions, stage by stage.
/// - Units: rewards in [0, 1], so that 0 ≤ V_h ≤ H − h.
/// - Invariants, checked: rows of Φ and of M are distributions; P = Φ M; θ ∈ [0, 1]^d, so rewards Φ θ
///   lie in [0, 1], and for every V with 0 ≤ V ≤ c the target r + P V equals Φ w with
///   w = θ + M V ∈ [0, 1 + c]^d.
/// - Source: [jin2020], Assumption A.
public struct LinearEpisode: Sendable {
  /// The features.
  public let features: FeatureMap
  /// The number of states S.
  public let stateCount: Int
  /// The number of actions A.
  public let actionCount: Int
  /// The horizon H.
  public let horizon: Int
  /// The reward of each choice.
  public let rewards: [Double]
  /// The distribution of the first state; S probabilities.
  public let initialDistribution: [Double]
  /// V*, H + 1 stages of S values, the last ones zero.
  public let optimalValues: [Double]
  /// Q*, H stages of K values.
  public let optimalActionValues: [Double]
  /// An optimal staged policy, *H × S* actions; ties go to the lowest action.
  public let optimalPolicy: [Int]
  /// P by rows: *K × S*.
  let transitions: [Double]

  /// The number of choices K.
  public var choiceCount: Int { stateCount * actionCount }
  /// The expected total reward of an optimal policy.
  public var optimalValue: Double { start(optimalValues) }

  /// Creates the problem of a linear MDP over H stages.
  ///
  /// - Throws: `ModelError.badHorizon(_:)`, or `ModelError.badParameter` for a reward weight outside
  ///   [0, 1].
  /// - Complexity: O(K S (d + H)).
  public init(_ model: LinearMDP, horizon: Int) throws(ModelError) {
    guard horizon >= 1 else { throw .badHorizon(horizon) }
    if let weight = model.rewardWeights.first(where: { !(0...1 ~= $0) }) {
      throw .badParameter(
        name: "reward weight", value: "\(weight)", expected: "a number from 0 to 1")
    }
    let lowRank = model.lowRank
    let (S, A, H) = (lowRank.stateCount, lowRank.actionCount, horizon)
    let K = S * A
    var P = [Double](repeating: 0, count: K * S)
    for k in 0..<K {
      for i in 0..<lowRank.rank where lowRank.features[k, i] != 0 {
        for s in 0..<S { P[k * S + s] += lowRank.features[k, i] * lowRank.measures[i, s] }
      }
    }
    stateCount = S
    actionCount = A
    self.horizon = H
    features = FeatureMap(lowRank.features)
    rewards = lowRank.rewards
    initialDistribution =
      lowRank.initialDistribution ?? [Double](repeating: 1 / Double(S), count: S)
    transitions = P
    var V = [Double](repeating: 0, count: (H + 1) * S)
    var Q = [Double](repeating: 0, count: H * K)
    var policy = [Int](repeating: 0, count: H * S)
    for h in (0..<H).reversed() {
      for s in 0..<S {
        for a in 0..<A {
          let k = s * A + a
          var value = lowRank.rewards[k]
          for t in 0..<S { value += P[k * S + t] * V[(h + 1) * S + t] }
          Q[h * K + k] = value
          if a == 0 || value > V[h * S + s] {
            V[h * S + s] = value
            policy[h * S + s] = a
          }
        }
      }
    }
    optimalValues = V
    optimalActionValues = Q
    optimalPolicy = policy
  }

  /// Creates the tabular case: one feature a choice.
  ///
  /// - Throws: `ModelError` if a state lacks an action, an episode can end early, or a reward lies
  ///   outside [0, 1].
  public init(oneHot model: TabularMDP, horizon: Int) throws(ModelError) {
    let (S, A) = (model.stateCount, model.actionCount)
    guard model.choiceCount == S * A else {
      throw .wrongCount(array: "choices", expected: S * A, found: model.choiceCount)
    }
    if let k = model.termination?.firstIndex(where: { $0 > 0 }) {
      throw .terminationNotAllowed(
        ModelPlace(state: k / A, action: k % A), criterion: "linear episodes")
    }
    var measures = Matrix(S * A, S)
    for k in 0..<S * A {
      for s in 0..<S { measures[k, s] = model.transitions.probability(row: k, next: s) }
    }
    try self.init(
      LinearMDP(
        features: .identity(S * A), measures: measures, rewardWeights: model.rewards,
        actionCount: A, initialDistribution: model.initialDistribution), horizon: horizon)
  }

  /// P(· | choice).
  public func transition(of choice: Int) -> ArraySlice<Double> {
    transitions[choice * stateCount..<(choice + 1) * stateCount]
  }

  /// The mean of a stage's values under the distribution of the first state.
  func start(_ values: [Double]) -> Double {
    var sum = 0.0
    for s in 0..<stateCount { sum += initialDistribution[s] * values[s] }
    return sum
  }

  /// V^π: H + 1 stages of S values.
  ///
  /// - Complexity: O(H S²).
  public func values(of policy: [Int]) -> [Double] {
    precondition(policy.count == horizon * stateCount, "a staged policy has H·S actions")
    let (S, A) = (stateCount, actionCount)
    var V = [Double](repeating: 0, count: (horizon + 1) * S)
    V.withUnsafeMutableBufferPointer { V in
      transitions.withUnsafeBufferPointer { P in
        for h in (0..<horizon).reversed() {
          for s in 0..<S {
            let k = s &* A &+ policy[h &* S &+ s]
            var value = rewards[k]
            for t in 0..<S { value += P[k &* S &+ t] * V[(h &+ 1) &* S &+ t] }
            V[h &* S &+ s] = value
          }
        }
      }
    }
    return V
  }

  /// The exact expected total reward of a staged policy, *H × S* actions.
  ///
  /// - Complexity: O(H S²).
  public func value(of policy: [Int]) -> Double { start(values(of: policy)) }

  /// r + P V for values of one stage.
  ///
  /// - Complexity: O(K S).
  public func backup(_ values: ArraySlice<Double>) -> [Double] {
    let first = values.startIndex
    return (0..<choiceCount).map { k in
      var sum = rewards[k]
      for t in 0..<stateCount { sum += transitions[k * stateCount + t] * values[first + t] }
      return sum
    }
  }

  /// The exact occupancy of a policy that picks actions at random: H stages of K probabilities.
  ///
  /// - Parameter probabilities: π_h(a | s) for each stage and choice.
  /// - Returns: The probability of each choice at each stage.
  /// - Complexity: O(H K S).
  public func occupancy(of probabilities: [Double]) -> [Double] {
    let (S, A, K) = (stateCount, actionCount, choiceCount)
    precondition(probabilities.count == horizon * K, "H·K probabilities")
    var occupancy = [Double](repeating: 0, count: horizon * K)
    var states = initialDistribution
    for h in 0..<horizon {
      var next = [Double](repeating: 0, count: S)
      for k in 0..<K {
        let mass = states[k / A] * probabilities[h * K + k]
        occupancy[h * K + k] = mass
        if mass > 0 { for t in 0..<S { next[t] += mass * transitions[k * S + t] } }
      }
      states = next
    }
    return occupancy
  }

  /// The probabilities, *H × K*, of a deterministic staged policy of *H × S* actions.
  ///
  /// They are what ``occupancy(of:)`` takes.
  public func probabilities(of policy: [Int]) -> [Double] {
    var probabilities = [Double](repeating: 0, count: horizon * choiceCount)
    for h in 0..<horizon {
      for s in 0..<stateCount {
        probabilities[h * choiceCount + s * actionCount + policy[h * stateCount + s]] = 1
      }
    }
    return probabilities
  }
}
