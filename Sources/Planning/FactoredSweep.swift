// SPDX-License-Identifier: Apache-2.0
import MarkovModels
import Synchronization

/// Bellman sweeps of P = Φ M that read only the rows of Φ that can still be the best of their state.
///
/// ``LazySweep`` in r dimensions: rows of Φ are distributions, so with y = M v and y′ of the sweep before
///
///     φ_k · y ≤ φ_k · y′ + σ Δ,   Δ = max_i (y_i − y′_i),   σ = σ⁺ if Δ ≥ 0 else σ⁻.
///
/// The increments γ σ Δ are the same for all rows and are kept once, as a credit; at v = 0 the values
/// are the rewards, so the first sweep needs neither Φ nor M. Factors of any sign, which the SVD makes,
/// have no such bound: then every row is read.
///
/// **Rounding.** y and y′ are the computed vectors, in which the inequality is exact; that they miss
/// M v is the error of an evaluation, the same for the rows that are read and that are not. The rest is
/// as in ``LazySweep``: what is passed over exceeds the best by at most one evaluation error.
struct FactoredSweep {
  private let T: FactoredOperator
  /// `nil` if every row is read.
  private var bounds: RowBounds?
  private var last: [Double]
  /// max |v| of the last vector, and no less than the credit that stored bounds are rounded against.
  private(set) var magnitude = 0.0
  /// The greedy choice of each state for the last vector.
  private(set) var choices: [Int]
  /// The rows of Φ of the policy that was adopted last, *S × r* by rows.
  private(set) var policyRows: [Double] = []
  /// The choices whose rows they are.
  private var adopted: [Int] = []
  /// The number of rows of Φ that all sweeps read, and that were copied for policies.
  private(set) var rowsRead = 0

  /// Prepares sweeps; the choices are greedy for v = 0.
  init(_ T: FactoredOperator) {
    self.T = T
    last = [Double](repeating: 0, count: T.rank)
    if T.featureSums != nil {
      bounds = RowBounds(rewards: T.rewards, largest: largestMagnitude(T.rewards))
    }
    choices = choicesOfGreatestReward(T.rewards, T.choicePointers)
  }

  /// out ← T 0; only before the first sweep.
  func applyToZero(into out: inout [Double]) -> BellmanOperator.Extrema {
    var extrema = BellmanOperator.Extrema(low: .infinity, high: -.infinity)
    for s in out.indices {
      out[s] = T.rewards[choices[s]]
      extrema.low = min(extrema.low, out[s])
      extrema.high = max(extrema.high, out[s])
    }
    return extrema
  }

  /// out ← T v.
  mutating func apply(_ v: [Double], into out: inout [Double]) -> BellmanOperator.Extrema {
    magnitude = largestMagnitude(v)
    guard let sums = T.featureSums, let bounds else {
      rowsRead += T.rewards.count
      return T.apply(v, into: &out, choices: &choices)
    }
    let y = T.product(T.measures, length: T.stateCount, v)
    magnitude = bounds.raise(
      by: greatestIncrease(from: last, to: y), discount: T.discount, sums: sums,
      magnitude: magnitude)
    last = y
    let (extrema, count) = T.applyLazily(
      v, y, bounds: bounds, choices: &choices, into: &out)
    rowsRead += count
    return extrema
  }

  /// Makes the greedy policy of the last sweep the one of `policyRows`; only rows that changed are copied.
  ///
  /// - Returns: In how many states the policy is not what it was at the last call.
  mutating func adoptPolicy() -> Int {
    let r = T.rank
    let changed = Atomic<Int>(0)
    if adopted.isEmpty {
      adopted = [Int](repeating: -1, count: T.stateCount)
      policyRows = [Double](repeating: 0, count: T.stateCount * r)
    }
    policyRows.withUnsafeMutableBufferPointer { rows in
      T.features.withUnsafeBufferPointer { features in
        adopted.withUnsafeMutableBufferPointer { adopted in
          guard let from = features.baseAddress, let rows = rows.baseAddress else { return }
          nonisolated(unsafe) let (to, adopted) = (rows, adopted)
          T.inPieces(4, of: T.stateCount) { states in
            var count = 0
            for s in states where adopted[s] != choices[s] {
              adopted[s] = choices[s]
              (to + s &* r).update(from: from + choices[s] &* r, count: r)
              count &+= 1
            }
            changed.add(count, ordering: .relaxed)
          }
        }
      }
    }
    let count = changed.load(ordering: .relaxed)
    rowsRead += count
    return count
  }
}
