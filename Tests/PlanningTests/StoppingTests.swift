// SPDX-License-Identifier: Apache-2.0
import Certificates
import MarkovModels
import TestSupport
import Testing

@testable import Planning

@Suite("Stopping, stages and rounding")
struct StoppingTests {
  @Test("the greatest number of iterations is reached, not exceeded")
  func iterationLimit() throws {
    let problem = try DiscountedMDP(
      randomMDP(kind: .dense, states: 5, actions: 2, seed: 1), discount: 0.99)
    for most in [1, 3] {
      let solution = try ValueIteration().solve(
        problem, stopping: StoppingRule(epsilon: 1e-9, maximumIterations: most), monitor: .silent)
      #expect(solution.certificate.status == .iterationLimit)
      #expect(solution.certificate.iterations == most)
    }
  }

  @Test("stages with dynamics of their own: the certificate holds, and V is that by hand")
  func ownStages() throws {
    for seed in 1...12 {
      let kind = RandomModelKind.allCases[seed % 4]
      let stages = try (0..<4).map {
        try randomMDP(kind: kind, states: 6, actions: 2, seed: UInt64(10 * seed + $0))
      }
      let problem = try FiniteHorizonMDP(stages: stages)
      let solution = try BackwardInduction().solve(problem, epsilon: 1e-9)
      #expect(CertificateChecker().check(solution.certificate, against: problem) == nil)
      var next = [Double](repeating: 0, count: 6)
      for h in (0..<4).reversed() {
        let model = stages[h]
        next = (0..<6).map { s in
          model.choices(of: s).map { k in
            (0..<6).reduce(model.rewards[k]) {
              $0 + model.transitions.probability(row: k, next: $1) * next[$1]
            }
          }.max() ?? 0
        }
        for s in 0..<6 { expectClose(solution.values[h][s], next[s], tolerance: 1e-12) }
      }
    }
  }

  @Test("backward induction has converged exactly if its gap is at most ε")
  func gapAgainstEpsilon() throws {
    let problem = try FiniteHorizonMDP(
      randomMDP(kind: .dense, states: 5, actions: 2, seed: 2), horizon: 6)
    let gap = try BackwardInduction().solve(problem).certificate.gap
    #expect(gap > 0)
    for (epsilon, status) in [(gap, SolveStatus.converged), (gap.nextDown, .precisionLimit)] {
      let certificate = try BackwardInduction().solve(problem, epsilon: epsilon).certificate
      #expect(certificate.status == status)
    }
  }

  @Test("from a start far above the values the rounding of its differences is in the bounds")
  func farStart() throws {
    for seed in 0..<40 {
      let model = try randomMDP(kind: .dense, states: 3, actions: 2, seed: UInt64(seed))
      let problem = try DiscountedMDP(model, discount: 0)
      let start = (0..<3).map { 1e10 * (1 + Double(seed * 3 + $0) / 7) }
      for planner in [ValueIteration(start: start)] as [any DiscountedPlanner] {
        let solution = try planner.solve(
          problem, stopping: StoppingRule(epsilon: 1e-3), monitor: .silent)
        let certificate = solution.certificate
        #expect(CertificateChecker().check(certificate, against: model) == nil)
        let stage = certificate.stages[0]
        for s in 0..<3 {
          let value = model.choices(of: s).map { model.rewards[$0] }.max() ?? 0
          #expect(stage.lower[s] <= value && value <= stage.upper[s])
        }
      }
    }
  }

  private func constants(rows n: Int) -> CertifiedBounds.Constants {
    CertifiedBounds.Constants(
      discount: 0.5, rowSums: 1...1, largestReward: 3, longestRow: n, absoluteSum: 1)
  }

  @Test("the rounding margin is the one derived: u ((2m + 17) B + 4w), m = ⌈n/8⌉ + 4")
  func margin() {
    for (n, m) in [(1, 5.0), (8, 5), (9, 6), (80, 14)] {
      let derived = 0x1p-53 * ((2 * m + 17) * (3 + 0.5 * 7) + 4 * 7)
      let margin = constants(rows: n).margin(7)
      #expect(derived <= margin && margin <= 1.002 * derived)
    }
  }

  @Test("the gap covers the rounding of each bound when it is stored")
  func storedGap() {
    let constants = CertifiedBounds.Constants(
      discount: 0, rowSums: 1...1, largestReward: 0, longestRow: 1, absoluteSum: 1)
    for i in 0..<200 {
      let v = (0..<10).map { 1 + Double(i * 10 + $0) / 2_003 }
      let bounds = CertifiedBounds(
        extrema: .init(low: -1e-15 * Double(i % 7), high: 1e-15 * Double(i % 5)),
        magnitude: largestMagnitude(v), constants: constants)
      let certificate = bounds.certificate(
        discount: 0, vector: v, choices: [Int](repeating: 0, count: 10), method: "",
        status: .converged,
        iterations: 1, epsilon: 1)
      let stage = certificate.stages[0]
      for (low, high) in zip(stage.lower, stage.upper) { #expect(high - low <= bounds.gap) }
    }
  }

  @Test("the values that are returned lie in the middle of their bounds")
  func middle() throws {
    let problem = try DiscountedMDP(
      randomMDP(kind: .sparse, states: 6, actions: 2, seed: 4), discount: 0.9)
    let solution = try ValueIteration().solve(
      problem, stopping: StoppingRule(epsilon: 0.1), monitor: .silent)
    let stage = solution.certificate.stages[0]
    #expect(solution.certificate.gap > 0.001)
    for s in 0..<6 {
      expectClose(solution.values[s], (stage.lower[s] + stage.upper[s]) / 2, tolerance: 1e-12)
    }
  }
}
