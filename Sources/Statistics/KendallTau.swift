// SPDX-License-Identifier: Apache-2.0

/// Rank correlation.
public enum RankCorrelation {
  /// Kendall's tau-b: concordant less discordant pairs, over the geometric mean of the pairs that are
  /// not tied in x and those not tied in y.
  ///
  ///     sort by x, then by y; count the pairs tied in x, in y and in both             (1)
  ///     the discordant pairs are the exchanges of a merge sort by y                    (2)
  ///     τ = (pairs − tiedX − tiedY + tiedBoth − 2 discordant)
  ///         / √((pairs − tiedX)(pairs − tiedY))                                        (3)
  ///
  /// - Parameters:
  ///   - x: At least 2 finite numbers, not all equal.
  ///   - y: As many finite numbers, not all equal.
  /// - Returns: A number in [−1, 1].
  /// - Throws: ``StatisticsError``, also if all of x or all of y are equal.
  /// - Complexity: O(n log n).
  /// - Source: [kendall1945]; [knight1966] for the count.
  public static func kendallTauB(
    _ x: [Double], _ y: [Double]
  ) throws(StatisticsError) -> Double {
    guard x.count == y.count else {
      throw .unequalCounts(what: "ranked values", first: x.count, second: y.count)
    }
    try StatisticsError.checkSample(x, atLeast: 2)
    try StatisticsError.checkSample(y, atLeast: 2)
    // (1)
    let n = x.count
    let order = (0..<n).sorted { x[$0] != x[$1] ? x[$0] < x[$1] : y[$0] < y[$1] }
    var ys = order.map { y[$0] }
    let tiedX = tiedPairs(n) { x[order[$0]] == x[order[$1]] }
    let tiedBoth = tiedPairs(n) {
      x[order[$0]] == x[order[$1]] && y[order[$0]] == y[order[$1]]
    }
    // (2)
    let discordant = inversions(&ys)
    let tiedY = tiedPairs(n) { ys[$0] == ys[$1] }
    // (3)
    let pairs = n * (n - 1) / 2
    guard tiedX < pairs && tiedY < pairs else {
      throw .undefined(what: "Kendall's tau", reason: "all values of one list are equal")
    }
    let excess = pairs - tiedX - tiedY + tiedBoth - 2 * discordant
    return Double(excess) / (Double(pairs - tiedX) * Double(pairs - tiedY)).squareRoot()
  }

  /// The pairs within runs of neighbors that agree.
  private static func tiedPairs(_ n: Int, _ agree: (Int, Int) -> Bool) -> Int {
    var (total, run) = (0, 1)
    for i in 1..<n {
      run = agree(i - 1, i) ? run + 1 : 1
      total += run - 1
    }
    return total
  }

  /// Sorts, and counts the pairs that were in strictly decreasing order.
  private static func inversions(_ values: inout [Double]) -> Int {
    let n = values.count
    var from = values
    var to = values
    var count = 0
    var width = 1
    while width < n {
      for start in stride(from: 0, to: n, by: 2 * width) {
        let (middle, end) = (min(start + width, n), min(start + 2 * width, n))
        var (i, j) = (start, middle)
        for k in start..<end {
          if i < middle && (j >= end || from[i] <= from[j]) {
            to[k] = from[i]
            i += 1
          } else {
            to[k] = from[j]
            count += middle - i
            j += 1
          }
        }
      }
      swap(&from, &to)
      width *= 2
    }
    values = from
    return count
  }
}
