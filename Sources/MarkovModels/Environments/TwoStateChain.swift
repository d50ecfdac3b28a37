// SPDX-License-Identifier: Apache-2.0

/// Two states and one action: the smallest chain with every quantity in closed form.
///
///     1−a ↺ s0 ── a ──→ s1 ↺ 1−b       reward r0 in s0, r1 in s1
///              ←── b ──
///
/// - Shapes: 2 states, 1 action.
/// - Closed form: P has eigenvalues 1 and λ = 1 − a − b with right eigenvectors (1, 1) and (a, −b);
///   r = g (1, 1) + d (a, −b) with g = (b r0 + a r1)/(a + b) and d = (r0 − r1)/(a + b). Hence the
///   stationary distribution, the gain, the bias and the values below.
/// - Source: any text on Markov chains, for example [puterman1994], appendix A.
public struct TwoStateChain: Equatable, Sendable {
  /// The probability a of leaving the first state.
  public let leaveFirst: Double
  /// The probability b of leaving the second state.
  public let leaveSecond: Double
  /// The rewards r0 and r1.
  public let rewards: [Double]

  /// Creates a chain.
  ///
  /// - Throws: ``ModelError/badParameter(name:value:expected:)`` unless both states can be left and
  ///   there are two finite rewards.
  public init(
    leaveFirst: Double = 0.1, leaveSecond: Double = 0.2, rewards: [Double] = [1, 0]
  ) throws(ModelError) {
    try ParameterCheck.positiveProbability("leaveFirst", leaveFirst)
    try ParameterCheck.positiveProbability("leaveSecond", leaveSecond)
    try ParameterCheck.require(rewards.count == 2, "rewards", rewards, "two rewards")
    for reward in rewards { try ParameterCheck.finite("rewards", reward) }
    self.leaveFirst = leaveFirst
    self.leaveSecond = leaveSecond
    self.rewards = rewards
  }

  /// The model of the chain.
  ///
  /// - Throws: ``ModelError`` if the numbers do not pass the checks of ``TabularMDP``.
  public func model() throws(ModelError) -> TabularMDP {
    var builder = ModelBuilder(states: 2, actions: 1, entries: 4)
    builder.add(1 - leaveFirst, to: 0)
    builder.add(leaveFirst, to: 1)
    builder.endChoice(reward: rewards[0])
    builder.add(leaveSecond, to: 0)
    builder.add(1 - leaveSecond, to: 1)
    builder.endChoice(reward: rewards[1])
    return try builder.model(start: 0)
  }

  /// The eigenvalue λ = 1 − a − b that governs mixing.
  public var secondEigenvalue: Double { 1 - leaveFirst - leaveSecond }

  /// The stationary distribution (b, a)/(a + b).
  public var stationaryDistribution: [Double] {
    [leaveSecond / (leaveFirst + leaveSecond), leaveFirst / (leaveFirst + leaveSecond)]
  }

  /// The gain g.
  public var gain: Double {
    stationaryDistribution[0] * rewards[0] + stationaryDistribution[1] * rewards[1]
  }

  /// The bias d (a, −b)/(1 − λ), whose stationary mean is 0.
  public var bias: [Double] { deviation.map { $0 / (1 - secondEigenvalue) } }

  /// The discounted values g/(1 − γ) (1, 1) + d (a, −b)/(1 − γλ).
  public func values(discount gamma: Double) -> [Double] {
    deviation.map { gain / (1 - gamma) + $0 / (1 - gamma * secondEigenvalue) }
  }

  /// The part d (a, −b) of the rewards.
  private var deviation: [Double] {
    let d = (rewards[0] - rewards[1]) / (leaveFirst + leaveSecond)
    return [d * leaveFirst, -d * leaveSecond]
  }
}
