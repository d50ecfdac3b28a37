// SPDX-License-Identifier: Apache-2.0
import Certificates
import ExactArithmetic
import Foundation
import LinearAlgebra
import MarkovModels
import Planning
import TestSupport
import Testing

/// A small model whose numbers are as unpleasant as doubles can be; a pure function of the seed.
///
/// States 1 to 8, actions 1 to 3, some of them twins; rewards of one scale or of scales from 1e−300 to
/// 1e300, denormal, equal or zero; rows with masses down to 1e−300, deterministic, or all but
/// absorbing; discounts from 0 to 1 − 2⁻⁵³.
struct HostileModel {
  let model: TabularMDP
  let discount: Double

  static let discounts = [0, 5e-324, 0.5, 0.99, 1 - 1e-6, 1 - 1e-12, 1 - 0x1p-53]

  init(seed: UInt64) throws {
    var rng = RepeatableGenerator(seed: seed)
    func below(_ n: Int) -> Int { Int(rng.next() % UInt64(n)) }
    func unit() -> Double { Double(rng.next() >> 11) * 0x1p-53 }
    func power(_ exponent: Int) -> Double { Double("1e\(exponent)") ?? .nan }
    let (S, A) = (1 + below(8), 1 + below(3))
    discount = Self.discounts[below(Self.discounts.count)]
    let (rowKind, rewardKind, twins) = (below(5), below(7), below(4) == 0)
    let scale = below(601) - 300
    var (pointers, columns, values): ([Int], [Int32], [Double]) = ([0], [], [])
    var rewards: [Double] = []
    for _ in 0..<S {
      for a in 0..<A {
        if twins && a > 0 {  // An action that equals the one before it.
          let row = pointers[pointers.count - 2]..<pointers[pointers.count - 1]
          columns += columns[row]
          values += values[row]
          rewards.append(rewards[rewards.count - 1])
          pointers.append(values.count)
          continue
        }
        var weights = [Double](repeating: 0, count: S)
        switch rowKind {
        case 0: weights[below(S)] = 1
        case 1: for t in 0..<S { weights[t] = unit() * power(-below(301)) }
        case 2: (weights[0], weights[below(S)]) = (0x1p-40, 1)
        case 3: for t in 0..<S where below(2) == 0 { weights[t] = unit() }
        default: for t in 0..<S { weights[t] = 0.1 }
        }
        var total = weights.reduce(0, +)
        if total == 0 { (weights[0], total) = (1, 1) }
        for (t, w) in weights.enumerated() where w / total > 0 {
          columns.append(Int32(t))
          values.append(w / total)
        }
        pointers.append(values.count)
        let sign = below(2) == 0 ? 1.0 : -1
        switch rewardKind {
        case 0: rewards.append(0)
        case 1: rewards.append(sign * 0.1)
        case 2: rewards.append(sign * unit() * power(scale))
        case 3: rewards.append(sign * unit() * power(below(601) - 300))
        case 4: rewards.append(sign * Double(below(1000)) * 5e-324)
        case 5: rewards.append(sign * 1.7e308)
        default: rewards.append(sign * unit())
        }
      }
    }
    let matrix = try SparseMatrix(
      rowCount: rewards.count, columnCount: S, rowPointers: pointers, columns: columns,
      values: values)
    model = try TabularMDP(
      stateCount: S, actionCount: A, transitions: .sparse(matrix), rewards: rewards,
      storage: below(2) == 0 ? .dense : .sparse)
  }
}

/// The number of models; `PROVABLY_MODELS` raises it (`Robustness/run.sh` runs 100,000).
private let modelCount =
  ProcessInfo.processInfo.environment["PROVABLY_MODELS"].flatMap(Int.init) ?? 200

/// How the runs ended, for the line that the robustness report reads.
private struct Tally {
  var runs = 0
  var converged = 0
  var honest = 0
  var refused = 0
}

