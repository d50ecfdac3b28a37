// SPDX-License-Identifier: Apache-2.0

/// The lines of a text file and the words in them.
struct TextScanner {
  /// The file's name, for errors.
  let file: String
  /// The number of the current line, counted from 1; 0 before the first.
  private(set) var line = 0
  private let bytes: [UInt8]
  private var nextStart = 0
  private var position = 0
  private var end = 0

  init(_ bytes: [UInt8], file: String) {
    self.bytes = bytes
    self.file = file
  }

  /// The number of bytes of the file.
  var byteCount: Int { bytes.count }

  /// Goes to the next line.
  ///
  /// - Returns: Whether there is one.
  mutating func nextLine() -> Bool {
    guard nextStart < bytes.count else { return false }
    line += 1
    position = nextStart
    end = bytes[nextStart...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
    nextStart = end + 1
    if end > position, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    return true
  }

  /// The first byte of the line after this one.
  var firstOfNextLine: UInt8? { nextStart < bytes.count ? bytes[nextStart] : nil }

  /// Whether only spaces are left on the line; the position is then at its end.
  mutating func isAtEnd() -> Bool {
    skipSpaces()
    return position == end
  }

  /// Steps over spaces and tabs.
  mutating func skipSpaces() {
    while position < end, bytes[position] == 32 || bytes[position] == 9 { position += 1 }
  }

  /// The next byte of the line.
  var peek: UInt8? { position < end ? bytes[position] : nil }

  /// Steps over spaces and then a text, if it comes next.
  ///
  /// - Returns: Whether it did.
  mutating func skip(_ text: StaticString) -> Bool {
    skipSpaces()
    let length = text.utf8CodeUnitCount
    guard length <= end - position else { return false }
    for i in 0..<length where bytes[position + i] != text.utf8Start[i] { return false }
    position += length
    return true
  }

  /// The rest of the line without the spaces around it.
  mutating func rest() -> String {
    skipSpaces()
    defer { position = end }
    var last = end
    while last > position, bytes[last - 1] == 32 || bytes[last - 1] == 9 { last -= 1 }
    return String(decoding: bytes[position..<last], as: UTF8.self)
  }

  /// The rest of the line as it is.
  mutating func rawRest() -> String {
    defer { position = end }
    return String(decoding: bytes[position..<end], as: UTF8.self)
  }

  /// The next word: up to a space or one of these bytes.
  mutating func word(before stops: StaticString = "") -> String? {
    skipSpaces()
    let start = position
    while position < end, bytes[position] != 32, bytes[position] != 9,
      !isStop(bytes[position], stops)
    { position += 1 }
    return position > start ? String(decoding: bytes[start..<position], as: UTF8.self) : nil
  }

  /// The text between two double quotes that comes next.
  mutating func quoted() throws(ModelFormatError) -> String {
    guard skip("\""), let close = bytes[position..<end].firstIndex(of: UInt8(ascii: "\"")) else {
      throw failure("expected a text in double quotes")
    }
    defer { position = close + 1 }
    return String(decoding: bytes[position..<close], as: UTF8.self)
  }

  private func isStop(_ byte: UInt8, _ stops: StaticString) -> Bool {
    for i in 0..<stops.utf8CodeUnitCount where stops.utf8Start[i] == byte { return true }
    return false
  }

  /// The whole number that comes next; at most 2⁶³ − 1.
  mutating func index(_ what: StaticString) throws(ModelFormatError) -> Int {
    skipSpaces()
    var value = 0
    let start = position
    while position < end, case let digit = bytes[position] &- 48, digit < 10 {
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, carry) = product.addingReportingOverflow(Int(digit))
      guard !overflow, !carry else {
        throw failure("\(what): the number is too large")
      }
      value = sum
      position += 1
    }
    guard position > start else {
      throw failure("expected \(what), a whole number, found \(found())")
    }
    return value
  }

