// SPDX-License-Identifier: Apache-2.0
import MarkovModels

/// The action labels of the choices of a file, and back.
///
/// Model checkers let several choices of a state share a label, or have none; here the labels of a
/// state must differ. So the second choice of a state that a file calls "a" is called "a#2", and a
/// choice without a label "unlabeled". Labels are numbered in the order in which they first appear.
/// When no choice has a label, or all labels are numbers that differ within each state, there are
/// no names: the action is the position within the state, or the number.
struct ActionLabels {
  /// What a choice without a label is called in a model that has labels elsewhere.
  static let unlabeled = "unlabeled"

  /// The label of each choice, as a position in `names`.
  private(set) var ofChoice: [Int32] = []
  /// The different labels in order of appearance; empty for "no label".
  private(set) var names: [String] = []
  private var positions: [String: Int32] = [:]

  /// Notes the label of the next choice; empty for none.
  mutating func append(_ name: String) {
    if let position = positions[name] {
      ofChoice.append(position)
    } else {
      let position = Int32(clamping: names.count)
      positions[name] = position
      names.append(name)
      ofChoice.append(position)
    }
  }

  /// Takes labels that are already numbered, with numbers instead of names if there are none.
  static func numbered(_ numbers: [UInt32], names: [String]?) -> ActionLabels {
    var labels = ActionLabels()
    labels.ofChoice.reserveCapacity(numbers.count)
    var positions: [UInt32: Int32] = [:]
    var last: (number: UInt32, position: Int32)?
    for number in numbers {
      if let last, last.number == number {
        labels.ofChoice.append(last.position)
      } else if let position = positions[number] {
        labels.ofChoice.append(position)
        last = (number, position)
      } else {
        labels.append(names?[Int(number)] ?? "\(number)")
        let position = labels.ofChoice[labels.ofChoice.count - 1]
        positions[number] = position
        last = (number, position)
      }
    }
    return labels
  }

  /// Gives the choices of a model their actions.
  ///
  /// - Parameters:
  ///   - model: The model; its choice pointers, action labels and names are set.
  ///   - pointers: Where the choices of each state start.
  func apply(to model: inout ModelArrays, pointers: [Int]) {
    let K = ofChoice.count
    let ids: [Int32]
    if names.allSatisfy(\.isEmpty) {
      var positions = [Int32](repeating: 0, count: K)
      for s in 0..<pointers.count - 1 {
        for k in pointers[s]..<pointers[s + 1] { positions[k] = Int32(clamping: k - pointers[s]) }
      }
      ids = positions
    } else if let numbers = numericLabels(pointers) {
      ids = ofChoice.map { numbers[Int($0)] }
    } else {
      let (distinct, distinctNames) = distinctLabels(pointers)
      ids = distinct
      model.actionNames = distinctNames
    }
    model.actionCount = model.actionNames?.count ?? Int(ids.max() ?? 0) + 1
    (model.choicePointers, model.choiceActions) = compactChoices(
      pointers: pointers, actions: ids, actionCount: model.actionCount)
  }

  /// The labels as numbers, if all are numbers of moderate size that differ within each state.
  private func numericLabels(_ pointers: [Int]) -> [Int32]? {
    let bound = Int32(clamping: ofChoice.count + 65_536)
    var numbers: [Int32] = []
    for name in names {
      guard let number = Int32(name), number >= 0, number < bound, "\(number)" == name else {
        return nil
      }
      numbers.append(number)
    }
    var lastState = [Int](repeating: -1, count: names.count)
    for s in 0..<pointers.count - 1 {
      for k in pointers[s]..<pointers[s + 1] {
        let label = Int(ofChoice[k])
        if lastState[label] == s { return nil }
        lastState[label] = s
      }
    }
    return numbers
  }

  /// Labels that differ within each state, numbered in order of appearance.
  private func distinctLabels(_ pointers: [Int]) -> (ids: [Int32], names: [String]) {
    var ids: [Int32] = []
    ids.reserveCapacity(ofChoice.count)
    var distinctNames: [String] = []
    var idOfOccurrence = [[Int32]](repeating: [], count: names.count)
    var lastState = [Int](repeating: -1, count: names.count)
    var occurrence = [Int](repeating: 0, count: names.count)
    for s in 0..<pointers.count - 1 {
      for k in pointers[s]..<pointers[s + 1] {
        let label = Int(ofChoice[k])
        occurrence[label] = lastState[label] == s ? occurrence[label] + 1 : 0
        lastState[label] = s
        if occurrence[label] == idOfOccurrence[label].count {
          idOfOccurrence[label].append(Int32(clamping: distinctNames.count))
          let name = names[label].isEmpty ? ActionLabels.unlabeled : names[label]
          let number = occurrence[label] + 1
          distinctNames.append(number == 1 ? name : "\(name)#\(number)")
        }
        ids.append(idOfOccurrence[label][occurrence[label]])
      }
    }
    return (ids, distinctNames)
  }

  /// The label that a file of a model checker gives to each action of a model.
  ///
  /// - Returns: One text for each action, empty for none; `nil` when the actions have no names.
  static func fileLabels(of model: TabularMDP) -> [String]? {
    guard let names = model.actionNames else { return nil }
    let present = Set(names)
    return names.map { name in
      var label = name
      if let mark = name.utf8.lastIndex(of: UInt8(ascii: "#")) {
        let base = String(name[..<mark])
        let number = Int(name[name.utf8.index(after: mark)...]) ?? 0
        let before = number == 2 ? base : "\(base)#\(number - 1)"
        if number >= 2, present.contains(before) { label = base }
      }
      return label == unlabeled ? "" : label
    }
  }
}
