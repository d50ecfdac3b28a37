// SPDX-License-Identifier: Apache-2.0

/// Checks that bytes are JSON of moderate depth, with a line number when they are not.
///
/// A decoder that recurses is safe after this check, whatever the file holds.
struct JSONChecker {
  /// The deepest nesting of arrays and objects that is accepted.
  static let depthLimit = 64

  /// The file's name, for errors.
  let file: String
  private var line = 1
  /// The brackets that are open.
  private var open: [UInt8] = []

  init(file: String) { self.file = file }

  /// What may come next.
  private enum Expected {
    case value
    case valueOrEnd
    case keyOrEnd
    case key
    case commaOrEnd
    case nothing
  }

  /// Checks a whole text.
  ///
  /// - Throws: ``ModelFormatError/badSyntax(_:_:reason:)`` with the line.
  mutating func check(_ bytes: [UInt8]) throws(ModelFormatError) {
    var expected = Expected.value
    var i = 0
    while i < bytes.count {
      let byte = bytes[i]
      switch byte {
      case UInt8(ascii: "\n"):
        line += 1
        i += 1
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): i += 1
      case UInt8(ascii: "["), UInt8(ascii: "{"):
        guard expected == .value || expected == .valueOrEnd else { throw unexpected(byte) }
        guard open.count < JSONChecker.depthLimit else {
          throw failure("arrays and objects nest more than \(JSONChecker.depthLimit) deep")
        }
        open.append(byte)
        expected = byte == UInt8(ascii: "[") ? .valueOrEnd : .keyOrEnd
        i += 1
      case UInt8(ascii: "]"), UInt8(ascii: "}"):
        let opening = byte == UInt8(ascii: "]") ? UInt8(ascii: "[") : UInt8(ascii: "{")
        let mayEnd = expected == .commaOrEnd || expected == .valueOrEnd || expected == .keyOrEnd
        guard mayEnd, open.last == opening else { throw unexpected(byte) }
        open.removeLast()
        expected = open.isEmpty ? .nothing : .commaOrEnd
        i += 1
      case UInt8(ascii: ","):
        guard expected == .commaOrEnd else { throw unexpected(byte) }
        expected = open.last == UInt8(ascii: "[") ? .value : .key
        i += 1
      case UInt8(ascii: "\"") where expected == .key || expected == .keyOrEnd:
        i = try endOfString(bytes, from: i)
        i = try endOfColon(bytes, from: i)
        expected = .value
      default:
        guard expected == .value || expected == .valueOrEnd else { throw unexpected(byte) }
        i = try endOfScalar(bytes, from: i)
        expected = open.isEmpty ? .nothing : .commaOrEnd
      }
    }
    guard expected == .nothing else { throw failure("the text ends too early") }
  }

  private func failure(_ reason: String) -> ModelFormatError {
    .badSyntax(file, .line(line), reason: "not JSON: " + reason)
  }

  private func unexpected(_ byte: UInt8) -> ModelFormatError {
    let isVisible = byte > 32 && byte < 127
    return failure(
      isVisible ? "unexpected \"\(Character(UnicodeScalar(byte)))\"" : "unexpected byte \(byte)")
  }

  /// The position after the colon that follows a key.
  private mutating func endOfColon(
    _ bytes: [UInt8], from start: Int
  ) throws(ModelFormatError) -> Int {
    for i in start..<bytes.count {
      switch bytes[i] {
      case UInt8(ascii: ":"): return i + 1
      case UInt8(ascii: "\n"): line += 1
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): break
      default: throw unexpected(bytes[i])
      }
    }
    throw failure("the text ends too early")
  }

  /// The position after a string, a number, or one of true, false and null.
  private func endOfScalar(_ bytes: [UInt8], from start: Int) throws(ModelFormatError) -> Int {
    if bytes[start] == UInt8(ascii: "\"") { return try endOfString(bytes, from: start) }
    var end = start
    while end < bytes.count, isPartOfWord(bytes[end]) { end += 1 }
    guard end > start else { throw unexpected(bytes[start]) }
    let word = String(decoding: bytes[start..<min(end, start + 1_100)], as: UTF8.self)
    if word == "true" || word == "false" || word == "null" { return end }
    guard end - start <= 1_000, isNumber(bytes[start..<end]) else {
      throw failure("\"\(printable(word))\" is not a value (NaN and Infinity are not JSON)")
    }
    guard let x = Double(word), x.isFinite else {
      throw failure("\(printable(word)) is too large for a number")
    }
    return end
  }

  private func isPartOfWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "-"), UInt8(ascii: "+"),
      UInt8(ascii: "."):
      true
    default: false
    }
  }

  /// Whether a word is a number as JSON writes them: `-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?`.
  private func isNumber(_ word: ArraySlice<UInt8>) -> Bool {
    var rest = word
    func digits() -> Int {
      let count = rest.prefix { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }.count
      rest = rest.dropFirst(count)
      return count
    }
    if rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
    let startsWithZero = rest.first == UInt8(ascii: "0")
    let whole = digits()
    guard whole == 1 || (whole > 1 && !startsWithZero) else { return false }
    if rest.first == UInt8(ascii: ".") {
      rest = rest.dropFirst()
      guard digits() > 0 else { return false }
    }
    if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
      rest = rest.dropFirst()
      if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") {
        rest = rest.dropFirst()
      }
      guard digits() > 0 else { return false }
    }
    return rest.isEmpty
  }

  /// The position after a string that starts at `start`.
  private func endOfString(_ bytes: [UInt8], from start: Int) throws(ModelFormatError) -> Int {
    var i = start + 1
    while i < bytes.count {
      switch bytes[i] {
      case UInt8(ascii: "\""): return i + 1
      case UInt8(ascii: "\\"):
        guard i + 1 < bytes.count else { throw failure("the text ends in a string") }
        guard "\"\\/bfnrtu".utf8.contains(bytes[i + 1]) else {
          throw failure("a string has an unknown escape")
        }
        i += 2
      case 0..<32: throw failure("a string has an unescaped control character")
      default: i += 1
      }
    }
    throw failure("the text ends in a string")
  }
}
