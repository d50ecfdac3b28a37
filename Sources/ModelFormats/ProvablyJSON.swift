// SPDX-License-Identifier: Apache-2.0
import MarkovModels

/// Our own JSON, which keeps everything: `provably-mdp/1`.
///
///     {"format": "provably-mdp/1",
///      "name": "tiny",                           optional
///      "states": 2, "actions": 2,                S and A (labels; not every state need offer each)
///      "stateNames": ["low", "high"],            optional, S texts
///      "actionNames": ["wait", "work"],          optional, A texts
///      "discount": 0.95,                         optional, in [0, 1)
///      "horizon": 20,                            optional, at least 1; absent means infinite
///      "initial": [[0, 0.25], [1, 0.75]],        optional, [state, probability] pairs
///      "labels": {"goal": [1]},                  optional, sets of states
///      "rewardModel": "pay",                     optional, a name in rewardModels
///      "rewardModels": {"pay": [0, 1, 0]},       optional, K numbers each, K the number of choices
///      "choices": [
///       {"state": 0, "action": 0, "reward": 0, "next": [[0, 1]]},
///       {"state": 0, "action": 1, "reward": 1, "next": [[0, 0.5], [1, 0.25]], "end": 0.25},
///       {"state": 1, "action": 0, "reward": 0, "next": [[1, 1]]}]}
///
/// Choices are sorted by state. `next` lists [state, probability], or [state, probability, reward]
/// in every entry of the file if rewards depend on the next state; `reward` then is their mean.
/// `end` is the probability that the episode ends. Keys not named here are ignored.
struct ProvablyJSON: Decodable {
  static let formatName = "provably-mdp/1"

  var format: String
  var name: String?
  var states: WholeNumber
  var actions: WholeNumber
  var stateNames: [String]?
  var actionNames: [String]?
  var discount: Double?
  var horizon: WholeNumber?
  var initial: [Entry]?
  var labels: [String: [Int]]?
  var rewardModel: String?
  var rewardModels: [String: [Double]]?
  var choices: [Choice]

  /// One choice.
  struct Choice: Decodable {
    var state: WholeNumber
    var action: WholeNumber
    var reward: Double
    var next: [Entry]
    var end: Double?
  }

  /// `[state, probability]` or `[state, probability, reward]`.
  struct Entry: Decodable {
    var state: Int
    var probability: Double
    var reward: Double?

    init(from decoder: any Decoder) throws {
      var list = try decoder.unkeyedContainer()
      self.state = try list.decodeIndex()
      self.probability = try list.decode(Double.self)
      self.reward = list.isAtEnd ? nil : try list.decode(Double.self)
      guard list.isAtEnd else {
        throw DecodingError.typeMismatch(
          Entry.self,
          .init(
            codingPath: decoder.codingPath,
            debugDescription: "expected [state, probability] or [state, probability, reward]"))
      }
    }
  }
}

/// Reads our own JSON.
func readProvablyJSON(
  _ bytes: [UInt8], file: String, options: ReadOptions
) throws(ModelFormatError) -> ModelDocument {
  let text = try decodeJSON(ProvablyJSON.self, from: bytes, file: file)
  guard text.format == ProvablyJSON.formatName else {
    throw .unsupported(file, .path("format"), feature: "the format \"\(printable(text.format))\"")
  }
  var arrays = try choiceArrays(of: text, byteCount: bytes.count, file: file)
  arrays.stateNames = text.stateNames
  arrays.actionNames = text.actionNames
  arrays.stateLabels = try checkedLabels(text.labels ?? [:], states: text.states.value, file: file)
  if let initial = text.initial {
    var distribution = [Double](repeating: 0, count: text.states.value)
    for (i, entry) in initial.enumerated() {
      guard distribution.indices.contains(entry.state) else {
        throw .badValue(
          file, .path("initial[\(i)]"), reason: "state \(entry.state) is out of range")
      }
      distribution[entry.state] += entry.probability
    }
    arrays.initialDistribution = distribution
  }
  var warnings: [String] = []
  if options.rowSumTolerance > 0,
    let rescaled = arrays.rescaleRows(within: { _ in options.rowSumTolerance })
  {
    warnings.append(rescalingWarning(rescaled.count, arrays.place(ofChoice: rescaled.row)))
  }
  let rewardModels = text.rewardModels ?? [:]
  for (name, rewards) in rewardModels.sorted(by: { $0.key < $1.key }) {
    let path = "rewardModels.\(printable(name))"
    guard rewards.count == arrays.choiceCount else {
      throw .badValue(
        file, .path(path), reason: "\(rewards.count) numbers for \(arrays.choiceCount) choices")
    }
  }
  var chosen = text.rewardModel
  if let wanted = options.rewardModel {
    arrays.rewards = try rewards(named: wanted, in: rewardModels, file: file)
    if wanted != chosen { arrays.outcomeRewards = nil }
    chosen = wanted
  } else if let chosen {
    let named = try rewards(named: chosen, in: rewardModels, file: file)
    if let k = named.indices.first(where: { named[$0] != arrays.rewards[$0] }) {
      throw .badValue(
        file, .path("choices[\(k)].reward"),
        reason: "it is \(arrays.rewards[k]), but rewardModels.\(printable(chosen)) says \(named[k])"
      )
    }
  }
  let horizon = text.horizon?.value
  if let horizon, horizon < 1 {
    throw .badModel(file, .path("horizon"), .badHorizon(horizon))
  }
  return ModelDocument(
    dynamics: try arrays.model(in: file, storage: options.storage) { error, arrays in
      jsonPlace(of: error, in: arrays)
    },
    discount: try checkedDiscount(
      text.discount, horizon: horizon, file: file, place: .path("discount")),
    horizon: horizon, rewardModels: rewardModels, rewardModel: chosen, name: text.name,
    warnings: warnings)
}

