// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Prints one JSON document on one line, at once; a number that is not finite becomes a string.
func printJSON(_ value: some Encodable) throws {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  encoder.nonConformingFloatEncodingStrategy = .convertToString(
    positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
  FileHandle.standardOutput.write(try encoder.encode(value) + Data("\n".utf8))
}

/// Writes numbers as an array of NumPy, row-major.
func writeNpy(_ numbers: [Double], shape: [Int]? = nil, to path: String) throws {
  let shape = (shape ?? [numbers.count]).map { "\($0)," }.joined(separator: " ")
  var text = "{'descr': '<f8', 'fortran_order': False, 'shape': (\(shape)), }"
  text += String(repeating: " ", count: 63 - (10 + text.utf8.count) % 64) + "\n"
  var data = Data([0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59, 1, 0])
  withUnsafeBytes(of: UInt16(text.utf8.count).littleEndian) { data.append(contentsOf: $0) }
  data.append(contentsOf: text.utf8)
  numbers.withUnsafeBytes { data.append(contentsOf: $0) }
  try data.write(to: URL(fileURLWithPath: path))
}
