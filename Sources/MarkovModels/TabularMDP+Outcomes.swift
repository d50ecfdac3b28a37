// SPDX-License-Identifier: Apache-2.0

extension TabularMDP {
  /// What a choice may lead to, as a simulator needs it: next states in the order of storage, then the
  /// end of the episode if it can end.
  ///
  /// An outcome pays its own reward where the model has outcome rewards, else the expected reward of
  /// the choice; the end pays what is left of the expected reward.
  ///
  /// - Returns: The outcomes; that of the end has `terminates`, and the choice's state as `next`.
  /// - Complexity: O(entries of the row).
  public func outcomes(ofChoice k: Int) -> [Outcome] {
    var outcomes: [Outcome] = []
    var left = rewards[k]
    transitions.forEachEntry(row: k) { next, probability, position in
      let reward = outcomeRewards?[position] ?? rewards[k]
      outcomes.append(Outcome(probability, to: next, reward: reward))
      left -= probability * reward
    }
    if let end = termination?[k], end > 0 {
      let reward = outcomeRewards == nil ? rewards[k] : left / end
      outcomes.append(
        Outcome(end, to: state(ofChoice: k), reward: reward, terminates: true))
    }
    return outcomes
  }
}
