// SPDX-License-Identifier: Apache-2.0
import MarkovModels
import Randomness

/// A contextual Bernoulli bandit with the distribution of its data.
///
/// A policy is judged under the context distribution ρ; the data are N independent draws of
/// (context, arm) from μ, whose contexts need not be distributed as ρ. Arrays over pairs are
/// *S × A*, a row a context.
public struct ContextualBandit: Equatable, Sendable {
  /// The probability ρ(s) of each context.
  public let contextWeights: [Double]
  /// The probability of a reward of each arm, for each context; at least one arm, as many in each.
  public let means: [[Double]]
  /// The probability μ(s, a) of each pair in the data.
  public let dataWeights: [[Double]]

  /// Creates a bandit.
  ///
  /// - Throws: ``OfflineLearningError`` for arrays that do not fit together, means outside [0, 1] or
  ///   weights that are not distributions.
  public init(
    contextWeights: [Double], means: [[Double]], dataWeights: [[Double]]
  ) throws(OfflineLearningError) {
    let (S, A) = (contextWeights.count, means.first?.count ?? 0)
    guard S > 0, A > 0 else { throw .mismatch("a contextual bandit needs a context and an arm") }
    for (name, array) in [("means", means), ("dataWeights", dataWeights)] {
      guard array.count == S else {
        throw .wrongCount(array: name, expected: S, found: array.count)
      }
      for (s, row) in array.enumerated() where row.count != A {
        throw .wrongCount(array: "\(name) of context \(s)", expected: A, found: row.count)
      }
    }
    for (s, row) in means.enumerated() {
      for (a, mean) in row.enumerated() where !(mean >= 0 && mean <= 1) {
        throw .mismatch("the mean of arm \(a) in context \(s) is \(mean), expected one in [0, 1]")
      }
    }
    try OfflineLearningError.check(distribution: contextWeights, "contextWeights")
    try OfflineLearningError.check(distribution: dataWeights.flatMap(\.self), "dataWeights")
    (self.contextWeights, self.means, self.dataWeights) = (contextWeights, means, dataWeights)
  }

  /// The number of contexts S.
  public var contextCount: Int { contextWeights.count }
  /// The number of arms A.
  public var armCount: Int { means[0].count }

  /// The best arm of a context; the lowest of several.
  public func bestArm(inContext s: Int) -> Int {
    means[s].indices.reduce(0) { means[s][$1] > means[s][$0] ? $1 : $0 }
  }

  /// How much an arm loses in a context.
  public func gap(ofArm a: Int, inContext s: Int) -> Double {
    means[s][bestArm(inContext: s)] - means[s][a]
  }

  /// C* = max_s ρ(s) / μ(s, π*(s)) over contexts that occur; infinite without coverage.
  public var concentrability: Double {
    var greatest = 0.0
    for s in 0..<contextCount where contextWeights[s] > 0 {
      greatest = max(greatest, contextWeights[s] / dataWeights[s][bestArm(inContext: s)])
    }
    return greatest
  }

  /// Σ_s ρ(s) (gap of the arm that a policy plays in s), exact.
  ///
  /// - Precondition: one arm a context.
  public func suboptimality(of policy: [Int]) -> Double {
    precondition(policy.count == contextCount, "a policy has one arm for each context")
    return (0..<contextCount).reduce(0) {
      $0 + contextWeights[$1] * gap(ofArm: policy[$1], inContext: $1)
    }
  }

  /// N observations, as counts for each context.
  ///
  /// - Precondition: `count ≥ 0`.
  /// - Complexity: O(S A) expected, whatever N.
  public func draw(_ count: Int, using rng: inout some RandomNumberGenerator) -> [ArmData] {
    let A = armCount
    let pulls = rng.multinomial(trials: count, weights: dataWeights.flatMap(\.self))
    return (0..<contextCount).map { s in
      let own = Array(pulls[s * A..<(s + 1) * A])
      let successes = own.indices.map {
        rng.binomial(trials: own[$0], probability: means[s][$0])
      }
      return ArmData(uncheckedPulls: own, successes: successes)
    }
  }
}

extension ArmData {
  /// Counts that are right by construction.
  init(uncheckedPulls pulls: [Int], successes: [Int]) {
    (self.pulls, self.successes) = (pulls, successes)
  }
}
