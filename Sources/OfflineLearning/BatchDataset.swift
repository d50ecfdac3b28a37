// SPDX-License-Identifier: Apache-2.0

/// Fixed data of a Markov decision process, as counts of (state, action, reward, next state).
///
/// Arrays over choices are indexed by k as in `TabularMDP`; the next states of choice k that the data
/// hold are `nextStates[rowPointers[k]..<rowPointers[k + 1]]`, with their counts. Visits that ended
/// the episode have no next state. The order of the data is not kept.
public struct BatchDataset: Equatable, Sendable {
  /// One observation.
  public struct Sample: Equatable, Sendable {
    /// The choice k, that is, the state and the action.
    public let choice: Int
    /// The reward.
    public let reward: Double
    /// The next state, `nil` if the episode ended.
    public let next: Int?

    /// Creates an observation.
    public init(choice: Int, reward: Double, next: Int?) {
      (self.choice, self.reward, self.next) = (choice, reward, next)
    }
  }

  /// S + 1 positions: the choices of state s are `choicePointers[s]..<choicePointers[s + 1]`.
  public let choicePointers: [Int]
  /// How often each choice was taken.
  public let visits: [Int]
  /// The sum of the rewards of each choice.
  public let rewardSums: [Double]
  /// K + 1 positions into `nextStates`.
  public let rowPointers: [Int]
  /// Next states, increasing within a choice.
  public let nextStates: [Int32]
  /// How often each next state followed; positive.
  public let nextCounts: [Int]

  /// The number of observations N.
  public var count: Int { visits.reduce(0, +) }
  /// The number of states S.
  public var stateCount: Int { choicePointers.count - 1 }
  /// The number of choices K.
  public var choiceCount: Int { visits.count }

  /// Counts observations.
  ///
  /// - Parameters:
  ///   - samples: The observations, in any order.
  ///   - choicePointers: S + 1 increasing positions, as in the model.
  /// - Throws: ``OfflineLearningError/mismatch(_:)`` for a choice or state that is not there or a
  ///   reward that is not finite.
  /// - Complexity: O(S + K + N log N).
  public init(_ samples: [Sample], choicePointers: [Int]) throws(OfflineLearningError) {
    let S = choicePointers.count - 1
    guard S >= 1, choicePointers[0] == 0,
      zip(choicePointers, choicePointers.dropFirst()).allSatisfy({ $0 < $1 })
    else { throw .mismatch("choicePointers must increase from 0, with a choice in every state") }
    let K = choicePointers[S]
    var visits = [Int](repeating: 0, count: K)
    var sums = [Double](repeating: 0, count: K)
    for (i, sample) in samples.enumerated() {
      guard (0..<K).contains(sample.choice), sample.next.map((0..<S).contains) ?? true,
        sample.reward.isFinite
      else { throw .mismatch("observation \(i) is not of a model with \(S) states, \(K) choices") }
      visits[sample.choice] += 1
      sums[sample.choice] += sample.reward
    }
    let pairs = samples.compactMap { sample in sample.next.map { (sample.choice, $0) } }
      .sorted { $0 < $1 }
    var rows = [Int](repeating: 0, count: K + 1)
    var (next, counts): ([Int32], [Int]) = ([], [])
    for (i, pair) in pairs.enumerated() {
      if i > 0 && pairs[i - 1] == pair {
        counts[counts.count - 1] += 1
      } else {
        next.append(Int32(pair.1))
        counts.append(1)
        rows[pair.0 + 1] += 1
      }
    }
    for k in 0..<K { rows[k + 1] += rows[k] }
    self.init(
      unchecked: choicePointers, visits: visits, rewardSums: sums, rowPointers: rows,
      nextStates: next, nextCounts: counts)
  }

  /// Counts that are right by construction.
  init(
    unchecked choicePointers: [Int], visits: [Int], rewardSums: [Double], rowPointers: [Int],
    nextStates: [Int32], nextCounts: [Int]
  ) {
    self.choicePointers = choicePointers
    self.visits = visits
    self.rewardSums = rewardSums
    self.rowPointers = rowPointers
    self.nextStates = nextStates
    self.nextCounts = nextCounts
  }

  /// r̂(k) + γ Σ_t P̂(t | k) V(t), the mean of r + γ V(next) over the data of a choice; 0 without data.
  ///
  /// - Complexity: O(next states of k in the data).
  @inline(__always)
  func target(ofChoice k: Int, values: [Double], discount gamma: Double) -> Double {
    guard visits[k] > 0 else { return 0 }
    var sum = 0.0
    for i in rowPointers[k]..<rowPointers[k + 1] {
      sum += Double(nextCounts[i]) * values[Int(nextStates[i])]
    }
    return (rewardSums[k] + gamma * sum) / Double(visits[k])
  }

  /// The choice of each state that the data hold most often; the lowest of several.
  ///
  /// - Complexity: O(K).
  public func mostPlayed() -> [Int] {
    (0..<stateCount).map { s in
      var best = choicePointers[s]
      for k in choicePointers[s]..<choicePointers[s + 1] where visits[k] > visits[best] { best = k }
      return best
    }
  }
}
