// SPDX-License-Identifier: Apache-2.0

extension RandomNumberGenerator {
  /// True with the given probability, rounded up to a multiple of 2⁻⁵³.
  ///
  /// - Parameter probability: In [0, 1]; 0 is never true and 1 always.
  /// - Returns: Whether it happened.
  /// - Complexity: O(1), one word.
  @inlinable
  public mutating func bernoulli(_ probability: Double) -> Bool {
    precondition(
      probability >= 0 && probability <= 1, "not a probability: \(probability)")
    return uniform() < probability
  }

  /// An outcome drawn in proportion to its weight.
  ///
  /// For many draws from the same weights use ``AliasTable``.
  ///
  /// - Parameter weights: Nonnegative finite numbers, not all 0; they need not sum to 1.
  /// - Returns: An index with a positive weight.
  /// - Complexity: O(n), one word.
  @inlinable
  public mutating func categorical(_ weights: [Double]) -> Int {
    var total = 0.0
    for weight in weights {
      precondition(weight >= 0, "a weight must not be negative: \(weight)")
      total += weight
    }
    guard total.isFinite else {
      let scale = 1 / Double(weights.count)
      return categorical(weights.map { $0 * scale })
    }
    precondition(total > 0, "a draw needs a positive weight")
    var left = uniform() * total
    var chosen = 0
    for (i, weight) in weights.enumerated() where weight > 0 {
      chosen = i
      if left < weight { break }
      left -= weight
    }
    return chosen
  }

  /// The number of draws of each outcome among `trials` independent draws in proportion to weights.
  ///
  /// - Parameters:
  ///   - trials: Nonnegative.
  ///   - weights: Nonnegative finite numbers with a finite positive sum.
  /// - Returns: As many counts as weights, with the sum `trials`; 0 where the weight is 0.
  /// - Numerics: a binomial variable for each outcome, given those before it; the remaining weights
  ///   are summed from the end, so that they do not cancel.
  /// - Complexity: O(n) expected.
  /// - Source: [devroye1986], chapter XI.
  @inlinable
  public mutating func multinomial(trials: Int, weights: [Double]) -> [Int] {
    precondition(trials >= 0 && !weights.isEmpty, "a multinomial vector needs trials and outcomes")
    var remaining = [Double](repeating: 0, count: weights.count)
    var sum = 0.0
    for i in weights.indices.reversed() {
      precondition(weights[i] >= 0, "a weight must not be negative: \(weights[i])")
      sum += weights[i]
      remaining[i] = sum
    }
    precondition(sum > 0 && sum.isFinite, "the weights must have a finite positive sum")
    var counts = [Int](repeating: 0, count: weights.count)
    var left = trials
    for i in weights.indices where left > 0 && weights[i] > 0 {
      // The last positive weight is the whole of what remains: its probability is exactly 1.
      counts[i] = binomial(trials: left, probability: min(1, weights[i] / remaining[i]))
      left -= counts[i]
    }
    return counts
  }
}
