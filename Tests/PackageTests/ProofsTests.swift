// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// What can be said about Proofs/ without Coq; `make proofs` says the rest.
@Suite("Proofs")
struct ProofsTests {
  private let folder = repositoryRoot.appendingPathComponent("Proofs")

  private func text(_ name: String) throws -> String {
    try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
  }

  /// The rows of claims.tsv by column name.
  private func claims() throws -> [[String: String]] {
    let lines = try text("claims.tsv").split(separator: "\n").map {
      $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
    let header = try #require(lines.first)
    return lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(header, $0)) }
  }

  private func sources() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".v") }.sorted()
  }

  @Test("no file admits anything or adds an axiom")
  func nothingAdmitted() throws {
    let files = try sources()
    #expect(files.count >= 9)
    for file in files {
      let code = try text(file).replacing(/\(\*(.|\n)*?\*\)/, with: "")
      let found = code.firstMatch(
        of: /\b(Admitted|admit|Axioms?|Abort|Parameters?|Conjecture)\b/)
      #expect(found == nil, "\(file): \(found?.output.0 ?? "")")
    }
  }

  @Test("each proved claim names a theorem of its file, whose check is recorded as axiom-free")
  func claimsAreTheorems() throws {
    let checked = try text("checked.txt")
    let rows = try claims()
    #expect(rows.contains { $0["status"] == "proved" })
    for row in rows {
      let status = try #require(row["status"])
      #expect(["proved", "derived", "cited", "rate only"].contains(status))
      guard status == "proved" else { continue }
      let (lemma, file) = (try #require(row["lemma"]), try #require(row["file"]))
      let statement = try Regex("\\b(Theorem|Lemma|Corollary)\\s+\(lemma)\\b")
      #expect(try text(file).firstMatch(of: statement) != nil, "\(file): \(lemma)")
      #expect(checked.contains("\(file) \(lemma): Closed under the global context"))
    }
  }

  @Test("the recorded hashes are those of the files")
  func hashes() throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["sha256sum"] + (try sources())
    process.currentDirectoryURL = folder
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
    let checked = try text("checked.txt").split(separator: "\n")
    let hashes = checked.filter { $0.hasSuffix(".v") }.map(String.init)
    #expect(hashes.sorted() == output.split(separator: "\n").map(String.init).sorted())
  }

  @Test("each Swift symbol that a claim names is in the sources")
  func symbols() throws {
    let sources = repositoryRoot.appendingPathComponent("Sources")
    let files = try #require(FileManager.default.enumerator(atPath: sources.path))
    var all = ""
    for case let path as String in files where path.hasSuffix(".swift") {
      all += try String(contentsOf: sources.appendingPathComponent(path), encoding: .utf8)
    }
    for row in try claims() {
      let symbol = try #require(row["swift_symbol"])
      guard symbol != "-" else { continue }
      for part in symbol.split(separator: ".") {
        #expect(
          all.contains("struct \(part)") || all.contains("func \(part)("), "\(symbol): \(part)")
      }
    }
  }
}
