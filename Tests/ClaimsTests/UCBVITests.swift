// SPDX-License-Identifier: Apache-2.0
import Bounds
import Claims
import Experiments
import Foundation
import Literature
import OnlineLearning
import Randomness
import Testing

/// A claim of the study with other numbers in the place of its own measurement.
private struct Falsified: Claim {
  let base: any Claim
  let replace: @Sendable (Point) -> TrialOutcome

  var id: String { base.id }
  var revision: Int { base.revision }
  var title: String { base.title }
  var kind: ClaimKind { base.kind }
  var sources: [Citation] { base.sources }
  var statement: String { base.statement }
  var setup: String { base.setup }
  var criterion: String { base.criterion }
  var limits: String { base.limits }
  func design(at scale: Scale) -> Design { base.design(at: scale) }
  func estimatedSeconds(at scale: Scale) -> Double { base.estimatedSeconds(at: scale) }
  func measure(
    _ point: Point, trial: Int, using stream: inout Randomness.Stream
  ) throws -> TrialOutcome {
    replace(point)
  }
  func judge(_ results: Results) throws -> Judgement { try base.judge(results) }
  func exhibits(_ results: Results) throws -> [Exhibit] { try base.exhibits(results) }
}

@Suite("Study of UCBVI")
struct UCBVITests {
  private func claim(_ id: String) throws -> any Claim {
    try #require(ucbviStudy.claims.first { $0.id == "ucbvi/\(id)" })
  }

  private func judgement(_ claim: any Claim) throws -> Judgement {
    let path = FileManager.default.temporaryDirectory
      .appendingPathComponent("provably-ucbvi-\(UUID().uuidString).db").path
    defer {
      for suffix in ["", "-wal", "-shm"] {
        try? FileManager.default.removeItem(atPath: path + suffix)
      }
    }
    let store = try Store(path: path)
    _ = try Runner(store: store, jobs: 2).run(claim, scale: .quick, seed: 1)
    let results = try Results(claim, scale: .quick, seed: 1, in: store)
    #expect(!(try claim.exhibits(results)).isEmpty)
    return try claim.judge(results)
  }

  @Test("optimism is judged not violated; a bonus that does not cover is inconsistent")
  func optimism() throws {
    let claim = try claim("optimism")
    #expect(try judgement(claim).verdict == .notViolated)
    let planted = Falsified(base: claim) { point in
      TrialOutcome(["least Q − Q*": point["factor"] == 1 || point["factor"] == 0 ? -0.1 : 0])
    }
    #expect(try judgement(planted).verdict == .inconsistent)
  }

  @Test("a control that covers makes the claim inconclusive")
  func brokenControl() throws {
    let planted = Falsified(base: try claim("optimism")) { _ in TrialOutcome(["least Q − Q*": 0]) }
    #expect(try judgement(planted).verdict == .inconclusive)
  }

  @Test("a linear regret of five an episode is inconsistent with the derived bound")
  func bound() throws {
    // The bounds at K = 200,000 are below 5 K on both problems, and 5 is not the greatest loss.
    let checkpoints = geometricGrid(from: 100, through: 200_000, count: 34)
    let planted = Falsified(base: try claim("regret-bound")) { _ in
      TrialOutcome(curves: ["regret": checkpoints.map { 5 * $0 }])
    }
    #expect(try judgement(planted).verdict == .inconsistent)
  }

  @Test("a regret that grows like K is inconsistent with the rate √K")
  func rate() throws {
    let planted = Falsified(base: try claim("hard-rate")) { point in
      TrialOutcome(["regret": point["K"]])
    }
    #expect(try judgement(planted).verdict == .inconsistent)
  }

  @Test("equal regret of both bonuses is inconsistent with an advantage")
  func bernstein() throws {
    let planted = Falsified(base: try claim("bernstein")) { _ in
      TrialOutcome(curves: ["regret": (1...25).map { Double($0) }])
    }
    #expect(try judgement(planted).verdict == .inconsistent)
  }

  @Test(
    "without bonuses the regret of the hard family is at most Δ (H − 1) an episode, and positive")
  func hardFamily() throws {
    let claim = try claim("hard-rate")
    let point = try #require(
      claim.design(at: .quick).points.first { $0.label("learner") == "greedy model" })
    var stream = Randomness.Stream(experiment: "test")
    let regret = try claim.measure(point, trial: 0, using: &stream).scalars["regret"] ?? 0
    #expect(regret <= 0.2 * 3 * point["K"] + 1e-6 && regret > 0)
  }
}
