// SPDX-License-Identifier: Apache-2.0
import Foundation
import Literature
import OfflineLearning
import Randomness
import TestSupport
import Testing

@testable import Claims
@testable import Experiments

/// A claim whose trials measure something else: the criterion must notice.
private struct PlantedOutcomes: Claim {
  let base: any Claim
  let change: @Sendable (Point, TrialOutcome) throws -> TrialOutcome

  var id: String { base.id + "-planted" }
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
    try change(point, base.measure(point, trial: trial, using: &stream))
  }
  func judge(_ results: Results) throws -> Judgement { try base.judge(results) }
  func exhibits(_ results: Results) throws -> [Exhibit] { try base.exhibits(results) }
}

@Suite("A tale of pessimism")
struct TaleOfPessimismTests {
  /// The verdict of a quick run.
  private func verdict(_ claim: any Claim) throws -> Verdict {
    let path = FileManager.default.temporaryDirectory
      .appendingPathComponent("provably-tale-\(UUID().uuidString).db").path
    defer {
      for end in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + end) }
    }
    let store = try Store(path: path)
    _ = try Runner(store: store, jobs: 2).run(claim, scale: .quick, seed: 1)
    return try claim.judge(Results(claim, scale: .quick, seed: 1, in: store)).verdict
  }

  @Test("the missing mass by enumeration, by sums and in closed form")
  func missingMass() throws {
    for (S, N) in [(3, 4), (4, 6), (5, 9)] {
      let bandit = try TaleInstances.expert(contexts: S, draws: N)
      #expect(abs(bandit.concentrability - 1) < 1e-15)
      let closed = TaleInstances.expertLoss(contexts: S, draws: N)
      expectClose(try MissingMass.enumerated(bandit, draws: N), closed, tolerance: 1e-14)
      let sums = ExactSuboptimality(of: MissingMass.learner, negligible: 0)
      expectClose(sums.expected(draws: N, on: bandit), closed, tolerance: 1e-14)
    }
  }

  @Test("the families have the concentrability that they claim")
  func concentrability() throws {
    for x in [1e-5, 1e-3, 0.1, 0.5] {
      let bandit = try TaleInstances.rareContexts(4, excess: x, draws: 1_000)
      expectClose(bandit.concentrability, 1 + x, tolerance: 1e-12)
    }
    for C in [2.0, 10] {
      let mdp = try OfflineMDP.partial(
        concentrability: C, discount: 0.9, multiple: 1, draws: 10_000)
      // d^π*/μ of the better action of a start state, from the definition of the instance.
      expectClose(0.1 * 0.5 / mdp.sampler.weights[1], C, tolerance: 1e-12)
    }
  }

  @Test("V* of the two-action instances is in closed form")
  func values() throws {
    // V*(s) = γ p/(1 − γ) with p = 1/2 + Δ/2, Δ = 1/2.
    let mdp = try OfflineMDP.partial(concentrability: 2, discount: 0.9, multiple: 0, draws: 100)
    expectClose(mdp.optimalValue, 0.9 * 0.75 / 0.1, tolerance: 1e-12)
    let worst = try mdp.values(of: mdp.problem.dynamics.choicePointers.dropLast())
    expectClose(mdp.suboptimality(of: worst), 0.9 * 0.5 / 0.1, tolerance: 1e-12)
  }

  @Test(
    "the claims of bandits are borne out by their quick runs",
    arguments: [
      "tale-of-pessimism/missing-mass", "tale-of-pessimism/separation",
      "tale-of-pessimism/hoeffding-bound",
    ])
  func quick(_ id: String) throws {
    let claim = try #require(taleOfPessimismStudy.claims.first { $0.id == id })
    #expect([.consistent, .notViolated].contains(try verdict(claim)))
  }

  @Test("a wrong exponent is inconsistent")
  func wrongExponent() throws {
    let planted = PlantedOutcomes(base: MostPlayedSeparation()) { point, outcome in
      guard point.label("rule") != "most played" else { return outcome }
      let value = try #require(outcome.scalars["suboptimality"])
      return TrialOutcome(["suboptimality": value / point["N"].squareRoot()])
    }
    #expect(try verdict(planted) == .inconsistent)
  }

  @Test("an error of one part in a billion is no identity")
  func wrongIdentity() throws {
    let planted = PlantedOutcomes(base: MissingMass()) { _, outcome in
      TrialOutcome(outcome.scalars.mapValues { $0 * (1 + 1e-9) })
    }
    #expect(try verdict(planted) == .inconsistent)
  }

  @Test("a bound of a fifth of the size is violated")
  func smallBound() throws {
    let planted = PlantedOutcomes(base: HoeffdingBound()) { point, outcome in
      guard point.label("family") != "random" else { return outcome }
      var scalars = outcome.scalars
      let loss = try #require(scalars["suboptimality"])
      let bound = try #require(scalars["bound"])
      scalars["held"] = loss <= bound / 5 ? 1 : 0
      return TrialOutcome(scalars)
    }
    #expect(try verdict(planted) == .inconsistent)
  }
}
