// SPDX-License-Identifier: Apache-2.0

/// A parameter of an environment in the catalogue: what may be written after its name.
public struct EnvironmentParameter: Equatable, Sendable {
  /// The values that a parameter takes.
  public enum Kind: Equatable, Sendable {
    /// A whole number in a range.
    case integer(ClosedRange<Int>)
    /// A number in a range.
    case number(ClosedRange<Double>)
    /// `true` or `false`.
    case flag
    /// One of a few words.
    case choice([String])
  }

  /// The name.
  public let name: String
  /// The values it takes.
  public let kind: Kind
  /// The value when it is not given, as text.
  public let defaultText: String
  /// What it means, in a few words.
  public let meaning: String

  /// What may be written, in words.
  public var allowed: String {
    switch kind {
    case .integer(let range):
      "a whole number from \(range.lowerBound) to \(range.upperBound)"
    case .number(let range): "a number from \(range.lowerBound) to \(range.upperBound)"
    case .flag: "true or false"
    case .choice(let words): "one of " + words.joined(separator: ", ")
    }
  }

  static func integer(
    _ name: String, _ standard: Int, in range: ClosedRange<Int>, _ meaning: String
  ) -> EnvironmentParameter {
    .init(name: name, kind: .integer(range), defaultText: "\(standard)", meaning: meaning)
  }

  static func number(
    _ name: String, _ standard: Double, in range: ClosedRange<Double>, _ meaning: String
  ) -> EnvironmentParameter {
    .init(name: name, kind: .number(range), defaultText: "\(standard)", meaning: meaning)
  }

  static func flag(_ name: String, _ standard: Bool, _ meaning: String) -> EnvironmentParameter {
    .init(name: name, kind: .flag, defaultText: "\(standard)", meaning: meaning)
  }

  static func choice(
    _ name: String, _ words: [String], _ meaning: String
  ) -> EnvironmentParameter {
    .init(name: name, kind: .choice(words), defaultText: words.first ?? "", meaning: meaning)
  }

  /// The seed of whatever is random in a model.
  static let seed = integer("seed", 1, in: 0...Int.max, "seed of the model")

  /// Whether a text is one of the allowed values.
  func accepts(_ text: String) -> Bool {
    switch kind {
    case .integer(let range): Int(text).map(range.contains) ?? false
    case .number(let range): Double(text).map(range.contains) ?? false
    case .flag: Bool(text) != nil
    case .choice(let words): words.contains(text)
    }
  }
}
