// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation

/// The formats of `--values` and `--policy`, chosen by the ending of the file's name.
enum VectorFormat: String {
  case npy
  case csv
  case json

  init(path: String, allowed: [VectorFormat], _ option: String) throws {
    let ending = URL(fileURLWithPath: path).pathExtension.lowercased()
    guard let format = VectorFormat(rawValue: ending), allowed.contains(format) else {
      throw ValidationError(
        "\(option) \(path): the name must end in "
          + allowed.map { ".\($0.rawValue)" }.joined(separator: " or "))
    }
    self = format
  }

  /// The bytes of a table with one row for each state; with several stages, one column for each.
  func encode<T: LosslessStringConvertible & Encodable>(
    _ stages: [[T]], column: String, stateNames: [String]?
  ) throws -> Data {
    switch self {
    case .npy: return VectorFormat.npy(stages.map { $0.map { Double("\($0)") ?? .nan } })
    case .csv:
      let names = stages.count == 1 ? [column] : stages.indices.map { "\(column)_\($0)" }
      var out = (["state"] + names).joined(separator: ",") + "\n"
      for s in stages[0].indices {
        let name = stateNames?[s] ?? "\(s)"
        out += ([name] + stages.map { "\($0[s])" }).map(VectorFormat.field).joined(separator: ",")
        out += "\n"
      }
      return Data(out.utf8)
    case .json:
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      encoder.nonConformingFloatEncodingStrategy = .convertToString(
        positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
      return stages.count == 1 ? try encoder.encode(stages[0]) : try encoder.encode(stages)
    }
  }

  /// A CSV field, quoted if it has to be.
  private static func field(_ text: String) -> String {
    guard text.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return text }
    return "\"" + text.replacingOccurrences(of: "\"", with: "\"\"") + "\""
  }

  /// NumPy's format, version 1.0: shape (S,) or (H, S), float64, C order.
  private static func npy(_ stages: [[Double]]) -> Data {
    let shape =
      stages.count == 1 ? "(\(stages[0].count),)" : "(\(stages.count), \(stages[0].count))"
    var header = "{'descr': '<f8', 'fortran_order': False, 'shape': \(shape), }"
    header += String(repeating: " ", count: 63 - (10 + header.utf8.count) % 64) + "\n"
    var data = Data([0x93] + Array("NUMPY".utf8) + [1, 0])
    data.append(UInt8(header.utf8.count & 0xFF))
    data.append(UInt8(header.utf8.count >> 8))
    data.append(Data(header.utf8))
    for stage in stages {
      stage.withUnsafeBufferPointer { data.append(Data(buffer: $0)) }
    }
    return data
  }
}
