// SPDX-License-Identifier: Apache-2.0
import Claims
import Experiments
import Testing

@Suite("Catalogue")
struct CatalogueTests {
  static let claims = Catalogue.claims.map { Named(claim: $0) }

  /// A claim that test output names by its id.
  struct Named: Sendable, CustomTestStringConvertible {
    let claim: any Claim
    var testDescription: String { claim.id }
  }

  @Test("ids are unique, studies have claims and texts")
  func studies() {
    let studies = Catalogue.studies
    #expect(!studies.isEmpty)
    #expect(Set(studies.map(\.id)).count == studies.count)
    let ids = Catalogue.claims.map(\.id)
    #expect(Set(ids).count == ids.count)
    for study in studies {
      #expect(
        !study.title.isEmpty && !study.summary.isEmpty && !study.claims.isEmpty, "\(study.id)")
    }
  }

  @Test(
    "every text is there, and the criterion says what counts against the claim", arguments: claims)
  func texts(_ named: Named) {
    let claim = named.claim
    for text in [claim.title, claim.statement, claim.setup, claim.criterion, claim.limits] {
      #expect(text.contains { !$0.isWhitespace }, "\(claim.id)")
      // A literal line break in a text would break its paragraph on the page.
      #expect(!text.contains("\n"), "\(claim.id): \(text.prefix(60))")
    }
    let says = ["gainst", "onsistent", "xpected", "must"].contains { claim.criterion.contains($0) }
    #expect(says, "\(claim.id): the criterion does not say what counts against the claim")
    #expect(!claim.sources.isEmpty && claim.revision >= 1)
    #expect(claim.id.split(separator: "/", omittingEmptySubsequences: false).count == 2)
  }

  @Test(
    "both scales measure the same, quick cells are full cells, and both have a cost",
    arguments: claims)
  func scales(_ named: Named) {
    let claim = named.claim
    let (quick, full) = (claim.design(at: .quick), claim.design(at: .full))
    #expect(quick.schema == full.schema)
    #expect(Set(quick.points).count == quick.points.count)
    #expect(Set(full.points).count == full.points.count)
    let missing = quick.points.filter { !Set(full.points).contains($0) }
    #expect(missing.isEmpty, "\(claim.id): \(missing.map(\.key).prefix(3))")
    let streams = Set(full.points.map(\.streamCell))
    #expect(streams.count == full.points.count, "two points share a random stream")
    #expect(quick.cellCount >= 1 && quick.cellCount <= full.cellCount)
    for scale in Scale.allCases {
      let seconds = claim.estimatedSeconds(at: scale)
      #expect(seconds > 0 && seconds.isFinite)
    }
  }
}
