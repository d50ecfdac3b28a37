// SPDX-License-Identifier: Apache-2.0
import CArchive
import Glibc
import LinearAlgebra
import MarkovModels

/// An archive being read from front to back, every member checked before it is believed.
///
/// - Postconditions: names are relative, without `..`, occur once, and belong to regular files;
///   memory is taken only up to ``unpackedLimit``.
final class ArchiveReader {
  /// Which archives are accepted.
  enum Kind {
    /// A zip archive with its central directory.
    case zip
    /// A tar archive: plain, or compressed by gzip or xz.
    case tar
  }

  /// What every archive may unpack to, however small it is: 256 MiB.
  static let unpackedConstant = 1 << 28
  /// What it may unpack to beyond that, for each of its bytes.
  static let unpackedFactor = 100
  /// The most members of an archive.
  static let memberLimit = 10_000

  /// A file in the archive.
  struct Member {
    /// The name with its folders.
    var name: String
    /// The number of bytes it claims to have, if it says.
    var byteCount: Int?
  }

  private let archive: OpaquePointer
  private let file: ReadableFile
  private let unpackedLimit: Int
  private let kind: Kind
  private var bytesTaken = 0
  private var memberCount = 0
  private var seen: Set<String> = []
  private var current = Member(name: "", byteCount: nil)

  /// Opens an archive.
  ///
  /// - Throws: ``ModelFormatError/damaged(_:_:reason:)`` when it is none, or is truncated.
  init(_ file: ReadableFile, kind: Kind, byteLimit: Int) throws(ModelFormatError) {
    guard let archive = archive_read_new() else {
      throw .unreadable(file.path, reason: "out of memory")
    }
    self.archive = archive
    self.file = file
    self.kind = kind
    self.unpackedLimit = ArchiveReader.unpackedLimit(file, byteLimit: byteLimit)
    switch kind {
    case .zip: archive_read_support_format_zip_seekable(archive)
    case .tar:
      archive_read_support_format_tar(archive)
      archive_read_support_filter_gzip(archive)
      archive_read_support_filter_xz(archive)
      // Reading on after the end of the archive finds packed data that are cut or damaged there.
      archive_read_set_options(archive, "tar:read_concatenated_archives")
    }
    guard lseek(file.descriptor, 0, SEEK_SET) == 0,
      archive_read_open_fd(archive, file.descriptor, 1 << 20) == ARCHIVE_OK
    else { throw damage() }
  }

  deinit { archive_read_free(archive) }

  /// The number of bytes that an archive may unpack to.
  ///
  /// Half of the available memory bounds it too, because the model is made beside the arrays.
  static func unpackedLimit(_ file: ReadableFile, byteLimit: Int) -> Int {
    let (bound, overflow) = file.byteCount.multipliedReportingOverflow(by: unpackedFactor)
    let (bySize, carry) = bound.addingReportingOverflow(unpackedConstant)
    return min(byteLimit, MachineMemory.available / 2, overflow || carry ? Int.max : bySize)
  }

  /// The next regular file, or `nil` at the end.
  func next() throws(ModelFormatError) -> Member? {
    while true {
      var entry: OpaquePointer?
      // Names that are not ASCII can only be had in a UTF-8 locale, which is set for this thread.
      let previous = uselocale(utf8Locale)
      defer { _ = uselocale(previous) }
      let status = archive_read_next_header(archive, &entry)
      if status == ARCHIVE_EOF {
        try checkEnd()
        return nil
      }
      guard status == ARCHIVE_OK || status == ARCHIVE_WARN, let entry else { throw damage() }
      memberCount += 1
      guard memberCount <= ArchiveReader.memberLimit else {
        throw .tooLarge(
          file.path, .file, reason: "it has more than \(ArchiveReader.memberLimit) members",
          remedy: "keep only the arrays of the model")
      }
      let name = archive_entry_pathname(entry).map { String(cString: $0) }
      current = Member(name: name ?? "member \(seen.count) (unreadable name)", byteCount: nil)
      if let name { try checkName(name) }
      if kind == .zip { try checkZip(isWarning: status == ARCHIVE_WARN) }
      guard try isFile(entry) else { continue }
      guard seen.insert(current.name).inserted else { throw unsafe("the name occurs twice") }
      if archive_entry_size_is_set(entry) != 0 {
        current.byteCount = Int(archive_entry_size(entry))
      }
      return current
    }
  }

  /// Refuses a tar archive without the block of zeros that ends it.
  ///
  /// The library takes an archive that was cut between two members for a whole one.
  private func checkEnd() throws(ModelFormatError) {
    let lastByte = archive_filter_bytes(archive, 0)
    guard kind == .zip || lastByte >= archive_read_header_position(archive) + 512 else {
      throw .damaged(file.path, .file, reason: "the end of the archive is missing")
    }
  }

  /// Refuses names that lead outside, and takes `./` out of the others.
  private func checkName(_ name: String) throws(ModelFormatError) {
    let parts = name.split(separator: "/")
    guard !name.isEmpty, !name.hasPrefix("/"), !name.contains("\\"), !parts.contains("..") else {
      throw unsafe("the name leads outside the archive")
    }
    current.name = parts.filter { $0 != "." }.joined(separator: "/")
  }

  /// Refuses headers that contradict each other, and packings that NumPy does not write.
  private func checkZip(isWarning: Bool) throws(ModelFormatError) {
    if isWarning, let text = archive_error_string(archive),
      String(cString: text).contains("Inconsistent")
    {
      throw damage()
    }
    let packing = archive_format_name(archive).map { String(cString: $0) } ?? ""
    guard packing.hasSuffix("(deflation)") || packing.hasSuffix("(uncompressed)") else {
      throw .damaged(
        file.path, .array(printable(current.name)),
        reason: "it is packed in a way that NumPy does not write: \(printable(packing))")
    }
  }

