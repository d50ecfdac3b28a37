// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// The root of the repository, found from this file.
let repositoryRoot = URL(fileURLWithPath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

@Suite("Module graph")
struct ModuleGraphTests {
  /// What each module may import, as in the README: a module may only use what stands above it.
  static let allowed: [String: Set<String>] = [
    "CLAPACKE": [], "CSuiteSparse": [], "CCLP": [], "CArchive": [], "CMarkdown": [],
    "CBoost": [], "CShims": [], "CFLINT": [],
    "LinearAlgebra": ["CLAPACKE", "CSuiteSparse", "CShims"],
    "LinearProgramming": ["CCLP"],
    "ExactArithmetic": ["CFLINT"],
    "Randomness": [],
    "Figures": [],
    "Statistics": ["CBoost", "Randomness"],
    "Literature": [],
    "MarkovModels": ["LinearAlgebra", "Literature", "Randomness"],
    "ModelFormats": ["CArchive", "LinearAlgebra", "MarkovModels"],
    "Certificates": ["ExactArithmetic", "LinearAlgebra", "MarkovModels"],
    "Planning": [
      "Certificates", "CShims", "ExactArithmetic", "LinearAlgebra", "LinearProgramming",
      "Literature", "MarkovModels",
    ],
    "Hardness": ["ExactArithmetic", "LinearAlgebra", "Literature", "MarkovModels", "Planning"],
    "Bounds": ["Literature", "Randomness"],
    "OnlineLearning": [
      "Bounds", "LinearAlgebra", "Literature", "MarkovModels", "Planning", "Randomness",
    ],
    "Bandits": ["Bounds", "Literature", "MarkovModels", "Randomness", "Statistics"],
    "LinearLearning": ["Bounds", "LinearAlgebra", "Literature", "MarkovModels", "Randomness"],
    "Experiments": ["Figures", "GRDB", "Literature", "Randomness", "Statistics"],
    "Reporting": ["CMarkdown", "Experiments", "Figures"],
    "OfflineLearning": ["Bounds", "MarkovModels", "Randomness"],
    "Claims": [
      "Bandits", "Bounds", "Experiments", "Figures", "LinearAlgebra", "LinearLearning",
      "Literature", "MarkovModels", "OfflineLearning", "OnlineLearning", "Planning", "Randomness",
      "Statistics",
    ],
    "Provably": [
      "Bandits", "Bounds", "Certificates", "Claims", "ExactArithmetic", "Experiments", "Figures",
      "Hardness", "LinearAlgebra", "LinearLearning", "LinearProgramming", "Literature",
      "MarkovModels", "ModelFormats", "OfflineLearning", "OnlineLearning", "Planning",
      "Randomness", "Reporting", "Statistics",
    ],
    "Demos": ["Provably"],
    "ProvablyCLI": ["ArgumentParser", "Demos", "Provably"],
  ]

  /// The targets of the manifest and what they depend on.
  private func manifest() throws -> [String: Set<String>] {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [
      "swift", "package", "--package-path", repositoryRoot.path, "dump-package",
    ]
    // A scratch path of its own, so that it does not wait for the build that runs this test.
    let scratch = FileManager.default.temporaryDirectory.appendingPathComponent(
      "provably-manifest-\(ProcessInfo.processInfo.processIdentifier)")
    process.arguments?.insert(contentsOf: ["--scratch-path", scratch.path], at: 2)
    defer { try? FileManager.default.removeItem(at: scratch) }
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
    let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let targets = try #require(object["targets"] as? [[String: Any]])
    var graph: [String: Set<String>] = [:]
    for target in targets where target["type"] as? String != "test" {
      guard let name = target["name"] as? String else { continue }
      let dependencies = target["dependencies"] as? [[String: Any]] ?? []
      graph[name] = Set(
        dependencies.compactMap { dependency in
          (dependency.values.first as? [Any])?.first as? String
        })
    }
    return graph
  }

  @Test("the manifest's dependencies are the designed ones, and acyclic")
  func dependencies() throws {
    var graph = try manifest()
    graph["TestSupport"] = nil
    #expect(graph == Self.allowed)
    // Acyclic: remove modules without dependencies until none is left.
    var left = graph.mapValues { $0.filter { graph[$0] != nil } }
    while !left.isEmpty {
      let free = Set(left.filter { $0.value.isEmpty }.keys)
      try #require(!free.isEmpty, "a cycle among \(left.keys.sorted())")
      left = left.filter { !free.contains($0.key) }.mapValues { $0.subtracting(free) }
    }
  }

  @Test("sources import only what their module may, and only LinearAlgebra imports CLAPACKE")
  func imports() throws {
    let names = Set(Self.allowed.keys)
    let sources = repositoryRoot.appendingPathComponent("Sources")
    let files = try #require(FileManager.default.enumerator(atPath: sources.path))
    var checked = 0
    for case let path as String in files where path.hasSuffix(".swift") {
      let module = String(path.split(separator: "/")[0])
      let text = try String(contentsOf: sources.appendingPathComponent(path), encoding: .utf8)
      for line in text.split(separator: "\n") {
        let words = line.split(separator: " ")
        guard let i = words.firstIndex(of: "import"), i <= 1, i + 1 < words.count else { continue }
        let imported = String(words[i + 1])
        guard names.contains(imported) else { continue }
        #expect(Self.allowed[module]?.contains(imported) == true, "\(path) imports \(imported)")
      }
      checked += 1
    }
    #expect(checked > 50)
  }

  @Test("no source file is longer than 400 lines")
  func fileLength() throws {
    let sources = repositoryRoot.appendingPathComponent("Sources")
    let files = try #require(FileManager.default.enumerator(atPath: sources.path))
    for case let path as String in files where path.hasSuffix(".swift") {
      let text = try String(contentsOf: sources.appendingPathComponent(path), encoding: .utf8)
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false).count
      #expect(lines <= 400, "\(path) has \(lines) lines")
    }
  }

  @Test(
    "step numbers in an algorithm's pseudocode are those in its body",
    arguments: [
      ("Planning", 10), ("Statistics", 6), ("Bandits", 6), ("OnlineLearning", 4),
      ("OfflineLearning", 9), ("LinearLearning", 6),
    ])
  func stepNumbers(module: String, atLeast least: Int) throws {
    let folder = repositoryRoot.appendingPathComponent("Sources/\(module)")
    let number = /\((\d)\)/
    let files = try #require(FileManager.default.enumerator(atPath: folder.path))
    var checked = 0
    for case let file as String in files where file.hasSuffix(".swift") {
      let text = try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
      let lines = text.split(separator: "\n")
      let pseudocode = lines.filter { $0.hasPrefix("///     ") && $0.hasSuffix(")") }
      let steps = Set(pseudocode.flatMap { $0.matches(of: number).map { String($0.1) } })
      guard !steps.isEmpty, text.contains("func solve(") || text.contains("public init(") else {
        continue
      }
      checked += 1
      let body = Set(
        lines.filter { !$0.hasPrefix("///") }.flatMap { line in
          line.range(of: "//").map { comment in
            line[comment.lowerBound...].matches(of: number).map { String($0.1) }
          } ?? []
        })
      #expect(
        steps == body, "\(module)/\(file): pseudocode \(steps.sorted()), body \(body.sorted())")
    }
    #expect(checked >= least)
  }
}
