// SPDX-License-Identifier: Apache-2.0

/// The arrays of a UMB archive that describe a model; other members are passed over.
struct UMBArrays {
  let file: String
  let index: UMBIndex
  var stateToChoices: [Int]?
  var initialStates: [Int]?
  var choiceToBranches: [Int]?
  var targets: [Int32]?
  var probabilities: [Double]?
  var actions: [UInt32]?
  var actionStringEnds: [Int]?
  var actionStrings: [UInt8]?
  /// The states of each atomic proposition.
  var propositions: [String: [Int]] = [:]
  /// The values of each reward annotation, by what they apply to.
  var rewards: [String: [String: [Double]]] = [:]

  /// Reads the index, wherever it stands, and then the arrays.
  ///
  /// - Throws: ``ModelFormatError`` with the array's name.
  init(_ file: ReadableFile, byteLimit: Int) throws(ModelFormatError) {
    self.file = file.path
    try PackedStream(file).check(byteLimit: byteLimit)
    self.index = try UMBArrays.readIndex(file, byteLimit: byteLimit)
    try index.check(file: file.path)
    let archive = try ArchiveReader(file, kind: .tar, byteLimit: byteLimit)
    while let member = try archive.next() {
      if try read(member, from: archive) { try archive.finishMember() }
    }
  }

  private static func readIndex(
    _ file: ReadableFile, byteLimit: Int
  ) throws(ModelFormatError) -> UMBIndex {
    let archive = try ArchiveReader(file, kind: .tar, byteLimit: byteLimit)
    while let member = try archive.next() {
      guard member.name == UMBIndex.memberName else { continue }
      guard let count = member.byteCount, count <= UMBIndex.byteLimit else {
        throw .tooLarge(
          file.path, .array(member.name), reason: "it exceeds \(UMBIndex.byteLimit) bytes",
          remedy: "leave out annotations")
      }
      let bytes = try archive.elements(UInt8.self, count: count)
      return try decodeJSON(UMBIndex.self, from: bytes, file: file.path)
    }
    throw .missing(file.path, what: "the member \(UMBIndex.memberName)")
  }

  private mutating func read(
    _ member: ArchiveReader.Member, from archive: ArchiveReader
  ) throws(ModelFormatError) -> Bool {
    let system = index.system
    let (S, K, B) = (system.states.value, system.choices.value, system.branches.value)
    switch member.name {
    case "state-to-choices.bin":
      stateToChoices = try pointers(member, count: S, end: K, archive)
    case "state-is-initial.bin":
      initialStates = try members(member, count: S, archive)
    case "choice-to-branches.bin":
      choiceToBranches = try pointers(member, count: K, end: B, archive)
    case "branch-to-target.bin":
      try checkSize(member, B, width: 8)
      targets = try archive.narrowed(count: B, bound: S, array: member.name)
    case "branch-to-probability.bin":
      guard let type = system.probabilityType else { return false }
      probabilities = try numbers(member, count: B, type, archive)
    case "actions/choices/values.bin":
      try checkSize(member, K, width: 4)
      actions = try archive.elements(UInt32.self, count: K)
    case "actions/choices/string-mapping.bin":
      let count = system.choiceActions.value
      try checkSize(member, count + 1, width: 8)
      actionStringEnds = try archive.elements(Int.self, count: count + 1)
    case "actions/choices/strings.bin":
      actionStrings = try archive.elements(UInt8.self, count: member.byteCount ?? 0)
    default: return try readAnnotation(member, from: archive)
    }
    return true
  }

  private mutating func readAnnotation(
    _ member: ArchiveReader.Member, from archive: ArchiveReader
  ) throws(ModelFormatError) -> Bool {
    let path = member.name.split(separator: "/").map(String.init)
    guard path.count == 5, path[0] == "annotations", path[4] == "values.bin",
      let annotation = index.annotations?[path[1]]?[path[2]],
      annotation.appliesTo.contains(path[3])
    else { return false }
    let system = index.system
    switch (path[1], path[3]) {
    case ("aps", "states"):
      guard annotation.type.type == "bool" else { return false }
      propositions[path[2]] = try members(member, count: system.states.value, archive)
    case ("rewards", "states"), ("rewards", "choices"), ("rewards", "branches"):
      guard annotation.probabilityType == nil else {
        throw .unsupported(file, .array(member.name), feature: "a reward that is random itself")
      }
      let count =
        path[3] == "states"
        ? system.states : path[3] == "choices" ? system.choices : system.branches
      rewards[path[2], default: [:]][path[3]] = try numbers(
        member, count: count.value, annotation.type, archive)
    default: return false
    }
    return true
  }