private func choiceArrays(
  of text: ProvablyJSON, byteCount: Int, file: String
) throws(ModelFormatError) -> ModelArrays {
  let (S, A) = (text.states.value, text.actions.value)
  guard S >= 1, A >= 1 else {
    throw .badValue(file, .path(S < 1 ? "states" : "actions"), reason: "expected at least 1")
  }
  guard S <= text.choices.count else {
    throw .implausibleSize(
      file, .path("states"),
      reason: "\(S) states, but only \(text.choices.count) choices; every state needs one")
  }
  guard A <= byteCount else {
    throw .implausibleSize(file, .path("actions"), reason: "\(A) actions in \(byteCount) bytes")
  }
  var arrays = ModelArrays(stateCount: S, actionCount: A)
  var pointers = [0]
  var actions: [Int32] = []
  var termination: [Double] = []
  var outcomeRewards: [Double] = []
  for (k, choice) in text.choices.enumerated() {
    let path = "choices[\(k)]"
    let (s, a) = (choice.state.value, choice.action.value)
    guard s >= pointers.count - 1, s < S else {
      throw .badValue(
        file, .path("\(path).state"),
        reason: "state \(s); choices must be sorted by state, in 0 ..< \(S)")
    }
    guard a >= 0, a < A else {
      throw .badValue(
        file, .path("\(path).action"), reason: "action \(a) is not in 0 ..< \(A)")
    }
    guard s <= pointers.count else {
      throw .badModel(
        file, .path(path), .noActions(ModelPlace(state: pointers.count)))
    }
    if s == pointers.count { pointers.append(k) }
    actions.append(Int32(clamping: a))
    for (i, entry) in choice.next.enumerated() {
      guard entry.state >= 0, entry.state < S else {
        throw .badValue(
          file, .path("\(path).next[\(i)]"), reason: "state \(entry.state) is not in 0 ..< \(S)")
      }
      arrays.columns.append(Int32(clamping: entry.state))
      arrays.values.append(entry.probability)
      if let reward = entry.reward { outcomeRewards.append(reward) }
      guard outcomeRewards.isEmpty || outcomeRewards.count == arrays.values.count else {
        throw .badValue(
          file, .path("\(path).next[\(i)]"),
          reason: "some entries of the file have a reward and some do not")
      }
    }
    arrays.rowPointers.append(arrays.values.count)
    arrays.rewards.append(choice.reward)
    termination.append(choice.end ?? 0)
  }
  guard pointers.count == S else {
    throw .badModel(file, .path("choices"), .noActions(ModelPlace(state: pointers.count)))
  }
  pointers.append(text.choices.count)
  (arrays.choicePointers, arrays.choiceActions) = compactChoices(
    pointers: pointers, actions: actions, actionCount: A)
  if text.choices.contains(where: { $0.end != nil }) { arrays.termination = termination }
  if !outcomeRewards.isEmpty { arrays.outcomeRewards = outcomeRewards }
  return arrays
}

private func checkedLabels(
  _ labels: [String: [Int]], states S: Int, file: String
) throws(ModelFormatError) -> [String: [Int]] {
  for (name, states) in labels.sorted(by: { $0.key < $1.key }) {
    if let bad = states.first(where: { $0 < 0 || $0 >= S }) {
      throw .badValue(
        file, .path("labels.\(printable(name))"), reason: "state \(bad) is not in 0 ..< \(S)")
    }
  }
  return labels.mapValues { Set($0).sorted() }
}

private func jsonPlace(of error: ModelError, in arrays: ModelArrays) -> FilePlace {
  if let k = arrays.choice(of: error) { return .path("choices[\(k)]") }
  switch error {
  case .badInitialDistribution: return .path("initial")
  case .wrongCount(let array, _, _) where array == "state names": return .path("stateNames")
  case .wrongCount(let array, _, _) where array == "action names": return .path("actionNames")
  default: return .path("choices")
  }
}
