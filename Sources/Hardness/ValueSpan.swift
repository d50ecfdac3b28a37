// SPDX-License-Identifier: Apache-2.0

/// The span of the optimal values, max_s V*(s) − min_s V*(s).
///
/// - Assumes: nothing.
/// - Guarantee: two-sided in spite of rounding.
/// - Deviates: the source takes the optimal bias h* of the average-reward criterion; under a discount
///   the span of V* tends to that of h* as γ → 1 in weakly communicating models.
/// - Complexity: O(S).
/// - Source: [bartlett2009].
public struct ValueSpan: Sendable {
  /// The span, in reward units.
  public let value: Measured

  /// Finds the span.
  public init(of bounds: ValueBounds) {
    let values = bounds.values
    let greatest = values.dropFirst().reduce(values[0]) { $0.maximum($1) }
    let least = values.dropFirst().reduce(values[0]) {
      Measured(lower: min($0.lower, $1.lower), upper: min($0.upper, $1.upper))
    }
    value = values.count == 1 ? Measured(0) : (greatest - least).atLeast(0)
  }
}
