// SPDX-License-Identifier: Apache-2.0

/// A model that was built from its name, with what to solve it for.
public struct BuiltEnvironment: Equatable, Sendable {
  /// The two forms in which a model may come.
  public enum Model: Equatable, Sendable {
    /// A tabular model, and the outcomes it was made from if it was made from a table.
    case tabular(TabularMDP, table: OutcomeTable?)
    /// A model in factored form.
    case lowRank(LowRankMDP)
  }

  /// The model.
  public let model: Model
  /// A discount that suits it.
  public let suggestedDiscount: Double
  /// A horizon that suits it, if it is meant for episodes of one length.
  public let suggestedHorizon: Int?

  /// The number of states.
  public var stateCount: Int {
    switch model {
    case .tabular(let model, _): model.stateCount
    case .lowRank(let model): model.stateCount
    }
  }

  init(_ model: Model, discount: Double, horizon: Int? = nil) {
    self.model = model
    self.suggestedDiscount = discount
    self.suggestedHorizon = horizon
  }

  init(_ model: TabularMDP, discount: Double, horizon: Int? = nil) {
    self.init(.tabular(model, table: nil), discount: discount, horizon: horizon)
  }

  init(_ table: OutcomeTable, discount: Double) throws(ModelError) {
    self.init(.tabular(try table.model(), table: table), discount: discount)
  }
}

/// The environments by name, so that a program can be told which to build in one word.
///
///     let built = try EnvironmentCatalogue.build("maze:cells=100000,slip=0.1,seed=1")
///
/// - Source: the file of each environment names its paper.
public enum EnvironmentCatalogue {
  /// One environment: its name, its parameters and how to build it.
  public struct Entry: Sendable {
    /// The name, in lower case.
    public let name: String
    /// One line that says what it is.
    public let summary: String
    /// The parameters, with their default values.
    public let parameters: [EnvironmentParameter]
    /// The discount that suits the default parameters.
    public let suggestedDiscount: Double
    /// Builds the model.
    public let build: @Sendable (EnvironmentArguments) throws(ModelError) -> BuiltEnvironment

    /// Reads the parameters from `name=value,name=value`.
    ///
    /// - Throws: ``ModelError/badParameter(name:value:expected:)``, which lists what is allowed.
    public func arguments(_ text: Substring = "") throws(ModelError) -> EnvironmentArguments {
      try EnvironmentArguments(parsing: text, environment: name, parameters: parameters)
    }
  }

  /// All environments, in the order of their names.
  public static let entries: [Entry] = [
    chain, cliffWalking, combinationLock, deepSea, fourRooms, frozenLake, garnet, inventory,
    linear, lowRank, machine, maze, puterman, riverSwim, taxi, twoState,
  ]

  /// The entry of a name.
  ///
  /// - Throws: ``ModelError/badParameter(name:value:expected:)``, which lists the names.
  public static func entry(named name: String) throws(ModelError) -> Entry {
    guard let entry = entries.first(where: { $0.name == name }) else {
      throw .badParameter(
        name: "environment", value: "\"\(name)\"",
        expected: "one of " + entries.map(\.name).joined(separator: ", "))
    }
    return entry
  }

  /// Builds the environment that a text such as `riverswim:states=6` names.
  ///
  /// - Throws: ``ModelError/badParameter(name:value:expected:)`` for an unknown name, an unknown
  ///   parameter, or a value out of range.
  public static func build(_ text: String) throws(ModelError) -> BuiltEnvironment {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    let entry = try entry(named: String(parts[0]))
    return try entry.build(try entry.arguments(parts.count == 2 ? parts[1] : ""))
  }
}
