// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A file that a command writes: never half written, never over an existing one without `--force`.
struct OutputFile {
  let path: String
  let force: Bool

  /// Refuses early, before any work is done, to overwrite a file or to write into nowhere.
  func check() throws {
    if !force && FileManager.default.fileExists(atPath: path) {
      throw Failure(.failed, "\(path) exists", hint: "give another name, or --force to replace it")
    }
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue
    else { throw Failure(.failed, "\(path): there is no folder \(folder)") }
  }

  /// Writes to a temporary name in the same folder, then renames.
  func write(_ data: Data) throws {
    try check()
    let temporary = path + ".part-\(ProcessInfo.processInfo.processIdentifier)"
    do {
      try data.write(to: URL(fileURLWithPath: temporary))
      guard rename(temporary, path) == 0 else {
        throw Failure(.failed, "\(path): \(String(cString: strerror(errno)))")
      }
    } catch {
      unlink(temporary)
      throw error
    }
  }

  /// Writes text.
  func write(_ text: String) throws { try write(Data(text.utf8)) }
}
