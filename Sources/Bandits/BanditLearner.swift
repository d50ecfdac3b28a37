// SPDX-License-Identifier: Apache-2.0
import MarkovModels
import Randomness

/// An algorithm that chooses an arm each round and sees the reward of that arm only.
///
/// A learner is a value: a copy goes on from where it was. Ties go to the lowest arm.
public protocol BanditLearner: Sendable {
  /// The name in tables and figures.
  var name: String { get }

  /// Forgets everything and prepares for a number of arms and rounds.
  ///
  /// - Precondition: `arms ≥ 1`, `rounds ≥ 1`.
  mutating func begin(arms: Int, rounds: Int)

  /// The arm of round *t*, counted from 1.
  mutating func arm(ofRound t: Int, using rng: inout Xoshiro256) -> Int

  /// Takes note of the reward of an arm.
  mutating func observe(_ reward: Double, ofArm arm: Int)

  /// Plays a Bernoulli bandit and returns the pseudo-regret at checkpoints.
  func regret(
    on bandit: BernoulliBandit, at checkpoints: [Int], using rng: inout Xoshiro256
  ) -> [Double]

  /// Plays a Gaussian bandit and returns the pseudo-regret at checkpoints.
  func regret(
    on bandit: GaussianBandit, at checkpoints: [Int], using rng: inout Xoshiro256
  ) -> [Double]
}

// The two methods are requirements, so that each learner's loop is compiled for its own types.
extension BanditLearner {
  /// The pseudo-regret Σ_t (μ* − μ_{A_t}) at checkpoints: exact gaps, no reward noise.
  ///
  /// - Parameters:
  ///   - bandit: The arms.
  ///   - checkpoints: Rounds, increasing, the first at least 1; the last one is the horizon.
  ///   - rng: The random numbers of rewards and learner, in the order of rounds.
  /// - Returns: The pseudo-regret at each checkpoint.
  /// - Complexity: O(last checkpoint) choices.
  public func regret(
    on bandit: BernoulliBandit, at checkpoints: [Int], using rng: inout Xoshiro256
  ) -> [Double] { play(bandit, until: checkpoints, using: &rng) }

  /// The pseudo-regret Σ_t (μ* − μ_{A_t}) at checkpoints: exact gaps, no reward noise.
  ///
  /// - Parameters:
  ///   - bandit: The arms.
  ///   - checkpoints: Rounds, increasing, the first at least 1; the last one is the horizon.
  ///   - rng: The random numbers of rewards and learner, in the order of rounds.
  /// - Returns: The pseudo-regret at each checkpoint.
  /// - Complexity: O(last checkpoint) choices.
  public func regret(
    on bandit: GaussianBandit, at checkpoints: [Int], using rng: inout Xoshiro256
  ) -> [Double] { play(bandit, until: checkpoints, using: &rng) }

  @inline(__always)
  private func play<Model: BanditModel>(
    _ bandit: Model, until checkpoints: [Int], using rng: inout Xoshiro256
  ) -> [Double] {
    precondition(
      (checkpoints.first ?? 0) >= 1 && zip(checkpoints, checkpoints.dropFirst()).allSatisfy(<),
      "checkpoints are rounds, increasing from 1 or later")
    var learner = self
    let best = bandit.means[bandit.bestArm]
    learner.begin(arms: bandit.armCount, rounds: checkpoints[checkpoints.count - 1])
    // Counting pulls and multiplying keeps the regret free of accumulated rounding.
    var pulls = [Int](repeating: 0, count: bandit.armCount)
    var regrets: [Double] = []
    regrets.reserveCapacity(checkpoints.count)
    var t = 1
    for checkpoint in checkpoints {
      while t <= checkpoint {
        let arm = learner.arm(ofRound: t, using: &rng)
        pulls[arm] &+= 1
        learner.observe(bandit.reward(ofArm: arm, using: &rng), ofArm: arm)
        t &+= 1
      }
      var regret = 0.0
      for (arm, count) in pulls.enumerated() {
        regret += (best - bandit.means[arm]) * Double(count)
      }
      regrets.append(regret)
    }
    return regrets
  }
}
