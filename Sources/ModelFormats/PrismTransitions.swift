// SPDX-License-Identifier: Apache-2.0
import MarkovModels

/// The transitions of a `.tra` file.
struct PrismTransitions {
  let stateCount: Int
  /// Whether the lines have a choice (a decision process) or not (a chain).
  let hasChoices: Bool
  /// Whether the files start with lines of counts, as PRISM writes them.
  let hasCounts: Bool
  private(set) var rows: TextRows
  private(set) var choicePointers: [Int] = []
  private(set) var labels = ActionLabels()

  /// A line of the file.
  private struct Entry {
    var state: Int
    var choice: Int
    var next: Int
    var number: PrintedNumber
    var action: Int32
    var line: Int
  }

  init(_ bytes: [UInt8], file: String, options: ReadOptions) throws(ModelFormatError) {
    var scanner = TextScanner(bytes, file: file)
    let header = try PrismTransitions.readHeader(&scanner)
    var (actions, actionNumbers): ([String], [String: Int32]) = ([], [:])
    var entries: [Entry] = []
    while scanner.nextLine() {
      if scanner.isAtEnd() || scanner.skip("#") { continue }
      let state = try scanner.index("a state")
      let choice = header.hasChoices ? try scanner.index("a choice") : 0
      let next = try scanner.index("a next state")
      let number = try scanner.number("a probability")
      let action = scanner.rest()
      let actionNumber = actionNumbers[action] ?? Int32(clamping: actions.count)
      if actionNumbers.updateValue(actionNumber, forKey: action) == nil { actions.append(action) }
      entries.append(
        Entry(
          state: state, choice: choice, next: next, number: number, action: actionNumber,
          line: scanner.line))
    }
    let isSorted = entries.indices.dropFirst().allSatisfy {
      (entries[$0 - 1].state, entries[$0 - 1].choice) <= (entries[$0].state, entries[$0].choice)
    }
    if !isSorted {
      entries.sort { ($0.state, $0.choice, $0.line) < ($1.state, $1.choice, $1.line) }
    }
    let last = entries.reduce(0) { max($0, max($1.state, $1.next)) }
    stateCount = header.counts?[0] ?? min(last, entries.count) + 1
    hasChoices = header.hasChoices
    hasCounts = header.counts != nil
    rows = TextRows(file: file, stateCount: stateCount, tolerance: options.rowSumTolerance)
    try addRows(entries, actions: actions, isChain: !header.hasChoices)
    guard choicePointers.count == stateCount else {
      throw .missing(file, what: "a transition of state \(choicePointers.count) of \(stateCount)")
    }
    choicePointers.append(rows.count)
    if let counts = header.counts {
      let found =
        header.hasChoices ? [stateCount, rows.count, entries.count] : [stateCount, entries.count]
      guard counts == found else {
        throw .badValue(
          file, .line(1), reason: "it says \(listed(counts)), but there are \(listed(found))")
      }
    }
  }

  private static func readHeader(
    _ scanner: inout TextScanner
  ) throws(ModelFormatError) -> (hasChoices: Bool, counts: [Int]?) {
    while scanner.nextLine() {
      if scanner.isAtEnd() || scanner.skip("#") { continue }
      if let byte = scanner.peek, byte < UInt8(ascii: "0") || byte > UInt8(ascii: "9") {
        switch scanner.rest().lowercased() {
        case "mdp": return (true, nil)
        case "dtmc": return (false, nil)
        case let kind:
          throw .unsupported(
            scanner.file, .line(scanner.line), feature: "a model of kind \"\(printable(kind))\"")
        }
      }
      var counts: [Int] = []
      while !scanner.isAtEnd(), counts.count < 4 { counts.append(try scanner.index("a count")) }
      guard counts.count == 2 || counts.count == 3, counts[0] > 0 else {
        throw scanner.failure(
          "expected \"states choices transitions\", or \"states transitions\" for a chain")
      }
      guard counts.allSatisfy({ $0 <= scanner.byteCount }) else {
        throw .implausibleSize(
          scanner.file, .line(scanner.line),
          reason: "it says \(listed(counts)), but the file has only \(scanner.byteCount) bytes")
      }
      return (counts.count == 3, counts)
    }
    throw .missing(scanner.file, what: "the line of counts")
  }

  private mutating func addRows(
    _ entries: [Entry], actions: [String], isChain: Bool
  ) throws(ModelFormatError) {
    var start = 0
    while start < entries.count {
      let first = entries[start]
      let (s, line) = (first.state, first.line)
      guard s < stateCount else {
        throw .badValue(rows.file, .line(line), reason: "state \(s) is not in 0 ..< \(stateCount)")
      }
      if s >= choicePointers.count {
        guard s == choicePointers.count else {
          throw .badModel(
            rows.file, .line(line), .noActions(ModelPlace(state: choicePointers.count)))
        }
        choicePointers.append(rows.count)
      }
      let number = rows.count - choicePointers[s]
      guard first.choice == number else {
        throw .badValue(
          rows.file, .line(line),
          reason: "state \(s) has choice \(first.choice) but no choice \(number)")
      }
      var end = start
      while end < entries.count, entries[end].state == s, entries[end].choice == first.choice {
        let entry = entries[end]
        guard isChain || entry.action == first.action else {
          throw .badValue(
            rows.file, .line(entry.line),
            reason: "the action differs from that of the same choice on line \(line)")
        }
        try rows.add(next: entry.next, entry.number, line: entry.line)
        end += 1
      }
      let action = isChain ? "" : actions[Int(first.action)]
      labels.append(action)
      try rows.finishRow(
        ModelPlace(state: s, action: number, actionName: action.isEmpty ? nil : action), line: line)
      start = end
    }
  }
}

private func listed(_ counts: [Int]) -> String { counts.map(String.init).joined(separator: " ") }
