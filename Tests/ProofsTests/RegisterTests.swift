// SPDX-License-Identifier: Apache-2.0
import Bounds
import Foundation
import Literature
import Testing

let proofsFolder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
  .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Proofs")

/// What can be said about Proofs/ without Coq; `make proofs` says the rest.
@Suite("Register of guarantees")
struct RegisterTests {
  private func text(_ name: String) throws -> String {
    try String(contentsOf: proofsFolder.appendingPathComponent(name), encoding: .utf8)
  }

  private func sources() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: proofsFolder.path)
      .filter { $0.hasSuffix(".v") }.sorted()
  }

  @Test("claims.tsv is the register that Swift knows: a row a case, in the same words")
  func rowsAreCases() throws {
    // `make generate` writes the file.
    #expect(try text("claims.tsv") == Guarantee.register)
    for guarantee in Guarantee.allCases {
      let x = guarantee.entry
      for field in [x.lemma, x.printedForm, x.assumptions] {
        #expect(!field.isEmpty && !field.contains("\t") && !field.contains("\n"), "\(guarantee)")
      }
    }
  }

  @Test("no file admits anything or adds an axiom, and each is built")
  func nothingAdmitted() throws {
    let files = try sources()
    #expect(files.count >= 20)
    let project = try text("_CoqProject").split(separator: "\n").map(String.init)
    #expect(project.filter { $0.hasSuffix(".v") }.sorted() == files)
    for file in files {
      let code = try text(file).replacing(/\(\*(.|\n)*?\*\)/, with: "")
      let found = code.firstMatch(
        of: /\b(Admitted|admit|Axioms?|Abort|Parameters?|Conjecture)\b/)
      #expect(found == nil, "\(file): \(found?.output.0 ?? "")")
    }
  }

  @Test("every file says what it defines, states and assumes, and where Swift stands on it")
  func headers() throws {
    for file in try sources() {
      let head = try #require(try text(file).firstMatch(of: /^\(\*(.|\n)*?\*\)/), "\(file)")
      for section in [
        "Main statements", "Notation", "Assumptions", "References", "Swift counterpart",
      ] {
        #expect(head.output.0.contains(section), "\(file): \(section)")
      }
    }
  }

  @Test("each proved guarantee names a theorem, restated in full, recorded as free of axioms")
  func provedAreTheorems() throws {
    let checked = try text("checked.txt")
    let restated = try sources().filter { $0.hasPrefix("Claims") }.map(text).joined()
    let witnesses = try sources().filter { $0.hasPrefix("Witness") }.map(text).joined()
    let proved = Guarantee.allCases.filter { $0.status == .proved }
    #expect(proved.count >= 20)
    for guarantee in proved {
      let (lemma, file) = (guarantee.entry.lemma, try #require(guarantee.entry.file))
      let statement = try Regex("\\b(Theorem|Lemma|Corollary)\\s+\(lemma)\\b")
      #expect(try text(file).firstMatch(of: statement) != nil, "\(file): \(lemma)")
      #expect(checked.contains("\(file) \(lemma): Closed under the global context"), "\(lemma)")
      #expect(restated.contains(lemma), "\(lemma) is not restated in a Claims file")
      #expect(witnesses.contains(lemma), "\(lemma) has no instance in a Witness file")
    }
  }

  @Test("each derived guarantee names a statement of a file, each cited one a theorem by number")
  func othersAreFound() throws {
    for guarantee in Guarantee.allCases {
      let x = guarantee.entry
      if let citation = x.citation {
        let parts = citation.split(separator: ",", maxSplits: 1)
        #expect(Citation.named(String(parts[0])) != nil, "\(guarantee): \(citation)")
        #expect(parts.count == 2 && parts[1].contains(/[0-9]/), "\(guarantee): \(citation)")
      }
      switch x.status {
      case .proved: break
      case .derived:
        let file = proofsFolder.deletingLastPathComponent()
          .appendingPathComponent(try #require(x.file))
        #expect(try String(contentsOf: file, encoding: .utf8).contains(x.lemma), "\(guarantee)")
      case .cited, .rateOnly: #expect(x.citation != nil && x.file == nil, "\(guarantee)")
      }
    }
  }

  @Test("the recorded hashes are those of the files")
  func hashes() throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["sha256sum"] + (try sources())
    process.currentDirectoryURL = proofsFolder
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

  @Test("each Swift symbol that a guarantee names is in the sources")
  func symbols() throws {
    let folder = proofsFolder.deletingLastPathComponent().appendingPathComponent("Sources")
    let files = try #require(FileManager.default.enumerator(atPath: folder.path))
    var all = ""
    for case let path as String in files where path.hasSuffix(".swift") {
      all += try String(contentsOf: folder.appendingPathComponent(path), encoding: .utf8)
    }
    for symbol in Guarantee.allCases.compactMap(\.entry.symbol) {
      for part in symbol.split(separator: ".") {
        let declaration = try Regex("\\b(struct|enum|class|func|var) \(part)\\b")
        #expect(all.contains(declaration), "\(symbol): \(part)")
      }
    }
  }
}
