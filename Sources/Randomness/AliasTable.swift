// SPDX-License-Identifier: Apache-2.0

/// A distribution over 0 ..< n from which a draw costs O(1).
///
///     split the outcomes into those with n·p below 1 and the others            (1)
///     while there is one of each, fill the column of the small one
///       with the large one, which keeps what is left of it                     (2)
///     a column that remains is full                                            (3)
///     to draw, take a column uniformly and the lower or upper part of it       (4)
///
/// - Shapes: n columns of 16 bytes.
/// - Guarantee: an outcome of weight 0 is never drawn; the probability of each outcome is within
///   n 2⁻⁵⁰ of its weight's share.
/// - Deviates: the part of a column is chosen by the low half of the product whose high half chose
///   the column, so a draw takes one word; this is included in the error above.
/// - Complexity: O(n) to make, O(1) and one word a draw.
/// - Source: [vose1991].
public struct AliasTable: Sendable {
  /// A column: the outcome itself below the threshold, the alias above it.
  @usableFromInline
  struct Column: Sendable {
    @usableFromInline var threshold: UInt64
    @usableFromInline var alias: Int
  }

  @usableFromInline let columns: [Column]

  /// The number of outcomes.
  public var count: Int { columns.count }

  /// Creates the table of some weights, which need not sum to 1.
  ///
  /// - Parameter weights: Nonnegative finite numbers, not all 0.
  /// - Throws: ``RandomnessError``.
  public init(_ weights: [Double]) throws(RandomnessError) {
    let largest = try RandomnessError.check(weights)
    let n = weights.count
    var total = 0.0
    for weight in weights { total += weight / largest }
    // (1)
    var share = weights.map { $0 / largest * (Double(n) / total) }
    var columns = (0..<n).map { Column(threshold: .max, alias: $0) }
    var small: [Int] = []
    var large: [Int] = []
    for i in 0..<n { if share[i] < 1 { small.append(i) } else { large.append(i) } }
    // (2)
    while let low = small.last, let high = large.last {
      small.removeLast()
      columns[low] = Column(threshold: UInt64(share[low] * 0x1p64), alias: high)
      share[high] -= 1 - share[low]
      if share[high] < 1 {
        large.removeLast()
        small.append(high)
      }
    }
    // (3) Rounding may leave an outcome of weight 0 here: it gives its column away.
    for left in small where weights[left] == 0 {
      columns[left] = Column(threshold: 0, alias: weights.firstIndex(of: largest) ?? left)
    }
    self.columns = columns
  }

  /// Draws an outcome.
  @inlinable
  public func sample(using rng: inout some RandomNumberGenerator) -> Int {
    // (4)
    let product = rng.next().multipliedFullWidth(by: UInt64(columns.count))
    let i = Int(product.high)
    let column = columns[i]
    return product.low < column.threshold ? i : column.alias
  }

  /// The probability of each outcome that the table holds, for checks.
  public var probabilities: [Double] {
    var result = [Double](repeating: 0, count: columns.count)
    for (i, column) in columns.enumerated() {
      let own = column.alias == i ? 1 : Double(column.threshold) * 0x1p-64
      result[i] += own
      result[column.alias] += 1 - own
    }
    return result.map { $0 / Double(columns.count) }
  }
}
