// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation
import Provably

/// `provably info`: what a model is made of.
struct Info: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Describe a model: sizes, sparsity, structure, rewards, rank.",
    discussion: """
      EXAMPLES:
        provably info taxi
        provably info model.umb --reward steps
      """)

  @OptionGroup var source: ModelArgument

  /// Entries of P up to which the rank is found, by a singular value decomposition.
  static let rankLimit = 4_000_000

  /// States up to which a model is classified.
  static let classifiedStates = 1_000

  func run() throws {
    let model = try source.load()
    for warning in model.warnings { printError("warning: \(warning)") }
    switch model.content {
    case .tabular(let document): try describe(model, document)
    case .lowRank(let lowRank):
      line("model", model.name)
      line("states", "\(lowRank.stateCount)")
      line("actions", "\(lowRank.actionCount) in every state")
      line("rank", "\(lowRank.rank), given by factors; the table is never formed")
    }
    if let discount = model.discount { line("discount", "\(discount)") }
    if let horizon = model.horizon { line("horizon", "\(horizon) stages") }
  }

  private func describe(_ model: LoadedModel, _ document: ModelDocument) throws {
    let mdp = document.dynamics
    let (S, K) = (mdp.stateCount, mdp.choiceCount)
    let counts = (0..<S).map { mdp.choices(of: $0).count }
    let transitions = mdp.transitions.transitionCount
    let isDense = if case .dense = mdp.transitions { true } else { false }
    line("model", model.name)
    line("states", "\(S)")
    let (fewest, most) = (counts.min() ?? 0, counts.max() ?? 0)
    line(
      "actions",
      "\(mdp.actionCount)" + (fewest == most ? " in every state" : ", \(fewest) to \(most) a state")
    )
    line(
      "transitions",
      "\(transitions), " + String(format: "%.1f", Double(transitions) / Double(K)) + " a choice, "
        + String(format: "%.3g", 100 * Double(transitions) / (Double(K) * Double(S)))
        + " % of the table, kept " + (isDense ? "dense" : "sparse"))
    line("rewards", "\(mdp.rewardRange.lowerBound) to \(mdp.rewardRange.upperBound)")
    if !document.rewardModels.isEmpty {
      line("", "models: " + document.rewardModels.keys.sorted().joined(separator: ", "))
    }
    let endings = mdp.termination?.reduce(0) { $0 + ($1 > 0 ? 1 : 0) } ?? 0
    line("termination", endings == 0 ? "never" : "\(endings) of \(K) choices can end the episode")
    let structure = Structure(mdp)
    line(
      "reachable",
      mdp.initialDistribution == nil
        ? "no initial distribution" : "\(structure.reachableCount) states from the start")
    line(
      "components",
      "\(structure.componentCount), the largest of \(structure.componentSizes.max() ?? 0) states; "
        + "\(structure.closedCount) closed")
    if S <= Self.classifiedStates { line("class", ModelClassification(mdp).summary) }
    let terminal = (0..<S).reduce(0) { $0 + (mdp.isTerminal($1) ? 1 : 0) }
    line("terminal", "\(terminal) states")
    if K * S <= Self.rankLimit {
      let rank = try SingularValueDecomposition(mdp.transitions.denseForm()).rank()
      line("rank", "\(rank) of at most \(min(K, S))")
    } else {
      line("rank", "not computed: the table has more than \(Self.rankLimit) entries")
    }
  }

  private func line(_ name: String, _ text: String) {
    print(name.padding(toLength: 13, withPad: " ", startingAt: 0) + onOneLine(text))
  }
}
