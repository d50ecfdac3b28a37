// SPDX-License-Identifier: Apache-2.0
import Experiments
import LinearLearning
import Randomness
import Statistics
import TestSupport
import Testing

@testable import Claims

@Suite("Study of PEVI")
struct PEVIStudyTests {
  @Test("both scales measure the same quantities, and quick is a part of full")
  func scales() {
    for claim in peviStudy.claims {
      let (quick, full) = (claim.design(at: .quick), claim.design(at: .full))
      #expect(quick.schema == full.schema)
      #expect(Set(quick.points).isSubset(of: Set(full.points)))
    }
  }

  @Test("quick runs are not inconsistent")
  func quick() throws {
    for claim in peviStudy.claims {
      #expect(try quickJudgement(claim).verdict != .inconsistent, "\(claim.id)")
    }
  }

  @Test("a penalty a thousand times too small, said to be valid, is found out")
  func smallPenalty() throws {
    let planted = Planted(distorting: PenaltyBound()) { _, outcome in
      var outcome = outcome
      outcome.scalars["bound"] = 1000 * (outcome.scalars["bound"] ?? 0)
      outcome.scalars["holds"] = 1
      return outcome
    }
    #expect(try quickJudgement(planted).verdict == .inconsistent)
  }

  @Test("a method without penalty that loses nothing is found out, though it has no exponent")
  func noLoss() throws {
    let planted = Planted(distorting: PessimismSeparation()) { _, outcome in
      var outcome = outcome
      outcome.scalars["no penalty"] = 0
      return outcome
    }
    let judgement = try quickJudgement(planted)
    #expect(judgement.verdict == .inconsistent)
    #expect(judgement.checks.filter { $0.measured.contains("is not defined") }.count == 2)
  }

  @Test("a sixty-fourth of the derived multiplier does not cover")
  func smallMultiplier() throws {
    let claim = PenaltyCoverage()
    let planted = Planted(claim) { point, trial, stream in
      let small = Point([
        ("problem", .label(point.label("problem"))), ("factor", .number(point["factor"] / 64)),
      ])
      return try claim.measure(small, trial: trial, using: &stream)
    }
    #expect(try quickJudgement(planted).verdict == .inconsistent)
  }

  @Test("a wrong exponent in N is found out")
  func wrongExponent() throws {
    let planted = Planted(distorting: PessimismRate()) { point, outcome in
      var outcome = outcome
      outcome.scalars["suboptimality", default: 0] *= Portable.exp(0.25 * Portable.log(point["N"]))
      return outcome
    }
    #expect(try quickJudgement(planted).verdict == .inconsistent)
  }

  @Test("one differing run is found out")
  func differing() throws {
    let claim = OneHotPessimism()
    let planted = Planted(claim) { point, trial, stream in
      var outcome = try claim.measure(point, trial: trial, using: &stream)
      if trial == 17 { outcome.scalars["differs"] = 1 }
      return outcome
    }
    #expect(try quickJudgement(planted).verdict == .inconsistent)
  }

  @Test("PEVI that forgets its penalty is found out")
  func forgotten() throws {
    let planted = Planted(distorting: PessimismSeparation()) { _, outcome in
      var outcome = outcome
      outcome.scalars["PEVI"] = outcome.scalars["no penalty"]
      return outcome
    }
    #expect(try quickJudgement(planted).verdict == .inconsistent)
  }

  @Test("the sparse behaviour is a distribution with the best arm in half of the episodes")
  func behaviour() throws {
    var rng = Xoshiro256(seed: 1, purpose: "sparse")
    let model = try OfflineInstance.sparse.problem(using: &rng)
    for count in [1_200, 120_000] {
      let stage = OfflineInstance.sparseBehaviour(model, episodes: count).prefix(20)
      expectClose(stage.reduce(0, +), 1, tolerance: 1e-12)
      #expect(stage.allSatisfy { $0 > 0 } && stage[19] == 0.5)
    }
  }
}
