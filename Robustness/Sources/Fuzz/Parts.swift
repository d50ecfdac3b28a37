// SPDX-License-Identifier: Apache-2.0

/// Inputs that consist of several files or members: a byte that chooses a name, two bytes of length,
/// the content, and so on until the bytes end.
enum Parts {
  static let npz = [
    "indptr", "indices", "data", "R", "S", "A", "gamma", "H", "choice_pointers", "choice_actions",
    "P", "initial", "termination", "../R", "R", "",
  ].map { $0 + ".npy" }

  static let umb = [
    "index.json", "state-to-choices.bin", "state-is-initial.bin", "choice-to-branches.bin",
    "branch-to-target.bin", "branch-to-probability.bin", "actions/choices/values.bin",
    "actions/choices/string-mapping.bin", "actions/choices/strings.bin",
    "annotations/aps/done/states/values.bin", "annotations/rewards/coinflips/choices/values.bin",
    "annotations/rewards/coinflips/branches/values.bin",
    "annotations/rewards/coinflips/states/values.bin", "/etc/index.json", "../index.json", "",
  ]

  /// Members with names from a list; the content may be absent.
  static func members(
    _ bytes: UnsafeBufferPointer<UInt8>, named names: [String]
  ) -> [(name: String, content: [UInt8])] {
    split(bytes).map { (names[Int($0.tag) % names.count], $0.content) }
  }

  /// At most one file an ending; the first ending always has one.
  static func files(
    _ bytes: UnsafeBufferPointer<UInt8>, endings: [String]
  ) -> [(ending: String, bytes: [UInt8])] {
    var contents = [[UInt8]?](repeating: nil, count: endings.count)
    contents[0] = []
    for part in split(bytes) { contents[Int(part.tag) % endings.count] = part.content }
    return Swift.zip(endings, contents).compactMap { ending, content in content.map { (ending, $0) }
    }
  }

  private static func split(
    _ bytes: UnsafeBufferPointer<UInt8>
  ) -> [(tag: UInt8, content: [UInt8])] {
    var parts: [(tag: UInt8, content: [UInt8])] = []
    var i = 0
    while i + 3 <= bytes.count {
      let length = Int(bytes[i + 1]) << 8 | Int(bytes[i + 2])
      let end = min(bytes.count, i + 3 + length)
      parts.append((bytes[i], Array(bytes[(i + 3)..<end])))
      i = end
    }
    return parts
  }

  /// A zip archive of stored members.
  static func zip(_ members: [(name: String, content: [UInt8])]) -> [UInt8] {
    var (archive, directory): ([UInt8], [UInt8]) = ([], [])
    for (name, content) in members {
      var facts: [UInt8] =
        little(20, 2) + little(0x0800, 2) + little(0, 2) + little(0, 2) + little(33, 2)
      facts += little(crc32(content), 4) + little(content.count, 4) + little(content.count, 4)
      facts += little(name.utf8.count, 2) + little(0, 2)
      directory += little(0x0201_4b50, 4) + little(20, 2) + facts + little(0, 2) + little(0, 2)
      directory += little(0, 2) + little(0, 4) + little(archive.count, 4) + Array(name.utf8)
      archive += little(0x0403_4b50, 4) + facts + Array(name.utf8) + content
    }
    let start = archive.count
    archive += directory
    archive += little(0x0605_4b50, 4) + little(0, 4) + little(members.count, 2)
    archive +=
      little(members.count, 2) + little(directory.count, 4) + little(start, 4) + little(0, 2)
    return archive
  }

  /// A tar archive.
  static func tar(_ members: [(name: String, content: [UInt8])]) -> [UInt8] {
    var archive: [UInt8] = []
    for (name, content) in members {
      var header = [UInt8](repeating: 0, count: 512)
      func put(_ text: String, at place: Int) {
        for (i, byte) in text.utf8.enumerated() { header[place + i] = byte }
      }
      func octal(_ value: Int, _ digits: Int) -> String {
        let text = String(value, radix: 8)
        return String(repeating: "0", count: max(0, digits - text.count)) + text
      }
      put(name, at: 0)
      put(octal(0o644, 7), at: 100)
      put(octal(0, 7), at: 108)
      put(octal(0, 7), at: 116)
      put(octal(content.count, 11), at: 124)
      put(octal(0, 11), at: 136)
      put("        ", at: 148)
      put("0", at: 156)
      put("ustar\u{0}00", at: 257)
      put(octal(header.reduce(0) { $0 + Int($1) }, 6) + "\u{0}", at: 148)
      archive += header + content
      archive += [UInt8](repeating: 0, count: (512 - content.count % 512) % 512)
    }
    return archive + [UInt8](repeating: 0, count: 1024)
  }

  private static func little(_ value: some BinaryInteger, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: Int(value) >> (8 * $0)) }
  }

  private static let crcTable: [UInt32] = (0..<256).map { n in
    (0..<8).reduce(UInt32(n)) { c, _ in c & 1 == 1 ? 0xedb8_8320 ^ (c >> 1) : c >> 1 }
  }

  private static func crc32(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(~UInt32(0)) { crcTable[Int(UInt8(truncatingIfNeeded: $0) ^ $1)] ^ ($0 >> 8) }
  }
}
