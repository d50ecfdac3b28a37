// SPDX-License-Identifier: Apache-2.0
import Provably

/// A machine that wears out: run it and earn, or repair it and earn less.
public struct Machine {
  /// The chance that a run wears a good machine.
  public let wear: Double

  /// Creates a machine.
  public init(wear: Double = 0.2) { self.wear = wear }

  /// The machine as a model of three states and two actions; it starts good.
  ///
  /// - Throws: ``ModelError`` if the chance is no probability.
  public func model() throws(ModelError) -> TabularMDP {
    let (good, worn, broken) = (0, 1, 2)
    return try OutcomeTable(
      states: 3, actions: 2, initialDistribution: [1, 0, 0],
      stateNames: ["good", "worn", "broken"], actionNames: ["run", "repair"]
    ) { state, action in
      switch (state, action) {
      case (0, 0): [Outcome(1 - wear, to: good, reward: 1), Outcome(wear, to: worn, reward: 1)]
      case (1, 0): [Outcome(0.5, to: worn, reward: 0.9), Outcome(0.5, to: broken, reward: 0.9)]
      case (2, 0): [Outcome(1, to: broken)]
      case (2, _): [Outcome(0.5, to: good), Outcome(0.5, to: broken)]
      default: [Outcome(1, to: good, reward: 0.5)]
      }
    }.model()
  }
}
