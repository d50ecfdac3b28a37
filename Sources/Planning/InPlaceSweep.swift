// SPDX-License-Identifier: Apache-2.0
import CShims

/// Sweeps of one policy in place: block Gauss–Seidel on v = r_π − g + γ P_π v.
///
///     for each of B blocks of states
///       w(s) ← r(π(s)) + γ Σ_t P_π(s)(t) v(t)   for s of the block      (1)
///       g ← the mean of w(s) − v(s)             in the first block      (2)
///       v(s) ← w(s) − g                         for s of the block      (3)
///
/// A state sees the new values of the blocks before its own, so that fewer sweeps are needed: where
/// successors are random and the squares of a row's probabilities sum to q in the mean, a sweep of all states
/// at once should shrink errors to √q and one of B blocks to √λ, λ = (1 + (1 − 1/λ) q/B)^B. With ten
/// successors of a Garnet q is 2/11: 0.43, and 0.26 for sixteen blocks. Two threads share each block, whose
/// states see the old values of each other: results do not depend on threads.
///
/// **The shift g.** Where v misses a constant everywhere, a sweep of all states at once adds the same to
/// each, which no span sees. In place, late states would get it twice; so the first block is the reference
/// that keeps its mean, as in relative value iteration. Bounds from the next sweep over the choices do not
/// mind that v is off by a constant, since they hold for any vector.
///
/// On models that do not mix this promises nothing. So when two changes in a row have hardly a smaller
/// span than the one before, sweeps in place end.
///
/// - Complexity: O(S + entries of π) a sweep.
/// - Source: [puterman1994], section 6.3.3 for splittings, 8.5.5 for relative value iteration.
struct InPlaceSweep {
  /// The bounds of `pieces` pieces a block, one block after the other.
  let bounds: [Int]
  private let blockCount: Int
  /// The span of the last change, and how many in a row were hardly smaller than the one before.
  private var lastSpan = Double.infinity
  private var slowSweeps = 0

  /// Pieces of a block, which two threads share.
  private static let pieces = 4
  /// How many blocks there are: with fewer little is gained, and with more hardly anything.
  private static let blocks = 4...16

  /// Prepares sweeps of the policy in `rows`; `nil` if there are too few entries for several blocks.
  ///
  /// `entriesOfBlock`, at least 1, are usually 100 µs of work on two threads.
  init?(_ rows: PolicyRows, entriesOfBlock: Int = 100_000) {
    blockCount = min(rows.entryCount / entriesOfBlock, Self.blocks.upperBound)
    guard blockCount >= Self.blocks.lowerBound else { return nil }
    bounds = rows.bounds(Self.pieces * blockCount)
  }

  /// v ← r_π − g + γ P_π v in place, for the policy whose rows are `rows`.
  ///
  /// - Parameters:
  ///   - rows: The rows of the policy.
  ///   - discount: The discount γ.
  ///   - v: The vector.
  ///   - w: Room for a block, from its beginning: there it stays in the caches.
  /// - Returns: The least and the greatest change, which are about those that a sweep of all states at
  ///   once would have made; `nil`, and v is left alone, if sweeps in place have turned out slow.
  mutating func apply(
    _ rows: PolicyRows, discount: Double, _ v: inout [Double], scratch w: inout [Double]
  ) -> BellmanOperator.Extrema? {
    guard slowSweeps < 2 else { return nil }
    let (pieces, bounds) = (Self.pieces, bounds)
    var change = BellmanOperator.Extrema(low: .infinity, high: -.infinity)
    v.withUnsafeMutableBufferPointer { v in
      w.withUnsafeMutableBufferPointer { w in
        rows.withArrays { a in
          nonisolated(unsafe) let (v, w, a) = (v, w, a)
          var shift = 0.0
          for first in stride(from: 0, to: pieces * blockCount, by: pieces) {
            let begin = bounds[first]
            let d = BellmanOperator.Extrema.joined(pieces, with: .shared) {  // (1)
              provably_sparse_policy_backup(
                a.rowPointers, a.columns, a.values, a.stateCount, a.rewards, discount,
                v.baseAddress, nil, Int64(bounds[first + $0]), Int64(bounds[first + $0 + 1]),
                w.baseAddress.unsafelyUnwrapped + (bounds[first + $0] - begin), $1)
            }
            if first == 0 { shift = meanIncrease(from: v, to: w, count: bounds[pieces]) }  // (2)
            let g = shift
            SecondThread.shared.share(pieces) {  // (3)
              for s in bounds[first + $0]..<bounds[first + $0 + 1] { v[s] = w[s - begin] - g }
            }
            change.low = min(change.low, d.low - g)
            change.high = max(change.high, d.high - g)
          }
        }
      }
    }
    slowSweeps = change.span > 0.9 * lastSpan ? slowSweeps + 1 : 0
    lastSpan = change.span
    return change
  }

  /// The mean of w − v in the first `count` states.
  private func meanIncrease(
    from v: UnsafeMutableBufferPointer<Double>, to w: UnsafeMutableBufferPointer<Double>,
    count: Int
  ) -> Double {
    let weight = 1 / Double(count)  // before the sum, which then overflows no sooner than its terms
    var mean = 0.0
    for s in 0..<count { mean += weight * (w[s] - v[s]) }
    return mean
  }
}
