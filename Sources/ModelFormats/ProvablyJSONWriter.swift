// SPDX-License-Identifier: Apache-2.0
import MarkovModels

/// Our own JSON, one choice on a line, with everything that ``ProvablyJSON`` can hold.
func provablyJSONText(of document: ModelDocument) -> [UInt8] {
  let model = document.dynamics
  var text = TextBuffer()
  text.append("{\"format\":\"\(ProvablyJSON.formatName)\"")
  func key(_ name: String) {
    text.append(",\n\"\(name)\":")
  }
  if let name = document.name {
    key("name")
    text.appendJSON(name)
  }
  key("states")
  text.append("\(model.stateCount),\"actions\":\(model.actionCount)")
  if let names = model.stateNames {
    key("stateNames")
    text.appendJSON(names)
  }
  if let names = model.actionNames {
    key("actionNames")
    text.appendJSON(names)
  }
  if let discount = document.discount {
    key("discount")
    text.append(discount)
  }
  if let horizon = document.horizon {
    key("horizon")
    text.append(horizon)
  }
  if let initial = model.initialDistribution {
    key("initial")
    text.appendJSON(initial.indices.filter { initial[$0] != 0 }) { text, s in
      text.append("[\(s),")
      text.append(initial[s])
      text.append("]")
    }
  }
  if !model.stateLabels.isEmpty {
    key("labels")
    appendObject(model.stateLabels, to: &text) { $0.appendJSON($1) }
  }
  if let name = document.rewardModel {
    key("rewardModel")
    text.appendJSON(name)
  }
  var rewardModels = document.rewardModels
  if let name = document.rewardModel { rewardModels[name] = model.rewards }
  if !rewardModels.isEmpty {
    key("rewardModels")
    appendObject(rewardModels, to: &text) { $0.appendJSON($1) }
  }
  key("choices")
  appendChoices(of: model, to: &text)
  text.append("}\n")
  return text.bytes
}

private func appendObject<T>(
  _ object: [String: T], to text: inout TextBuffer, _ value: (inout TextBuffer, T) -> Void
) {
  text.append("{")
  for (i, (name, x)) in object.sorted(by: { $0.key < $1.key }).enumerated() {
    if i > 0 { text.append(",\n ") }
    text.appendJSON(name)
    text.append(":")
    value(&text, x)
  }
  text.append("}")
}

private func appendChoices(of model: TabularMDP, to text: inout TextBuffer) {
  text.append("[")
  for s in 0..<model.stateCount {
    for k in model.choices(of: s) {
      text.append(k > 0 ? ",\n" : "\n")
      text.append("{\"state\":\(s),\"action\":\(model.action(ofChoice: k, in: s)),\"reward\":")
      text.append(model.rewards[k])
      text.append(",\"next\":[")
      var isFirst = true
      forEachStoredEntry(of: model.transitions, row: k) { next, p, position in
        if !isFirst { text.append(",") }
        isFirst = false
        text.append("[\(next),")
        text.append(p)
        if let rewards = model.outcomeRewards {
          text.append(",")
          text.append(rewards[position])
        }
        text.append("]")
      }
      text.append("]")
      if let termination = model.termination {
        text.append(",\"end\":")
        text.append(termination[k])
      }
      text.append("}")
    }
  }
  text.append("]")
}

/// Calls `body` with each entry that a row stores, explicit zeros of sparse rows included.
func forEachStoredEntry(
  of transitions: TransitionMatrix, row: Int, _ body: (_ next: Int, _ p: Double, _ i: Int) -> Void
) {
  if case .sparse(let matrix) = transitions {
    for i in matrix.entries(ofRow: row) { body(Int(matrix.columns[i]), matrix.values[i], i) }
  } else {
    transitions.forEachEntry(row: row, body)
  }
}
