// SPDX-License-Identifier: Apache-2.0
import MarkovModels

/// Reads a model in PRISM's explicit text format.
///
/// The `.tra` file has a line "states choices transitions" and then lines
/// "state choice next probability action" (the action may be absent); for a chain "states
/// transitions" and "state next probability". Lines may come in any order. In Storm's variant the
/// first line is `mdp` or `dtmc` instead. Siblings of the same name are read where they exist:
///
/// - `.lab`: labels of states, `init` among them; without this file state 0 is the initial one.
/// - `.srew` and `.trew`: rewards of states (added to every choice) and of transitions (whose mean
///   is added to the choice). Several reward structures are numbered: `name1.srew`, `name2.srew`.
/// - `.sta`: the values of the variables, which become names of states.
func readPrism(
  _ bytes: [UInt8], file: String, options: ReadOptions
) throws(ModelFormatError) -> ModelDocument {
  let transitions = try PrismTransitions(bytes, file: file, options: options)
  let siblings = PrismSiblings(of: file)
  let S = transitions.stateCount
  var model = ModelArrays(stateCount: S, actionCount: 1)
  transitions.labels.apply(to: &model, pointers: transitions.choicePointers)
  model.rowPointers = transitions.rows.rowPointers
  model.columns = transitions.rows.columns
  model.values = transitions.rows.values
  var warnings = transitions.rows.warning.map { [$0] } ?? []
  if pathExists(siblings.path("lab")) {
    var labels = try PrismLabels(at: siblings.path("lab"), stateCount: S).states
    let initial = labels.removeValue(forKey: initialLabel) ?? []
    model.initialDistribution = initialDistribution(
      ofStates: initial, count: S, warnings: &warnings)
    model.stateLabels = labels
  } else {
    warnings.append("there is no .lab file; state 0 is taken as the initial one")
    model.initialDistribution = [1] + [Double](repeating: 0, count: S - 1)
  }
  if pathExists(siblings.path("sta")) {
    model.stateNames = try prismStateNames(at: siblings.path("sta"), stateCount: S)
  }
  let rewards = try PrismRewards(siblings, transitions)
  let chosen = try chooseRewards(
    from: rewards.models, wanted: options.rewardModel, choiceCount: transitions.rows.count,
    file: file, warnings: &warnings)
  model.rewards = chosen.rewards
  model.outcomeRewards = chosen.name.flatMap { rewards.outcomes[$0] }
  let lines = transitions.rows.lines
  let dynamics = try model.model(in: file, storage: options.storage) { error, model in
    model.choice(of: error).map { .line(lines[$0]) } ?? .file
  }
  return ModelDocument(
    dynamics: dynamics, rewardModels: rewards.models, rewardModel: chosen.name, warnings: warnings)
}

/// The lines of a file beside a `.tra` file.
func prismScanner(at path: String) throws(ModelFormatError) -> TextScanner {
  let file = try ReadableFile(path: path)
  return TextScanner(try file.allBytes(memoryFactor: MemoryFactor.prism), file: path)
}

/// The names of the files beside a `.tra` file.
struct PrismSiblings {
  /// The path without the ending.
  let base: String
  /// The path of the `.tra` file.
  let transitions: String

  init(of path: String) {
    transitions = path
    base = path.lowercased().hasSuffix(".tra") ? String(path.dropLast(4)) : path
  }

  /// The sibling with an ending, and with a number before it if one is given.
  func path(_ ending: String, number: Int? = nil) -> String {
    base + (number.map(String.init) ?? "") + "." + ending
  }

  /// The numbers that reward structures have: `nil` for files without one, then 1, 2, ….
  var rewardNumbers: [Int?] {
    var numbers: [Int?] = [nil]
    var n = 1
    while !pathExists(path("tra", number: n)),
      pathExists(path("srew", number: n)) || pathExists(path("trew", number: n))
    {
      numbers.append(n)
      n += 1
    }
    return numbers
  }
}

/// The labels of a `.lab` file, in PRISM's form (`0="init" 1="goal"`, then `3: 0 1`) or in Storm's
/// (`#DECLARATION`, names, `#END`, then `3 init goal`).
struct PrismLabels {
  /// The states of each label, sorted.
  private(set) var states: [String: [Int]] = [:]
  private let stateCount: Int

  init(at path: String, stateCount: Int) throws(ModelFormatError) {
    self.stateCount = stateCount
    var scanner = try prismScanner(at: path)
    while scanner.nextLine() {
      if scanner.isAtEnd() { continue }
      if scanner.skip("#DECLARATION") {
        try readStorm(&scanner)
      } else if !scanner.skip("#") {
        try readPrism(&scanner)
      }
    }
    states = states.mapValues { Set($0).sorted() }
  }

  private mutating func readPrism(_ scanner: inout TextScanner) throws(ModelFormatError) {
    var names: [Int: String] = [:]
    while !scanner.isAtEnd() {
      let number = try scanner.index("the number of a label")
      guard scanner.skip("="), case let name = try scanner.quoted(),
        names.updateValue(name, forKey: number) == nil, states.updateValue([], forKey: name) == nil
      else { throw scanner.failure("expected labels like 0=\"init\", each once") }
    }
    while scanner.nextLine() {
      if scanner.isAtEnd() || scanner.skip("#") { continue }
      let s = try scanner.index("a state")
      guard scanner.skip(":") else { throw scanner.failure("expected \":\" after the state") }
      while !scanner.isAtEnd() {
        let number = try scanner.index("the number of a label")
        guard let name = names[number] else {
          throw scanner.failure("label \(number) is not declared in the first line")
        }
        try add(name, to: s, scanner)
      }
    }
  }

  private mutating func readStorm(_ scanner: inout TextScanner) throws(ModelFormatError) {
    while scanner.nextLine(), !scanner.skip("#END") {
      while let name = scanner.word() { states[name] = [] }
    }
    while scanner.nextLine() {
      if scanner.isAtEnd() { continue }
      let s = try scanner.index("a state")
      while let name = scanner.word() {
        guard states[name] != nil else {
          throw scanner.failure("the label \(printable(name)) is not declared")
        }
        try add(name, to: s, scanner)
      }
    }
  }

  private mutating func add(
    _ name: String, to s: Int, _ scanner: TextScanner
  ) throws(ModelFormatError) {
    guard s < stateCount else {
      throw .badValue(
        scanner.file, .line(scanner.line), reason: "state \(s) is not in 0 ..< \(stateCount)")
    }
    states[name]?.append(s)
  }
}

/// The values of the variables in each state, as `.sta` files list them: `(x,y)`, then `0:(1,2)`.
func prismStateNames(at path: String, stateCount: Int) throws(ModelFormatError) -> [String] {
  var scanner = try prismScanner(at: path)
  var names: [String] = []
  while scanner.nextLine() {
    if scanner.isAtEnd() || scanner.skip("#") { continue }
    if names.isEmpty, scanner.peek == UInt8(ascii: "(") { continue }
    let s = try scanner.index("a state")
    guard s == names.count, s < stateCount, scanner.skip(":") else {
      throw .badValue(
        path, .line(scanner.line),
        reason: "expected \"\(names.count):(…)\" of \(stateCount) states, one on a line")
    }
    names.append(scanner.rest())
  }
  guard names.count == stateCount else {
    throw .missing(path, what: "state \(names.count) of \(stateCount)")
  }
  return names
}
