// SPDX-License-Identifier: Apache-2.0
import Randomness

/// A lock that opens after n right digits in a row; a wrong one starts it over.
///
///     ┌───────←── any other digit ──←───┬──────────┐
///     ▼                                 │          │
///     s0 ── digit c0 ──→ s1 ── c1 ──→ … ──→ s(n−1) ┴── c(n−1), reward 1: open, the episode ends
///
/// - Shapes: n states; A actions, the digits. The combination c is drawn from the seed.
/// - Closed form: V*(s) = γ^(n − 1 − s), ``optimalValues(discount:)``; a uniformly random policy
///   needs A (Aⁿ − 1)/(A − 1) steps on average, ``expectedStepsOfUniformPolicy``.
/// - Source: [kakade2003]; such lines of states that reset go back to [koenig1996].
public struct CombinationLock: Equatable, Sendable {
  /// The number of digits n of the combination.
  public let length: Int
  /// The number of values A of a digit.
  public let actions: Int
  /// The seed of the combination.
  public let seed: UInt64

  /// Creates a lock.
  ///
  /// - Throws: ``ModelError/badParameter(name:value:expected:)``.
  public init(length: Int = 10, actions: Int = 2, seed: UInt64 = 1) throws(ModelError) {
    try ParameterCheck.range("length", length, 1...ParameterCheck.maximumStates)
    try ParameterCheck.range("actions", actions, 2...ParameterCheck.maximumStates)
    let choices = Double(length) * Double(actions)
    try ParameterCheck.size(
      "length", length, states: Double(length), choices: choices, entries: choices)
    self.length = length
    self.actions = actions
    self.seed = seed
  }

  /// The digits that open the lock.
  public var combination: [Int] {
    var stream = Stream(seed: seed, purpose: "combination lock")
    return (0..<length).map { _ in stream.uniform(below: actions) }
  }

  /// The model of the lock.
  ///
  /// - Throws: ``ModelError`` if the numbers do not pass the checks of ``TabularMDP``.
  public func model() throws(ModelError) -> TabularMDP {
    var builder = ModelBuilder(states: length, actions: actions, entries: length * actions)
    for (s, digit) in combination.enumerated() {
      for action in 0..<actions {
        let opens = action == digit && s == length - 1
        if !opens { builder.add(1, to: action == digit ? s + 1 : 0) }
        builder.endChoice(reward: opens ? 1 : 0, terminatesWithProbability: opens ? 1 : 0)
      }
    }
    return try builder.model(start: 0)
  }

  /// The optimal value of each state.
  public func optimalValues(discount gamma: Double) -> [Double] {
    var values = [Double](repeating: 1, count: length)
    for s in (0..<(length - 1)).reversed() { values[s] = gamma * values[s + 1] }
    return values
  }

  /// The mean number of steps that a uniformly random policy needs from the first state:
  /// A + A² + … + Aⁿ.
  public var expectedStepsOfUniformPolicy: Double {
    (0..<length).reduce(0.0) { steps, _ in (steps + 1) * Double(actions) }
  }
}
