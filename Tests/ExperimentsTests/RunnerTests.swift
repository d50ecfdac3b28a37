// SPDX-License-Identifier: Apache-2.0
import Randomness
import Statistics
import Synchronization
import Testing

@testable import Experiments

@Suite("Runner")
struct RunnerTests {
  let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  private func digest(jobs: Int, _ claim: ToyClaim = ToyClaim()) throws -> Digest {
    let store = try Store(path: folder.file("jobs-\(jobs).db"))
    let summary = try Runner(store: store, jobs: jobs).run(claim, scale: .full, seed: 1)
    #expect(summary.computed == 6 * 40)
    return try store.digest()
  }

  @Test("the same bits on one, two and five threads")
  func threads() throws {
    let one = try digest(jobs: 1)
    #expect(try digest(jobs: 2) == one)
    #expect(try digest(jobs: 5) == one)
  }

  @Test("four shards, merged in any order, are the whole run")
  func shards() throws {
    let whole = try digest(jobs: 1)
    for order in [[1, 2, 3, 4], [3, 1, 4, 2]] {
      let merged = try Store(path: folder.file("merged-\(order[0]).db"))
      for index in order {
        let shard = try Store(path: folder.file("shard-\(order[0])-\(index).db"))
        let summary = try Runner(store: shard, jobs: 2, shard: Shard("\(index)/4"))
          .run(ToyClaim(), scale: .full, seed: 1)
        #expect(summary.computed == 60)
        #expect(try merged.merge(shard) == 60)
        #expect(try merged.merge(shard) == 0)
      }
      #expect(try merged.digest() == whole)
      _ = try Results(ToyClaim(), scale: .full, seed: 1, in: merged)
    }
  }

