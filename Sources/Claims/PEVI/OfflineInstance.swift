// SPDX-License-Identifier: Apache-2.0
import LinearLearning
import MarkovModels
import Randomness

/// The offline problems of the study.
enum OfflineInstance: String, CaseIterable {
  /// Random simplex features, d = 4, S = 8, A = 3, H = 4.
  case linear = "linear"
  /// The same sizes with one feature a choice: a random tabular model.
  case tabular = "tabular"
  /// One good arm among 20, most of the others seen about twice.
  case sparse = "sparse arms"

  /// The regularization λ everywhere in the study: a power of two, so that λ + n is exact.
  static let regularization = 1.0 / 64
  /// The probability of failure δ.
  static let delta = 0.1
  /// The share of episodes that follow an optimal policy: C* ≤ 4.
  static let expertShare = 0.25
  /// Arms of the sparse instance.
  static let arms = 20

  /// Draws a problem; the same generator state gives the same problem.
  func problem(using rng: inout Xoshiro256) throws -> LinearEpisode {
    switch self {
    case .linear:
      return try LinearEpisode(
        RandomLinearMDP(states: 8, actions: 3, dimension: 4, seed: rng.next()).model(), horizon: 4)
    case .tabular:
      return try LinearEpisode(
        oneHot: Garnet(states: 8, actions: 3, branching: 3, seed: rng.next()).model(), horizon: 4)
    case .sparse:
      return try LinearEpisode(ThreeStateFamily(arms: Self.arms, gap: 0.15).model(), horizon: 3)
    }
  }

  /// Draws data with partial coverage.
  func data(
    of model: LinearEpisode, episodes: Int, using rng: inout Xoshiro256
  ) -> StageCounts {
    let other: [Double]
    switch self {
    case .linear, .tabular:
      // The rest of the episodes always takes action 0.
      other = model.probabilities(
        of: [Int](repeating: 0, count: model.horizon * model.stateCount))
    case .sparse:
      return StageCounts(
        of: model, behaviour: [(1, Self.sparseBehaviour(model, episodes: episodes))],
        episodes: episodes, using: &rng)
    }
    return StageCounts(
      of: model,
      behaviour: [
        (Self.expertShare, model.probabilities(of: model.optimalPolicy)),
        (1 - Self.expertShare, other),
      ], episodes: episodes, using: &rng)
  }

  /// Half of the first choices are the best arm, all other arms but arm 0 are seen about twice each,
  /// arm 0 has the rest.
  static func sparseBehaviour(_ model: LinearEpisode, episodes: Int) -> [Double] {
    let A = model.actionCount
    let rare = min(0.4 / Double(A), 2 * Double(model.horizon) / Double(episodes))
    var stage = [Double](repeating: 1 / Double(A), count: 3 * A)
    for a in 0..<A { stage[a] = rare }
    stage[A - 1] = 0.5
    stage[0] = 0.5 - rare * Double(A - 2)
    return Array(repeatElement(stage, count: model.horizon).joined())
  }

  /// The penalty of the study: the derived multipliers times a factor.
  static func pessimism(_ model: LinearEpisode, factor: Double = 1) -> PEVI {
    PEVI(
      regularization: regularization,
      multipliers: SplitHoeffding.multipliers(
        for: model, regularization: regularization, failureProbability: delta, factor: factor))
  }
}
