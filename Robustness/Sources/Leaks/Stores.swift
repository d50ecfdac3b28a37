// SPDX-License-Identifier: Apache-2.0
import Foundation
import Provably
import Synchronization

/// Twelve trials of two points; `shift` changes the numbers, and the fingerprint does not know.
struct SmallClaim: Claim {
  var id = "leaks/mean"
  var revision = 1
  var shift = 0.0
  let title = "a <script> & a *mean*"
  let kind = ClaimKind.identity
  let sources: [Citation] = []
  let statement = "The mean is [1/2](https://example.org), `code`, and <b>markup</b> stays text."
  let setup = "| a | table |\n|---|---|\n| 1 | 2 |\n\n- a list\n- of two\n\n```\ncode\n```"
  let criterion = "![no picture](javascript:alert(1)) **Bold** and \u{0} and \u{FFFD}."
  let limits = "[open [brackets](( and ~~~"

  func design(at scale: Scale) -> Design {
    Design([("N", [4, 16])], measuring: Schema(scalars: ["mean"])) { _ in .fixed(6) }
  }

  func estimatedSeconds(at scale: Scale) -> Double { 0.01 }

  func measure(
    _ point: Point, trial: Int, using stream: inout Provably.Stream
  ) throws -> TrialOutcome {
    TrialOutcome(["mean": stream.uniform() + shift])
  }

  func judge(_ results: Results) throws -> Judgement {
    Judgement(
      [Check("mean", predicted: "1/2", measured: "1/2", verdict: .consistent)],
      finding: "With <i>*two*</i> points K^½ & more.")
  }

  func exhibits(_ results: Results) throws -> [Exhibit] { [] }
}

/// A study with results, for pages.
struct ReportedStudy {
  private let report: StudyReport

  init(in scratch: Scratch) throws {
    let store = try Store(path: scratch.path("reported.db"))
    _ = try Runner(store: store).run(SmallClaim(), scale: .quick, seed: 1)
    let study = Study(
      id: "leaks", title: "Leaks & <markup>", source: nil, summary: "A *study*.",
      claims: [SmallClaim()])
    report = try StudyReport(study, scale: .quick, seed: 1, in: store)
  }

  /// One page of all texts, through cmark, and the same as Markdown.
  func render() throws {
    let atlas = Atlas([report])
    require(try atlas.html().contains("&lt;b&gt;"), "markup shown as text")
    _ = atlas.markdown()
  }
}

/// Stores of results, over SQLite.
enum Stores {
  private static func remove(_ names: [String], in scratch: Scratch) {
    for name in names {
      for ending in ["", "-wal", "-shm", "-journal"] { unlink(scratch.path(name + ending)) }
    }
  }

  /// A life of two stores: made, run, read, merged, checked.
  static func whole(in scratch: Scratch) throws {
    remove(["a.db", "b.db"], in: scratch)
    let (a, b) = (
      try Store(path: scratch.path("a.db")), try Store(path: scratch.path("b.db"))
    )
    let claim = SmallClaim()
    _ = try Runner(store: a).run(claim, scale: .quick, seed: 1)
    _ = try Runner(store: b, jobs: 2).run(claim, scale: .quick, seed: 2)
    require(try a.merge(b) == 12, "twelve new cells")
    require(try a.damage().isEmpty, "a sound store")
    let digests = (try a.digest(), try b.digest())
    require(digests.0 != digests.1, "stores of different cells different")
    require(try a.summaries().count == 2, "two experiments")
    let results = try Results(claim, scale: .quick, seed: 2, in: a)
    for point in results.points { require(try results.values("mean", at: point).count == 6, "six") }
  }

  /// What is refused: files that are no store, damaged ones, other revisions, conflicts.
  static func refusals(in scratch: Scratch) throws -> @Sendable () throws -> Void {
    remove(["sound.db"], in: scratch)
    do {
      _ = try Runner(store: Store(path: scratch.path("sound.db")))
        .run(SmallClaim(), scale: .quick, seed: 1)
    }
    let bytes = try scratch.read("sound.db")
    require(bytes.count >= 4096, "a store in one file when it is closed")
    let places = 50
    let rounds = Atomic<Int>(0)
    return {
      let round = rounds.add(1, ordering: .relaxed).newValue % places
      remove(["cut.db", "altered.db", "text.db", "later.db"], in: scratch)
      // Cut and altered stores may be refused at once, when they are read, or be whole where it
      // matters.
      let cut = scratch.write("cut.db", bytes.prefix(bytes.count * round / places))
      var changed = bytes
      changed[bytes.count * round / places] ^= 0x55
      let altered = scratch.write("altered.db", changed[...])
      for path in [cut, altered] {
        guard let store = try? Store(path: path) else { continue }
        _ = try? store.damage()
        _ = try? store.digest()
        _ = try? store.summaries()
      }
      let text = scratch.write("text.db", ArraySlice(repeatElement(UInt8(ascii: "x"), count: 5000)))
      refused("a text") { try Store(path: text) }
      // The version of the tables lies in bytes 60 ..< 64 of the header.
      var later = bytes
      later[63] = 99
      let path = scratch.write("later.db", later[...])
      refused("a store of a later version") { try Store(path: path) }
      refused("a folder that does not exist") { try Store(path: scratch.path("no/where.db")) }
      let store = try Store(path: scratch.path("sound.db"))
      refused("another revision") {
        try Runner(store: store).run(SmallClaim(revision: 2), scale: .quick, seed: 1)
      }
      refused("results of another seed") {
        try Results(SmallClaim(), scale: .quick, seed: 7, in: store)
      }
      remove(["other.db"], in: scratch)
      let other = try Store(path: scratch.path("other.db"))
      _ = try Runner(store: other).run(SmallClaim(shift: 1), scale: .quick, seed: 1)
      refused("a conflict") { try store.merge(other) }
    }
  }
}
