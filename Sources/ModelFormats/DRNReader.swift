// SPDX-License-Identifier: Apache-2.0
import MarkovModels

/// Reads a model in Storm's text format.
///
///     @type: MDP
///     @nr_states
///     2
///     @model
///     state 0 [1] init
///     	action work [0.5]
///     		0 : 0.25
///     		1 : 0.75
///     state 1 [0] goal
///     	action __NOLABEL__ [0]
///     		1 : 1
///
/// Numbers in brackets are rewards, one for each reward model; those of a state are added to every
/// action of it. Decision processes and chains with plain or rational numbers are read; comments
/// (state valuations among them) are skipped.
func readDRN(
  _ bytes: [UInt8], file: String, options: ReadOptions
) throws(ModelFormatError) -> ModelDocument {
  var parser = try DRNParser(bytes, file: file, options: options)
  try parser.parseStates()
  return try parser.document(options: options)
}

/// The lines before `@model`.
struct DRNHeader {
  /// The most reward models of a file.
  static let rewardModelLimit = 1_000

  var stateCount = 0
  var choiceCount: Int?
  /// The names of the reward models, empty for no name; `nil` when the file does not say.
  var rewardNames: [String]?
  /// Numbers that the model refers to as `$name`.
  var placeholders: [String: PrintedNumber] = [:]

  /// Reads up to and including `@model`.
  init(_ scanner: inout TextScanner) throws(ModelFormatError) {
    var sawType = false
    while scanner.nextLine() {
      if scanner.isAtEnd() || scanner.skip("//") { continue }
      if scanner.skip("@type:") {
        let type = scanner.rest()
        guard type.uppercased() == "MDP" || type.uppercased() == "DTMC" else {
          throw unsupported("the model type \"\(printable(type))\"", scanner)
        }
        sawType = true
      } else if scanner.skip("@value_type:") {
        let type = scanner.rest()
        guard type == "double" || type == "rational" else {
          throw unsupported("the value type \"\(printable(type))\"", scanner)
        }
      } else if scanner.skip("@parameters") {
        if let text = content(&scanner), !text.allSatisfy({ $0 == " " || $0 == "\t" }) {
          throw unsupported("a model with parameters", scanner)
        }
      } else if scanner.skip("@placeholders") {
        try readPlaceholders(&scanner)
      } else if scanner.skip("@reward_models") {
        rewardNames = content(&scanner)?.split(
          omittingEmptySubsequences: false, whereSeparator: { $0 == " " || $0 == "\t" }
        ).map(String.init)
      } else if scanner.skip("@nr_states") {
        stateCount = try count(&scanner, "the number of states")
      } else if scanner.skip("@nr_choices") {
        choiceCount = try count(&scanner, "the number of choices")
      } else if scanner.skip("@model") {
        guard sawType else { throw .missing(scanner.file, what: "@type before @model") }
        guard stateCount > 0 else { throw .missing(scanner.file, what: "@nr_states before @model") }
        return
      } else {
        throw scanner.failure("expected a line of the header, found \(scanner.found())")
      }
    }
    throw .missing(scanner.file, what: "@model")
  }

  private func unsupported(_ feature: String, _ scanner: TextScanner) -> ModelFormatError {
    .unsupported(scanner.file, .line(scanner.line), feature: feature)
  }

  /// The line after a keyword, unless that is another keyword.
  private func content(_ scanner: inout TextScanner) -> String? {
    guard scanner.firstOfNextLine != UInt8(ascii: "@"), scanner.nextLine() else { return nil }
    return scanner.rawRest()
  }

  private func count(
    _ scanner: inout TextScanner, _ what: StaticString
  ) throws(ModelFormatError) -> Int {
    guard scanner.nextLine() else { throw scanner.failure("the file ends before \(what)") }
    let count = try scanner.index(what)
    guard scanner.isAtEnd(), count > 0 else {
      throw scanner.failure("expected \(what), a positive whole number")
    }
    guard count <= scanner.byteCount / 4 else {
      throw .implausibleSize(
        scanner.file, .line(scanner.line),
        reason: "\(what) is \(count), but the file has only \(scanner.byteCount) bytes")
    }
    return count
  }

