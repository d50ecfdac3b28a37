// SPDX-License-Identifier: Apache-2.0
import CArchive
import Foundation
import Provably
import Synchronization

/// The reader and the writer of archives, over libarchive.
enum Archives {
  private static func document() throws -> ModelDocument {
    ModelDocument(
      dynamics: try FrozenLake().model(), discount: 0.99, name: "lake", warnings: [])
  }

  /// A tar archive and a zip archive of one model, and the tar archive packed by gzip and by xz.
  private static func files(in scratch: Scratch) throws -> [(name: String, bytes: [UInt8])] {
    var files: [(name: String, bytes: [UInt8])] = []
    for (format, name) in [(ModelFormat.npz, "good.npz"), (.umb, "good.umb")] {
      try writeModel(document(), to: scratch.path(name), format: format)
      files.append((name, try scratch.read(name)))
    }
    for (filter, name) in [
      (archive_write_add_filter_gzip, "gzip.umb"), (archive_write_add_filter_xz, "xz.umb"),
    ] {
      pack(files[1].bytes, to: scratch.path(name), filter)
      files.append((name, try scratch.read(name)))
    }
    return files
  }

  /// Packs bytes by a filter of libarchive; our writer does not compress.
  private static func pack(
    _ bytes: [UInt8], to path: String, _ filter: (OpaquePointer?) -> Int32
  ) {
    let archive = archive_write_new()
    let entry = archive_entry_new()
    defer {
      archive_entry_free(entry)
      archive_write_free(archive)
    }
    archive_entry_set_filetype(entry, 0o100000)
    archive_entry_set_pathname(entry, "data")
    let isPacked =
      archive_write_set_format_raw(archive) == ARCHIVE_OK && filter(archive) == ARCHIVE_OK
      && archive_write_open_filename(archive, path) == ARCHIVE_OK
      && archive_write_header(archive, entry) == ARCHIVE_OK
      && archive_write_data(archive, bytes, bytes.count) == bytes.count
      && archive_write_close(archive) == ARCHIVE_OK
    require(isPacked, "an archive packed as \(path)")
  }

  static func reading(in scratch: Scratch) throws -> @Sendable () throws -> Void {
    let paths = try files(in: scratch).map { scratch.path($0.name) }
    return { for path in paths { _ = try readModel(at: path) } }
  }

  /// Each archive cut short at one place, and with one byte turned over at another; other places in
  /// other rounds, the same ones in every batch.
  static func damaged(in scratch: Scratch) throws -> @Sendable () throws -> Void {
    let files = try files(in: scratch)
    let places = 50
    let rounds = Atomic<Int>(0)
    return {
      let round = rounds.add(1, ordering: .relaxed).newValue % places
      for (name, bytes) in files {
        let path = scratch.write("cut-" + name, bytes.prefix(bytes.count * round / places))
        refused("\(name), cut after \(round)/\(places) of it,") { try readModel(at: path) }
        var changed = bytes
        changed[bytes.count * round / places] ^= 0x55
        let altered = scratch.write("altered-" + name, changed[...])
        // A byte between the members may mean nothing.
        _ = try? readModel(at: altered)
      }
      let none = scratch.write("none.npz", ArraySlice("this is no archive".utf8))
      refused("a file that is no archive") { try readModel(at: none) }
      let small = ReadOptions(unpackedByteLimit: 100)
      refused("an archive over the limit") {
        try readModel(at: scratch.path("good.umb"), options: small)
      }
      refused("a file that does not exist") { try readModel(at: scratch.path("nothing.npz")) }
    }
  }

  static func writing(in scratch: Scratch) throws -> @Sendable () throws -> Void {
    let document = try document()
    signal(SIGXFSZ, SIG_IGN)
    return {
      for (format, name) in [(ModelFormat.npz, "out.npz"), (.umb, "out.umb")] {
        try writeModel(document, to: scratch.path(name), format: format)
        refused("a folder that does not exist") {
          try writeModel(document, to: scratch.path("no/\(name)"), format: format)
        }
        // As on a full disk: no file may become longer than this.
        var limits = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limits)
        var small = limits
        small.rlim_cur = 300
        setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &small)
        defer { setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limits) }
        refused("a file that may not grow") {
          try writeModel(document, to: scratch.path("full-" + name), format: format)
        }
      }
    }
  }
}
