// SPDX-License-Identifier: Apache-2.0
import Certificates
import ExactArithmetic
import MarkovModels
import Planning
import TestSupport
import Testing

@Suite("Long-run checker")
struct LongRunCheckerTests {
  /// Moves numbers of good certificates by one ulp or by much; 7 kinds × 40 seeds × 40 changes.
  ///
  /// What is still accepted must still be true.
  @Test("accepts no false gain, whatever was changed", arguments: LongRunKind.allCases)
  func gains(_ kind: LongRunKind) throws {
    var rng = RepeatableGenerator(seed: 77)
    var (accepted, refused) = (0, 0)
    for seed in 1...40 {
      let model = try longRunModel(kind, seed: seed)
      let problem = try AverageRewardMDP(model)
      let policies = try allPolicies(model)
      let gains = try policies.map { try LaurentExpansion($0, in: problem).gain }
      let good = try MultichainPolicyIteration().solve(problem).certificate
      for _ in 0..<40 {
        let changed = change(good, model, &rng)
        guard CertificateChecker().check(changed, against: model) == nil else {
          refused += 1
          continue
        }
        accepted += 1
        let policy = try DeterministicPolicy(choices: changed.stages[0].choices, of: model)
        let own = try LaurentExpansion(policy, in: problem).gain
        for s in 0..<model.stateCount {
          let best = try #require(greatest(gains, s))
          #expect(try Rational(changed.stages[0].lower[s]) <= own[s], "\(kind) \(seed)")
          #expect(try best <= Rational(changed.stages[0].upper[s]), "\(kind) \(seed)")
        }
      }
    }
    #expect(accepted > 100 && refused > 100, "accepted \(accepted), refused \(refused)")
  }

  @Test("accepts no false total, whatever was changed", arguments: LongRunKind.allCases)
  func totals(_ kind: LongRunKind) throws {
    var rng = RepeatableGenerator(seed: 78)
    var (accepted, refused) = (0, 0)
    for seed in 1...40 {
      let model = try longRunModel(kind, seed: seed, ends: seed % 2 == 0)
      let full = try withEndState(model)
      let problem = try AverageRewardMDP(full)
      let expansions = try allPolicies(full).map { try LaurentExpansion($0, in: problem) }
      let good = try StochasticShortestPath().solve(TotalRewardMDP(model)).certificate
      for _ in 0..<40 {
        let changed = change(good, model, &rng)
        guard CertificateChecker().check(changed, against: model) == nil else {
          refused += 1
          continue
        }
        accepted += 1
        let own = try LaurentExpansion(
          DeterministicPolicy(
            choices: changed.stages[0].choices + [full.choiceCount - 1], of: full), in: problem)
        let zero = try Rational(0)
        for s in 0..<model.stateCount {
          let stage = changed.stages[0]
          for e in expansions where changed.stages[1].upper[s] <= 0 {
            #expect(e.gain[s] <= zero, "\(kind) \(seed)")
            if e.gain[s] == zero, changed.stages[1].upper[s] == 0 {
              #expect(try e.coefficients[1][s] <= Rational(stage.upper[s]), "\(kind) \(seed)")
            }
          }
          if changed.stages[1].lower[s] >= 0 {
            #expect(own.gain[s] >= zero, "\(kind) \(seed)")
            if own.gain[s] == zero {
              #expect(try Rational(stage.lower[s]) <= own.coefficients[1][s], "\(kind) \(seed)")
            }
          }
        }
      }
    }
    #expect(accepted > 100 && refused > 100, "accepted \(accepted), refused \(refused)")
  }

  /// The certificate with some numbers moved.
  private func change(
    _ good: Certificate, _ model: TabularMDP, _ rng: inout RepeatableGenerator
  ) -> Certificate {
    func below(_ n: Int) -> Int { Int(rng.next() % UInt64(n)) }
    var stages = good.stages.map { ($0.lower, $0.upper, $0.choices) }
    for _ in 0...below(2) {
      let (stage, s) = (below(2), below(model.stateCount))
      func moved(_ x: Double) -> Double {
        switch below(6) {
        case 0: x.nextUp
        case 1: x.nextDown
        case 2: x + 1e-9 * max(1, abs(x))
        case 3: x - 1e-9 * max(1, abs(x))
        case 4: x + Double(below(5) - 2)
        default: 0
        }
      }
      switch below(5) {
      case 0, 1: stages[stage].0[s] = moved(stages[stage].0[s])
      case 2, 3: stages[stage].1[s] = moved(stages[stage].1[s])
      default:
        let k = model.choices(of: s).lowerBound + below(model.choices(of: s).count)
        for i in 0..<2 { stages[i].2[s] = k }
      }
    }
    return Certificate(
      criterion: good.criterion,
      stages: stages.map { .init(lower: $0.0, upper: $0.1, choices: $0.2) }, method: good.method,
      status: good.status, iterations: good.iterations, residual: good.residual,
      epsilon: good.epsilon)
  }
}
