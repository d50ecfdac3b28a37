// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra
import MarkovModels

/// Reads a model in the unified Markov binary format.
///
/// A tar archive, plain or packed by gzip or xz, of `index.json` and little-endian arrays. Read are
/// discrete-time decision processes and chains with doubles or 128-bit rationals; action labels;
/// atomic propositions as state labels; initial states; rewards of states (added to every choice of
/// the state), of choices and of branches (their mean is added to the choice). Branches of one
/// choice that lead to the same state are added up. Valuations and other annotations are ignored.
func readUMB(_ file: ReadableFile, options: ReadOptions) throws(ModelFormatError) -> ModelDocument {
  let arrays = try UMBArrays(file, byteLimit: options.unpackedByteLimit)
  return try arrays.document(options: options)
}

extension UMBArrays {
  fileprivate func document(options: ReadOptions) throws(ModelFormatError) -> ModelDocument {
    let system = index.system
    let (S, K, B) = (system.states.value, system.choices.value, system.branches.value)
    guard let targets else { throw .missing(file, what: "the array branch-to-target.bin") }
    let choiceToBranches = try intervals(choiceToBranches, K, B, "choice-to-branches.bin")
    let stateToChoices = try intervals(stateToChoices, S, K, "state-to-choices.bin")
    var model = ModelArrays(stateCount: S, actionCount: 1)
    try actionLabels(choices: K).apply(to: &model, pointers: stateToChoices)
    model.rowPointers = choiceToBranches
    model.columns = targets
    model.values = probabilities ?? [Double](repeating: 1, count: B)
    var warnings: [String] = []
    model.initialDistribution = initialDistribution(
      ofStates: initialStates ?? [], count: S, warnings: &warnings)
    model.stateLabels = try labels()
    let models = try rewardModels(stateToChoices: stateToChoices, model)
    let chosen = try chooseRewards(
      from: models, wanted: options.rewardModel, choiceCount: K, file: file, warnings: &warnings)
    model.rewards = chosen.rewards
    model.outcomeRewards = outcomeRewards(of: chosen.name, stateToChoices: stateToChoices, model)
    if let merged = model.mergeDuplicates() {
      warnings.append(
        "\(merged.count) branches lead where their choice leads to already and are added up; "
          + "the first is branch \(merged.position), \(model.place(ofChoice: merged.row))")
    }
    if options.rowSumTolerance > 0,
      let rescaled = model.rescaleRows(within: { _ in options.rowSumTolerance })
    {
      warnings.append(rescalingWarning(rescaled.count, model.place(ofChoice: rescaled.row)))
    }
    let dynamics = try model.model(in: file, storage: options.storage) { error, model in
      place(of: error, model, rows: choiceToBranches, targets: targets)
    }
    return ModelDocument(
      dynamics: dynamics, rewardModels: models, rewardModel: chosen.name,
      name: index.modelData?.name, warnings: warnings)
  }

  /// The intervals of an array; an absent one stands for one target for each source.
  private func intervals(
    _ pointers: [Int]?, _ n: Int, _ end: Int, _ name: String
  ) throws(ModelFormatError) -> [Int] {
    if let pointers { return pointers }
    guard n == end, end <= targets?.count ?? 0 else {
      throw .missing(file, what: "the array \(name)")
    }
    return Array(0...n)
  }

  private func actionLabels(choices K: Int) throws(ModelFormatError) -> ActionLabels {
    let count = index.system.choiceActions.value
    guard count > 0 else {
      return .numbered([UInt32](repeating: 0, count: K), names: [""])
    }
    let values = actions ?? [UInt32](repeating: 0, count: K)
    if let k = values.firstIndex(where: { Int($0) >= count }) {
      throw .badValue(
        file, .entry(array: "actions/choices/values.bin", index: k),
        reason: "\(values[k]) is not in 0 ..< \(count)")
    }
    guard let ends = actionStringEnds else { return .numbered(values, names: nil) }
    guard let strings = actionStrings else {
      throw .missing(file, what: "the array actions/choices/strings.bin")
    }
    if let i = firstBadPointer(ends, end: strings.count) {
      throw .badValue(
        file, .entry(array: "actions/choices/string-mapping.bin", index: i),
        reason: "it is \(ends[i]); the entries must start at 0, never decrease and end at "
          + "\(strings.count)")
    }
    let names = (0..<count).map {
      String(decoding: strings[ends[$0]..<ends[$0 + 1]], as: UTF8.self)
    }
    return .numbered(values, names: names)
  }

