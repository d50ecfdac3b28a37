// SPDX-License-Identifier: Apache-2.0
import Foundation
import Literature
import Testing

@Suite("Citation")
struct CitationTests {
  /// The top of the package, three levels above this file.
  private let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// The entries of references.bib by key, each as its fields.
  private func entries() throws -> [String: [String: String]] {
    let text = try String(
      contentsOf: root.appending(path: "Sources/Literature/references.bib"), encoding: .utf8)
    var entries: [String: [String: String]] = [:]
    var key = ""
    for line in text.split(separator: "\n") {
      if let match = line.wholeMatch(of: /@[a-z]+\{([a-z0-9]+),/) {
        key = String(match.1)
        #expect(entries[key] == nil, "\(key) occurs twice in references.bib")
        entries[key] = [:]
      } else if let match = line.wholeMatch(of: /\s+([a-z]+)\s+= \{(.*)\},/) {
        let value = match.2.hasPrefix("{") ? match.2.dropFirst().dropLast() : match.2
        entries[key]?[String(match.1)] = String(value)
      }
    }
    return entries
  }

  @Test("every constant agrees with its entry of references.bib, and every entry has a constant")
  func bibliography() throws {
    let entries = try entries()
    #expect(Citation.all.map(\.key) == entries.keys.sorted())
    for citation in Citation.all {
      let entry = try #require(entries[citation.key])
      #expect(entry["author"] == citation.authors.joined(separator: " and "), "\(citation.key)")
      #expect(entry["title"] == citation.title)
      #expect(entry["year"] == "\(citation.year)")
      #expect(entry["doi"] == citation.doi, "\(citation.key)")
      #expect(entry["eprint"] == citation.arXiv, "\(citation.key)")
      let venue = ["journal", "booktitle", "publisher", "school", "howpublished"]
        .compactMap { entry[$0] }
      #expect(venue == [citation.venue])
    }
  }

  @Test("every key cited in the sources exists")
  func citedKeys() throws {
    let sources = try #require(
      FileManager.default.enumerator(
        at: root.appending(path: "Sources"), includingPropertiesForKeys: nil))
    var cited: Set<String> = []
    for case let file as URL in sources
    where ["swift", "h", "c", "inc", "md"].contains(file.pathExtension) {
      let text = try String(contentsOf: file, encoding: .utf8)
      for match in text.matches(of: /\[([a-z]+[12][0-9]{3}[a-z]*)\]/) {
        let key = String(match.1)
        cited.insert(key)
        #expect(Citation.named(key) != nil, "[\(key)] in \(file.lastPathComponent)")
      }
    }
    #expect(cited.contains("puterman1994"), "the scan found no citation: it is broken")
  }

  @Test("keys begin with the first author's name and the year")
  func keys() {
    for citation in Citation.all {
      let name = citation.key.prefix { $0.isLetter }
      let author = (citation.authors.first ?? "").lowercased().filter { $0.isLetter }
      #expect(author.contains(name), "\(citation.key)")
      #expect(citation.key.contains("\(citation.year)"), "\(citation.key)")
    }
  }

  @Test("reads as one line and leads to an address")
  func description() {
    #expect(
      "\(Citation.osband2013)"
        == "Ian Osband, Daniel Russo, Benjamin Van Roy (2013). (More) Efficient Reinforcement "
        + "Learning via Posterior Sampling. Advances in Neural Information Processing Systems 26.")
    #expect(Citation.osband2013.address == "https://arxiv.org/abs/1306.0940")
    #expect(Citation.puterman1994.address == "https://doi.org/10.1002/9780470316887")
    #expect(Citation.kakade2003.address == nil)
    #expect(Citation.named("nobody1900") == nil)
  }
}
