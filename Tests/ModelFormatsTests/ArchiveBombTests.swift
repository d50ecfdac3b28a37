// SPDX-License-Identifier: Apache-2.0
import MarkovModels
import ModelFormats
import Testing

/// What `Robustness/archives.py` found: bombs, headers that contradict each other, packings that were
/// never meant to be read.
@Suite struct ArchiveBombTests {
  private static let arrays = Npy.good.sorted { $0.key < $1.key }.map {
    ArchiveBuilder.Member(name: $0.key + ".npy", bytes: $0.value)
  }

  private func tar() throws -> [UInt8] { try readBytes(golden("storm/checker.umb")) }

  @Test("refuses a zip archive whose two headers give a member different sizes")
  func inconsistentSizes() throws {
    let scratch = try Scratch()
    for change in [-8, 8] {
      var members = Self.arrays
      members[4].directorySize = members[4].bytes.count + change
      let message = readError(try scratch.write(ArchiveBuilder.zip(members), "m.npz"))
      #expect(message.contains("Inconsistent uncompressed size"), "\(message)")
    }
  }

  @Test(
    "refuses zip members packed by anything but deflate", arguments: [12, 14, 93, 95] as [UInt16])
  func otherMethods(method: UInt16) throws {
    let scratch = try Scratch()
    var members = Self.arrays
    members[4].method = method
    let message = readError(try scratch.write(ArchiveBuilder.zip(members), "m.npz"))
    #expect(message.contains("packed in a way that NumPy does not write"), "\(message)")
  }

  @Test("refuses archives of very many members")
  func manyMembers() throws {
    let scratch = try Scratch()
    let many = (0..<10_001).map { ArchiveBuilder.Member(name: "x\($0)", bytes: []) }
    let zip = readError(try scratch.write(ArchiveBuilder.zip(many), "m.npz"))
    #expect(zip.contains("more than 10000 members"), "\(zip)")
    let tar = readError(try scratch.write(ArchiveBuilder.tar(many), "m.umb"))
    #expect(tar.contains("more than 10000 members"), "\(tar)")
  }

  @Test("reads a tar archive packed once, and refuses it packed twice")
  func packedTwice() throws {
    let scratch = try Scratch()
    let plain = try readModel(at: golden("storm/checker.umb"))
    let once = ArchiveBuilder.gzip(try tar())
    #expect(try readModel(at: scratch.write(once, "m.umb")) == plain)
    let message = readError(try scratch.write(ArchiveBuilder.gzip(once), "m.umb"))
    #expect(message.contains("packed more than once"), "\(message)")
  }

  @Test("refuses gzip with a wrong checksum or length, or with something after it")
  func gzipChecksum() throws {
    let scratch = try Scratch()
    let good = ArchiveBuilder.gzip(try tar())
    var wrongLength = good
    wrongLength[good.count - 4] ^= 1
    for bytes in [ArchiveBuilder.gzip(try tar(), checksum: 7), wrongLength, good + [0]] {
      let message = readError(try scratch.write(bytes, "m.umb"))
      #expect(message.contains("the checksum of gzip"), "\(message)")
    }
  }

  @Test("stops unpacking at the limit, also in zeros that belong to nothing")
  func unpackingStops() throws {
    let scratch = try Scratch()
    let bytes = try tar()
    let packed = ArchiveBuilder.gzip(bytes + [UInt8](repeating: 0, count: 1 << 20))
    let path = try scratch.write(packed, "m.umb")
    let message = readError(path, .init(unpackedByteLimit: bytes.count + 1_000))
    #expect(message.contains("over the limit of \(bytes.count + 1_000)"), "\(message)")
    #expect(message.contains("without compression"), "\(message)")
    _ = try readModel(at: path, options: .init(unpackedByteLimit: bytes.count + (1 << 20)))
  }

  @Test("refuses a member that claims more than 256 MiB and 100 times the file")
  func ratio() throws {
    let scratch = try Scratch()
    let count = 1 << 26
    var members = Self.arrays
    members[4] = .init(
      name: "data.npy", bytes: Npy.array("<f8", "(\(count),)", []), claimedSize: count * 8 + 64)
    let file = ArchiveBuilder.zip(members)
    let length = members[4].bytes.count
    members[4].claimedSize = count * 8 + length
    let message = readError(try scratch.write(ArchiveBuilder.zip(members), "m.npz"))
    #expect(
      message.contains("over the limit of \((1 << 28) + 100 * file.count) for a file of"),
      "\(message)")
  }

  @Test("refuses sparse members of tar archives")
  func sparse() throws {
    let scratch = try Scratch()
    let records = [("major", "1"), ("minor", "0"), ("name", "x"), ("realsize", "10000000000000")]
    let lines = records.map { name, value in
      // "31 GNU.sparse.major=1": the length counts its own two digits, the space and the line's end.
      let rest = "GNU.sparse.\(name)=\(value)\n"
      return "\(rest.utf8.count + 3) \(rest)"
    }
    let map = Array("1\n0\n512\n".utf8) + [UInt8](repeating: 0, count: 512 - 8 + 512)
    let sparse = ArchiveBuilder.tar([
      .init(name: "pax", bytes: Array(lines.joined().utf8), tarType: UInt8(ascii: "x")),
      .init(name: "x", bytes: map),
    ])
    let message = readError(try scratch.write(sparse + tar(), "m.umb"))
    #expect(message.contains("sparse"), "\(message)")
  }

  @Test("refuses an index of more than 4 MiB before it is decoded")
  func longIndex() throws {
    let scratch = try Scratch()
    let text = [UInt8](repeating: UInt8(ascii: " "), count: (1 << 22) + 1)
    let bytes = ArchiveBuilder.tar([.init(name: "index.json", bytes: text)])
    let message = readError(try scratch.write(bytes, "m.umb"))
    #expect(message.contains("it exceeds 4194304 bytes"), "\(message)")
  }

  @Test("refuses more than a thousand reward models in DRN")
  func manyRewards() throws {
    let scratch = try Scratch()
    let numbers = Array(repeating: "1", count: 1_001).joined(separator: ",")
    let text =
      "@type: MDP\n@nr_states\n1\n@model\nstate 0 [\(numbers)]\n\taction a\n\t\t0 : 1\n"
    let message = readError(try scratch.write(text, "m.drn"))
    #expect(message.contains("line 6: 1001 reward models; keep at most 1000"), "\(message)")
  }

  @Test("shows no character of a file that turns or hides text")
  func visible() throws {
    let scratch = try Scratch()
    let name = "a\u{202E}b\u{1B}[2Jc\u{85}d\u{FEFF}"
    let bytes = ArchiveBuilder.tar([.init(name: "/" + name, bytes: [])])
    let message = readError(try scratch.write(bytes, "m.umb"))
    #expect(message.contains("/a?b?[2Jc?d?"), "\(message)")
  }
}