  @Test("an interrupted run is continued to the same store")
  func interruption() throws {
    let whole = try digest(jobs: 1)
    let store = try Store(path: folder.file("interrupted.db"))
    var runs = 0
    while true {
      let batches = Atomic(0)
      let summary = try Runner(store: store, jobs: 2) { _ in
        batches.add(1, ordering: .relaxed).newValue < 3
      }.run(ToyClaim(), scale: .full, seed: 1)
      runs += 1
      if !summary.isInterrupted { break }
      // One that was stopped in its last batch has left nothing to do.
      if summary.reused + summary.computed == 240 { continue }
      #expect(throws: ExperimentError.self) {
        try Results(ToyClaim(), scale: .full, seed: 1, in: store)
      }
    }
    #expect(runs > 1)
    #expect(try store.digest() == whole)
  }

  @Test("a larger grid reuses the cells of the smaller one")
  func growth() throws {
    let store = try Store(path: folder.file("grown.db"))
    let runner = Runner(store: store)
    #expect(try runner.run(ToyClaim(), scale: .quick, seed: 1).computed == 160)
    let full = try runner.run(ToyClaim(), scale: .full, seed: 1)
    #expect(full.computed == 80 && full.reused == 160)
    #expect(try store.digest() == digest(jobs: 1))
    let more = try runner.run(ToyClaim(plan: .fixed(41)), scale: .full, seed: 1)
    #expect(more.computed == 6)
  }

  @Test("another seed gives other numbers, beside the first")
  func seeds() throws {
    let store = try Store(path: folder.file("seeds.db"))
    let runner = Runner(store: store)
    for seed in [1, 2, UInt64.max] { _ = try runner.run(ToyClaim(), scale: .quick, seed: seed) }
    let means = try [1, 2, UInt64.max].map { seed in
      let results = try Results(ToyClaim(), scale: .quick, seed: seed, in: store)
      return try results.values("mean", at: results.points[0])[0]
    }
    #expect(Set(means).count == 3)
    #expect(try store.summaries().map(\.cells) == [160, 160, 160])
  }

  @Test("a trial is the same alone and among others")
  func purity() throws {
    let claim = ToyClaim()
    let store = try Store(path: folder.file("purity.db"))
    _ = try Runner(store: store, jobs: 2).run(claim, scale: .full, seed: 9)
    let results = try Results(claim, scale: .full, seed: 9, in: store)
    for point in results.points {
      let values = try results.values("mean", at: point)
      for trial in [0, 17, 39] {
        var stream = claim.stream(seed: 9, point: point, trial: trial)
        let alone = try claim.measure(point, trial: trial, using: &stream)
        #expect(alone.scalars["mean"] == values[trial])
      }
      let curves = try results.curves("path", at: point)
      #expect(curves.count == 40 && curves.allSatisfy { $0.count == 3 && $0[1] == 2 * $0[0] })
    }
  }

  @Test("a stopping rule stops at the first look that is narrow enough, for any number of jobs")
  func stopping() throws {
    let plan = try StoppingPlan(looks: [10, 20, 40, 80, 160], halfWidth: 0.06)
    let rule = TrialStopping("mean", plan: plan)
    let claim = ToyClaim(plan: .until(rule))
    var digests: Set<Digest> = []
    for jobs in [1, 3] {
      let store = try Store(path: folder.file("stopping-\(jobs).db"))
      _ = try Runner(store: store, jobs: jobs).run(claim, scale: .full, seed: 1)
      digests.insert(try store.digest())
      let results = try Results(claim, scale: .full, seed: 1, in: store)
      for point in results.points {
        let count = results.trialCount(at: point)
        let look = try #require(rule.looks.firstIndex(of: count))
        let values = try results.values("mean", at: point)
        for (index, seen) in rule.looks[...look].enumerated() {
          var moments = RunningMoments()
          for value in values.prefix(seen) { moments.add(value) }
          let width = try plan.interval(atLook: index, moments, .student).halfWidth
          #expect((width <= 0.06) == (index == look) || index == 4)
        }
      }
      // The variance of a mean of N falls as 1/N, so points with larger N stop earlier.
      let counts = results.points(where: ["kind": "a"]).map { results.trialCount(at: $0) }
      #expect(counts == counts.sorted(by: >) && counts[0] > counts[2])
    }
    #expect(digests.count == 1)
    let merged = try Store(path: folder.file("stopping-merged.db"))
    for index in 1...2 {
      let shard = try Store(path: folder.file("stopping-shard-\(index).db"))
      _ = try Runner(store: shard, shard: Shard("\(index)/2")).run(claim, scale: .full, seed: 1)
      _ = try merged.merge(shard)
    }
    #expect(try merged.digest() == digests.first)
  }

  @Test("a trial that fails or returns nonsense names itself, and what was done is kept")
  func failures() throws {
    struct Boom: Error {}
    let answers: [(String, @Sendable (Int) throws -> TrialOutcome)] = [
      ("Boom", { _ in throw Boom() }),
      ("lacks the quantity mean", { _ in TrialOutcome(["other": 1]) }),
      ("is nan", { _ in TrialOutcome(["mean": .nan], curves: ["path": [1, 2, 3]]) }),
      ("is inf", { _ in TrialOutcome(["mean": 1], curves: ["path": [1, .infinity, 3]]) }),
      ("2 numbers for 3", { _ in TrialOutcome(["mean": 1], curves: ["path": [1, 2]]) }),
      ("lacks the curve", { _ in TrialOutcome(["mean": 1]) }),
      ("does not name", { _ in TrialOutcome(["mean": 1, "x": 1], curves: ["path": [1, 2, 3]]) }),
    ]
    for (index, (text, answer)) in answers.enumerated() {
      let store = try Store(path: folder.file("failure-\(index).db"))
      let good = TrialOutcome(["mean": 1], curves: ["path": [1, 2, 3]])
      let claim = ToyClaim(failure: { $0 < 30 ? good : try answer($0) })
      let error = #expect(throws: ExperimentError.self) {
        try Runner(store: store).run(claim, scale: .quick, seed: 1)
      }
      let message = error?.description ?? ""
      #expect(
        message.contains(text) && message.contains("toy/mean, point kind=a,N=4"), "\(message)")
      #expect(try store.summaries()[0].cells > 0)
    }
  }
}