  private mutating func readPlaceholders(_ scanner: inout TextScanner) throws(ModelFormatError) {
    while let first = scanner.firstOfNextLine, first != UInt8(ascii: "@"), scanner.nextLine() {
      if scanner.isAtEnd() || scanner.skip("//") { continue }
      guard scanner.skip("$"), let name = scanner.word(before: ":"), scanner.skip(":") else {
        throw scanner.failure("expected \"$name : number\", found \(scanner.found())")
      }
      let number = try scanner.number("the value of the placeholder")
      guard placeholders.updateValue(number, forKey: name) == nil else {
        throw scanner.failure("the placeholder $\(printable(name)) occurs twice")
      }
    }
  }
}

/// The state of reading the lines after `@model`.
private struct DRNParser {
  var scanner: TextScanner
  let header: DRNHeader
  var rows: TextRows
  var labels = ActionLabels()
  var choicePointers: [Int] = []
  /// The rewards of each model for each choice; empty while all are 0.
  var rewards: [[Double]] = []
  var stateRewards: [Double] = []
  var stateLabels: [String: [Int]] = [:]
  var initialStates: [Int] = []
  /// The line and the label of the action that is being read.
  var openAction: (line: Int, label: String)?
  var stateLine = 0

  init(_ bytes: [UInt8], file: String, options: ReadOptions) throws(ModelFormatError) {
    scanner = TextScanner(bytes, file: file)
    header = try DRNHeader(&scanner)
    rows = TextRows(
      file: file, stateCount: header.stateCount, tolerance: options.rowSumTolerance)
  }

  mutating func parseStates() throws(ModelFormatError) {
    while scanner.nextLine() {
      if scanner.isAtEnd() || scanner.skip("//") { continue }
      if scanner.skip("state ") {
        try startState()
      } else if scanner.skip("action ") {
        try startAction()
      } else {
        try addTransition()
      }
    }
    try finishState()
    guard choicePointers.count == header.stateCount else {
      throw .missing(
        scanner.file,
        what: "state \(choicePointers.count) of \(header.stateCount), after line \(scanner.line),")
    }
    choicePointers.append(rows.count)
    if let expected = header.choiceCount, expected != rows.count {
      throw .badValue(
        scanner.file, .file, reason: "@nr_choices is \(expected), but there are \(rows.count)")
    }
  }

  private mutating func startState() throws(ModelFormatError) {
    try finishState()
    let id = try scanner.index("the number of the state")
    guard id == choicePointers.count, id < header.stateCount else {
      throw .badValue(
        scanner.file, .line(scanner.line),
        reason: choicePointers.count < header.stateCount
          ? "found state \(id), expected state \(choicePointers.count)"
          : "found state \(id), but @nr_states is \(header.stateCount)")
    }
    stateLine = scanner.line
    choicePointers.append(rows.count)
    stateRewards = try bracketed()
    while !scanner.isAtEnd() {
      let name =
        scanner.peek == UInt8(ascii: "\"") ? try scanner.quoted() : scanner.word(before: "\"") ?? ""
      if name == initialLabel {
        if initialStates.last != id { initialStates.append(id) }
      } else if stateLabels[name]?.last != id {
        stateLabels[name, default: []].append(id)
      }
    }
  }

  private mutating func finishState() throws(ModelFormatError) {
    try finishAction()
    guard let start = choicePointers.last else { return }
    guard start < rows.count else {
      throw .badModel(
        scanner.file, .line(stateLine), .noActions(ModelPlace(state: choicePointers.count - 1)))
    }
  }

  private mutating func startAction() throws(ModelFormatError) {
    guard !choicePointers.isEmpty else { throw scanner.failure("an action before the first state") }
    try finishAction()
    guard let label = scanner.word() else {
      throw scanner.failure("expected the label of the action")
    }
    openAction = (scanner.line, label == "__NOLABEL__" ? "" : label)
    labels.append(label == "__NOLABEL__" ? "" : label)
    try addRewards(bracketed())
    guard scanner.isAtEnd() else { throw scanner.failure("unexpected \(scanner.found())") }
  }

  private mutating func finishAction() throws(ModelFormatError) {
    guard let action = openAction, let start = choicePointers.last else { return }
    let place = ModelPlace(
      state: choicePointers.count - 1, action: rows.count - start,
      actionName: action.label.isEmpty || action.label == "\(rows.count - start)"
        ? nil : action.label)
    try rows.finishRow(place, line: action.line)
    openAction = nil
  }

