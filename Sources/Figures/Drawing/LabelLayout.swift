// SPDX-License-Identifier: Apache-2.0

/// Places boxes on a line so that none overlap and the sum of squared moves is least.
///
///     sort the boxes by the place they want                                  (1)
///     take from each the heights of those above it; non-overlap is now
///       "the places do not decrease"                                         (2)
///     isotonic regression by pooling neighbours that are out of order        (3)
///     clamp to the range, which keeps the order; add the heights back        (4)
///
/// - Parameters:
///   - wanted: where the top of each box would like to be.
///   - heights: the heights, in the same order; a box includes the gap below it.
///   - range: where boxes may lie.
/// - Returns: the tops, in the order given; `nil` if the heights do not fit in the range.
/// - Complexity: O(n log n).
func placeBoxes(
  wanted: [Double], heights: [Double], in range: ClosedRange<Double>
) -> [Double]? {
  let total = heights.reduce(0, +)
  guard total <= range.upperBound - range.lowerBound else { return nil }
  let order = wanted.indices.sorted { (wanted[$0], $0) < (wanted[$1], $1) }  // (1)
  var above = 0.0
  var pools: [(sum: Double, count: Int)] = []
  var offsets: [Double] = []
  for i in order {
    offsets.append(above)
    pools.append((wanted[i] - above, 1))  // (2)
    above += heights[i]
    while pools.count >= 2 {  // (3)
      let (last, before) = (pools[pools.count - 1], pools[pools.count - 2])
      guard before.sum / Double(before.count) > last.sum / Double(last.count) else { break }
      pools.removeLast()
      pools[pools.count - 1] = (before.sum + last.sum, before.count + last.count)
    }
  }
  var tops = [Double](repeating: 0, count: wanted.count)
  var next = 0
  for pool in pools {
    let place = pool.sum / Double(pool.count)
    let clamped = min(max(place, range.lowerBound), range.upperBound - total)  // (4)
    for _ in 0..<pool.count {
      tops[order[next]] = clamped + offsets[next]
      next += 1
    }
  }
  return tops
}
