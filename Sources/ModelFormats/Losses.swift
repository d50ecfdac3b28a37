// SPDX-License-Identifier: Apache-2.0
import MarkovModels

/// The parts of a document that not every format can hold.
struct DocumentParts: OptionSet {
  let rawValue: Int

  static let criterion = DocumentParts(rawValue: 1)
  static let rewardModels = DocumentParts(rawValue: 2)
  static let outcomeRewards = DocumentParts(rawValue: 4)
  static let initial = DocumentParts(rawValue: 8)
  static let stateNames = DocumentParts(rawValue: 16)
  static let actionNames = DocumentParts(rawValue: 32)
  static let labels = DocumentParts(rawValue: 64)
  static let modelName = DocumentParts(rawValue: 128)
  static let names: DocumentParts = [.stateNames, .actionNames, .modelName]
}

/// What a document has that a format does not keep, one sentence each.
func losses(of document: ModelDocument, keeping kept: DocumentParts) -> [String] {
  let model = document.dynamics
  var losses: [String] = []
  func note(_ part: DocumentParts, if present: Bool, _ text: String) {
    if present && !kept.contains(part) { losses.append("not kept by this format: " + text) }
  }
  note(.criterion, if: document.discount != nil, "the discount")
  note(.criterion, if: document.horizon != nil, "the horizon")
  note(
    .rewardModels, if: document.rewardModels.count > 1,
    "reward models other than \"\(document.rewardModel ?? "")\"")
  note(
    .outcomeRewards, if: model.outcomeRewards != nil,
    "rewards of single transitions (r(s, a) is)")
  note(.initial, if: model.initialDistribution != nil, "the initial distribution")
  note(.stateNames, if: model.stateNames != nil, "the names of states")
  note(.actionNames, if: model.actionNames != nil, "the names of actions")
  note(.labels, if: model.stateLabels.contains { !$0.value.isEmpty }, "the labels of states")
  note(.modelName, if: document.name != nil, "the name of the model")
  return losses
}
