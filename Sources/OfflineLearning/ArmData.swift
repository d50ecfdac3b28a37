// SPDX-License-Identifier: Apache-2.0
import MarkovModels
import Randomness

/// Fixed data of a Bernoulli bandit: how often each arm was pulled, and how often it paid.
///
/// The counts are sufficient: no learner here sees the order of the data.
public struct ArmData: Equatable, Sendable {
  /// The number of observations of each arm.
  public let pulls: [Int]
  /// How many of them paid 1, one number for each arm.
  public let successes: [Int]

  /// Creates data from counts.
  ///
  /// - Throws: ``OfflineLearningError/wrongCount(array:expected:found:)`` or
  ///   ``OfflineLearningError/badCount(_:)``.
  public init(pulls: [Int], successes: [Int]) throws(OfflineLearningError) {
    guard !pulls.isEmpty else { throw .badCount("there is no arm") }
    guard pulls.count == successes.count else {
      throw .wrongCount(array: "successes", expected: pulls.count, found: successes.count)
    }
    for arm in pulls.indices where !(0 <= successes[arm] && successes[arm] <= pulls[arm]) {
      throw .badCount("arm \(arm) has \(successes[arm]) successes in \(pulls[arm]) pulls")
    }
    (self.pulls, self.successes) = (pulls, successes)
  }

  /// Draws N observations, each of an arm from the behaviour distribution.
  ///
  /// - Parameters:
  ///   - count: The number of observations N, nonnegative.
  ///   - bandit: The arms.
  ///   - behavior: The probability of each arm, as many as arms.
  ///   - rng: The random numbers.
  /// - Throws: ``OfflineLearningError`` if the behaviour is not a distribution over the arms.
  /// - Complexity: O(arms) expected, whatever N: a multinomial vector and a binomial an arm.
  public init(
    drawing count: Int, from bandit: BernoulliBandit, behavior: [Double],
    using rng: inout some RandomNumberGenerator
  ) throws(OfflineLearningError) {
    guard behavior.count == bandit.armCount else {
      throw .wrongCount(array: "behavior", expected: bandit.armCount, found: behavior.count)
    }
    guard count >= 0 else { throw .badCount("\(count) observations are asked for") }
    try OfflineLearningError.check(distribution: behavior, "behavior")
    let pulls = rng.multinomial(trials: count, weights: behavior)
    var successes: [Int] = []
    for (arm, n) in pulls.enumerated() {
      successes.append(rng.binomial(trials: n, probability: bandit.means[arm]))
    }
    (self.pulls, self.successes) = (pulls, successes)
  }
}
