// SPDX-License-Identifier: Apache-2.0
import MarkovModels

/// The `P` table of a Gymnasium environment as JSON.
///
///     {"source": "FrozenLake-v1", "states": 16, "actions": 4, "initial": [1, 0, …],
///      "P": [[[[probability, next, reward, terminated], …], …], …]}
///
/// `P[s][a]` lists the outcomes of action a in state s; a transition marked terminated ends the
/// episode and is worth its reward alone. `source`, `initial`, `state_names` and `action_names` are
/// optional; other keys are ignored.
struct GymnasiumTable: Decodable {
  var source: String?
  var states: WholeNumber
  var actions: WholeNumber
  var initial: [Double]?
  var stateNames: [String]?
  var actionNames: [String]?
  var outcomes: [[[Entry]]]

  enum CodingKeys: String, CodingKey {
    case source
    case states
    case actions
    case initial
    case stateNames = "state_names"
    case actionNames = "action_names"
    case outcomes = "P"
  }

  /// One outcome, `[probability, next, reward, terminated]`.
  struct Entry: Decodable {
    var outcome: Outcome

    init(from decoder: any Decoder) throws {
      var list = try decoder.unkeyedContainer()
      self.outcome = Outcome(
        try list.decode(Double.self), to: try list.decodeIndex(),
        reward: try list.decode(Double.self), terminates: try list.decode(Bool.self))
      guard list.isAtEnd else {
        throw DecodingError.typeMismatch(
          Outcome.self,
          .init(
            codingPath: decoder.codingPath,
            debugDescription: "expected [probability, next, reward, terminated]"))
      }
    }
  }
}

/// Reads a Gymnasium table.
func readGymnasium(
  _ bytes: [UInt8], file: String, options: ReadOptions
) throws(ModelFormatError) -> ModelDocument {
  let text = try decodeJSON(GymnasiumTable.self, from: bytes, file: file)
  let (S, A) = (text.states.value, text.actions.value)
  guard S >= 1, A >= 1 else {
    throw .badValue(
      file, .path(S < 1 ? "states" : "actions"), reason: "expected at least 1")
  }
  try checkCount(text.outcomes.count, is: S, "states", file: file, path: "P")
  for (s, actions) in text.outcomes.enumerated() {
    try checkCount(actions.count, is: A, "actions", file: file, path: "P[\(s)]")
  }
  if let names = text.stateNames {
    try checkCount(names.count, is: S, "states", file: file, path: "state_names")
  }
  if let names = text.actionNames {
    try checkCount(names.count, is: A, "actions", file: file, path: "action_names")
  }
  for (s, actions) in text.outcomes.enumerated() {
    for (a, list) in actions.enumerated() {
      for (i, entry) in list.enumerated() where abs(entry.outcome.reward) > 1e300 {
        throw .badValue(
          file, .path("P[\(s)][\(a)][\(i)][2]"),
          reason: "the reward is \(entry.outcome.reward), expected at most 1e300")
      }
    }
  }
  try checkDenseSize(
    rows: S * A, states: S, storage: options.storage, file: file)
  let table = OutcomeTable(
    states: S, actions: A, initialDistribution: text.initial,
    stateNames: text.stateNames, actionNames: text.actionNames
  ) { s, a in text.outcomes[s][a].map(\.outcome) }
  do {
    return ModelDocument(
      dynamics: try table.model(storage: options.storage), name: text.source, table: table)
  } catch { throw .badModel(file, .path(path(of: error)), error) }
}

private func checkCount(
  _ found: Int, is expected: Int, _ what: String, file: String, path: String
) throws(ModelFormatError) {
  guard found == expected else {
    throw .badValue(
      file, .path(path), reason: "\(found) entries, but \"\(what)\" is \(expected)")
  }
}

private func path(of error: ModelError) -> String {
  switch error {
  case .badProbability(let place, _, _), .badReward(let place, _),
    .nextStateOutOfRange(let place, _, _), .rowNotStochastic(let place, _, _):
    "P[\(place.state)]" + (place.action.map { "[\($0)]" } ?? "")
  case .badInitialDistribution(let state, _): "initial" + (state.map { "[\($0)]" } ?? "")
  case .wrongCount: "initial"
  default: "P"
  }
}

/// Writes a Gymnasium table: the document's own, if it still is the model's, or one for the model.
///
/// A choice that may end the episode gets a terminated outcome to its own state. Without rewards of
/// outcomes every outcome pays r(s, a); otherwise the terminated one pays what r(s, a) lacks.
func gymnasiumText(
  of document: ModelDocument, file: String
) throws(ModelFormatError) -> (bytes: [UInt8], losses: [String]) {
  let table = try outcomeTable(of: document, file: file)
  var text = TextBuffer()
  text.append("{")
  if let name = document.name {
    text.append("\"source\":")
    text.appendJSON(name)
    text.append(",")
  }
  text.append("\"layout\":")
  text.appendJSON("P[state][action] = list of [probability, next_state, reward, terminated]")
  text.append(",\"states\":\(table.stateCount),\"actions\":\(table.actionCount)")
  if let names = table.stateNames {
    text.append(",\"state_names\":")
    text.appendJSON(names)
  }
  if let names = table.actionNames {
    text.append(",\"action_names\":")
    text.appendJSON(names)
  }
  if let initial = table.initialDistribution {
    text.append(",\"initial\":")
    text.appendJSON(initial)
  }
  text.append(",\n\"P\":[\n")
  for s in 0..<table.stateCount {
    if s > 0 { text.append(",\n") }
    text.appendJSON((0..<table.actionCount).map { table[s, $0] }) { text, list in
      text.appendJSON(list) { text, outcome in
        text.append("[")
        text.append(outcome.probability)
        text.append(",\(outcome.next),")
        text.append(outcome.reward)
        text.append(outcome.terminates ? ",true]" : ",false]")
      }
    }
  }
  text.append("]}\n")
  return (text.bytes, losses(of: document, keeping: [.outcomeRewards, .initial, .names]))
}

private func outcomeTable(
  of document: ModelDocument, file: String
) throws(ModelFormatError) -> OutcomeTable {
  let model = document.dynamics
  if let table = document.table {
    let storage: TransitionMatrix.Storage =
      if case .dense = model.transitions { .dense } else { .sparse }
    if let own = try? table.model(storage: storage), own == model { return table }
  }
  guard model.choiceActions == nil else {
    throw .inexpressible(
      file, reason: "a Gymnasium table offers every action in every state; use json, umb or drn")
  }
  return OutcomeTable(
    states: model.stateCount, actions: model.actionCount,
    initialDistribution: model.initialDistribution, stateNames: model.stateNames,
    actionNames: model.actionNames
  ) { s, a in outcomes(of: model, state: s, choice: s * model.actionCount + a) }
}

private func outcomes(of model: TabularMDP, state s: Int, choice k: Int) -> [Outcome] {
  let r = model.rewards[k]
  var list: [Outcome] = []
  var paid = 0.0
  model.transitions.forEachEntry(row: k) { next, p, position in
    let reward = model.outcomeRewards?[position] ?? r
    list.append(Outcome(p, to: next, reward: reward))
    paid += p * reward
  }
  let q = model.termination?[k] ?? 0
  if q > 0 {
    let reward = model.outcomeRewards == nil ? r : (r - paid) / q
    list.append(Outcome(q, to: s, reward: reward.isFinite ? reward : r, terminates: true))
  }
  return list
}
