// SPDX-License-Identifier: Apache-2.0
import Foundation
import Randomness
import Statistics
import TestSupport
import Testing

@Suite("Bounded means and stopping")
struct BoundedTests {
  @Test("closed forms of the fixed-count intervals")
  func closedForms() throws {
    let moments = RunningMoments((0..<100).map { $0 % 2 == 0 ? 2.0 : 4 })
    let hoeffding = try BoundedMean.hoeffding(moments, range: 1...5)
    // 4 √(log 40 / 200).
    expectClose(hoeffding.halfWidth, 4 * (log(40.0) / 200).squareRoot(), tolerance: 1e-14)
    #expect(hoeffding.estimate == 3)
    let bernstein = try BoundedMean.empiricalBernstein(moments, range: 1...5)
    let variance = 100.0 / 99
    let radius = (2 * variance * log(80.0) / 100).squareRoot() + 28 * log(80.0) / (3 * 99)
    expectClose(bernstein.halfWidth, radius, tolerance: 1e-13)
    let wide = try BoundedMean.hoeffding(RunningMoments([1, 5]), range: 1...5)
    #expect(wide.lower == 1 && wide.upper == 5)
    #expect(throws: StatisticsError.self) { try BoundedMean.hoeffding(moments, range: 0...3) }
    #expect(throws: StatisticsError.self) {
      try BoundedMean.empiricalBernstein(RunningMoments([1]), range: 0...3)
    }
  }

  @Test("the stitched boundary is the best of its lines, and its errors sum to the level")
  func stitching() throws {
    let sequence = try HoeffdingSequence(range: -1...1, level: 0.9)
    // σ = 1; at n = 2^(k + ½) both terms are equal, so the boundary is √(2 n log(1/ε_k)).
    var spent = 0.0
    for k in 0..<20 {
      let epsilon = 0.05 / Double((k + 1) * (k + 2))
      spent += epsilon
      let n = 1 << k
      let lambda = (2 * log(1 / epsilon) / exp2(Double(k) + 0.5)).squareRoot()
      let line = log(1 / epsilon) / lambda + lambda * Double(n) / 2
      expectClose(sequence.radius(trials: n), line / Double(n), tolerance: 1e-12)
      // The next epoch's line starts at 2ⁿ⁺¹.
      #expect(sequence.radius(trials: 2 * n) < sequence.radius(trials: n))
    }
    #expect(spent < 0.05)
    // A fixed count would give √(2 log(2/α)/n): less, but not by much.
    let fixed = (2 * log(20.0) / 1e6).squareRoot()
    let ratio = sequence.radius(trials: 1_000_000) / fixed
    #expect(ratio > 1 && ratio < 2)
  }

  @Test("the inequality behind the empirical Bernstein sequence")
  func inequality() {
    // exp(λξ − ξ²(−log(1 − λ) − λ)) ≤ 1 + λξ for ξ ≥ −1 and 0 ≤ λ < 1 [fan2015].
    for i in 0..<200 {
      let lambda = Double(i) / 200
      for j in 0..<400 {
        let xi = -1 + Double(j) / 100
        let left = exp(lambda * xi - xi * xi * (-log1p(-lambda) - lambda))
        #expect(left <= (1 + lambda * xi) * (1 + 1e-12) + 1e-15)
      }
    }
  }

  @Test("the adaptive sequence is short for a small variance, and its ends never widen")
  func adaptive() throws {
    var rng = Xoshiro256(seed: 1, purpose: "adaptive")
    var adaptive = try EmpiricalBernsteinSequence(range: 0...10)
    #expect(adaptive.interval.lower == 0 && adaptive.interval.upper == 10)
    let plain = try HoeffdingSequence(range: 0...10)
    var last = adaptive.interval
    for _ in 0..<5_000 {
      try adaptive.add(4 + 0.2 * rng.uniform())
      let next = adaptive.interval
      #expect(next.lower >= last.lower && next.upper <= last.upper)
      #expect(next.lower <= next.estimate && next.estimate <= next.upper)
      last = next
    }
    #expect(last.contains(4.1))
    #expect(last.halfWidth < plain.radius(trials: 5_000) / 10)
    #expect(throws: StatisticsError.self) { try adaptive.add(11) }
    #expect(throws: StatisticsError.self) { try adaptive.add(.nan) }
  }

  @Test("a plan spends its error and stops at the goal")
  func plan() throws {
    let looks = StoppingPlan.geometricLooks(from: 100, to: 1_000)
    #expect(looks == [100, 200, 400, 800, 1_000])
    for spending in [
      StoppingPlan.Spending.bonferroni, .geometric(ratio: 0.5), .geometric(ratio: 3),
    ] {
      let plan = try StoppingPlan(looks: looks, halfWidth: 0.1, spending: spending)
      let spent = plan.errors.reduce(0, +)
      #expect(spent <= 0.05 && spent > 0.0499)
    }
    let plan = try StoppingPlan(looks: looks, halfWidth: 0.05)
    let zeros = RunningMoments([Double](repeating: 0, count: 100))
    guard case .stop(let interval) = try plan.decision(zeros, .clopperPearson) else {
      Issue.record("a hundred failures do not stop the plan")
      return
    }
    let exact = try Proportion.clopperPearson(successes: 0, trials: 100, level: 0.99)
    expectClose(interval.upper, exact.upper, tolerance: 1e-6)
    #expect(interval.level == 0.95)
    let coin = RunningMoments((0..<100).map { Double($0 % 2) })
    #expect(try plan.decision(coin, .clopperPearson) == .goOn(to: 200))
    let wide = RunningMoments((0..<1_000).map { Double($0 % 2) * 100 })
    guard case .limit = try plan.decision(wide, .student) else {
      Issue.record("the last look does not end the plan")
      return
    }
    #expect(throws: StatisticsError.self) { try plan.decision(wide, .clopperPearson) }
    #expect(throws: StatisticsError.self) { try plan.decision(RunningMoments([1, 2]), .student) }
    #expect(throws: StatisticsError.self) { try StoppingPlan(looks: [10, 10], halfWidth: 1) }
    #expect(throws: StatisticsError.self) { try StoppingPlan(looks: [], halfWidth: 1) }
    #expect(throws: StatisticsError.self) { try StoppingPlan(looks: [10], halfWidth: 0) }
    #expect(throws: StatisticsError.self) {
      try StoppingPlan(looks: Array(2..<90), halfWidth: 1, spending: .geometric(ratio: 0.1))
    }
  }
}
