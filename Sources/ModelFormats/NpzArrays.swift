// SPDX-License-Identifier: Apache-2.0

/// The arrays of an `.npz` file that describe a model; all others are passed over unread.
struct NpzArrays {
  /// An array of doubles with its shape.
  struct Doubles {
    var header: NpyHeader
    var values: [Double]
  }

  /// An array of whole numbers with its shape.
  struct Integers<T> {
    var shape: [Int]
    var values: [T]
  }

  let file: String
  var doubles: [String: Doubles] = [:]
  var pointers: [String: Integers<Int>] = [:]
  var labels: [String: Integers<Int32>] = [:]
  var scalars: [String: Double] = [:]

  static let doubleNames: Set = ["P", "R", "data", "initial", "termination"]
  static let pointerNames: Set = ["indptr", "choice_pointers"]
  static let labelNames: Set = ["indices", "choice_actions"]
  static let scalarNames: Set = ["S", "A", "gamma", "H"]

  /// Reads the arrays.
  ///
  /// - Throws: ``ModelFormatError`` with the array's name.
  init(_ file: ReadableFile, byteLimit: Int) throws(ModelFormatError) {
    self.file = file.path
    let archive = try ArchiveReader(file, kind: .zip, byteLimit: byteLimit)
    while let member = try archive.next() {
      guard member.name.hasSuffix(".npy") else { continue }
      let name = String(member.name.dropLast(4))
      let isDouble = NpzArrays.doubleNames.contains(name)
      let isPointer = NpzArrays.pointerNames.contains(name)
      let isLabel = NpzArrays.labelNames.contains(name)
      guard isDouble || isPointer || isLabel || NpzArrays.scalarNames.contains(name) else {
        continue
      }
      let (header, byteCount) = try readHeader(of: name, from: archive)
      let count = try checkedCount(of: header, name, headerBytes: byteCount, member, archive)
      if isDouble {
        try require(header, name, type: ["<f8"], hint: "np.float64")
        doubles[name] = Doubles(
          header: header, values: try archive.elements(Double.self, count: count))
      } else if isPointer {
        try require(header, name, type: ["<i8", "<i4"], hint: "np.int64")
        let values =
          header.type == "<i8"
          ? try archive.elements(Int.self, count: count)
          : try archive.elements(Int32.self, count: count).map(Int.init)
        pointers[name] = Integers(shape: header.shape, values: values)
      } else if isLabel {
        try require(header, name, type: ["<i8", "<i4"], hint: "np.int32")
        let values =
          header.type == "<i4"
          ? try archive.elements(Int32.self, count: count)
          : try archive.narrowed(count: count, bound: 1 << 31, array: name)
        labels[name] = Integers(shape: header.shape, values: values)
      } else {
        scalars[name] = try readScalar(name, header, count, from: archive)
      }
      try archive.finishMember()
    }
  }

  private func readHeader(
    of name: String, from archive: ArchiveReader
  ) throws(ModelFormatError) -> (header: NpyHeader, byteCount: Int) {
    let start = try archive.elements(UInt8.self, count: 10)
    guard Array(start[0..<6]) == [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59], start[6] >= 1, start[6] <= 3
    else { throw .badSyntax(file, .array(name), reason: "not a NumPy array of format 1 to 3") }
    var length = Int(start[8]) | Int(start[9]) << 8
    var byteCount = 10
    if start[6] > 1 {
      let rest = try archive.elements(UInt8.self, count: 2)
      length |= Int(rest[0]) << 16 | Int(rest[1]) << 24
      byteCount = 12
    }
    guard length <= NpyHeader.byteLimit else {
      throw .implausibleSize(file, .array(name), reason: "its header claims \(length) bytes")
    }
    let text = try archive.elements(UInt8.self, count: length)
    guard let header = NpyHeader.parse(text) else {
      let found = printable(String(decoding: text, as: UTF8.self))
      throw .badSyntax(
        file, .array(name), reason: "the header \(found) is not that of a plain numeric array")
    }
    return (header, byteCount + length)
  }

  /// The number of elements, after a check that the member has as many bytes as they take.
  private func checkedCount(
    of header: NpyHeader, _ name: String, headerBytes: Int, _ member: ArchiveReader.Member,
    _ archive: ArchiveReader
  ) throws(ModelFormatError) -> Int {
    let shape = shapeText(header.shape)
    let width = Int(header.type.dropFirst(2)) ?? 8
    let product = (header.count ?? -1).multipliedReportingOverflow(by: max(width, 1))
    guard let count = header.count, !product.overflow, width <= 1 << 20 else {
      throw .implausibleSize(file, .array(name), reason: "the shape \(shape) is too large")
    }
    if let size = member.byteCount, size - headerBytes != product.partialValue {
      throw .implausibleSize(
        file, .array(name),
        reason: "the shape \(shape) of type \(printable(header.type)) takes "
          + "\(product.partialValue) bytes, but there are \(max(0, size - headerBytes))")
    }
    try archive.checkPlausible(product.partialValue)
    return count
  }

  private func require(
    _ header: NpyHeader, _ name: String, type: [String], hint: String
  ) throws(ModelFormatError) {
    guard type.contains(header.type) else {
      throw .badValue(
        file, .array(name),
        reason: "the type is \(printable(header.type)), expected "
          + type.joined(separator: " or ") + "; save it .astype(\(hint))")
    }
  }

  private func readScalar(
    _ name: String, _ header: NpyHeader, _ count: Int, from archive: ArchiveReader
  ) throws(ModelFormatError) -> Double {
    guard count == 1 else {
      throw .badValue(
        file, .array(name), reason: "the shape is \(shapeText(header.shape)), expected ()")
    }
    func one<T: BitwiseCopyable>(_ type: T.Type) throws(ModelFormatError) -> T {
      try archive.elements(type, count: 1)[0]
    }
    switch header.type {
    case "<f8": return try one(Double.self)
    case "<f4": return Double(try one(Float.self))
    case "<i8": return Double(try one(Int64.self))
    case "<i4": return Double(try one(Int32.self))
    case "<i2": return Double(try one(Int16.self))
    case "|i1": return Double(try one(Int8.self))
    case "<u8": return Double(try one(UInt64.self))
    case "<u4": return Double(try one(UInt32.self))
    case "<u2": return Double(try one(UInt16.self))
    case "|u1": return Double(try one(UInt8.self))
    default:
      throw .badValue(
        file, .array(name), reason: "the type is \(printable(header.type)), expected a number")
    }
  }
}

/// A shape as Python prints it.
func shapeText(_ shape: [Int]) -> String {
  "(" + shape.map(String.init).joined(separator: ", ") + (shape.count == 1 ? ",)" : ")")
}
