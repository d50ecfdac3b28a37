// SPDX-License-Identifier: Apache-2.0
import Foundation

extension Figure {
  /// Writes `<id>.svg` (light), `<id>-dark.svg` and `<id>.csv` into a folder that exists.
  ///
  /// All texts are made before any file is touched. Each file is written under a temporary name in
  /// the same folder and then renamed, so that no reader sees half a file; files of these names are
  /// replaced.
  ///
  /// - Parameters:
  ///   - directory: the folder.
  ///   - narrowWidth: if given, also writes `<id>-narrow.svg` and `<id>-narrow-dark.svg` of that
  ///     width, for small screens.
  /// - Returns: the names of the files, in the order they were written.
  /// - Throws: ``FigureError``; then no temporary file is left.
  @discardableResult
  public func write(to directory: URL, narrowWidth: Double? = nil) throws -> [String] {
    var files = [
      ("\(id).svg", try svg(theme: .light)), ("\(id)-dark.svg", try svg(theme: .dark)),
      ("\(id).csv", try table().text),
    ]
    if let narrowWidth {
      files.append(("\(id)-narrow.svg", try svg(theme: .light, width: narrowWidth)))
      files.append(("\(id)-narrow-dark.svg", try svg(theme: .dark, width: narrowWidth)))
    }
    let temporary = files.map { directory.path + "/.\($0.0).\(getpid()).tmp" }
    defer { for path in temporary { unlink(path) } }
    for ((name, text), path) in zip(files, temporary) {
      do {
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
      } catch {
        throw FigureError.unwritable(
          path: directory.path + "/" + name, reason: error.localizedDescription)
      }
    }
    for ((name, _), path) in zip(files, temporary) {
      let destination = directory.path + "/" + name
      guard rename(path, destination) == 0 else {
        throw FigureError.unwritable(path: destination, reason: String(cString: strerror(errno)))
      }
    }
    return files.map(\.0)
  }
}