  private func labels() throws(ModelFormatError) -> [String: [Int]] {
    var labels: [String: [Int]] = [:]
    for (id, annotation) in (index.annotations?["aps"] ?? [:]).sorted(by: { $0.key < $1.key }) {
      guard let states = propositions[id] else {
        throw .missing(file, what: "the array annotations/aps/\(printable(id))/states/values.bin")
      }
      let name = annotation.alias ?? id
      guard labels.updateValue(states, forKey: name) == nil else {
        throw .badValue(
          file, .array(UMBIndex.memberName),
          reason: "the atomic proposition \"\(printable(name))\" occurs twice")
      }
    }
    return labels
  }

  /// Every reward annotation as expected rewards of choices.
  private func rewardModels(
    stateToChoices: [Int], _ model: ModelArrays
  ) throws(ModelFormatError) -> [String: [Double]] {
    var models: [String: [Double]] = [:]
    for (id, annotation) in (index.annotations?["rewards"] ?? [:]).sorted(by: { $0.key < $1.key }) {
      for part in annotation.appliesTo where rewards[id]?[part] == nil {
        throw .missing(
          file, what: "the array annotations/rewards/\(printable(id))/\(printable(part))/values.bin"
        )
      }
      var sums = baseRewards(of: id, stateToChoices: stateToChoices, choices: model.choiceCount)
      if let branches = rewards[id]?["branches"] {
        for k in sums.indices {
          var mean = 0.0
          for i in model.rowPointers[k]..<model.rowPointers[k + 1] where model.values[i] != 0 {
            mean += model.values[i] * branches[i]
          }
          sums[k] += mean
        }
      }
      let name = annotation.alias ?? id
      guard models.updateValue(sums, forKey: name) == nil else {
        throw .badValue(
          file, .array(UMBIndex.memberName),
          reason: "the reward \"\(printable(name))\" occurs twice")
      }
    }
    return models
  }

  /// The rewards of states and of choices, added.
  private func baseRewards(of id: String, stateToChoices: [Int], choices K: Int) -> [Double] {
    var sums = rewards[id]?["choices"] ?? [Double](repeating: 0, count: K)
    if let states = rewards[id]?["states"] {
      for s in states.indices where states[s] != 0 {
        for k in stateToChoices[s]..<stateToChoices[s + 1] { sums[k] += states[s] }
      }
    }
    return sums
  }

  private func outcomeRewards(
    of name: String?, stateToChoices: [Int], _ model: ModelArrays
  ) -> [Double]? {
    guard let name,
      let id = index.annotations?["rewards"]?.first(where: { ($0.value.alias ?? $0.key) == name })?
        .key,
      var outcomes = rewards[id]?["branches"]
    else { return nil }
    let base = baseRewards(of: id, stateToChoices: stateToChoices, choices: model.choiceCount)
    for k in base.indices {
      for i in model.rowPointers[k]..<model.rowPointers[k + 1] { outcomes[i] += base[k] }
    }
    return outcomes
  }

  private func place(
    of error: ModelError, _ model: ModelArrays, rows: [Int], targets: [Int32]
  ) -> FilePlace {
    switch error {
    case .noActions(let place):
      return .entry(array: "state-to-choices.bin", index: place.state)
    case .badReward:
      let array = "annotations/rewards"
      return model.choice(of: error).map { .entry(array: array, index: $0) } ?? .array(array)
    case .badProbability(_, let next, _):
      guard let k = model.choice(of: error) else { return .file }
      let branch = (rows[k]..<rows[k + 1]).first { Int(targets[$0]) == next }
      return .entry(array: "branch-to-probability.bin", index: branch ?? rows[k])
    default:
      guard let k = model.choice(of: error) else { return .file }
      return .entry(array: "branch-to-probability.bin", index: rows[k])
    }
  }
}
