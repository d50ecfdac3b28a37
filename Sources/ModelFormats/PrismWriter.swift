// SPDX-License-Identifier: Apache-2.0
import MarkovModels

/// Writes a model in PRISM's explicit text format: `.tra`, `.lab` and `.trew` files.
///
/// Every transition of a choice gets the choice's reward. Several reward models become numbered
/// files. Spaces in action labels become underscores.
///
/// - Returns: What the format cannot keep.
/// - Throws: ``ModelFormatError/unwritable(_:reason:)`` also when a file of another model lies
///   beside it that would be read with this one.
func writePrism(
  _ document: ModelDocument, to path: String, in transaction: FileTransaction
) throws(ModelFormatError) -> [String] {
  let form = try ExportForm(document, file: path)
  let siblings = PrismSiblings(of: path)
  let numbers: [Int?] = form.rewards.count == 1 ? [nil] : (1...form.rewards.count).map { $0 }
  let rewardPaths = numbers.map { siblings.path("trew", number: $0) }
  try refuseStrangers(besides: rewardPaths, siblings)
  try transaction.write(transitionText(of: form), to: path)
  try transaction.write(try labelText(of: form, file: path), to: siblings.path("lab"))
  for (reward, rewardPath) in zip(form.rewards, rewardPaths) {
    try transaction.write(
      rewardText(of: form, name: reward.name, values: reward.values), to: rewardPath)
  }
  return form.losses
}

/// Refuses to write beside files that a reader would take for a part of the model.
private func refuseStrangers(
  besides own: [String], _ siblings: PrismSiblings
) throws(ModelFormatError) {
  var paths = [siblings.path("sta")]
  for number in siblings.rewardNumbers + [own.count + 1] {
    paths += [siblings.path("srew", number: number), siblings.path("trew", number: number)]
  }
  if let stranger = paths.first(where: { !own.contains($0) && pathExists($0) }) {
    throw .unwritable(
      siblings.transitions,
      reason: "\(stranger) would be read with the new model; remove it or choose another name")
  }
}

private func transitionText(of form: ExportForm) -> [UInt8] {
  let model = form.model
  var text = TextBuffer()
  text.append("\(model.stateCount) \(model.choiceCount) \(form.matrix.storedCount)\n")
  let hasLabels = form.actionLabels != nil || !form.hasPositionalActions
  forEachTransition(of: form) { s, choice, k, i in
    text.append("\(s) \(choice) \(form.matrix.columns[i]) ")
    text.append(form.matrix.values[i])
    let label = hasLabels ? form.label(ofChoice: k, in: s) : ""
    text.append(label.isEmpty ? "\n" : " \(oneWord(label))\n")
  }
  return text.bytes
}

private func rewardText(of form: ExportForm, name: String, values: [Double]) -> [UInt8] {
  var text = TextBuffer()
  if name != unnamedRewardModel {
    text.append("# Reward structure \"\(name.filter { $0 != "\"" && !$0.isNewline })\"\n")
    text.append("# Transition rewards\n")
  }
  let model = form.model
  let count = (0..<model.choiceCount).reduce(0) {
    $0 + (values[$1] == 0 ? 0 : form.matrix.entries(ofRow: $1).count)
  }
  text.append("\(model.stateCount) \(model.choiceCount) \(count)\n")
  forEachTransition(of: form) { s, choice, k, i in
    guard values[k] != 0 else { return }
    text.append("\(s) \(choice) \(form.matrix.columns[i]) ")
    text.append(values[k])
    text.append("\n")
  }
  return text.bytes
}

private func forEachTransition(
  of form: ExportForm, _ body: (_ s: Int, _ choice: Int, _ k: Int, _ i: Int) -> Void
) {
  for s in 0..<form.model.stateCount {
    for (choice, k) in form.model.choices(of: s).enumerated() {
      for i in form.matrix.entries(ofRow: k) { body(s, choice, k, i) }
    }
  }
}

private func labelText(of form: ExportForm, file: String) throws(ModelFormatError) -> [UInt8] {
  var labels = form.stateLabels
  if !form.initialStates.isEmpty { labels.insert((initialLabel, form.initialStates), at: 0) }
  var ofState = [[Int]](repeating: [], count: form.model.stateCount)
  var text = TextBuffer()
  for (number, label) in labels.enumerated() {
    guard !label.name.contains("\""), !label.name.contains(where: \.isNewline) else {
      throw .inexpressible(
        file, reason: "a .lab file cannot hold the label \"\(printable(label.name))\"; rename it")
    }
    text.append((number > 0 ? " " : "") + "\(number)=\"\(label.name)\"")
    for s in label.states { ofState[s].append(number) }
  }
  text.append("\n")
  for (s, numbers) in ofState.enumerated() where !numbers.isEmpty {
    text.append("\(s): " + numbers.map(String.init).joined(separator: " ") + "\n")
  }
  return text.bytes
}
