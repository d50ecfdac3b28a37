// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// The table of measured exponents in the README says what the pages say.
@Suite("README")
struct ReadmeTests {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  private func text(_ path: String) throws -> String {
    try String(contentsOf: Self.root.appendingPathComponent(path), encoding: .utf8)
  }

  @Test(
    "every measured exponent stands on its page, every theorem in the register, every file is there"
  )
  func measured() throws {
    let register = try text("Proofs/claims.tsv")
    let rows = try text("README.md").split(separator: "\n")
      .filter { $0.contains("](Sources/") && $0.contains("](Reports/") }
    #expect(rows.count == 8)
    for row in rows {
      for link in row.matches(of: /\]\(([A-Za-z0-9_.\/-]+)\)/) {
        let path = Self.root.appendingPathComponent(String(link.output.1)).path
        #expect(FileManager.default.fileExists(atPath: path), "\(path)")
      }
      let page = try #require(row.firstMatch(of: /\]\((Reports\/[^)]*)\)/))
      let report = try text(String(page.output.1))
      let exponents = row.matches(of: /[NTKn]\^−?[0-9.]+(?: \[[^\]]*\])?/)
      #expect(!exponents.isEmpty, "\(row)")
      for exponent in exponents {
        #expect(report.contains(exponent.output), "\(exponent.output) is not on its page")
      }
      for theorem in row.matches(of: /`([a-z0-9_]+)`/) {
        #expect(register.contains("\t\(theorem.output.1)\t"), "\(theorem.output.1)")
      }
    }
  }
}
