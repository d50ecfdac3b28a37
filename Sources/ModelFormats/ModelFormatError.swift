// SPDX-License-Identifier: Apache-2.0
import MarkovModels

/// A place in a model file.
public enum FilePlace: Equatable, Sendable {
  /// The file as a whole.
  case file
  /// A line of a text file, counted from 1.
  case line(Int)
  /// An array of a binary file, or a member of an archive.
  case array(String)
  /// An entry of an array, counted from 0.
  case entry(array: String, index: Int)
  /// A value in JSON, for example `P[3][1][0]`.
  case path(String)
}

extension FilePlace: CustomStringConvertible {
  /// The place as it follows the file's name in a message; empty for the file as a whole.
  public var description: String {
    switch self {
    case .file: ""
    case .line(let line): ", line \(line)"
    case .array(let name): ", array \(name)"
    case .entry(let name, let index): ", array \(name)[\(index)]"
    case .path(let path): path.isEmpty ? "" : ", at \(path)"
    }
  }
}

/// Why a model file cannot be read or written.
///
/// Every case names the file first.
public enum ModelFormatError: Error, Equatable {
  /// There is no such file.
  case fileNotFound(String)
  /// The file exists, but its bytes cannot be had.
  case unreadable(String, reason: String)
  /// The format is not known from the name or the content.
  case unknownFormat(String, reason: String)
  /// The file has no bytes.
  case emptyFile(String)
  /// An archive is truncated, or its contents do not match their checksums.
  case damaged(String, FilePlace, reason: String)
  /// An archive names a member that could lead outside it, is a link, or occurs twice.
  case unsafeArchive(String, member: String, reason: String)
  /// A number claims more data than the file can hold.
  case implausibleSize(String, FilePlace, reason: String)
  /// Reading would take more memory than is allowed or than there is.
  case tooLarge(String, FilePlace, reason: String, remedy: String)
  /// Something the format requires is missing.
  case missing(String, what: String)
  /// The text does not follow the format.
  case badSyntax(String, FilePlace, reason: String)
  /// A number, a type or a shape is not what the format asks for.
  case badValue(String, FilePlace, reason: String)
  /// The numbers are well formed, but are not a Markov decision process.
  case badModel(String, FilePlace, ModelError)
  /// The file uses a part of the format that models here do not have.
  case unsupported(String, FilePlace, feature: String)
  /// The format cannot express the model.
  case inexpressible(String, reason: String)
  /// The file cannot be written.
  case unwritable(String, reason: String)

  /// The file that the error is about.
  public var file: String {
    switch self {
    case .fileNotFound(let file), .unreadable(let file, _), .unknownFormat(let file, _),
      .emptyFile(let file), .damaged(let file, _, _), .unsafeArchive(let file, _, _),
      .implausibleSize(let file, _, _), .tooLarge(let file, _, _, _), .missing(let file, _),
      .badSyntax(let file, _, _),
      .badValue(let file, _, _), .badModel(let file, _, _), .unsupported(let file, _, _),
      .inexpressible(let file, _), .unwritable(let file, _):
      file
    }
  }
}

extension ModelFormatError: CustomStringConvertible {
  /// What is wrong, where, and what to do, in one line.
  public var description: String {
    switch self {
    case .fileNotFound(let file): "\(file): no such file; check the path"
    case .unreadable(let file, let reason): "\(file): cannot be read: \(reason)"
    case .unknownFormat(let file, let reason):
      "\(file): \(reason); name the format, one of "
        + ModelFormat.allCases.map(\.rawValue).joined(separator: ", ")
    case .emptyFile(let file): "\(file): the file is empty; write it again"
    case .damaged(let file, let place, let reason):
      "\(file)\(place): damaged: \(reason); copy or write the file again"
    case .unsafeArchive(let file, let member, let reason):
      "\(file), member \"\(printable(member))\": \(reason); do not trust this archive"
    case .implausibleSize(let file, let place, let reason):
      "\(file)\(place): \(reason); correct the number"
    case .tooLarge(let file, let place, let reason, let remedy):
      "\(file)\(place): \(reason); \(remedy)"
    case .missing(let file, let what): "\(file): \(what) is missing; add it"
    case .badSyntax(let file, let place, let reason): "\(file)\(place): \(reason)"
    case .badValue(let file, let place, let reason): "\(file)\(place): \(reason)"
    case .badModel(let file, let place, let error): "\(file)\(place): \(error)"
    case .unsupported(let file, let place, let feature):
      "\(file)\(place): \(feature) is not supported; use a discrete-time model with one player, "
        + "full observation and plain probabilities"
    case .inexpressible(let file, let reason): "\(file): not written: \(reason)"
    case .unwritable(let file, let reason): "\(file): cannot be written: \(reason)"
    }
  }
}

extension ModelFormatError {
  /// The error of an archive, or of a part of it, that unpacks to more than it may.
  static func unpacksTooFar(
    _ file: ReadableFile, _ place: FilePlace, to count: UInt?, limit: Int
  ) -> ModelFormatError {
    let claim = count.map { "it unpacks to \($0) bytes" } ?? "it unpacks to more"
    return .tooLarge(
      file.path, place,
      reason: "\(claim), over the limit of \(limit) for a file of \(file.byteCount)",
      remedy: "store it without compression, or take a smaller model")
  }
}

/// The first 100 characters of a text from a file, those that would move the cursor or hide text
/// replaced.
func printable(_ text: String) -> String {
  var result = ""
  for (count, scalar) in text.unicodeScalars.enumerated() {
    if count == 100 { return result + "…" }
    result.unicodeScalars.append(isVisible(scalar) ? scalar : "?")
  }
  return result
}

/// Whether a character shows as itself: no control character, none that turns the direction.
package func isVisible(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0..<32, 127..<160, 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF: false
  default: true
  }
}
