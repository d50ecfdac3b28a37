// SPDX-License-Identifier: Apache-2.0

/// The value norm max_{s,a} √Var_{t ∼ P(s,a)} V*(t): how much one step can change what is to come.
///
/// It is 0 for deterministic dynamics and at most half the span of V*, and says how many samples of a
/// row matter, however far apart the values of states are that no row mixes.
///
/// - Assumes: nothing.
/// - Guarantee: two-sided in spite of rounding; see ``EnvironmentalVariance``.
/// - Complexity: O(entries).
/// - Source: [maillard2014].
public struct ValueNorm: Sendable {
  /// The norm, in reward units.
  public let value: Measured

  /// Finds the norm.
  public init(of bounds: ValueBounds) { value = EnvironmentalVariance(of: bounds).deviation }
}
