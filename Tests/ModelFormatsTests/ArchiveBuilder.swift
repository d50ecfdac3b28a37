// SPDX-License-Identifier: Apache-2.0

/// Archives built byte by byte, so that tests can make them wrong on purpose.
enum ArchiveBuilder {
  /// A member of an archive; claims may differ from the truth.
  struct Member {
    var name: String
    var bytes: [UInt8]
    var claimedSize: Int?
    var directorySize: Int?
    var method: UInt16 = 0
    var unixMode: UInt32 = 0o100644
    var tarType: UInt8 = UInt8(ascii: "0")
    var tarLink = ""
  }

  /// A zip archive with stored members.
  static func zip(_ members: [Member]) -> [UInt8] {
    var archive: [UInt8] = []
    var directory: [UInt8] = []
    for member in members {
      let name = [UInt8](member.name.utf8)
      let size = UInt32(truncatingIfNeeded: member.claimedSize ?? member.bytes.count)
      let offset = UInt32(archive.count)
      let start: [UInt8] =
        le(UInt16(20)) + le(UInt16(0x800)) + le(member.method) + le(UInt16(0)) + le(UInt16(0x21))
        + le(crc32(member.bytes)) + le(size)
      let end: [UInt8] = le(UInt16(name.count)) + le(UInt16(0))
      let directorySize = UInt32(truncatingIfNeeded: member.directorySize ?? Int(size))
      archive += le(UInt32(0x0403_4B50)) + start + le(size) + end + name + member.bytes
      directory +=
        le(UInt32(0x0201_4B50)) + le(UInt16(0x031E)) + start + le(directorySize) + end
        + le(UInt16(0)) + le(UInt16(0))
        + le(UInt16(0)) + le(member.unixMode << 16) + le(offset) + name
    }
    let count = UInt16(members.count)
    return archive + directory + le(UInt32(0x0605_4B50)) + le(UInt16(0)) + le(UInt16(0)) + le(count)
      + le(count) + le(UInt32(directory.count)) + le(UInt32(archive.count)) + le(UInt16(0))
  }

  /// A plain tar archive.
  static func tar(_ members: [Member], withEnd: Bool = true) -> [UInt8] {
    var archive: [UInt8] = []
    for member in members {
      var header = [UInt8](repeating: 0, count: 512)
      func put(_ text: String, at start: Int) {
        for (i, byte) in text.utf8.enumerated() { header[start + i] = byte }
      }
      func octal(_ number: Int, digits: Int) -> String {
        let text = String(number, radix: 8)
        return String(repeating: "0", count: max(0, digits - text.count)) + text
      }
      put(member.name, at: 0)
      put("0000644", at: 100)
      put("0000000", at: 108)
      put("0000000", at: 116)
      put(octal(member.claimedSize ?? member.bytes.count, digits: 11), at: 124)
      put("00000000000", at: 136)
      put("        ", at: 148)
      header[156] = member.tarType
      put(member.tarLink, at: 157)
      put("ustar\u{0}00", at: 257)
      put(octal(header.reduce(0) { $0 + Int($1) }, digits: 6) + "\u{0} ", at: 148)
      archive += header + member.bytes
      archive += [UInt8](repeating: 0, count: (512 - member.bytes.count % 512) % 512)
    }
    return archive + (withEnd ? [UInt8](repeating: 0, count: 1024) : [])
  }

  /// A gzip file of stored blocks, with a checksum that may be wrong.
  static func gzip(_ bytes: [UInt8], checksum: UInt32? = nil) -> [UInt8] {
    var packed: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3]
    for start in stride(from: 0, to: bytes.count, by: 65_535) {
      let block = bytes[start..<min(start + 65_535, bytes.count)]
      packed.append(start + 65_535 >= bytes.count ? 1 : 0)
      packed += le(UInt16(block.count)) + le(~UInt16(block.count)) + block
    }
    return packed + le(checksum ?? crc32(bytes)) + le(UInt32(bytes.count))
  }

  /// The bytes of numbers, little-endian.
  static func le<T: FixedWidthInteger>(_ numbers: T...) -> [UInt8] { le(numbers) }

  /// The bytes of numbers, little-endian.
  static func le<T: FixedWidthInteger>(_ numbers: [T]) -> [UInt8] {
    numbers.flatMap { number in withUnsafeBytes(of: number.littleEndian) { Array($0) } }
  }

  /// The bytes of doubles.
  static func doubles(_ numbers: [Double]) -> [UInt8] { le(numbers.map(\.bitPattern)) }

  private static func crc32(_ bytes: [UInt8]) -> UInt32 {
    var crc: UInt32 = 0xFFFF_FFFF
    for byte in bytes {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc & 1 == 1 ? (crc >> 1) ^ 0xEDB8_8320 : crc >> 1 }
    }
    return ~crc
  }
}

/// NumPy arrays built byte by byte.
enum Npy {
  static func array(_ type: String, _ shape: String, _ bytes: [UInt8]) -> [UInt8] {
    header("{'descr': '\(type)', 'fortran_order': False, 'shape': \(shape), }") + bytes
  }

  static func header(_ text: String) -> [UInt8] {
    [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59, 1, 0] + ArchiveBuilder.le(UInt16(text.utf8.count))
      + Array(text.utf8)
  }

  static func doubles(_ numbers: [Double]) -> [UInt8] {
    array("<f8", "(\(numbers.count),)", ArchiveBuilder.doubles(numbers))
  }

  static func int64(_ numbers: [Int]) -> [UInt8] {
    array("<i8", "(\(numbers.count),)", ArchiveBuilder.le(numbers))
  }

  static func int32(_ numbers: [Int32]) -> [UInt8] {
    array("<i4", "(\(numbers.count),)", ArchiveBuilder.le(numbers))
  }

  static func scalar(_ number: Int) -> [UInt8] { array("<i8", "()", ArchiveBuilder.le(number)) }

  static func scalar(_ number: Double) -> [UInt8] {
    array("<f8", "()", ArchiveBuilder.doubles([number]))
  }

  /// The members of a good two-state file.
  static let good: [String: [UInt8]] = [
    "indptr": int64([0, 2, 3]), "indices": int32([0, 1, 1]), "data": doubles([0.5, 0.5, 1]),
    "R": doubles([1, 0]), "S": scalar(2), "A": scalar(1), "gamma": scalar(0.9), "H": scalar(0),
  ]

  /// The good file with some members replaced; `nil` removes one.
  static func file(_ changes: [String: [UInt8]?] = [:]) -> [UInt8] {
    var members = good
    for (name, bytes) in changes { members[name] = bytes }
    return ArchiveBuilder.zip(
      members.sorted { $0.key < $1.key }.map { .init(name: $0.key + ".npy", bytes: $0.value) })
  }
}
