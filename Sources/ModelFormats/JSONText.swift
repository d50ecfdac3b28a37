// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials

/// Decodes JSON, after a check (without recursion) that names the line of what is not JSON.
///
/// - Throws: ``ModelFormatError/badSyntax(_:_:reason:)`` with the line, for text that is not JSON;
///   ``ModelFormatError/badValue(_:_:reason:)`` with the path, for a value of the wrong type.
func decodeJSON<T: Decodable>(
  _ type: T.Type, from bytes: [UInt8], file: String
) throws(ModelFormatError) -> T {
  var checker = JSONChecker(file: file)
  try checker.check(bytes)
  do {
    return try JSONDecoder().decode(type, from: Data(bytes))
  } catch let error as DecodingError {
    throw formatError(of: error, file: file)
  } catch {
    throw .badSyntax(file, .file, reason: "not JSON: \(printable("\(error)"))")
  }
}

private func formatError(of error: DecodingError, file: String) -> ModelFormatError {
  switch error {
  case .keyNotFound(let key, let context):
    return .missing(file, what: jsonPath(context.codingPath + [key]))
  case .typeMismatch(_, let context), .valueNotFound(_, let context):
    return .badValue(
      file, .path(jsonPath(context.codingPath)), reason: printable(context.debugDescription))
  case .dataCorrupted(let context):
    return .badSyntax(
      file, .path(jsonPath(context.codingPath)), reason: printable(context.debugDescription))
  @unknown default:
    return .badSyntax(file, .file, reason: "not JSON: \(printable("\(error)"))")
  }
}

/// A whole number in JSON; the error for another number names its place.
struct WholeNumber: Decodable {
  /// The number.
  var value: Int

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let x = try container.decode(Double.self)
    guard let value = Int(exactly: x) else {
      throw DecodingError.typeMismatch(
        Int.self,
        .init(
          codingPath: decoder.codingPath, debugDescription: "\(x) is not a whole number of 64 bits")
      )
    }
    self.value = value
  }
}

extension UnkeyedDecodingContainer {
  /// Decodes a whole number.
  mutating func decodeIndex() throws -> Int { try decode(WholeNumber.self).value }
}

/// A path as it is written in JavaScript: `P[3][1]`, `choices[2].reward`.
private func jsonPath(_ path: [any CodingKey]) -> String {
  path.reduce(into: "") { text, key in
    if let index = key.intValue {
      text += "[\(index)]"
    } else {
      text += (text.isEmpty ? "" : ".") + printable(key.stringValue)
    }
  }
}

/// A growing text of JSON or of another format.
struct TextBuffer {
  private(set) var bytes: [UInt8] = []

  /// Appends a text.
  mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

  /// Appends a whole number.
  mutating func append(_ number: Int) { append("\(number)") }

  /// Appends the shortest text that reads back as the same number; whole numbers without ".0".
  mutating func append(_ x: Double) {
    if x == x.rounded(), abs(x) < 1e15, !(x == 0 && x.sign == .minus) {
      append("\(Int(x))")
    } else {
      append("\(x)")
    }
  }

  /// Appends a text in quotes, with what JSON wants escaped.
  mutating func appendJSON(_ text: String) {
    append("\"")
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": append("\\\"")
      case "\\": append("\\\\")
      case "\n": append("\\n")
      case "\t": append("\\t")
      case let scalar where scalar.value < 32:
        let digits = String(scalar.value, radix: 16)
        append("\\u" + String(repeating: "0", count: 4 - digits.count) + digits)
      default: append(String(scalar))
      }
    }
    append("\"")
  }

  /// Appends an array, elements separated by commas.
  mutating func appendJSON<T>(_ array: [T], _ element: (inout TextBuffer, T) -> Void) {
    append("[")
    for (i, x) in array.enumerated() {
      if i > 0 { append(",") }
      element(&self, x)
    }
    append("]")
  }

  /// Appends an array of numbers.
  mutating func appendJSON(_ numbers: [Double]) { appendJSON(numbers) { $0.append($1) } }

  /// Appends an array of whole numbers.
  mutating func appendJSON(_ numbers: [Int]) { appendJSON(numbers) { $0.append($1) } }

  /// Appends an array of texts.
  mutating func appendJSON(_ texts: [String]) { appendJSON(texts) { $0.appendJSON($1) } }
}
