// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra
import MarkovModels

/// Writes a model in the unified Markov binary format, as a tar archive without compression.
///
/// - Returns: What the format cannot keep.
func writeUMB(
  _ document: ModelDocument, to path: String, in transaction: FileTransaction
) throws(ModelFormatError) -> [String] {
  let form = try ExportForm(document, file: path, keeping: .modelName)
  let model = form.model
  let propositions = identifiers(for: form.stateLabels.map(\.name))
  let rewardIds = identifiers(for: form.rewards.map(\.name))
  let actions = ActionTable(form)
  let archive = try ArchiveWriter(try transaction.create(path), kind: .tar, path: path)
  try archive.add(
    UMBIndex.memberName,
    indexText(
      of: form, name: document.name, actions: actions, propositions: propositions,
      rewardIds: rewardIds))
  try archive.add("state-to-choices.bin", model.choicePointers)
  if !form.initialStates.isEmpty {
    try archive.add("state-is-initial.bin", bitSet(form.initialStates, count: model.stateCount))
  }
  try archive.add("choice-to-branches.bin", form.matrix.rowPointers)
  try archive.add(
    "branch-to-target.bin", form.matrix.columns.map { UInt64(UInt32(bitPattern: $0)) })
  try archive.add("branch-to-probability.bin", form.matrix.values)
  if actions.count > 0 {
    try archive.add("actions/choices/values.bin", actions.values)
    if let names = actions.names {
      var ends = [0]
      for name in names { ends.append(ends[ends.count - 1] + name.utf8.count) }
      try archive.add("actions/choices/string-mapping.bin", ends)
      try archive.add("actions/choices/strings.bin", names.flatMap { Array($0.utf8) })
    }
  }
  for (id, label) in zip(propositions, form.stateLabels) {
    try archive.add(
      "annotations/aps/\(id)/states/values.bin", bitSet(label.states, count: model.stateCount))
  }
  for (id, reward) in zip(rewardIds, form.rewards) {
    try archive.add("annotations/rewards/\(id)/choices/values.bin", reward.values)
  }
  try archive.finish()
  return form.losses
}

/// The actions of the choices, numbered without gaps.
private struct ActionTable {
  /// The number of actions; 0 when the action is the position within the state everywhere.
  var count = 0
  var values: [UInt32] = []
  /// The labels of the actions, if they have any.
  var names: [String]?

  init(_ form: ExportForm) {
    let model = form.model
    guard form.actionLabels != nil || !form.hasPositionalActions else { return }
    var positions: [String: UInt32] = [:]
    var names: [String] = []
    for s in 0..<model.stateCount {
      for k in model.choices(of: s) {
        guard form.actionLabels != nil else {
          values.append(UInt32(model.action(ofChoice: k, in: s)))
          continue
        }
        let label = form.label(ofChoice: k, in: s)
        let position = positions[label] ?? UInt32(names.count)
        if positions.updateValue(position, forKey: label) == nil { names.append(label) }
        values.append(position)
      }
    }
    if form.actionLabels != nil { self.names = names }
    count = self.names?.count ?? model.actionCount
  }
}

/// Sets of states as bits, the lowest bit of the first word first.
private func bitSet(_ states: [Int], count: Int) -> [UInt64] {
  var words = [UInt64](repeating: 0, count: (count + 63) / 64)
  for s in states where s >= 0 && s < count { words[s / 64] |= 1 << UInt64(s % 64) }
  return words
}

/// Identifiers of `[a-z0-9_-]` for names, all different.
private func identifiers(for names: [String]) -> [String] {
  var used: Set<String> = []
  return names.map { name in
    var id = ""
    for byte in name.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
        UInt8(ascii: "_"), UInt8(ascii: "-"):
        id.append(Character(UnicodeScalar(byte)))
      case UInt8(ascii: " "): id.append("_")
      default: id += "0x" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
      }
    }
    // A tar header holds names of 100 bytes without extensions; the alias keeps the whole name.
    id = String(id.prefix(40))
    let base = id.isEmpty ? "unnamed" : id
    var unique = base
    var number = 2
    while !used.insert(unique).inserted {
      unique = "\(base)-\(number)"
      number += 1
    }
    return unique
  }
}

private func indexText(
  of form: ExportForm, name: String?, actions: ActionTable, propositions: [String],
  rewardIds: [String]
) -> [UInt8] {
  let model = form.model
  var text = TextBuffer()
  text.append("{\"format-version\":1,\"format-revision\":0,\n")
  if let name {
    text.append("\"model-data\":{\"name\":")
    text.appendJSON(name)
    text.append("},\n")
  }
  text.append("\"file-data\":{\"tool\":\"Provably\"},\n\"transition-system\":{")
  text.append("\"time\":\"discrete\",\"#players\":1,\"#states\":\(model.stateCount),")
  text.append("\"#initial-states\":\(form.initialStates.count),")
  text.append("\"#choices\":\(model.choiceCount),\"#choice-actions\":\(actions.count),")
  text.append("\"#branches\":\(form.matrix.storedCount),\"#branch-actions\":0,\"#observations\":0,")
  text.append("\"branch-probability-type\":{\"type\":\"double\",\"size\":64}},\n\"annotations\":{")
  func annotations(_ group: String, _ ids: [String], _ aliases: [String?], _ rest: String) {
    text.append("\"\(group)\":{")
    for (i, (id, alias)) in zip(ids, aliases).enumerated() {
      text.append(i > 0 ? ",\n " : "\n ")
      text.appendJSON(id)
      text.append(":{")
      if let alias {
        text.append("\"alias\":")
        text.appendJSON(alias)
        text.append(",")
      }
      text.append(rest + "}")
    }
    text.append("}")
  }
  if !propositions.isEmpty {
    annotations(
      "aps", propositions, form.stateLabels.map(\.name),
      "\"applies-to\":[\"states\"],\"type\":{\"type\":\"bool\",\"size\":1}")
    text.append(",\n")
  }
  annotations(
    "rewards", rewardIds, form.rewards.map { $0.name == unnamedRewardModel ? nil : $0.name },
    "\"applies-to\":[\"choices\"],\"type\":{\"type\":\"double\",\"size\":64}")
  text.append("}}\n")
  return text.bytes
}
