// SPDX-License-Identifier: Apache-2.0
import Glibc
import MarkovModels

/// The reason behind the last failed system call.
func systemReason() -> String { String(cString: strerror(errno)) }

/// A regular file, open for reading; closed when the value goes out of use.
final class ReadableFile {
  let path: String
  let descriptor: Int32
  /// The number of bytes when the file was opened.
  let byteCount: Int

  /// Opens a file.
  ///
  /// - Throws: ``ModelFormatError`` when it is missing, not a regular file, not readable or empty.
  init(path: String) throws(ModelFormatError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      throw errno == ENOENT ? .fileNotFound(path) : .unreadable(path, reason: systemReason())
    }
    var status = stat()
    var failure: ModelFormatError?
    if fstat(descriptor, &status) != 0 {
      failure = .unreadable(path, reason: systemReason())
    } else if status.st_mode & S_IFMT != S_IFREG {
      failure = .unreadable(path, reason: "it is not a regular file")
    } else if status.st_size == 0 {
      failure = .emptyFile(path)
    }
    if let failure {
      _ = close(descriptor)
      throw failure
    }
    self.path = path
    self.descriptor = descriptor
    self.byteCount = Int(status.st_size)
  }

  deinit { _ = close(descriptor) }

  /// All bytes of the file.
  ///
  /// - Parameter factor: How many bytes of memory the reader takes at most for each of the file.
  /// - Returns: The bytes.
  /// - Throws: ``ModelFormatError/tooLarge(_:_:reason:remedy:)`` when there is less memory;
  ///   ``ModelFormatError/unreadable(_:reason:)``, also when the file shrinks meanwhile.
  func allBytes(memoryFactor factor: Int) throws(ModelFormatError) -> [UInt8] {
    do {
      try MemoryNeed(bytes: Double(byteCount) * Double(factor)).check("reading this format")
    } catch {
      throw .tooLarge(
        path, .file, reason: "\(error)", remedy: "for a large model take the format npz or umb")
    }
    var failed = false
    let bytes = [UInt8](unsafeUninitializedCapacity: byteCount) { buffer, count in
      while count < byteCount {
        let rest = buffer.baseAddress?.advanced(by: count)
        let got = pread(descriptor, rest, byteCount - count, count)
        if got < 0 && errno == EINTR { continue }
        guard got > 0 else {
          failed = true
          return
        }
        count += got
      }
    }
    guard !failed else { throw .unreadable(path, reason: "it changed while it was being read") }
    return bytes
  }
}

/// Whether something exists at a path.
func pathExists(_ path: String) -> Bool { access(path, F_OK) == 0 }
