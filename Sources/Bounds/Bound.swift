// SPDX-License-Identifier: Apache-2.0

/// A number that bounds a quantity, with what it rests on.
///
/// A bound is printed only in this form. An algorithm whose parameters are not those of the proof
/// has no bound: `nil`, not a number with a footnote.
public struct Bound: Equatable, Sendable {
  /// The bound, in the units of what is bounded.
  public let value: Double
  /// The statement that it is an instance of.
  public let guarantee: Guarantee
  /// What must hold, each in one sentence; checked in code where it can be.
  public let assumptions: [String]

  /// Creates a bound.
  public init(_ value: Double, guarantee: Guarantee, assumptions: [String]) {
    self.value = value
    self.guarantee = guarantee
    self.assumptions = assumptions
  }

  /// Whether the bound says less than a bound that needs no theorem, such as K H for a regret.
  public func isVacuous(beyond trivial: Double) -> Bool { value >= trivial }
}