@Suite("Hostile models")
struct HostileModelsTests {
  @Test("every planner ends in bounds that fractions confirm, or says that it did not converge")
  func discounted() throws {
    var tally = Tally()
    for seed in 0..<modelCount {
      let hostile = try HostileModel(seed: UInt64(seed))
      guard
        let problem = try unlessRefused({
          try DiscountedMDP(hostile.model, discount: hostile.discount)
        })
      else {
        tally.refused += 1
        continue
      }
      let exact = try ExactPolicyIteration().solve(problem)
      for planner in allPlanners {
        let place = "seed \(seed), \(type(of: planner).name), discount \(hostile.discount)"
        tally.runs += 1
        let solution: Solution
        do {
          solution = try planner.solve(
            problem, stopping: StoppingRule(epsilon: 1e-6, maximumIterations: 500))
        } catch let error as PlannerError {
          // The simplex method may refuse numbers beyond its tolerance; it must be the one that does.
          #expect(planner is LinearProgramPlanner, "\(place): \(error)")
          tally.refused += 1
          continue
        }
        let stage = solution.certificate.stages[0]
        if solution.status == .converged {
          tally.converged += 1
          #expect(solution.certificate.gap <= 1e-6, "\(place)")
          #expect(!solution.values.contains { !$0.isFinite }, "\(place)")
        } else {
          tally.honest += 1
        }
        #expect(!solution.values.contains { $0.isNaN }, "\(place)")
        // Bounds may be infinite when doubles have no finite ones; they must never be wrong.
        for s in 0..<hostile.model.stateCount {
          let (low, high) = (stage.lower[s], stage.upper[s])
          try expect(low, isAtMost: exact.values, s, "\(place), state \(s)")
          try expect(high, isAtLeast: exact.values, s, "\(place), state \(s)")
        }
        if solution.status == .converged {
          #expect(
            CertificateChecker().check(solution.certificate, against: hostile.model) == nil,
            "\(place)")
        }
      }
    }
    report("discounted", tally)
    #expect(tally.converged > tally.runs / 4)
  }

  @Test("finite horizons: bounds that fractions confirm")
  func finite() throws {
    var tally = Tally()
    for seed in 0..<modelCount / 4 {
      let model = try HostileModel(seed: UInt64(seed)).model
      let (S, H) = (model.stateCount, 1 + seed % 5)
      guard let problem = try unlessRefused({ try FiniteHorizonMDP(model, horizon: H) }) else {
        tally.refused += 1
        continue
      }
      let solution = try BackwardInduction().solve(problem)
      tally.runs += 1
      if solution.certificate.status == .converged {
        tally.converged += 1
      } else {
        tally.honest += 1
      }
      let sparse = model.transitions.sparseForm()
      let rows = RationalRows(
        columnCount: S, rowPointers: sparse.rowPointers, columns: sparse.columns,
        values: try RationalVector(sparse.values))
      let rewards = try RationalVector(model.rewards)
      var v = try RationalVector([Double](repeating: 0, count: S))
      for h in (0..<H).reversed() {
        let q = rows.backup(rewards: rewards, discount: try Rational(1), values: v)
        v = q.selecting(
          (0..<S).map { s in
            model.choices(of: s).reduce(model.choices(of: s).lowerBound) {
              q.compare($1, with: q, $0) > 0 ? $1 : $0
            }
          })
        let stage = solution.certificate.stages[h]
        for s in 0..<S {
          let (low, high) = (stage.lower[s], stage.upper[s])
          try expect(low, isAtMost: v, s, "seed \(seed), stage \(h), state \(s)")
          try expect(high, isAtLeast: v, s, "seed \(seed), stage \(h), state \(s)")
        }
      }
    }
    report("finite horizon", tally)
  }

  @Test("average and total reward: the checker accepts what converged, and nothing is NaN")
  func longRun() throws {
    var (average, total) = (Tally(), Tally())
    for seed in 0..<modelCount / 4 {
      let model = try HostileModel(seed: UInt64(seed)).model
      let gain = try MultichainPolicyIteration().solve(AverageRewardMDP(model))
      average.runs += 1
      if gain.status == .converged { average.converged += 1 } else { average.honest += 1 }
      #expect(!gain.certificate.stages[0].lower.contains { $0.isNaN }, "seed \(seed)")
      #expect(!gain.certificate.stages[0].upper.contains { $0.isNaN }, "seed \(seed)")
      if gain.status == .converged {
        #expect(
          CertificateChecker().check(gain.certificate, against: model) == nil, "seed \(seed)")
      }
      let sum = try StochasticShortestPath().solve(TotalRewardMDP(model))
      total.runs += 1
      if sum.status == .converged { total.converged += 1 } else { total.honest += 1 }
      #expect(!sum.certificate.stages[0].lower.contains { $0.isNaN }, "seed \(seed)")
      #expect(!sum.certificate.stages[0].upper.contains { $0.isNaN }, "seed \(seed)")
      if sum.status == .converged {
        #expect(CertificateChecker().check(sum.certificate, against: model) == nil, "seed \(seed)")
      }
    }
    report("average reward", average)
    report("total reward", total)
  }

  /// The problem, or `nil` if its numbers are refused for being beyond the range of doubles.
  private func unlessRefused<Problem>(_ make: () throws -> Problem) throws -> Problem? {
    do { return try make() } catch let error as ModelError {
      switch error {
      case .discountTooNearOne, .rewardsTooLarge: return nil
      default: throw error
      }
    }
  }

  /// A lower bound: below the exact number, or −∞; never NaN.
  private func expect(
    _ bound: Double, isAtMost exact: RationalVector, _ s: Int, _ place: String
  ) throws {
    guard bound.isFinite else {
      #expect(bound == -.infinity, "lower, \(place)")
      return
    }
    let order = try RationalVector([bound]).compare(0, with: exact, s)
    #expect(order <= 0, "lower, \(place)")
  }

  /// An upper bound: above the exact number, or ∞; never NaN.
  private func expect(
    _ bound: Double, isAtLeast exact: RationalVector, _ s: Int, _ place: String
  ) throws {
    guard bound.isFinite else {
      #expect(bound == .infinity, "upper, \(place)")
      return
    }
    let order = try RationalVector([bound]).compare(0, with: exact, s)
    #expect(order >= 0, "upper, \(place)")
  }

  private func report(_ name: String, _ tally: Tally) {
    print(
      "hostile models\t\(name)\t\(tally.runs)\t\(tally.converged)\t\(tally.honest)"
        + "\t\(tally.refused)")
  }

  @Test("refuses more stages than any memory holds, at once", arguments: [1 << 50, Int.max])
  func manyStages(horizon: Int) throws {
    let problem = try FiniteHorizonMDP(TwoStateChain().model(), horizon: horizon)
    let error = #expect(throws: ModelError.self) { try BackwardInduction().solve(problem) }
    guard case .tooLarge = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }
}
