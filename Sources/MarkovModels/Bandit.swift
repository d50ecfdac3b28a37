// SPDX-License-Identifier: Apache-2.0
import Randomness

/// A stochastic multi-armed bandit: arms with known mean rewards, so that regret is exact.
///
/// - Source: [lattimore2020], chapter 4.
public protocol BanditModel: Sendable {
  /// The mean reward of each arm.
  var means: [Double] { get }

  /// One reward of an arm.
  func reward(ofArm arm: Int, using rng: inout some RandomNumberGenerator) -> Double
}

extension BanditModel {
  /// The number of arms.
  public var armCount: Int { means.count }

  /// The arm with the greatest mean, the lowest of them on a tie.
  public var bestArm: Int { means.indices.reduce(0) { means[$1] > means[$0] ? $1 : $0 } }

  /// The loss in mean of an arm against the best.
  public func gap(ofArm arm: Int) -> Double { means[bestArm] - means[arm] }
}

/// A bandit whose rewards are normal with given means and standard deviations.
public struct GaussianBandit: BanditModel, Equatable {
  /// The mean reward of each arm.
  public let means: [Double]
  /// The standard deviation of the reward of each arm.
  public let standardDeviations: [Double]

  /// Creates a bandit; without standard deviations, they are 1.
  ///
  /// - Throws: ``ModelError/badArm(arm:reason:)`` unless there is an arm, every mean is finite, and
  ///   there is one finite nonnegative standard deviation for each arm.
  public init(means: [Double], standardDeviations: [Double]? = nil) throws(ModelError) {
    guard !means.isEmpty else { throw .badArm(arm: 0, reason: "a bandit needs at least one arm") }
    let deviations = standardDeviations ?? [Double](repeating: 1, count: means.count)
    guard deviations.count == means.count else {
      throw .wrongCount(
        array: "standard deviations", expected: means.count, found: deviations.count)
    }
    for (arm, mean) in means.enumerated() where !mean.isFinite {
      throw .badArm(arm: arm, reason: "the mean is \(mean), expected a finite number")
    }
    for (arm, sigma) in deviations.enumerated() where !(sigma >= 0 && sigma.isFinite) {
      throw .badArm(
        arm: arm, reason: "the standard deviation is \(sigma), expected a finite number ≥ 0")
    }
    self.means = means
    self.standardDeviations = deviations
  }

  /// One reward of an arm.
  public func reward(ofArm arm: Int, using rng: inout some RandomNumberGenerator) -> Double {
    means[arm] + standardDeviations[arm] * rng.gaussian()
  }
}

/// A bandit whose rewards are 1 with probability `means[arm]` and 0 otherwise.
public struct BernoulliBandit: BanditModel, Equatable {
  /// The probability of a reward of each arm.
  public let means: [Double]

  /// Creates a bandit.
  ///
  /// - Throws: ``ModelError/badArm(arm:reason:)`` unless there is an arm and every mean is in [0, 1].
  public init(means: [Double]) throws(ModelError) {
    guard !means.isEmpty else { throw .badArm(arm: 0, reason: "a bandit needs at least one arm") }
    for (arm, mean) in means.enumerated() where !(mean >= 0 && mean <= 1) {
      throw .badArm(arm: arm, reason: "the mean is \(mean), expected a number in [0, 1]")
    }
    self.means = means
  }

  /// One reward of an arm: 0 or 1.
  public func reward(ofArm arm: Int, using rng: inout some RandomNumberGenerator) -> Double {
    rng.uniform() < means[arm] ? 1 : 0
  }
}
