// SPDX-License-Identifier: Apache-2.0

extension Matrix {
  /// The greatest sum of magnitudes in a column; 0 for a matrix without entries.
  ///
  /// - Edge cases: NaN when an entry is.
  /// - Complexity: O(rows · columns).
  public var oneNorm: Double {
    var greatest = 0.0
    for j in 0..<columnCount {
      var sum = 0.0
      for i in 0..<rowCount { sum += elements[j &* rowCount &+ i].magnitude }
      if sum.isNaN { return .nan }
      greatest = max(greatest, sum)
    }
    return greatest
  }

  /// The greatest sum of magnitudes in a row; 0 for a matrix without entries.
  ///
  /// - Edge cases: NaN when an entry is.
  /// - Complexity: O(rows · columns).
  public var infinityNorm: Double {
    var sums = [Double](repeating: 0, count: rowCount)
    for j in 0..<columnCount {
      for i in 0..<rowCount { sums[i] += elements[j &* rowCount &+ i].magnitude }
    }
    return sums.contains { $0.isNaN } ? .nan : (sums.max() ?? 0)
  }

  /// The square root of the sum of squares, safe from overflow; 0 for a matrix without entries.
  ///
  /// - Complexity: O(rows · columns).
  public var frobeniusNorm: Double { norm(elements) }
}