  /// The number that comes next, with the digits it is printed with.
  mutating func number(_ what: StaticString) throws(ModelFormatError) -> PrintedNumber {
    skipSpaces()
    let start = position
    while position < end, bytes[position] > 32, !isStop(bytes[position], ",]:") { position += 1 }
    guard let number = PrintedNumber(bytes[start..<position]) else {
      position = start
      throw failure("expected \(what), a finite number, found \(found())")
    }
    return number
  }

  /// What stands at the position, for messages.
  func found() -> String {
    let text = String(decoding: bytes[position..<min(end, position + 40)], as: UTF8.self)
    return text.isEmpty ? "the end of the line" : "\"\(printable(text))\""
  }

  /// An error on this line.
  func failure(_ reason: String) -> ModelFormatError {
    .badSyntax(file, .line(line), reason: reason)
  }
}

/// A number with the precision that its text shows.
struct PrintedNumber {
  /// The nearest double.
  var value: Double
  /// The number of digits from the first that is not 0; rationals count as exact, 17.
  var digits: Int
  /// The power of ten of the first digit that is not 0.
  var exponent: Int

  /// Parses a decimal number or a quotient of two; `nil` for anything else, or out of range.
  init?(_ text: ArraySlice<UInt8>) {
    if let slash = text.firstIndex(of: UInt8(ascii: "/")) {
      guard let numerator = PrintedNumber(decimal: text[..<slash]),
        let denominator = PrintedNumber(decimal: text[(slash + 1)...]), denominator.value != 0
      else { return nil }
      let quotient = numerator.value / denominator.value
      guard quotient.isFinite else { return nil }
      (value, digits, exponent) = (quotient, 17, 0)
    } else {
      guard let number = PrintedNumber(decimal: text) else { return nil }
      self = number
    }
  }

  private init?(decimal text: ArraySlice<UInt8>) {
    guard !text.isEmpty, text.count <= 1_000 else { return nil }
    var rest = text
    var isNegative = false
    if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
      isNegative = sign == UInt8(ascii: "-")
      rest = rest.dropFirst()
    }
    var mantissa: UInt64 = 0
    var scale = 0  // the value is mantissa · 10^scale while the mantissa fits
    var significant = 0
    var digitCount = 0
    var afterPoint = 0
    var sawPoint = false
    while let byte = rest.first {
      if byte == UInt8(ascii: "."), !sawPoint {
        sawPoint = true
      } else if case let digit = byte &- 48, digit < 10 {
        digitCount += 1
        if sawPoint { afterPoint += 1 }
        if significant > 0 || digit > 0 { significant += 1 }
        if significant <= 18 { mantissa = mantissa * 10 + UInt64(digit) } else { scale += 1 }
      } else {
        break
      }
      rest = rest.dropFirst()
    }
    guard digitCount > 0 else { return nil }
    var power = 0
    if let byte = rest.first, byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E") {
      guard let e = Int(String(decoding: rest.dropFirst(), as: UTF8.self)), abs(e) < 100_000 else {
        return nil
      }
      power = e
    } else if !rest.isEmpty {
      return nil
    }
    exponent = significant - 1 - afterPoint + power
    digits = significant
    scale += power - afterPoint
    if mantissa < 1 << 53, significant <= 18, abs(scale) <= 22 {
      // Both factors are exact doubles, so that one rounding gives the nearest double.
      let magnitude =
        scale < 0
        ? Double(mantissa) / PrintedNumber.powers[-scale]
        : Double(mantissa) * PrintedNumber.powers[scale]
      value = isNegative ? -magnitude : magnitude
    } else {
      guard let nearest = Double(String(decoding: text, as: UTF8.self)), nearest.isFinite else {
        return nil
      }
      value = nearest
    }
  }

  private static let powers: [Double] = (0...22).map { n in
    (0..<n).reduce(1.0) { x, _ in x * 10 }
  }

  /// The most by which a program that prints `precision` digits has rounded the number.
  func rounding(precision: Int) -> Double {
    guard value != 0, precision < 17 else { return 0 }
    var unit = 0.5
    for _ in 0..<min(400, abs(exponent - precision + 1)) {
      unit = exponent - precision + 1 < 0 ? unit / 10 : unit * 10
    }
    return unit
  }
}
