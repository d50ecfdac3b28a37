// SPDX-License-Identifier: Apache-2.0
import MarkovModels

/// A model in Storm's text format, with numbers that read back as the same doubles.
///
/// Spaces in action labels and in names of reward models become underscores.
func drnText(
  of document: ModelDocument, file: String
) throws(ModelFormatError) -> (bytes: [UInt8], losses: [String]) {
  let form = try ExportForm(document, file: file)
  let model = form.model
  let labels = try labelsOfStates(form, file: file)
  let initial = Set(form.initialStates)
  var text = TextBuffer()
  text.append("// Written by Provably\n@type: MDP\n@value_type: double\n@parameters\n\n")
  text.append("@reward_models\n")
  for reward in form.rewards {
    text.append((reward.name == unnamedRewardModel ? "" : oneWord(reward.name)) + " ")
  }
  text.append("\n@nr_states\n\(model.stateCount)\n@nr_choices\n\(model.choiceCount)\n@model\n")
  for s in 0..<model.stateCount {
    text.append("state \(s)")
    appendRewards(form.rewards.map { _ in 0 }, to: &text)
    if initial.contains(s) { text.append(" " + initialLabel) }
    for label in labels[s] { text.append(" " + label) }
    text.append("\n")
    for k in model.choices(of: s) {
      let label = form.label(ofChoice: k, in: s)
      text.append("\taction " + (label.isEmpty ? "__NOLABEL__" : oneWord(label)))
      appendRewards(form.rewards.map { $0.values[k] }, to: &text)
      text.append("\n")
      for i in form.matrix.entries(ofRow: k) {
        text.append("\t\t\(form.matrix.columns[i]) : ")
        text.append(form.matrix.values[i])
        text.append("\n")
      }
    }
  }
  return (text.bytes, form.losses)
}

private func appendRewards(_ rewards: [Double], to text: inout TextBuffer) {
  text.append(" [")
  for (i, reward) in rewards.enumerated() {
    if i > 0 { text.append(", ") }
    text.append(reward)
  }
  text.append("]")
}

/// The labels of each state, in quotes where they have spaces.
private func labelsOfStates(
  _ form: ExportForm, file: String
) throws(ModelFormatError) -> [[String]] {
  var labels = [[String]](repeating: [], count: form.model.stateCount)
  for (name, states) in form.stateLabels {
    guard !name.isEmpty, !name.contains("\""), !name.contains(where: \.isNewline) else {
      throw .inexpressible(
        file,
        reason: "DRN cannot hold the label \"\(printable(name))\"; rename it, or use umb or json")
    }
    let text = name.contains(where: \.isWhitespace) ? "\"\(name)\"" : name
    for s in states { labels[s].append(text) }
  }
  return labels
}

/// A text without spaces.
func oneWord(_ text: String) -> String {
  String(text.map { $0.isWhitespace || $0.isNewline ? "_" : $0 })
}