  /// Whether an entry is a file and not a folder; anything else is refused.
  private func isFile(_ entry: OpaquePointer) throws(ModelFormatError) -> Bool {
    guard archive_entry_hardlink(entry) == nil, archive_entry_symlink(entry) == nil else {
      throw unsafe("it is a link")
    }
    let type = archive_entry_filetype(entry) & 0o170000
    guard type == 0o100000 || type == 0o040000 else { throw unsafe("it is not a regular file") }
    guard archive_entry_sparse_count(entry) == 0 else { throw unsafe("it is a sparse file") }
    return type == 0o100000
  }

  private func unsafe(_ reason: String) -> ModelFormatError {
    .unsafeArchive(file.path, member: current.name, reason: reason)
  }

  /// The error that the library reports.
  private func damage() -> ModelFormatError {
    let reason =
      archive_error_string(archive).map { String(cString: $0) } ?? "it cannot be unpacked"
    return .damaged(
      file.path, current.name.isEmpty ? .file : .array(printable(current.name)),
      reason: printable(reason))
  }

  /// Refuses a number of bytes beyond what the archive may unpack to.
  func checkPlausible(_ count: Int) throws(ModelFormatError) {
    guard count >= 0, count <= unpackedLimit - bytesTaken else {
      throw .unpacksTooFar(
        file, .array(printable(current.name)), to: UInt(bitPattern: count), limit: unpackedLimit)
    }
  }

  /// Fills memory with the next bytes of the current member.
  func read(into memory: UnsafeMutableRawBufferPointer) throws(ModelFormatError) {
    var done = 0
    while done < memory.count {
      let got = archive_read_data(
        archive, memory.baseAddress?.advanced(by: done), memory.count - done)
      guard got >= 0 else { throw damage() }
      guard got > 0 else {
        throw .damaged(
          file.path, .array(printable(current.name)),
          reason: "it ends \(memory.count - done) bytes too early")
      }
      done += got
    }
  }

  /// Makes sure that the current member has ended, which also compares its checksum.
  func finishMember() throws(ModelFormatError) {
    var byte: UInt8 = 0
    let got = archive_read_data(archive, &byte, 1)
    guard got >= 0 else { throw damage() }
    guard got == 0 else {
      throw .damaged(
        file.path, .array(printable(current.name)), reason: "it has more bytes than it claims")
    }
  }

  /// The next `count` elements of the current member as they lie in the file (little-endian).
  ///
  /// - Throws: ``ModelFormatError`` before any memory is taken when the file cannot hold them.
  func elements<T: BitwiseCopyable>(
    _ type: T.Type, count: Int
  ) throws(ModelFormatError) -> [T] {
    let (byteCount, overflow) = count.multipliedReportingOverflow(by: MemoryLayout<T>.stride)
    try checkPlausible(overflow || count < 0 ? -1 : byteCount)
    bytesTaken += byteCount
    var failure: ModelFormatError?
    let array = [T](unsafeUninitializedCapacity: count) { buffer, initializedCount in
      let memory = UnsafeMutableRawBufferPointer(
        start: buffer.baseAddress, count: byteCount)
      useHugePages(memory)
      do throws(ModelFormatError) {
        try read(into: memory)
        initializedCount = count
      } catch { failure = error }
    }
    if let failure { throw failure }
    return array
  }

  /// The next `count` 64-bit numbers of the current member as 32-bit ones.
  ///
  /// - Parameters:
  ///   - count: How many numbers.
  ///   - bound: The numbers must lie in 0 ..< `bound`, at most 2³¹.
  ///   - name: The name of the array, for errors.
  /// - Returns: The numbers.
  /// - Throws: ``ModelFormatError/badValue(_:_:reason:)`` with the first index out of range.
  func narrowed(count: Int, bound: Int, array name: String) throws(ModelFormatError) -> [Int32] {
    let (byteCount, overflow) = count.multipliedReportingOverflow(by: 8)
    try checkPlausible(overflow || count < 0 ? -1 : byteCount)
    bytesTaken += byteCount / 2
    var failure: ModelFormatError?
    let limit = UInt64(min(max(bound, 0), 1 << 31))
    let array = [Int32](unsafeUninitializedCapacity: count) { buffer, initializedCount in
      useHugePages(UnsafeMutableRawBufferPointer(buffer))
      withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 1 << 15) { chunk in
        do throws(ModelFormatError) {
          while initializedCount < count {
            let length = min(chunk.count, count - initializedCount)
            try read(
              into: UnsafeMutableRawBufferPointer(start: chunk.baseAddress, count: length * 8))
            for i in 0..<length {
              guard chunk[i] < limit else {
                throw .badValue(
                  file.path, .entry(array: name, index: initializedCount + i),
                  reason: "\(Int64(bitPattern: chunk[i])) is not in 0 ..< \(limit)")
              }
              buffer[initializedCount &+ i] = Int32(truncatingIfNeeded: chunk[i])
            }
            initializedCount += length
          }
        } catch { failure = error }
      }
    }
    if let failure { throw failure }
    return array
  }
}

/// A locale that can hold every name; `nil` (which changes nothing) where there is none.
nonisolated(unsafe) private let utf8Locale: locale_t? = newlocale(
  1 << LC_CTYPE, "C.UTF-8", nil)
