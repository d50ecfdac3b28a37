// SPDX-License-Identifier: Apache-2.0

/// A machine that wears out: run it at a cost that grows, or pay to replace it.
///
///                 run: cost c·s               s wears to s + 1 with probability p, else stays;
///     s0 ── p ──→ s1 ── p ──→ … ──→ s(n−1)    the last state stays.
///     ▲           │                 │
///     └───────────┴─ replace: cost R┘         surely back to s0, which is new.
///
/// - Shapes: n states; actions are run, replace.
/// - Closed form: the gain of replacing at m, ``gain(ofReplacingAt:)``, and with it the optimal gain:
///   some such policy (or never replacing) is optimal, since running costs grow with the wear.
/// - Source: [puterman1994] on equipment replacement and control limit policies.
public struct MachineReplacement: Equatable, Sendable {
  /// The number of states n.
  public let states: Int
  /// The probability p that running wears the machine.
  public let wear: Double
  /// The cost c of running for each unit of wear.
  public let runningCost: Double
  /// The cost R of a new machine.
  public let replacementCost: Double

  /// Creates a machine.
  ///
  /// - Throws: ``ModelError/badParameter(name:value:expected:)``.
  public init(
    states: Int = 10, wear: Double = 0.5, runningCost: Double = 1, replacementCost: Double = 10
  ) throws(ModelError) {
    try ParameterCheck.range("states", states, 2...ParameterCheck.maximumStates)
    try ParameterCheck.positiveProbability("wear", wear)
    try ParameterCheck.range("runningCost", runningCost, 0...1e100)
    try ParameterCheck.range("replacementCost", replacementCost, 0...1e100)
    let n = Double(states)
    try ParameterCheck.size("states", states, states: n, choices: 2 * n, entries: 3 * n)
    self.states = states
    self.wear = wear
    self.runningCost = runningCost
    self.replacementCost = replacementCost
  }

  /// The model of the machine; rewards are the costs with the sign changed.
  ///
  /// - Throws: ``ModelError`` if the numbers do not pass the checks of ``TabularMDP``.
  public func model() throws(ModelError) -> TabularMDP {
    var builder = ModelBuilder(states: states, actions: 2, entries: 3 * states)
    for s in 0..<states {
      builder.add(1 - wear, to: s)
      builder.add(wear, to: min(s + 1, states - 1))
      builder.endChoice(reward: -runningCost * Double(s))
      builder.add(1, to: 0)
      builder.endChoice(reward: -replacementCost)
    }
    return try builder.model(start: 0, actionNames: ["run", "replace"])
  }

  /// The gain of running below `limit` and replacing from there on.
  ///
  /// A cycle spends 1/p steps on average in each of the states 0 … m − 1 and one on replacing, so
  /// that g = −(R + (c/p) m (m − 1)/2)/(m/p + 1). With the limit n the machine is never replaced and
  /// g = −c (n − 1).
  public func gain(ofReplacingAt limit: Int) -> Double {
    precondition(limit >= 0 && limit <= states, "limit \(limit) is not in 0 ... \(states)")
    guard limit < states else { return -runningCost * Double(states - 1) }
    let m = Double(limit)
    return -(replacementCost + runningCost / wear * m * (m - 1) / 2) / (m / wear + 1)
  }

  /// The best limit; the lowest on a tie.
  public var bestLimit: Int {
    (0...states).reduce(0) { gain(ofReplacingAt: $1) > gain(ofReplacingAt: $0) ? $1 : $0 }
  }

  /// The optimal gain.
  public var optimalGain: Double { gain(ofReplacingAt: bestLimit) }
}
