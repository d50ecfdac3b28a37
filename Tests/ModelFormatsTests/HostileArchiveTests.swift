// SPDX-License-Identifier: Apache-2.0
import Glibc
import MarkovModels
import Testing

@testable import ModelFormats

@Suite struct HostileArchiveTests {
  static let data = Npy.doubles([0.5, 0.5, 1])

  @Test(
    "refuses zip members that lead outside, are links, or occur twice",
    arguments: [
      (ArchiveBuilder.Member(name: "../data.npy", bytes: data), "leads outside"),
      (.init(name: "/etc/data.npy", bytes: data), "leads outside"),
      (.init(name: "a/../../data.npy", bytes: data), "leads outside"),
      (.init(name: "data.npy", bytes: data), "occurs twice"),
      (.init(name: "x.npy", bytes: Array("S.npy".utf8), unixMode: 0o120777), "is a link"),
      (.init(name: "y.npy", bytes: [], unixMode: 0o020644), "not a regular file"),
    ])
  func zipMembers(member: ArchiveBuilder.Member, expected: String) throws {
    let scratch = try Scratch()
    let good = Npy.good.sorted { $0.key < $1.key }.map {
      ArchiveBuilder.Member(name: $0.key + ".npy", bytes: $0.value)
    }
    let message = readError(try scratch.write(ArchiveBuilder.zip(good + [member]), "m.npz"))
    #expect(message.contains(expected), "\(message)")
    #expect(message.contains("member"))
    #expect(try scratch.names() == ["m.npz"])
  }

  @Test("refuses truncated and damaged zip archives")
  func damagedZip() throws {
    let scratch = try Scratch()
    let bytes = Npy.file()
    for length in [0, 1, 4, 30, 100, bytes.count / 2, bytes.count - 30, bytes.count - 1] {
      let message = readError(try scratch.write(Array(bytes.prefix(length)), "m.npz"))
      #expect(message.contains(length == 0 ? "empty" : "damaged"), "\(length): \(message)")
    }
    let last = ArchiveBuilder.doubles([0.5, 0.5, 1])
    let start = try #require(bytes.firstRange(of: last)?.lowerBound)
    var changed = bytes
    changed[start] ^= 1
    let message = readError(try scratch.write(changed, "m.npz"))
    #expect(message.contains("array data.npy: damaged: ZIP bad CRC"), "\(message)")
    for place in bytes.indices {
      var flipped = bytes
      flipped[place] ^= 0x5A
      // Whatever happens, it is an error or a model, not a trap.
      _ = try? readModel(at: scratch.write(flipped, "f.npz"))
    }
  }

  @Test("refuses sizes that lie, in the archive and in the array")
  func lyingSizes() throws {
    let scratch = try Scratch()
    func message(_ size: Int, _ bytes: [UInt8]) throws -> String {
      let members: [ArchiveBuilder.Member] = Npy.good.sorted { $0.key < $1.key }.map {
        $0.key == "data"
          ? .init(name: "data.npy", bytes: bytes, claimedSize: size)
          : .init(name: $0.key + ".npy", bytes: $0.value)
      }
      return readError(try scratch.write(ArchiveBuilder.zip(members), "m.npz"))
    }
    let huge = Npy.array("<f8", "(536870000,)", ArchiveBuilder.doubles([1]))
    #expect(try message(huge.count - 8 + 536_870_000 * 8, huge).contains("over the limit"))
    _ = try message(Self.data.count + 8, Self.data)
    _ = try message(Self.data.count - 8, Self.data)
  }

  @Test("keeps within the limit of unpacked bytes")
  func byteLimit() throws {
    let scratch = try Scratch()
    let path = try scratch.write(Npy.file(), "m.npz")
    #expect(readError(path, .init(unpackedByteLimit: 100)).contains("over the limit of 100"))
  }

  @Test("refuses what is not a file, or not there")
  func noFile() throws {
    let scratch = try Scratch()
    #expect(readError(scratch.path("missing.npz")).contains("no such file"))
    #expect(readError(scratch.folder.path, .init(format: .npz)).contains("not a regular file"))
    #expect(readError("/dev/zero", .init(format: .drn)).contains("not a regular file"))
    #expect(readError(try scratch.write([], "m.json")).contains("empty"))
    #expect(readError(try scratch.write([1], "m.xyz")).contains("ending"))
    #expect(readError(try scratch.write([1], "m")).contains("name the format"))
    #expect(readError("").contains("no such file"))
  }

  @Test("leaves nothing behind when a file cannot be written")
  func unwritable() throws {
    let scratch = try Scratch()
    let document = ModelDocument(dynamics: try Samples.uniform())
    for format in ModelFormat.allCases {
      #expect(throws: ModelFormatError.self) {
        try writeModel(document, to: scratch.path("no/such/folder/m"), format: format)
      }
      #expect(throws: ModelFormatError.self) {
        try writeModel(document, to: scratch.folder.path, format: format)
      }
      #expect(throws: ModelFormatError.self) {
        try writeModel(document, to: scratch.folder.path + "/", format: format)
      }
    }
    #expect(throws: ModelFormatError.self) { try writeModel(document, to: scratch.path("m.xyz")) }
    #expect(try scratch.names().isEmpty)
  }

  @Test("says why the bytes of an archive cannot be written", arguments: [0, 1 << 20])
  func fullDisk(count: Int) throws {
    for kind in [ArchiveReader.Kind.zip, .tar] {
      let descriptor = open("/dev/full", O_WRONLY)
      defer { close(descriptor) }
      let error = #expect(throws: ModelFormatError.self) {
        let archive = try ArchiveWriter(descriptor, kind: kind, path: "m")
        try archive.add("member", [UInt8](repeating: 1, count: count))
        try archive.finish()
      }
      #expect("\(String(describing: error))".contains("No space left"))
    }
  }

  @Test("keeps the old file when the new one cannot be written")
  func oldFileStays() throws {
    let scratch = try Scratch()
    let path = try scratch.write("old", "m.json")
    #expect(throws: ModelFormatError.self) {
      try writeModel(
        ModelDocument(dynamics: Samples.rich()), to: path, format: .gymnasium)
    }
    #expect(try scratch.bytes("m.json") == Array("old".utf8))
    try writeModel(ModelDocument(dynamics: Samples.rich()), to: path)
    #expect(try scratch.bytes("m.json").count > 100)
    #expect(try scratch.names() == ["m.json"])
  }
}
