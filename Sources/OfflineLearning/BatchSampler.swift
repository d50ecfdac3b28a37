// SPDX-License-Identifier: Apache-2.0
import MarkovModels
import Randomness

/// Draws datasets from a model: N independent choices from a distribution μ, each with its outcome.
///
///     visits ~ Multinomial(N, μ)                                                (1)
///     for each choice k:  next states ~ Multinomial(visits_k, P(· | k))         (2)
///
/// - Units: a reward is that of the outcome where the model has outcome rewards, else the expected
///   reward of the choice, without noise.
/// - Assumes: an outcome that ends the episode pays what is left of the expected reward.
/// - Guarantee: the counts have the law of N independent observations.
/// - Deviates: none.
/// - Numerics: binomial variables given those before; no libm function.
/// - Complexity: O(K + entries) expected for any N.
/// - Source: [devroye1986], chapter XI, section 1.4, for (1) and (2).
public struct BatchSampler: Sendable {
  /// The model.
  public let model: TabularMDP
  /// The probability μ(k) of each choice.
  public let weights: [Double]
  /// The outcomes of choice k are at `pointers[k]..<pointers[k + 1]`.
  private let pointers: [Int]
  private let outcomes: [(next: Int32, probability: Double, reward: Double)]

  /// Prepares to draw.
  ///
  /// - Throws: ``OfflineLearningError`` unless the weights are a distribution over the choices.
  /// - Complexity: O(K + entries).
  public init(_ model: TabularMDP, weights: [Double]) throws(OfflineLearningError) {
    guard weights.count == model.choiceCount else {
      throw .wrongCount(array: "weights", expected: model.choiceCount, found: weights.count)
    }
    try OfflineLearningError.check(distribution: weights, "weights")
    var pointers = [0]
    var outcomes: [(next: Int32, probability: Double, reward: Double)] = []
    for k in 0..<model.choiceCount {
      for outcome in model.outcomes(ofChoice: k) {
        let next = outcome.terminates ? -1 : Int32(outcome.next)
        outcomes.append((next, outcome.probability, outcome.reward))
      }
      pointers.append(outcomes.count)
    }
    (self.model, self.weights) = (model, weights)
    (self.pointers, self.outcomes) = (pointers, outcomes)
  }

  /// N observations.
  ///
  /// - Precondition: `count ≥ 0`.
  public func draw(_ count: Int, using rng: inout some RandomNumberGenerator) -> BatchDataset {
    let visits = rng.multinomial(trials: count, weights: weights)  // (1)
    var sums = [Double](repeating: 0, count: visits.count)
    var rows = [0]
    rows.reserveCapacity(visits.count + 1)
    var (next, counts): ([Int32], [Int]) = ([], [])
    for k in visits.indices {
      let own = outcomes[pointers[k]..<pointers[k + 1]]
      if visits[k] > 0 {
        let drawn = rng.multinomial(trials: visits[k], weights: own.map(\.probability))  // (2)
        for (outcome, n) in zip(own, drawn) where n > 0 {
          sums[k] += Double(n) * outcome.reward
          if outcome.next >= 0 {
            next.append(outcome.next)
            counts.append(n)
          }
        }
      }
      rows.append(next.count)
    }
    return BatchDataset(
      unchecked: model.choicePointers, visits: visits, rewardSums: sums, rowPointers: rows,
      nextStates: next, nextCounts: counts)
  }

  /// N observations split at random into folds whose sizes differ by at most one.
  ///
  /// Independent observations are split into independent datasets, so each fold is drawn by itself.
  ///
  /// - Precondition: `count ≥ 0`, `folds ≥ 1`.
  public func drawFolds(
    _ count: Int, folds: Int, using rng: inout some RandomNumberGenerator
  ) -> [BatchDataset] {
    precondition(folds >= 1, "data are split into at least one fold")
    return (0..<folds).map { draw(count / folds + ($0 < count % folds ? 1 : 0), using: &rng) }
  }
}
