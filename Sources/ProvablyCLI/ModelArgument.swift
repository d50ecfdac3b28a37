// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation
import Provably

/// The options that name a model and say how to read it.
struct ModelArgument: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "A file (.npz, .umb, .drn, .tra, .json) or an environment, such as maze:cells=1000.",
      valueName: "model"),
    completion: .shellCommand(
      "provably list models | grep -o '^[a-z][a-z0-9-]*'; ls"))
  var model: String

  @Option(help: "Axes of a dense P in .npz: sas = (S,A,S), ass = (A,S,S).")
  var layout: DenseLayout = .sas

  @Option(help: "The reward model to use, when the file has several.")
  var reward: String?

  /// Reads the file or builds the environment.
  func load() throws -> LoadedModel {
    let clock = ContinuousClock.now
    var loaded: LoadedModel
    if isFile {
      var options = ReadOptions()
      options.layout = layout
      options.rewardModel = reward
      let document = try readModel(at: model, options: options)
      loaded = LoadedModel(
        name: model, content: .tabular(document), discount: document.discount,
        horizon: document.horizon)
    } else {
      let built = try EnvironmentCatalogue.build(model)
      switch built.model {
      case .tabular(let dynamics, let table):
        var document = ModelDocument(dynamics: dynamics)
        document.table = table
        document.name = model
        document.discount = built.suggestedDiscount
        document.horizon = built.suggestedHorizon
        loaded = LoadedModel(
          name: model, content: .tabular(document), discount: built.suggestedDiscount,
          horizon: built.suggestedHorizon)
      case .lowRank(let lowRank):
        loaded = LoadedModel(
          name: model, content: .lowRank(lowRank), discount: built.suggestedDiscount,
          horizon: built.suggestedHorizon)
      }
    }
    loaded.loadSeconds = (ContinuousClock.now - clock) / .seconds(1)
    return loaded
  }

  /// Whether the argument means a file: it exists, or looks like a path.
  private var isFile: Bool {
    if FileManager.default.fileExists(atPath: model) || model.contains("/") { return true }
    let endings = [".npz", ".umb", ".drn", ".tra", ".json", ".gz", ".xz"]
    return endings.contains { model.hasSuffix($0) }
  }
}

extension DenseLayout: ExpressibleByArgument {}

/// A model ready to be solved.
struct LoadedModel {
  /// What the model is: a table, or factors of one.
  enum Content {
    case tabular(ModelDocument)
    case lowRank(LowRankMDP)
  }

  let name: String
  let content: Content
  let discount: Double?
  let horizon: Int?
  var loadSeconds = 0.0

  init(name: String, content: Content, discount: Double?, horizon: Int?) {
    self.name = name
    self.content = content
    self.discount = discount
    self.horizon = horizon
  }

  /// Whether the model was read from a format that carries decimals as text.
  var isText: Bool {
    [".json", ".drn", ".tra", ".drn.gz", ".drn.xz"].contains { name.hasSuffix($0) }
  }

  var stateCount: Int {
    switch content {
    case .tabular(let document): document.dynamics.stateCount
    case .lowRank(let model): model.stateCount
    }
  }

  var actionCount: Int {
    switch content {
    case .tabular(let document): document.dynamics.actionCount
    case .lowRank(let model): model.actionCount
    }
  }

  /// The number of transitions; those of a low-rank model are never listed, so its factors' entries.
  var transitionCount: Int {
    switch content {
    case .tabular(let document): document.dynamics.transitions.transitionCount
    case .lowRank(let model): (model.choiceCount + model.stateCount) * model.rank
    }
  }

  var warnings: [String] {
    if case .tabular(let document) = content { return document.warnings }
    return []
  }

  /// The table, or an error that says why there is none.
  func document(for verb: String) throws -> ModelDocument {
    switch content {
    case .tabular(let document): return document
    case .lowRank:
      throw Failure(
        .badInput, "\(name) is a low-rank model, whose table is never formed; \(verb) needs one",
        hint: "write the table of a small one: provably make \(name) --out model.npz")
    }
  }

  /// What is written to a file: the table, formed for a low-rank model of few entries.
  func documentToWrite() throws -> ModelDocument {
    let model: LowRankMDP
    switch content {
    case .tabular(let document): return document
    case .lowRank(let factors): model = factors
    }
    let (size, limit) = (model.choiceCount * model.stateCount, HardnessProfile.tableLimit)
    guard size <= limit else {
      throw Failure(
        .badInput, "\(name) is a low-rank model whose table has \(size) entries, above \(limit)",
        hint: "take fewer states; solve --method low-rank needs no table")
    }
    var document = ModelDocument(dynamics: try model.tabular())
    document.name = name
    document.discount = discount
    document.horizon = horizon
    return document
  }
}
