// SPDX-License-Identifier: Apache-2.0

/// A chain in which going on pays late and turning back pays a little at once.
///
///     ┌──────←─────── back, 2 ──────←──────┬─────────┐
///     ▼                                    │         │
///     s0 ── on, 0 ──→ s1 ── on, 0 ──→ … ──→ s(n−1) ──┘ on, 10: stays
///
/// With probability `slip` an action has the other's effect, reward included.
///
/// - Shapes: n states; actions are on, back.
/// - Closed form: the values and the gain of always going on, ``valuesOfGoingOn(discount:)`` and
///   ``gainOfGoingOn``; with the default parameters that is the optimal policy for γ ≥ 0.9.
/// - Source: [dearden1998]; [strens2000].
public struct Chain: Equatable, Sendable {
  /// The number of states n.
  public let states: Int
  /// The probability that an action has the other's effect.
  public let slip: Double
  /// The reward of turning back.
  public let backReward: Double
  /// The reward of going on in the last state.
  public let endReward: Double

  /// Creates a chain.
  ///
  /// - Throws: ``ModelError/badParameter(name:value:expected:)``.
  public init(
    states: Int = 5, slip: Double = 0.2, backReward: Double = 2, endReward: Double = 10
  ) throws(ModelError) {
    try ParameterCheck.range("states", states, 1...ParameterCheck.maximumStates)
    try ParameterCheck.range("slip", slip, 0...1)
    try ParameterCheck.finite("backReward", backReward)
    try ParameterCheck.finite("endReward", endReward)
    let n = Double(states)
    try ParameterCheck.size("states", states, states: n, choices: 2 * n, entries: 4 * n)
    self.states = states
    self.slip = slip
    self.backReward = backReward
    self.endReward = endReward
  }

  /// The model of the chain; an episode starts in the first state.
  ///
  /// - Throws: ``ModelError`` if the numbers do not pass the checks of ``TabularMDP``.
  public func model() throws(ModelError) -> TabularMDP {
    var builder = ModelBuilder(states: states, actions: 2, entries: 4 * states)
    for s in 0..<states {
      for action in 0...1 {
        let on = action == 0 ? 1 - slip : slip
        let back = action == 0 ? slip : 1 - slip
        builder.add(back, to: 0)
        builder.add(on, to: min(s + 1, states - 1))
        builder.endChoice(reward: back * backReward + (s == states - 1 ? on * endReward : 0))
      }
    }
    return try builder.model(start: 0, actionNames: ["on", "back"])
  }

  /// The values of always going on.
  ///
  /// With p = slip, q = (1 − p) γ and b, e the rewards, the recursion
  /// V(s) = p (b + γ V(0)) + q V(s + 1), V(n − 1) = p (b + γ V(0)) + (1 − p) e + q V(n − 1) gives
  /// V(s) = [p (b + γ V(0)) + (1 − p) e q^(n − 1 − s)]/(1 − q) and
  /// V(0) = [p b + (1 − p) e q^(n − 1)]/(1 − γ).
  public func valuesOfGoingOn(discount gamma: Double) -> [Double] {
    let q = (1 - slip) * gamma
    var powers = [1.0]
    for k in 1..<max(states, 2) { powers.append(powers[k - 1] * q) }
    let end = (1 - slip) * endReward
    let first = (slip * backReward + end * powers[states - 1]) / (1 - gamma)
    let slipped = slip * (backReward + gamma * first)
    return (0..<states).map { (slipped + end * powers[states - 1 - $0]) / (1 - q) }
  }

  /// The gain of always going on: p b + (1 − p)ⁿ e.
  public var gainOfGoingOn: Double {
    slip * backReward + (0..<states).reduce(endReward) { g, _ in g * (1 - slip) }
  }
}
