// SPDX-License-Identifier: Apache-2.0
import LinearLearning
import MarkovModels
import Randomness

/// The online problems of the study and the bonus in the paper's form.
enum OnlineInstance {
  /// The regularization λ, as in the paper.
  static let regularization = 1.0
  /// The probability of failure p in ι.
  static let failure = 0.1

  /// ι = ln(2 d T / p), T = K H.
  static func iota(_ model: LinearEpisode, episodes: Int) -> Double {
    let d = Double(model.features.dimension)
    return Portable.log(2 * d * Double(episodes) * Double(model.horizon) / failure)
  }

  /// β = c d H √ι.
  static func multiplier(_ c: Double, _ model: LinearEpisode, episodes: Int) -> Double {
    let d = Double(model.features.dimension)
    let H = Double(model.horizon)
    return c * d * H * iota(model, episodes: episodes).squareRoot()
  }

  /// A learner with the bonus in the paper's form.
  static func learner(
    _ c: Double, _ model: LinearEpisode, episodes: Int,
    switching: LSVIUCB.Switching = .everyEpisode
  ) -> LSVIUCB {
    LSVIUCB(
      features: model.features, states: model.stateCount, horizon: model.horizon,
      regularization: regularization, multiplier: multiplier(c, model, episodes: episodes),
      switching: switching)
  }

  /// Arms whose gap is m √(A/K), at most ½.
  static func arms(
    _ count: Int, horizon: Int, multiple: Double, episodes: Int
  ) throws -> LinearEpisode {
    let gap = min(0.5, multiple * (Double(count) / Double(episodes)).squareRoot())
    return try LinearEpisode(ThreeStateFamily(arms: count, gap: gap).model(), horizon: horizon)
  }

  /// A random linear MDP: 8 states, 3 actions, d = 4, H = 4.
  static func random(using rng: inout Xoshiro256) throws -> LinearEpisode {
    try LinearEpisode(
      RandomLinearMDP(states: 8, actions: 3, dimension: 4, seed: rng.next()).model(), horizon: 4)
  }
}
