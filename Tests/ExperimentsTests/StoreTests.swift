// SPDX-License-Identifier: Apache-2.0
import Foundation
import GRDB
import Statistics
import Testing

@testable import Experiments

@Suite("Store")
struct StoreTests {
  let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  private func message(_ body: () throws -> Void) -> String {
    (#expect(throws: ExperimentError.self) { try body() })?.description ?? ""
  }

  @Test("a store of version 1 is migrated and keeps its cells")
  func migration() throws {
    let path = folder.file("old.db")
    do {
      let old = try Store(path: path, version: 1)
      let id = try old.experiment(.init(claim: "c/d", seed: 3, fingerprint: "f"))
      let point = try old.point("N=1", of: id)
      try old.pool.write {
        for (trial, numbers) in [(0, [1, -0.0]), (2, [3, 4])] {
          try $0.execute(
            sql: "INSERT INTO cell (point, trial, numbers) VALUES (?, ?, ?)",
            arguments: [point, trial, Store.bytes(of: numbers)])
        }
      }
      #expect(throws: ExperimentError.self) { try old.note("a", "b", of: id) }
      try old.pool.close()
    }
    let new = try Store(path: path)
    let id = try #require(
      try new.existingExperiment(.init(claim: "c/d", seed: 3, fingerprint: "f")))
    try new.note("a", "b", of: id)
    #expect(try new.fact("a", of: id) == "b")
    let point = try #require(try new.existingPoint("N=1", of: id))
    #expect(try new.trials(of: point) == [0..<1, 2..<3])
    var seen: [[Double]] = []
    #expect(
      try new.read(0..<2, width: 2, trialsBelow: 9, of: point) { seen.append(Array($1)) } == 2)
    #expect(seen == [[1, 0], [3, 4]] && seen[0][1].sign == .minus)
    #expect(try new.damage() == [])
  }

  @Test("what is not a store of this version is refused, and not changed")
  func refusals() throws {
    let later = folder.file("later.db")
    do {
      let store = try Store(path: later, version: 1)
      try store.pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA user_version = 99") }
      try store.pool.close()
    }
    let laterBytes = try Data(contentsOf: URL(fileURLWithPath: later))
    #expect(message { _ = try Store(path: later) }.contains("version 99, written by a later"))
    let laterAfter = try Data(contentsOf: URL(fileURLWithPath: later))
    #expect(laterAfter == laterBytes)

    let other = folder.file("other.db")
    let queue = try DatabaseQueue(path: other)
    try queue.write { try $0.execute(sql: "CREATE TABLE mine (x)") }
    try queue.close()
    let bytes = try Data(contentsOf: URL(fileURLWithPath: other))
    #expect(message { _ = try Store(path: other) }.contains("not a store of provably"))
    let after = try Data(contentsOf: URL(fileURLWithPath: other))
    #expect(after == bytes, "a database of somebody else was changed")
    let tables = try DatabaseQueue(path: other).read {
      try String.fetchAll($0, sql: "SELECT name FROM sqlite_master")
    }
    #expect(tables == ["mine"])

    let text = folder.file("text.db")
    let content = Data(String(repeating: "this is no database\n", count: 100).utf8)
    try content.write(to: URL(fileURLWithPath: text))
    #expect(message { _ = try Store(path: text) }.contains("cannot be used as a store"))
    #expect(try Data(contentsOf: URL(fileURLWithPath: text)) == content)

    #expect(message { _ = try Store(path: folder.file("no/where.db")) }.contains("no folder"))
    #expect(message { _ = try Store(path: folder.path) }.contains("cannot be used as a store"))
  }

  @Test("rows of the wrong kind and an impossible version are an error (found by fuzzing)")
  func wrongKinds() throws {
    let path = folder.file("kinds.db")
    let queue = try DatabaseQueue(path: path)
    try queue.write { database in
      for statement in [
        "CREATE TABLE experiment (id INTEGER PRIMARY KEY, claim, seed, fingerprint)",
        "CREATE TABLE point (id INTEGER PRIMARY KEY, experiment, key)",
        "CREATE TABLE cell (point, trial, numbers)",
        "INSERT INTO experiment VALUES (1, NULL, 'seed', x'00')",
        "INSERT INTO point VALUES (1, 1, NULL)", "INSERT INTO cell VALUES (1, 'a', NULL)",
        "PRAGMA application_id = \(Store.applicationID)",
        "PRAGMA user_version = \(Store.schemaVersion)",
      ] { try database.execute(sql: statement) }
    }
    try queue.close()
    let store = try Store(path: path)
    let unread = message { _ = try store.summaries() }
    #expect(unread.contains("is damaged"))
    let damage = try store.damage()
    #expect(damage.count == 1)
    let sound = try Store(path: folder.file("sound.db"))
    let unmerged = message { _ = try sound.merge(store) }
    #expect(unmerged.contains("is damaged"))
    let summaries = try sound.summaries()
    #expect(summaries.isEmpty)

    let negative = folder.file("negative.db")
    try Store(path: negative).pool.writeWithoutTransaction {
      try $0.execute(sql: "PRAGMA user_version = -7")
    }
    let refused = message { _ = try Store(path: negative) }
    #expect(refused.contains("its version is -7"))
  }

  @Test("another revision of a claim is refused, in the store and in a merge")
  func revisions() throws {
    let store = try Store(path: folder.file("a.db"))
    _ = try Runner(store: store).run(ToyClaim(), scale: .quick, seed: 1)
    var other = ToyClaim()
    other.revision = 2
    #expect(
      message { _ = try Runner(store: store).run(other, scale: .quick, seed: 1) }
        .contains("another revision of toy/mean"))
    #expect(
      message { _ = try Results(other, scale: .quick, seed: 1, in: store) }.contains("revision"))
    let second = try Store(path: folder.file("b.db"))
    _ = try Runner(store: second).run(other, scale: .quick, seed: 1)
    let before = try store.digest()
    #expect(message { _ = try store.merge(second) }.contains("another revision"))
    #expect(try store.digest() == before)
  }

  @Test("stores that disagree about a cell are not merged, and nothing is half merged")
  func conflicts() throws {
    let stores = try ["a.db", "b.db"].map { try Store(path: folder.file($0)) }
    for (store, last) in zip(stores, [3.0, 4.0]) {
      let id = try store.experiment(.init(claim: "c/d", seed: 1, fingerprint: "f"))
      try store.write([(0, [1]), (1, [last])], of: store.point("N=1", of: id))
      if last == 4 { try store.write([(0, [1])], of: store.point("A=0", of: id)) }
    }
    let before = try stores[0].digest()
    let text = message { _ = try stores[0].merge(stores[1]) }
    #expect(text.contains("point N=1, trial 1"), "\(text)")
    #expect(try stores[0].digest() == before)
  }

  @Test("a damaged page, a shortened cell or a flipped bit is found")
  func damage() throws {
    let path = folder.file("damaged.db")
    let store = try Store(path: path)
    _ = try Runner(store: store).run(ToyClaim(plan: .fixed(400)), scale: .full, seed: 1)
    #expect(try store.damage() == [])
    try store.pool.writeWithoutTransaction {
      try $0.execute(sql: "UPDATE cell SET numbers = substr(numbers, 1, 8) WHERE trial = 7")
    }
    #expect(try store.damage().contains { $0.contains("toy/mean have different") })
    #expect(
      message {
        let results = try Results(
          ToyClaim(plan: .fixed(400)), scale: .full, seed: 1, in: store)
        _ = try results.values("mean", at: results.points[0])
      }.contains("is damaged"))
    try store.pool.writeWithoutTransaction {
      let bytes = try Data.fetchOne($0, sql: "SELECT numbers FROM cell WHERE trial = 9")
      var flipped = try #require(bytes)
      flipped[3] ^= 0x10
      try $0.execute(sql: "UPDATE cell SET numbers = ? WHERE trial = 9", arguments: [flipped])
    }
    let damage = try store.damage()
    #expect(damage.contains { $0.hasSuffix("cells of toy/mean are not as they were written") })
    try store.pool.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
    try store.pool.close()
    let handle = try #require(FileHandle(forUpdatingAtPath: path))
    try handle.seek(toOffset: 4096 * 8)
    try handle.write(contentsOf: Data(repeating: 0xA5, count: 4096 * 3))
    try handle.close()
    let found = try? Store(path: path).damage()
    #expect(found == nil || found?.isEmpty == false)
  }

  @Test("a design that shares streams, repeats points or measures nothing is refused")
  func designs() throws {
    let schema = Schema(scalars: ["x"])
    let p = Point([("N", 1)])
    #expect(throws: ExperimentError.self) {
      try Design([(p, .exact), (p, .exact)], measuring: schema).validate()
    }
    #expect(throws: ExperimentError.self) { try Design([], measuring: schema).validate() }
    #expect(throws: ExperimentError.self) {
      try Design([(p, .fixed(0))], measuring: schema).validate()
    }
    let rule = TrialStopping("y", plan: try StoppingPlan(looks: [2, 3], halfWidth: 1))
    #expect(throws: ExperimentError.self) {
      try Design([(p, .until(rule))], measuring: schema).validate()
    }
    for text in ["0/3", "4/3", "1/0", "a", "1", "1/2/3", "", "1/1000000", "-1/2"] {
      #expect(throws: ExperimentError.self) { try Shard(text) }
    }
    #expect(try Shard("3/16").description == "3/16")
  }

  @Test("keys of points are stable and distinct")
  func keys() {
    #expect(Point([("C*", 1.5), ("N", 100)]).key == "C*=1.5,N=100")
    #expect(Point([("learner", "UCB1"), ("Δ", 1e-5)]).key == "learner=UCB1,Δ=1e-05")
    #expect(geometricGrid(from: 1, through: 1000, count: 4) == [1, 10, 100, 1000])
    #expect(geometricGrid(from: 1, through: 3, count: 9) == [1, 2, 3])
  }

  @Test("a judgement follows its checks and its controls")
  func judgements() {
    func verdict(_ main: [Verdict], _ controls: [Verdict] = []) -> Verdict {
      let checks = main.map { Check("m", predicted: "", measured: "", verdict: $0) }
      let others = controls.map {
        Check("c", predicted: "", measured: "", verdict: $0, isControl: true)
      }
      return Judgement(checks + others, finding: "").verdict
    }
    #expect(verdict([.consistent, .notViolated]) == .consistent)
    #expect(verdict([.notViolated], [.consistent]) == .notViolated)
    #expect(verdict([.consistent], [.inconsistent]) == .inconclusive)
    #expect(verdict([.consistent, .inconclusive]) == .inconclusive)
    #expect(verdict([.inconclusive, .inconsistent], [.inconsistent]) == .inconsistent)
  }
}
