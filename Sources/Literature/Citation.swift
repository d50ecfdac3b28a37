// SPDX-License-Identifier: Apache-2.0

/// A paper or a book that the code relies on.
///
/// Doc comments name a citation by its key in brackets, such as [puterman1994]; the key leads to an
/// entry of `references.bib` and to a constant of this type.
public struct Citation: Equatable, Sendable {
  /// The first author's name and the year, in lower case; unique.
  public let key: String
  /// The authors, in the order of the paper.
  public let authors: [String]
  /// The title.
  public let title: String
  /// The journal, the proceedings, the publisher or the university.
  public let venue: String
  /// The year of publication.
  public let year: Int
  /// The digital object identifier, if it has one that is known here.
  public let doi: String?
  /// The number of the preprint on arXiv, if there is one.
  public let arXiv: String?

  /// Creates a citation.
  public init(
    key: String, authors: [String], title: String, venue: String, year: Int, doi: String? = nil,
    arXiv: String? = nil
  ) {
    self.key = key
    self.authors = authors
    self.title = title
    self.venue = venue
    self.year = year
    self.doi = doi
    self.arXiv = arXiv
  }

  /// Where to read it: the DOI's address, else arXiv's.
  public var address: String? {
    doi.map { "https://doi.org/\($0)" } ?? arXiv.map { "https://arxiv.org/abs/\($0)" }
  }

  /// The citation of a key.
  public static func named(_ key: String) -> Citation? { all.first { $0.key == key } }
}

extension Citation: CustomStringConvertible {
  /// Authors (at most three), year, title and venue, in one line.
  public var description: String {
    let names = authors.count > 3 ? "\(authors[0]) et al." : authors.joined(separator: ", ")
    return "\(names) (\(year)). \(title). \(venue)."
  }
}
