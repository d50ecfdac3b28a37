// SPDX-License-Identifier: Apache-2.0
import Glibc

/// Files written under temporary names beside their destinations, renamed when all are complete.
///
/// Unless ``commit()`` succeeds, the temporary files are removed and the destinations stay as they
/// were. (Should the second of several renames fail, the first has happened; each file is whole.)
final class FileTransaction {
  private var files: [(temporary: String, path: String, descriptor: Int32)] = []
  private var isCommitted = false

  deinit {
    for file in files where file.descriptor >= 0 { _ = close(file.descriptor) }
    if !isCommitted { for file in files { _ = unlink(file.temporary) } }
  }

  /// Creates an empty temporary file that will become `path`, and returns its descriptor.
  func create(_ path: String) throws(ModelFormatError) -> Int32 {
    var status = stat()
    if stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
      throw .unwritable(path, reason: "it exists and is not a regular file")
    }
    let slash = path.utf8.lastIndex(of: UInt8(ascii: "/"))
    let folder = slash.map { String(path[...$0]) } ?? ""
    let name = slash.map { String(path[path.utf8.index(after: $0)...]) } ?? path
    guard !name.isEmpty else { throw .unwritable(path, reason: "the path names a folder") }
    for attempt in 0..<1_000 {
      let temporary = "\(folder).\(name).\(getpid())-\(attempt).tmp"
      let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      if descriptor >= 0 {
        files.append((temporary, path, descriptor))
        return descriptor
      }
      guard errno == EEXIST else { throw .unwritable(path, reason: systemReason()) }
    }
    throw .unwritable(path, reason: "the folder is full of temporary files; remove .\(name).*.tmp")
  }

  /// Writes a whole text or byte array as `path`.
  func write(_ bytes: [UInt8], to path: String) throws(ModelFormatError) {
    let descriptor = try create(path)
    var done = 0
    while done < bytes.count {
      let put = bytes.withUnsafeBytes { buffer in
        Glibc.write(descriptor, buffer.baseAddress?.advanced(by: done), bytes.count - done)
      }
      if put < 0 && errno == EINTR { continue }
      guard put > 0 else { throw .unwritable(path, reason: systemReason()) }
      done += put
    }
  }

  /// Closes all files and gives them their names.
  func commit() throws(ModelFormatError) {
    for i in files.indices {
      let failed = close(files[i].descriptor) != 0
      files[i].descriptor = -1
      if failed { throw .unwritable(files[i].path, reason: systemReason()) }
    }
    for file in files {
      guard rename(file.temporary, file.path) == 0 else {
        throw .unwritable(file.path, reason: systemReason())
      }
    }
    isCommitted = true
  }
}
