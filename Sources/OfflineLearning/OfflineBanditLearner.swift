// SPDX-License-Identifier: Apache-2.0

/// A rule that picks an arm from fixed data by a score of each arm's own data.
///
/// The greatest score wins; among equal scores the arm with more data; among those the lowest. The
/// score must not fall when successes are added at the same number of pulls: ``ExactSuboptimality``
/// rests on it.
public protocol OfflineBanditLearner: Sendable {
  /// The name in tables and figures.
  var name: String { get }
  /// The score of an arm with `k` successes in `n` pulls, rewards in [0, 1].
  ///
  /// - Precondition: `0 ≤ k ≤ n`.
  func score(pulls n: Int, successes k: Int) -> Double
}

extension OfflineBanditLearner {
  /// The arm that the data recommend.
  ///
  /// - Complexity: O(arms).
  public func arm(from data: ArmData) -> Int {
    var best = 0
    for arm in data.pulls.indices.dropFirst()
    where !isFirst(
      data.pulls[best], data.successes[best], over: data.pulls[arm], data.successes[arm])
    {
      best = arm
    }
    return best
  }

  /// The arm of each context, from its own data.
  ///
  /// - Complexity: O(contexts × arms).
  public func policy(from contexts: [ArmData]) -> [Int] { contexts.map(arm(from:)) }

  /// Whether an arm is preferred to one of higher number.
  @inline(__always)
  func isFirst(_ n0: Int, _ k0: Int, over n1: Int, _ k1: Int) -> Bool {
    let (first, second) = (score(pulls: n0, successes: k0), score(pulls: n1, successes: k1))
    return first > second || (first == second && n0 >= n1)
  }
}
