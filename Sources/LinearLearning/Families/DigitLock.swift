// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra
import MarkovModels

/// A combination lock with one try an episode: a wrong digit leads to a state that pays nothing.
///
///     s0 ── right digit ──→ s1 ──→ … ──→ s(n−1) ── right digit, reward 1 ──→ dead
///      └── any other digit ──→ dead (stays)
///
/// The right digit is always the last action, so that ties, which go to the lowest, never help.
///
/// - Shapes: n + 1 states, A actions, one feature a choice; the horizon is n.
/// - Closed form: V* = 1; a policy that never tries the right digit loses 1 an episode.
/// - Source: [kakade2003].
public struct DigitLock: Equatable, Sendable {
  /// The number of digits n.
  public let length: Int
  /// The number of values A of a digit.
  public let actions: Int

  /// Creates a lock.
  ///
  /// - Throws: `ModelError.badParameter(name:value:expected:)`.
  public init(length: Int, actions: Int) throws(ModelError) {
    guard length >= 1 else {
      throw .badParameter(name: "length", value: "\(length)", expected: "at least 1")
    }
    guard actions >= 2 else {
      throw .badParameter(name: "actions", value: "\(actions)", expected: "at least 2")
    }
    self.length = length
    self.actions = actions
  }

  /// The lock as a problem of n stages.
  ///
  /// - Throws: `ModelError` if the numbers do not pass the checks of ``LinearEpisode``.
  public func episode() throws(ModelError) -> LinearEpisode {
    let (S, A) = (length + 1, actions)
    var measures = Matrix(S * A, S)
    var weights = [Double](repeating: 0, count: S * A)
    for s in 0..<S {
      for a in 0..<A {
        let isRight = a == A - 1 && s < length
        measures[s * A + a, isRight ? s + 1 : length] = 1
        if isRight && s == length - 1 { weights[s * A + a] = 1 }
      }
    }
    var initial = [Double](repeating: 0, count: S)
    initial[0] = 1
    return try LinearEpisode(
      LinearMDP(
        features: .identity(S * A), measures: measures, rewardWeights: weights, actionCount: A,
        initialDistribution: initial), horizon: length)
  }
}