  private mutating func addTransition() throws(ModelFormatError) {
    guard let start = choicePointers.last else {
      throw scanner.failure("expected \"state 0\", found \(scanner.found())")
    }
    if openAction == nil {
      // A chain may list the transitions of a state without an action.
      openAction = (scanner.line, "")
      labels.append("\(rows.count - start)")
      try addRewards([])
    }
    let next = try scanner.index("a next state")
    guard scanner.skip(":") else {
      throw scanner.failure("expected \":\", found \(scanner.found())")
    }
    try rows.add(next: next, number("a probability"), line: scanner.line)
    guard scanner.isAtEnd() else { throw scanner.failure("unexpected \(scanner.found())") }
  }

  private mutating func number(_ what: StaticString) throws(ModelFormatError) -> PrintedNumber {
    guard scanner.skip("$") else { return try scanner.number(what) }
    let name = scanner.word(before: ",]") ?? ""
    guard let number = header.placeholders[name] else {
      throw scanner.failure("the placeholder $\(printable(name)) has no value")
    }
    return number
  }

  /// The numbers of `[r1, r2]`, if that comes next.
  private mutating func bracketed() throws(ModelFormatError) -> [Double] {
    guard scanner.skip("[") else { return [] }
    var numbers: [Double] = []
    repeat { numbers.append(try number("a reward").value) } while scanner.skip(",")
    guard scanner.skip("]") else {
      throw scanner.failure("expected \"]\", found \(scanner.found())")
    }
    return numbers
  }

  /// Adds the rewards of the next choice: those of its state and these.
  private mutating func addRewards(_ actionRewards: [Double]) throws(ModelFormatError) {
    let k = rows.count
    let modelCount = max(actionRewards.count, stateRewards.count, rewards.count)
    guard modelCount <= DRNHeader.rewardModelLimit else {
      throw .tooLarge(
        scanner.file, .line(scanner.line), reason: "\(modelCount) reward models",
        remedy: "keep at most \(DRNHeader.rewardModelLimit)")
    }
    let (size, overflow) = modelCount.multipliedReportingOverflow(by: k + 1)
    guard !overflow, size <= max(1 << 20, scanner.byteCount) else {
      throw .implausibleSize(
        scanner.file, .line(scanner.line), reason: "\(modelCount) reward models, not all given")
    }
    for i in 0..<modelCount {
      let state = i < stateRewards.count ? stateRewards[i] : 0
      let reward = state + (i < actionRewards.count ? actionRewards[i] : 0)
      if i == rewards.count { rewards.append([Double](repeating: 0, count: k)) }
      rewards[i].append(reward)
    }
  }

  /// The model of what has been read.
  func document(options: ReadOptions) throws(ModelFormatError) -> ModelDocument {
    let file = scanner.file
    var model = ModelArrays(stateCount: header.stateCount, actionCount: 1)
    model.rowPointers = rows.rowPointers
    model.columns = rows.columns
    model.values = rows.values
    labels.apply(to: &model, pointers: choicePointers)
    model.stateLabels = stateLabels
    var warnings = rows.warning.map { [$0] } ?? []
    model.initialDistribution = initialDistribution(
      ofStates: initialStates, count: header.stateCount, warnings: &warnings)
    var models: [String: [Double]] = [:]
    for (i, values) in rewards.enumerated() {
      let given = header.rewardNames.flatMap { i < $0.count ? $0[i] : nil }
      let name = given.map { $0.isEmpty ? unnamedRewardModel : $0 } ?? "rew\(i)"
      guard models.updateValue(values, forKey: name) == nil else {
        throw .badValue(file, .file, reason: "the reward \"\(printable(name))\" occurs twice")
      }
    }
    let chosen = try chooseRewards(
      from: models, wanted: options.rewardModel, choiceCount: rows.count, file: file,
      warnings: &warnings)
    model.rewards = chosen.rewards
    let dynamics = try model.model(in: file, storage: options.storage) { error, model in
      model.choice(of: error).map { .line(rows.lines[$0]) } ?? .file
    }
    return ModelDocument(
      dynamics: dynamics, rewardModels: models, rewardModel: chosen.name, warnings: warnings)
  }
}
