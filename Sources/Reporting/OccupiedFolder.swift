// SPDX-License-Identifier: Apache-2.0
import Experiments
import Foundation

/// Something that a report would replace and that is not the same report.
public struct OccupiedFolder: Error, Equatable, CustomStringConvertible {
  /// The file or folder in the way.
  public let path: String
  /// What it is.
  public let reason: String

  /// What is in the way, and why it is kept.
  public var description: String { "\(path) \(reason)" }
}

extension ReportWriter {
  /// Whether the page of a study can be written: nothing has its name, or an earlier page of the same
  /// study, scale and seed, with no file that a page does not have.
  ///
  /// Called by `write` as well; call it before a long run, so that the run is not in vain.
  /// - Throws: `OccupiedFolder`.
  /// - Complexity: O(files in the folder).
  public func check(_ study: String, scale: Scale, seed: UInt64) throws {
    let target = folder.appendingPathComponent(study)
    guard !replaces, Self.exists(target) else { return }
    guard let data = try? Data(contentsOf: target.appendingPathComponent("run.json")),
      let facts = try? JSONDecoder().decode(RunFacts.self, from: data), facts.study == study
    else { throw OccupiedFolder(path: target.path, reason: "is not a page of \(study)") }
    guard facts.scale == scale.rawValue && facts.seed == seed else {
      throw OccupiedFolder(
        path: target.path,
        reason: "is the page of another run: \(facts.scale) scale, seed \(facts.seed)")
    }
    for file in try FileManager.default.subpathsOfDirectory(atPath: target.path)
    where !Self.isPartOfPage(file) {
      throw OccupiedFolder(path: target.path, reason: "holds \(file), which is not part of a page")
    }
  }

  /// Whether the atlas can be written: nothing has the names of its two files, or an earlier atlas.
  ///
  /// - Throws: `OccupiedFolder`.
  public func checkAtlas() throws {
    guard !replaces else { return }
    for (name, mark) in [("README.md", "# \(Atlas.title)\n"), ("index.html", HTMLTemplate.title)] {
      let file = folder.appendingPathComponent(name)
      guard Self.exists(file) else { continue }
      guard let text = try? String(contentsOf: file, encoding: .utf8), text.contains(mark) else {
        throw OccupiedFolder(path: file.path, reason: "is not an atlas of claims")
      }
    }
  }

  /// Whether something has the name, a link without a target included.
  static func exists(_ url: URL) -> Bool {
    var status = stat()
    return lstat(url.path, &status) == 0
  }

  private static func isPartOfPage(_ file: String) -> Bool {
    let parts = file.split(separator: "/")
    switch (parts.first, parts.count) {
    case ("README.md", 1), ("run.json", 1), ("figures", 1), ("data", 1): return true
    case ("figures", 2): return file.hasSuffix(".svg")
    case ("data", 2): return file.hasSuffix(".csv")
    default: return false
    }
  }
}
