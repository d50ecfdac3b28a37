// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra

/// Upper bounds on the values of all choices, kept from sweep to sweep; see ``LazySweep``.
///
/// What every bound rises by from one vector to the next is kept once, as a *credit*; bounds are stored
/// relative to it.
final class RowBounds {
  private let memory: HugePageBlock
  /// The bounds relative to the credit.
  let stored: UnsafeMutableBufferPointer<Double>
  /// What is to be added to them.
  private(set) var credit = 0.0
  private var largestCredit = 0.0
  private let largestReward: Double

  /// The bounds for v = 0, which are the rewards; `largest` is max |r|.
  init(rewards: [Double], largest: Double) {
    memory = HugePageBlock(byteCounts: [8 * rewards.count])
    stored = memory.take(Double.self, count: rewards.count)
    largestReward = largest
    nonisolated(unsafe) let stored = stored
    rewards.withUnsafeBufferPointer { rewards in
      nonisolated(unsafe) let rewards = rewards
      SecondThread.share(4, of: rewards.count, with: .forPass(over: rewards.count)) {
        _ = stored[$0].initialize(fromContentsOf: rewards[$0])
      }
    }
  }

  /// Raises all bounds for a vector that exceeds the last one by `increase` at most.
  ///
  /// - Parameters:
  ///   - increase: The greatest increase of an entry, rounded up.
  ///   - discount: The discount γ.
  ///   - sums: Bounds on the sums of the rows that multiply the vector.
  ///   - magnitude: max |v| of the values.
  ///   - limit: How far, in units of the values, the credit may grow before every row is read again.
  /// - Returns: `magnitude`, and no less than the credit that bounds were rounded against.
  func raise(
    by increase: Double, discount: Double, sums: ClosedRange<Double>, magnitude: Double,
    limit: Double = 1
  ) -> Double {
    let sum = increase >= 0 ? sums.upperBound : sums.lowerBound
    let step = (discount * sum * increase).nextUp.nextUp
    credit = (credit + step).nextUp
    if abs(credit) > limit * (magnitude + largestReward) {
      // The bounds have drifted away from the values they bound: read every row once.
      stored.update(repeating: .infinity)
      credit = 0
      largestCredit = 0
    }
    largestCredit = max(largestCredit, abs(credit))
    return max(magnitude, largestCredit)
  }
}

/// The lowest choice of greatest reward in each state, which is greedy for v = 0.
///
/// - Complexity: O(K).
func choicesOfGreatestReward(_ rewards: [Double], _ choicePointers: [Int]) -> [Int] {
  rewards.withUnsafeBufferPointer { rewards in
    choicePointers.withUnsafeBufferPointer { pointers in
      [Int](unsafeUninitializedCapacity: pointers.count - 1) { choices, count in
        count = pointers.count - 1
        nonisolated(unsafe) let (rewards, pointers, choices) = (rewards, pointers, choices)
        SecondThread.share(4, of: count, with: .forPass(over: rewards.count)) {
          for s in $0 {
            var best = pointers[s]
            for k in pointers[s]..<pointers[s &+ 1] { best = rewards[k] > rewards[best] ? k : best }
            (choices.baseAddress.unsafelyUnwrapped + s).initialize(to: best)
          }
        }
      }
    }
  }
}
