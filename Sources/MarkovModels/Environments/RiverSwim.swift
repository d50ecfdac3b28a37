// SPDX-License-Identifier: Apache-2.0

/// A river: swimming up against the current is slow, but the source pays 200 times the mouth.
///
///     right:  s0 ──0.6──→ s1 ──0.35─→ s2 ──0.35─→ … ──0.35─→ s(n−1)     reward 1 in s(n−1)
///             ↺ 0.4       ↺ 0.6       ↺ 0.6                  ↺ 0.6
///                ←──0.05──   ←──0.05──   ←─ …  ←────0.4────
///
///     left:   s0 ←── 1 ── s1 ←── 1 ── s2 ←─ …  ←──── 1 ──── s(n−1)     reward 0.005 in s0
///
/// Right moves ahead with probability `ahead` and back with `back`, else it stays; from s0 ahead with
/// `fromMouth`, else it stays; in s(n−1) back with `fromSource`, else it stays. All other rewards
/// are 0.
///
/// - Shapes: n states; actions are left, right.
/// - Closed form: the optimal gain, ``optimalGain``.
/// - Source: [strehl2008]; published versions differ in the probabilities of right, the defaults are
///   those common in work on regret after [osband2013].
public struct RiverSwim: Equatable, Sendable {
  /// The number of states n.
  public let states: Int
  /// The probability that right moves ahead, between the ends.
  public let ahead: Double
  /// The probability that right falls back, between the ends.
  public let back: Double
  /// The probability that right moves ahead from the first state.
  public let fromMouth: Double
  /// The probability that right falls back from the last state.
  public let fromSource: Double
  /// The reward of left in the first state.
  public let mouthReward: Double
  /// The reward of right in the last state.
  public let sourceReward: Double

  /// Creates a river.
  ///
  /// - Throws: ``ModelError/badParameter(name:value:expected:)`` unless there are two states, the
  ///   probabilities are positive and fit, and the rewards are finite and nonnegative.
  public init(
    states: Int = 6, ahead: Double = 0.35, back: Double = 0.05, fromMouth: Double = 0.6,
    fromSource: Double = 0.4, mouthReward: Double = 0.005, sourceReward: Double = 1
  ) throws(ModelError) {
    try ParameterCheck.range("states", states, 2...ParameterCheck.maximumStates)
    for (name, value) in [
      ("ahead", ahead), ("back", back), ("fromMouth", fromMouth), ("fromSource", fromSource),
    ] {
      try ParameterCheck.positiveProbability(name, value)
    }
    try ParameterCheck.require(ahead + back <= 1, "ahead + back", ahead + back, "at most 1")
    try ParameterCheck.range("mouthReward", mouthReward, 0...1e100)
    try ParameterCheck.range("sourceReward", sourceReward, 0...1e100)
    let n = Double(states)
    try ParameterCheck.size("states", states, states: n, choices: 2 * n, entries: 4 * n)
    self.states = states
    self.ahead = ahead
    self.back = back
    self.fromMouth = fromMouth
    self.fromSource = fromSource
    self.mouthReward = mouthReward
    self.sourceReward = sourceReward
  }

  /// The model of the river; an episode starts in the first state.
  ///
  /// - Throws: ``ModelError`` if the numbers do not pass the checks of ``TabularMDP``.
  public func model() throws(ModelError) -> TabularMDP {
    var builder = ModelBuilder(states: states, actions: 2, entries: 4 * states)
    let last = states - 1
    for s in 0...last {
      builder.add(1, to: max(s - 1, 0))
      builder.endChoice(reward: s == 0 ? mouthReward : 0)
      let up = s == 0 ? fromMouth : s == last ? 0 : ahead
      let down = s == 0 ? 0 : s == last ? fromSource : back
      builder.add(down, to: max(s - 1, 0))
      builder.add(1 - up - down, to: s)
      builder.add(up, to: min(s + 1, last))
      builder.endChoice(reward: s == last ? sourceReward : 0)
    }
    return try builder.model(start: 0, actionNames: ["left", "right"])
  }

  /// The gain of swimming right everywhere: the last state's share of the time, by detailed balance
  /// of the chain π(s) ahead(s) = π(s + 1) back(s + 1), times its reward.
  public var gainOfSwimmingRight: Double {
    // weight = π(s) / π(n − 1), summed from the last state down.
    var weight = 1.0
    var total = 1.0
    for s in stride(from: states - 2, through: 0, by: -1) {
      weight *= (s == states - 2 ? fromSource : back) / (s == 0 ? fromMouth : ahead)
      total += weight
    }
    return sourceReward / total
  }

  /// The optimal gain: right everywhere, or staying at the mouth.
  ///
  /// A policy that goes left somewhere does not earn the source's reward for ever: left in s0 holds
  /// it there, left in s(n−1) is not paid, and left in between keeps it below that state for good.
  public var optimalGain: Double { max(mouthReward, gainOfSwimmingRight) }
}
