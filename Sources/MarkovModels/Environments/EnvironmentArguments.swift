// SPDX-License-Identifier: Apache-2.0

/// Values for all parameters of one environment, each checked when it was set.
public struct EnvironmentArguments: Equatable, Sendable {
  /// The name of the environment.
  public let environment: String
  private let texts: [String: String]
  private let given: Set<String>

  /// Reads `name=value,name=value`; what is missing has its default value.
  ///
  /// - Throws: ``ModelError/badParameter(name:value:expected:)``, which lists what is allowed.
  init(
    parsing text: Substring, environment: String, parameters: [EnvironmentParameter]
  ) throws(ModelError) {
    var texts: [String: String] = [:]
    for parameter in parameters { texts[parameter.name] = parameter.defaultText }
    var given: Set<String> = []
    for item in text.split(separator: ",", omittingEmptySubsequences: false) where !text.isEmpty {
      let sides = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let name = String(sides[0])
      guard let parameter = parameters.first(where: { $0.name == name }) else {
        let names = parameters.map(\.name).joined(separator: ", ")
        throw .badParameter(
          name: "name in \(environment)", value: "\"\(name)\"",
          expected: names.isEmpty ? "none: it has no parameters" : "one of \(names)")
      }
      let value = sides.count == 2 ? String(sides[1]) : ""
      guard parameter.accepts(value) else {
        throw .badParameter(
          name: "\(name) of \(environment)", value: "\"\(value)\"", expected: parameter.allowed)
      }
      guard given.insert(name).inserted else {
        throw .badParameter(
          name: "\(name) of \(environment)", value: "given twice", expected: "one value")
      }
      texts[name] = value
    }
    self.environment = environment
    self.texts = texts
    self.given = given
  }

  /// Whether a value was given, rather than left to its default.
  public func isGiven(_ name: String) -> Bool { given.contains(name) }

  /// The value of a parameter that is a whole number.
  public func integer(_ name: String) -> Int { value(name, Int.init) }
  /// The value of a parameter that is a number.
  public func number(_ name: String) -> Double { value(name, Double.init) }
  /// The value of a parameter that is true or false.
  public func flag(_ name: String) -> Bool { value(name, Bool.init) }
  /// The value of a parameter that is a word.
  public func word(_ name: String) -> String { value(name, \.self) }
  /// The value of the parameter `seed`.
  public var seed: UInt64 { UInt64(integer("seed")) }

  private func value<Value>(_ name: String, _ read: (String) -> Value?) -> Value {
    guard let text = texts[name], let value = read(text) else {
      preconditionFailure("\(environment) has no parameter \(name) of type \(Value.self)")
    }
    return value
  }
}
