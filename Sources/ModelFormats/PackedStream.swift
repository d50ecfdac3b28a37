// SPDX-License-Identifier: Apache-2.0
import CArchive
import Glibc

/// The packing around a tar archive: none, gzip or xz, once.
///
/// The library that unpacks does not compare gzip's checksum, unpacks what is packed many times
/// over, and reads on through zeros without end. So what is packed is unpacked once beforehand,
/// without keeping it.
struct PackedStream {
  private let file: ReadableFile

  init(_ file: ReadableFile) { self.file = file }

  /// Checks that the file is packed at most once, unpacks to no more than it may, and is whole.
  ///
  /// - Parameter byteLimit: The most bytes that any archive may unpack to.
  /// - Throws: ``ModelFormatError``.
  /// - Complexity: One pass over a packed file; none over one that is not.
  func check(byteLimit: Int) throws(ModelFormatError) {
    guard let stream = archive_read_new() else {
      throw .unreadable(file.path, reason: "out of memory")
    }
    defer { archive_read_free(stream) }
    archive_read_support_format_raw(stream)
    archive_read_support_filter_gzip(stream)
    archive_read_support_filter_xz(stream)
    var entry: OpaquePointer?
    guard lseek(file.descriptor, 0, SEEK_SET) == 0,
      archive_read_open_fd(stream, file.descriptor, 1 << 20) == ARCHIVE_OK,
      archive_read_next_header(stream, &entry) == ARCHIVE_OK
    else { throw damage(stream) }
    // The file itself counts as the last filter.
    guard archive_filter_count(stream) <= 2 else {
      throw .damaged(file.path, .file, reason: "it is packed more than once")
    }
    guard archive_filter_count(stream) == 2 else { return }
    let isGzip = archive_filter_code(stream, 0) == ARCHIVE_FILTER_GZIP
    let limit = ArchiveReader.unpackedLimit(file, byteLimit: byteLimit)
    var (count, checksum) = (0, CyclicRedundancyCheck())
    while true {
      var (block, length, offset): (UnsafeRawPointer?, Int, Int64) = (nil, 0, 0)
      let status = archive_read_data_block(stream, &block, &length, &offset)
      if status == ARCHIVE_EOF { break }
      guard status == ARCHIVE_OK else { throw damage(stream) }
      count += length
      guard count <= limit else { throw .unpacksTooFar(file, .file, to: nil, limit: limit) }
      if isGzip { checksum.add(UnsafeRawBufferPointer(start: block, count: length)) }
    }
    if isGzip { try compare(checksum.value, count) }
  }

  private func damage(_ stream: OpaquePointer) -> ModelFormatError {
    let reason = archive_error_string(stream).map { String(cString: $0) } ?? "it cannot be unpacked"
    return .damaged(file.path, .file, reason: printable(reason))
  }

  /// Compares with the eight bytes that end a gzip file: checksum and length.
  private func compare(_ checksum: UInt32, _ count: Int) throws(ModelFormatError) {
    var end: (UInt32, UInt32) = (0, 0)
    let got = withUnsafeMutableBytes(of: &end) {
      pread(file.descriptor, $0.baseAddress, 8, file.byteCount - 8)
    }
    guard got == 8, UInt32(littleEndian: end.0) == checksum,
      UInt32(littleEndian: end.1) == UInt32(truncatingIfNeeded: count)
    else {
      throw .damaged(file.path, .file, reason: "the checksum of gzip is not that of its content")
    }
  }
}

/// The checksum of gzip and zip, eight bytes at a time.
///
/// - Source: RFC 1952, section 8; one table for each of the eight positions.
struct CyclicRedundancyCheck {
  private static let tables: [UInt32] = {
    var tables = [UInt32](repeating: 0, count: 8 * 256)
    for byte in 0..<256 {
      var value = UInt32(byte)
      for _ in 0..<8 { value = value & 1 == 1 ? (value >> 1) ^ 0xEDB8_8320 : value >> 1 }
      tables[byte] = value
    }
    for byte in 0..<256 {
      for position in 1..<8 {
        let value = tables[(position - 1) * 256 + byte]
        tables[position * 256 + byte] = (value >> 8) ^ tables[Int(value & 255)]
      }
    }
    return tables
  }()

  private var state: UInt32 = .max

  /// The checksum of all bytes so far.
  var value: UInt32 { ~state }

  /// Adds bytes.
  mutating func add(_ bytes: UnsafeRawBufferPointer) {
    var value = state
    CyclicRedundancyCheck.tables.withUnsafeBufferPointer { tables in
      @inline(__always)
      func entry(_ word: UInt64, _ position: UInt64) -> UInt32 {
        tables[Int(truncatingIfNeeded: (7 &- position) &* 256 &+ ((word >> (8 &* position)) & 255))]
      }
      var i = 0
      while i &+ 8 <= bytes.count {
        let word =
          UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: i, as: UInt64.self))
          ^ UInt64(value)
        value =
          entry(word, 0) ^ entry(word, 1) ^ entry(word, 2) ^ entry(word, 3)
          ^ entry(word, 4) ^ entry(word, 5) ^ entry(word, 6) ^ entry(word, 7)
        i &+= 8
      }
      while i < bytes.count {
        value = (value >> 8) ^ tables[Int(UInt8(truncatingIfNeeded: value) ^ bytes[i])]
        i &+= 1
      }
    }
    state = value
  }
}
