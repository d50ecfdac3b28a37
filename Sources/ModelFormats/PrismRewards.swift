// SPDX-License-Identifier: Apache-2.0

/// The rewards of `.srew` and `.trew` files.
///
/// A comment `# Reward structure "name"` names a structure. State files have lines "state reward",
/// transition files "state choice next reward" (for a chain "state next reward"); where the `.tra`
/// file has a line of counts, so have these.
struct PrismRewards {
  /// The expected rewards of each choice.
  private(set) var models: [String: [Double]] = [:]
  /// The rewards of each transition, where they differ within a choice.
  private(set) var outcomes: [String: [Double]] = [:]

  init(_ siblings: PrismSiblings, _ transitions: PrismTransitions) throws(ModelFormatError) {
    for number in siblings.rewardNumbers {
      let unnamed = number.map { "rew\($0)" } ?? unnamedRewardModel
      var name: String?
      var sums = [Double](repeating: 0, count: transitions.rows.count)
      var own: [Double]?
      var found = false
      for ending in ["srew", "trew"] where pathExists(siblings.path(ending, number: number)) {
        found = true
        let path = siblings.path(ending, number: number)
        var scanner = try prismScanner(at: path)
        let reader = PrismRewardFile(transitions: transitions, isOfStates: ending == "srew")
        let values = try reader.read(&scanner, name: &name)
        if ending == "srew" {
          for s in values.indices where values[s] != 0 {
            for k in transitions.choicePointers[s]..<transitions.choicePointers[s + 1] {
              sums[k] += values[s]
            }
          }
        } else {
          own = PrismRewards.addMeans(of: values, to: &sums, transitions)
        }
      }
      guard found else { continue }
      let key = name ?? unnamed
      guard models.updateValue(sums, forKey: key) == nil else {
        throw .badValue(
          siblings.transitions, .file, reason: "the reward \"\(printable(key))\" occurs twice")
      }
      if let own { outcomes[key] = own }
    }
  }

  /// Adds Σ p · r to the reward of each choice; exactly r where all transitions of it pay r.
  ///
  /// - Returns: The rewards of the transitions with those of the states, if they vary in a choice.
  private static func addMeans(
    of values: [Double], to sums: inout [Double], _ transitions: PrismTransitions
  ) -> [Double]? {
    let rows = transitions.rows
    var outcomes = values
    var varies = false
    for k in sums.indices {
      let row = rows.rowPointers[k]..<rows.rowPointers[k + 1]
      for i in row { outcomes[i] += sums[k] }
      guard let first = row.first else { continue }
      if row.allSatisfy({ values[$0] == values[first] }) {
        sums[k] += values[first]
      } else {
        varies = true
        sums[k] += row.reduce(0.0) { $0 + rows.values[$1] * values[$1] }
      }
    }
    return varies ? outcomes : nil
  }
}

/// Reads one file of rewards.
private struct PrismRewardFile {
  let transitions: PrismTransitions
  let isOfStates: Bool

  /// The reward of each state, or of each transition.
  func read(
    _ scanner: inout TextScanner, name: inout String?
  ) throws(ModelFormatError) -> [Double] {
    let rows = transitions.rows
    let count = isOfStates ? transitions.stateCount : rows.values.count
    var values = [Double](repeating: 0, count: count)
    var isGiven = [Bool](repeating: false, count: count)
    var sawCounts = !transitions.hasCounts
    while scanner.nextLine() {
      if scanner.isAtEnd() { continue }
      if scanner.skip("#") {
        if scanner.skip("Reward structure"), !scanner.isAtEnd() {
          let found = scanner.peek == UInt8(ascii: "\"") ? try scanner.quoted() : scanner.rest()
          guard name == nil || name == found else {
            throw scanner.failure("the reward structure has the name \(printable(found)) here only")
          }
          name = found
        }
        continue
      }
      if !sawCounts {
        sawCounts = true
        continue
      }
      if let byte = scanner.peek, byte > UInt8(ascii: "9") { continue }
      let i = try isOfStates ? state(&scanner) : transition(&scanner)
      guard !isGiven[i] else { throw scanner.failure("the reward is listed twice") }
      isGiven[i] = true
      values[i] = try scanner.number("a reward").value
      guard isOfStates ? scanner.isAtEnd() : true else {
        throw scanner.failure("unexpected \(scanner.found())")
      }
    }
    return values
  }

  private func state(_ scanner: inout TextScanner) throws(ModelFormatError) -> Int {
    let s = try scanner.index("a state")
    guard s < transitions.stateCount else {
      throw .badValue(
        scanner.file, .line(scanner.line),
        reason: "state \(s) is not in 0 ..< \(transitions.stateCount)")
    }
    return s
  }

  /// The position of a transition, found by bisection in its sorted row.
  private func transition(_ scanner: inout TextScanner) throws(ModelFormatError) -> Int {
    let s = try state(&scanner)
    let choice = transitions.hasChoices ? try scanner.index("a choice") : 0
    let next = try scanner.index("a next state")
    let choices = transitions.choicePointers[s]..<transitions.choicePointers[s + 1]
    guard choice < choices.count else {
      throw .badValue(
        scanner.file, .line(scanner.line), reason: "state \(s) has only \(choices.count) choices")
    }
    let k = choices.lowerBound + choice
    let rows = transitions.rows
    var (low, high) = (rows.rowPointers[k], rows.rowPointers[k + 1])
    let end = high
    while low < high {
      let middle = (low + high) / 2
      if Int(rows.columns[middle]) < next { low = middle + 1 } else { high = middle }
    }
    guard low < end, Int(rows.columns[low]) == next else {
      throw .badValue(
        scanner.file, .line(scanner.line),
        reason: "state \(s), choice \(choice) has no transition to state \(next)")
    }
    return low
  }
}