  private func checkSize(
    _ member: ArchiveReader.Member, _ count: Int, width: Int
  ) throws(ModelFormatError) {
    guard member.byteCount == count * width else {
      throw .badValue(
        file, .array(member.name),
        reason: "it has \(member.byteCount ?? 0) bytes, but \(UMBIndex.memberName) asks for "
          + "\(count) entries of \(width)")
    }
  }

  /// Where intervals start: n + 1 entries from 0 to `end`.
  private func pointers(
    _ member: ArchiveReader.Member, count: Int, end: Int, _ archive: ArchiveReader
  ) throws(ModelFormatError) -> [Int] {
    try checkSize(member, count + 1, width: 8)
    let pointers = try archive.elements(Int.self, count: count + 1)
    if let i = firstBadPointer(pointers, end: end) {
      throw .badValue(
        file, .entry(array: member.name, index: i),
        reason:
          "it is \(pointers[i]); the entries must start at 0, never decrease and end at \(end)"
      )
    }
    return pointers
  }

  /// The positions of the ones in a bit set.
  private func members(
    _ member: ArchiveReader.Member, count: Int, _ archive: ArchiveReader
  ) throws(ModelFormatError) -> [Int] {
    let words = count / 64 + (count % 64 > 0 ? 1 : 0)
    try checkSize(member, words, width: 8)
    var positions: [Int] = []
    for (i, word) in try archive.elements(UInt64.self, count: words).enumerated() {
      var rest = word
      while rest != 0 {
        positions.append(i * 64 + rest.trailingZeroBitCount)
        rest &= rest - 1
      }
    }
    if let last = positions.last, last >= count {
      throw .badValue(
        file, .array(member.name), reason: "bit \(last) is set, but there are \(count) states")
    }
    return positions
  }

  /// Numbers of a continuous or whole type, as doubles.
  private func numbers(
    _ member: ArchiveReader.Member, count: Int, _ type: UMBIndex.ValueType,
    _ archive: ArchiveReader
  ) throws(ModelFormatError) -> [Double] {
    switch (type.type, type.size?.value) {
    case ("double", nil), ("double", 64):
      try checkSize(member, count, width: 8)
      return try archive.elements(Double.self, count: count)
    case ("rational", nil), ("rational", 128):
      try checkSize(member, count, width: 16)
      return try rationals(archive.elements(UInt64.self, count: count * 2), member.name)
    case ("int", nil), ("int", 64):
      try checkSize(member, count, width: 8)
      return try archive.elements(Int64.self, count: count).map(Double.init)
    case ("uint", nil), ("uint", 64):
      try checkSize(member, count, width: 8)
      return try archive.elements(UInt64.self, count: count).map(Double.init)
    default:
      let size = type.size.map { " of \($0.value) bits" } ?? ""
      throw .unsupported(
        file, .array(member.name), feature: "the type \(printable(type.type))\(size)")
    }
  }

  /// Quotients of a signed numerator and an unsigned denominator, each rounded to a double.
  private func rationals(
    _ words: [UInt64], _ name: String
  ) throws(ModelFormatError) -> [Double] {
    var numbers: [Double] = []
    numbers.reserveCapacity(words.count / 2)
    for i in 0..<words.count / 2 {
      guard words[2 * i + 1] != 0 else {
        throw .badValue(file, .entry(array: name, index: i), reason: "its denominator is 0")
      }
      numbers.append(Double(Int64(bitPattern: words[2 * i])) / Double(words[2 * i + 1]))
    }
    return numbers
  }
}
