// SPDX-License-Identifier: Apache-2.0
import CArchive
import Glibc

/// An archive being written, the same bytes for the same members.
///
/// Members have fixed times, owners and permissions, and are stored without compression.
final class ArchiveWriter {
  /// Where the bytes go.
  ///
  /// libarchive forgets to free its buffer after an archive whose bytes could not be written. So a failure
  /// is noted here and libarchive goes on, and all that it took is given back.
  private final class Sink {
    let descriptor: Int32
    /// The error number of the first write that failed; 0 if none did.
    var failure: Int32 = 0

    init(_ descriptor: Int32) { self.descriptor = descriptor }

    /// Writes all bytes, unless a write has failed.
    func write(_ bytes: UnsafeRawBufferPointer) {
      var done = 0
      while failure == 0, done < bytes.count {
        let put = Glibc.write(
          descriptor, bytes.baseAddress?.advanced(by: done), bytes.count - done)
        if put > 0 {
          done += put
        } else if put == 0 || errno != EINTR {
          failure = put == 0 ? EIO : errno
        }
      }
    }
  }

  private let archive: OpaquePointer
  private let sink: Sink
  private let path: String

  /// Opens an archive for writing on a descriptor.
  ///
  /// - Parameters:
  ///   - descriptor: Where to write; it stays open.
  ///   - kind: The kind of archive.
  ///   - path: The file's name, for errors.
  /// - Throws: ``ModelFormatError/unwritable(_:reason:)``.
  init(_ descriptor: Int32, kind: ArchiveReader.Kind, path: String) throws(ModelFormatError) {
    guard let archive = archive_write_new() else {
      throw .unwritable(path, reason: "out of memory")
    }
    self.archive = archive
    self.sink = Sink(descriptor)
    self.path = path
    var status: Int32
    switch kind {
    case .zip:
      status = archive_write_set_format_zip(archive)
      if status == ARCHIVE_OK {
        status = archive_write_set_options(archive, "zip:compression=store,zip:hdrcharset=UTF-8")
      }
    case .tar: status = archive_write_set_format_pax_restricted(archive)
    }
    archive_write_set_bytes_in_last_block(archive, 1)
    if status == ARCHIVE_OK {
      status = archive_write_open(
        archive, Unmanaged.passUnretained(sink).toOpaque(), nil,
        { _, sink, bytes, count in
          guard let sink else { return -1 }
          Unmanaged<Sink>.fromOpaque(sink).takeUnretainedValue()
            .write(UnsafeRawBufferPointer(start: bytes, count: count))
          return count
        }, nil)
    }
    guard status == ARCHIVE_OK else { throw failure() }
  }

  deinit { archive_write_free(archive) }

  /// Adds a member with these parts, one after another.
  func add(_ name: String, _ parts: UnsafeRawBufferPointer...) throws(ModelFormatError) {
    guard let entry = archive_entry_new() else {
      throw .unwritable(path, reason: "out of memory")
    }
    defer { archive_entry_free(entry) }
    archive_entry_set_pathname(entry, name)
    archive_entry_set_filetype(entry, 0o100000)
    archive_entry_set_perm(entry, 0o644)
    archive_entry_set_size(entry, Int64(parts.reduce(0) { $0 + $1.count }))
    archive_entry_set_mtime(entry, 0, 0)
    guard archive_write_header(archive, entry) == ARCHIVE_OK, sink.failure == 0 else {
      throw failure()
    }
    for part in parts {
      var done = 0
      while done < part.count {
        let put = archive_write_data(
          archive, part.baseAddress?.advanced(by: done), part.count - done)
        guard put > 0, sink.failure == 0 else { throw failure() }
        done += put
      }
    }
  }

  /// Adds a member that holds an array as it lies in memory.
  func add<T: BitwiseCopyable>(
    _ name: String, head: [UInt8] = [], _ array: [T]
  ) throws(ModelFormatError) {
    try head.withUnsafeBufferPointer { head throws(ModelFormatError) in
      try array.withUnsafeBufferPointer { body throws(ModelFormatError) in
        try add(name, UnsafeRawBufferPointer(head), UnsafeRawBufferPointer(body))
      }
    }
  }

  /// Finishes the archive; errors of the last bytes surface here.
  func finish() throws(ModelFormatError) {
    guard archive_write_close(archive) == ARCHIVE_OK, sink.failure == 0 else { throw failure() }
  }

  private func failure() -> ModelFormatError {
    let reason =
      if sink.failure != 0 { String(cString: strerror(sink.failure)) } else {
        archive_error_string(archive).map { String(cString: $0) } ?? systemReason()
      }
    return .unwritable(path, reason: printable(reason))
  }
}
