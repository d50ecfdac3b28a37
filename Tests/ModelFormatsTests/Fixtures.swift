// SPDX-License-Identifier: Apache-2.0
import Foundation
import LinearAlgebra
import MarkovModels
import ModelFormats
import Testing

/// A folder for one test, removed when the test is over.
final class Scratch {
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("model-formats-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

  func write(_ text: String, _ name: String) throws -> String {
    try Data(text.utf8).write(to: folder.appendingPathComponent(name))
    return path(name)
  }

  func write(_ bytes: [UInt8], _ name: String) throws -> String {
    try Data(bytes).write(to: folder.appendingPathComponent(name))
    return path(name)
  }

  func remove(_ name: String) throws {
    try FileManager.default.removeItem(at: folder.appendingPathComponent(name))
  }

  func bytes(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: folder.appendingPathComponent(name)))
  }

  func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
  }

  /// Writes a document and reads it back.
  func roundTrip(
    _ document: ModelDocument, _ format: ModelFormat, _ options: ReadOptions = .init()
  ) throws -> ModelDocument {
    let path = path("model.\(format.fileExtension)")
    try writeModel(document, to: path, format: format)
    var options = options
    options.format = format
    return try readModel(at: path, options: options)
  }
}

/// A file of the golden folder.
func golden(_ name: String) throws -> String {
  let folder = try #require(Bundle.module.url(forResource: "Golden", withExtension: nil))
  return folder.appendingPathComponent(name).path
}

/// The bytes of a file.
func readBytes(_ path: String) throws -> [UInt8] {
  [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
}

/// The error of reading a file, as text; fails the test when there is none.
func readError(_ path: String, _ options: ReadOptions = .init()) -> String {
  do throws(ModelFormatError) {
    _ = try readModel(at: path, options: options)
    Issue.record("\(path) was read without an error")
    return ""
  } catch {
    #expect(error.file == path || path.hasPrefix(error.file.prefix(while: { $0 != "." })))
    return path.isEmpty ? "\(error)" : "\(error)".replacing(path, with: "FILE")
  }
}

enum Samples {
  /// Two states and two actions everywhere, so full that the dense form is the automatic one.
  static func uniform(_ storage: TransitionMatrix.Storage = .automatic) throws -> TabularMDP {
    try TabularMDP(
      stateCount: 2, actionCount: 2,
      transitions: .sparse(
        SparseMatrix(
          rowCount: 4, columnCount: 2, rowPointers: [0, 1, 3, 4, 5], columns: [0, 0, 1, 1, 0],
          values: [1, 0.25, 0.75, 1, 1])),
      rewards: [0, 1.5, -2, 1e-300], initialDistribution: [0.25, 0.75], storage: storage)
  }

  /// Three states with different actions, termination, labels and names.
  static func rich() throws -> TabularMDP {
    try TabularMDP(
      stateCount: 3, actionCount: 3, choicePointers: [0, 2, 3, 4], choiceActions: [2, 0, 1, 0],
      transitions: .sparse(
        SparseMatrix(
          rowCount: 4, columnCount: 3, rowPointers: [0, 2, 4, 5, 6], columns: [0, 2, 0, 1, 2, 1],
          values: [1.0 / 3, 2.0 / 3, 0.1, 0.65, 1, 0.5])),
      rewards: [0.1, -1, 1e22, 3], termination: [0, 0.25, 0, 0.5],
      initialDistribution: [0, 1, 0], stateNames: ["low \"1\"", "mittel\n", "höchst"],
      actionNames: ["wait", "work", "rest"], stateLabels: ["goal": [2], "even": [0, 2]],
      storage: .sparse)
  }

  /// Four states with state-dependent actions and labels: what UMB, DRN and PRISM can hold exactly.
  static func checker() throws -> TabularMDP {
    try TabularMDP(
      stateCount: 4, actionCount: 3, choicePointers: [0, 2, 4, 5, 6],
      choiceActions: [0, 1, 2, 0, 0, 1],
      transitions: .sparse(
        SparseMatrix(
          rowCount: 6, columnCount: 4, rowPointers: [0, 2, 3, 6, 7, 8, 9],
          columns: [0, 1, 2, 0, 1, 3, 2, 3, 3],
          values: [0.1, 0.9, 1, 1.0 / 3, 1.0 / 3, 1.0 / 3, 1, 1, 1])),
      rewards: [1, 2.5, 0.1, 4, 5, 0], initialDistribution: [1, 0, 0, 0],
      actionNames: ["a", "b", "c"], stateLabels: ["goal": [3], "safe": [0, 1, 3]],
      storage: .sparse)
  }
}
