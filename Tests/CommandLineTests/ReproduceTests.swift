// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@Suite("Reproduce, report, merge, store")
struct ReproduceTests {
  let program: Program
  init() throws { program = try Program() }

  private func path(_ name: String) -> String { program.folder.appendingPathComponent(name).path }

  private func digest(_ store: String) throws -> String {
    let outcome = try program("store", "digest", store)
    #expect(outcome.code == 0)
    return outcome.output
  }

  /// Runs a claim that takes about half a second of one core.
  private func reproduce(_ store: String, _ more: String...) throws -> Program.Outcome {
    try program.run(["reproduce", Self.claim, "--quick", "--store", store] + more)
  }

  static let claim = "bandits/minimax"

  @Test("one thread, two threads and merged shards give the same store")
  func sameBits() throws {
    for jobs in ["1", "2"] { _ = try reproduce("j\(jobs).db", "--jobs", jobs) }
    #expect(try digest("j1.db") == digest("j2.db"))
    for shard in 1...3 {
      let outcome = try reproduce("s\(shard).db", "--shard", "\(shard)/3")
      #expect(outcome.code == 0 && outcome.output.contains("shard \(shard)/3 is done"))
    }
    #expect(try program("merge", "s3.db", "s1.db", "s2.db", "--into", "all.db").code == 0)
    #expect(try digest("all.db") == digest("j1.db"))
  }

  @Test("reproduce with --out and report from its store write the same pages")
  func pages() throws {
    let outcome = try program(
      "reproduce", "bandits", "--quick", "--store", "p.db", "--out", "one")
    #expect(outcome.code == 0 && outcome.output.contains("bandits:"), "\(outcome.errors)")
    #expect(try program("report", "bandits", "--store", "p.db", "--out", "two").code == 0)
    for file in ["README.md", "index.html", "bandits/README.md", "bandits/run.json"] {
      #expect(
        try Data(contentsOf: URL(fileURLWithPath: path("one/\(file)")))
          == Data(contentsOf: URL(fileURLWithPath: path("two/\(file)"))))
    }
  }

  @Test("the page of one study does not replace the atlas over others")
  func atlas() throws {
    let page = ["--quick", "--store", "atlas.db", "--out", "atlas"]
    let alone = try program.run(["reproduce", "bandits"] + page)
    #expect(alone.output.contains("the atlas, 1 studies"))
    let atlas = try Data(contentsOf: URL(fileURLWithPath: path("atlas/index.html")))
    // A page of another study lies there.
    let other = path("atlas/pevi")
    try FileManager.default.createDirectory(atPath: other, withIntermediateDirectories: true)
    try "# Another".write(toFile: "\(other)/README.md", atomically: true, encoding: .utf8)
    try "changed".write(toFile: path("atlas/index.html"), atomically: true, encoding: .utf8)
    let beside = try program.run(["report", "bandits"] + page)
    #expect(beside.code == 0 && beside.output.contains("left as it is, it is also about pevi"))
    #expect(try String(contentsOfFile: path("atlas/index.html"), encoding: .utf8) == "changed")
    try FileManager.default.removeItem(atPath: other)
    let refused = try program.run(["report", "bandits"] + page)
    #expect(refused.code == 1 && refused.errors.contains("index.html is not an atlas of claims"))
    #expect(try program.run(["report", "bandits", "--force"] + page).code == 0)
    #expect(try Data(contentsOf: URL(fileURLWithPath: path("atlas/index.html"))) == atlas)
  }

  @Test("killed at twelve moments and run again, the store is the same as without")
  func kills() throws {
    let start = ContinuousClock.now
    _ = try reproduce("whole.db", "--jobs", "1")
    // The moments are parts of a run's time, which is many times longer under a sanitizer.
    let time = ContinuousClock.now - start
    let whole = try digest("whole.db")
    var kills = 0
    for round in 0..<12 {
      let process = Process()
      process.executableURL = Program.executable
      process.arguments = [
        "reproduce", Self.claim, "--quick", "--store", "killed.db", "--jobs", "2",
      ]
      process.currentDirectoryURL = program.folder
      process.standardOutput = FileHandle.nullDevice
      process.standardError = FileHandle.nullDevice
      try process.run()
      let moment = ContinuousClock.now + time * (round + 1) / 16
      while process.isRunning, ContinuousClock.now < moment { usleep(1_000) }
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      if process.terminationReason == .uncaughtSignal { kills += 1 }
    }
    #expect(kills > 0)
    #expect(try program("store", "check", "killed.db").code == 0)
    #expect(try reproduce("killed.db").code == 0)
    #expect(try digest("killed.db") == whole)
  }

  @Test("bad names, stores and options are one clear error each")
  func errors() throws {
    try Data("no store".utf8).write(to: URL(fileURLWithPath: path("text.db")))
    #expect(try reproduce("whole.db").code == 0)
    let cases: [([String], Int32, String)] = [
      (["reproduce", "no-such-paper"], 65, "there is no claim or study no-such-paper"),
      (["reproduce", Self.claim, "--store", "text.db"], 65, "cannot be used as a store"),
      (["reproduce", Self.claim, "--store", "no/where.db"], 65, "there is no folder"),
      (["reproduce", Self.claim, "--shard", "5/4"], 65, "5/4 is not a shard"),
      (["reproduce", Self.claim, "--jobs", "0"], 64, "--jobs"),
      (["reproduce", Self.claim, "--shard", "1/2", "--out", "x"], 64, "merge the shards first"),
      (["report", "bandits", "--store", "none.db"], 65, "no such store"),
      (["report", Self.claim, "--store", "whole.db"], 65, "a page shows all claims of a study"),
      (["merge", "none.db", "--into", "x.db"], 65, "no such store"),
      (["store", "check", "text.db"], 65, "cannot be used as a store"),
    ]
    for (arguments, code, text) in cases {
      let outcome = try program.run(arguments)
      #expect(outcome.code == code, "\(arguments): \(outcome.errors)")
      #expect(outcome.errors.contains(text), "\(arguments): \(outcome.errors)")
    }
    #expect(try String(contentsOfFile: path("text.db"), encoding: .utf8) == "no store")
  }

  @Test("claims are listed, as text and as JSON; cells are exported")
  func listing() throws {
    #expect(try program("claims").output.contains("bandits/lai-robbins"))
    #expect(try program("claims", Self.claim, "--verbose").output.contains("criterion:"))
    let json = try program("claims", "--json").output
    let decoded = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [[String: Any]]
    #expect(decoded?.contains { $0["id"] as? String == Self.claim } == true)
    #expect(try reproduce("e.db", "--export", "cells").code == 0)
    let csv = try String(
      contentsOfFile: path("cells/bandits-minimax.csv"), encoding: .utf8
    ).split(separator: "\n")
    #expect(csv.first == "learner,m,T,trial,regret")
    #expect(csv.count == 1 + 3 * 5 * 3 * 40 + 3 * 200)
  }
}
