// SPDX-License-Identifier: Apache-2.0

/// Checks parameters of environments; every failure is a ``ModelError/badParameter(name:value:expected:)``.
enum ParameterCheck {
  /// The greatest number of states: next states are stored as 32-bit integers.
  static let maximumStates = Int(Int32.max)

  /// A number must lie in a range; NaN does not.
  static func range<Number: Comparable & CustomStringConvertible>(
    _ name: String, _ value: Number, _ range: ClosedRange<Number>
  ) throws(ModelError) {
    guard value >= range.lowerBound, value <= range.upperBound else {
      throw .badParameter(
        name: name, value: "\(value)",
        expected: "a number from \(range.lowerBound) to \(range.upperBound)")
    }
  }

  /// A probability must not be 0, nor so small that its reciprocal overflows.
  static func positiveProbability(_ name: String, _ value: Double) throws(ModelError) {
    guard value >= .leastNormalMagnitude, value <= 1 else {
      throw .badParameter(
        name: name, value: "\(value)", expected: "a number above 0 and at most 1")
    }
  }

  /// A number must be finite.
  static func finite(_ name: String, _ value: Double) throws(ModelError) {
    guard value.isFinite else {
      throw .badParameter(name: name, value: "\(value)", expected: "a finite number")
    }
  }

  /// A condition that involves more than one parameter.
  static func require(
    _ condition: Bool, _ name: String, _ value: some CustomStringConvertible, _ expected: String
  ) throws(ModelError) {
    guard condition else { throw .badParameter(name: name, value: "\(value)", expected: expected) }
  }

  /// The model must fit in memory: checked in floating point, before anything is allocated.
  ///
  /// - Parameters:
  ///   - name: The parameter to blame, with its value.
  ///   - value: The value of that parameter.
  ///   - states: The number of states.
  ///   - choices: The number of choices.
  ///   - entries: The number of stored probabilities (or, of a low-rank model, of factor entries).
  ///   - isFactored: Whether the model is given by its factors.
  /// - Throws: ``ModelError/badParameter(name:value:expected:)`` for more states than can be
  ///   numbered, ``ModelError/tooLarge(what:needed:available:)`` for more memory than there is.
  static func size(
    _ name: String, _ value: Int, states: Double, choices: Double, entries: Double,
    isFactored: Bool = false
  ) throws(ModelError) {
    try require(
      states <= Double(maximumStates), name, value, "at most \(maximumStates) states in total")
    let need =
      isFactored
      ? MemoryNeed.factored(states: states, choices: choices, entries: entries)
      : MemoryNeed.tabular(states: states, choices: choices, entries: entries)
    try need.check("a model with \(name) = \(value)")
  }
}
