// SPDX-License-Identifier: Apache-2.0

/// The header of one NumPy array file: `{'descr': '<f8', 'fortran_order': False, 'shape': (3,)}`.
///
/// - Source: the format description in NumPy's `numpy.lib.format`, versions 1.0 to 3.0.
struct NpyHeader: Equatable {
  /// The element type: `<f8` is a little-endian double.
  var type: String
  /// Whether the first axis varies fastest.
  var isFortran: Bool
  /// The length of each axis.
  var shape: [Int]

  /// The number of elements; `nil` when it does not fit into an integer.
  var count: Int? {
    var count = 1
    for length in shape {
      let (product, overflow) = count.multipliedReportingOverflow(by: length)
      guard length >= 0, !overflow else { return nil }
      count = product
    }
    return count
  }

  /// The longest header that is read.
  static let byteLimit = 1 << 16

  /// Parses the text of a header.
  ///
  /// - Returns: `nil` when it is not a dictionary with the three keys and values of their types.
  static func parse(_ bytes: [UInt8]) -> NpyHeader? {
    var parser = NpyHeaderParser(bytes: bytes)
    return parser.header()
  }
}

/// A parser for the part of Python's literals that headers use.
private struct NpyHeaderParser {
  let bytes: [UInt8]
  var position = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  mutating func header() -> NpyHeader? {
    var type: String?
    var isFortran: Bool?
    var shape: [Int]?
    guard skip("{") else { return nil }
    while !skip("}") {
      guard let key = text(), skip(":") else { return nil }
      switch key {
      case "descr": type = text()
      case "fortran_order": isFortran = skip("True") ? true : skip("False") ? false : nil
      case "shape": shape = tuple()
      default: return nil
      }
      guard skip(",") || bytes[safe: position] == UInt8(ascii: "}") else { return nil }
    }
    guard let type, let isFortran, let shape else { return nil }
    return NpyHeader(type: type, isFortran: isFortran, shape: shape)
  }

  private mutating func skipSpaces() {
    while let byte = bytes[safe: position], byte == 32 || byte == 10 { position += 1 }
  }

  private mutating func skip(_ word: String) -> Bool {
    skipSpaces()
    guard bytes.dropFirst(position).starts(with: word.utf8) else { return false }
    position += word.utf8.count
    skipSpaces()
    return true
  }

  private mutating func text() -> String? {
    skipSpaces()
    guard let quote = bytes[safe: position], quote == 34 || quote == 39,
      let end = bytes[(position + 1)...].firstIndex(of: quote)
    else { return nil }
    defer { position = end + 1 }
    return String(decoding: bytes[(position + 1)..<end], as: UTF8.self)
  }

  private mutating func tuple() -> [Int]? {
    guard skip("(") else { return nil }
    var lengths: [Int] = []
    while !skip(")") {
      let digits = bytes.dropFirst(position).prefix { $0 >= 48 && $0 <= 57 }
      guard lengths.count < 32, let length = Int(String(decoding: digits, as: UTF8.self)) else {
        return nil
      }
      lengths.append(length)
      position += digits.count
      guard skip(",") || bytes[safe: position] == UInt8(ascii: ")") else { return nil }
    }
    return lengths
  }
}

extension Array {
  /// The element at a position, or `nil` past the end.
  fileprivate subscript(safe position: Int) -> Element? {
    position < count ? self[position] : nil
  }
}
