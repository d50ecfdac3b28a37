// SPDX-License-Identifier: Apache-2.0
import Randomness
import Statistics
import TestSupport
import Testing

@Suite("Ranks, permutations and moments")
struct RankTests {
  @Test("Kendall's tau-b agrees with SciPy, also with ties")
  func kendall() throws {
    for c in try Oracle.load().kendall {
      expectClose(try RankCorrelation.kendallTauB(c.x, c.y), c.tau, tolerance: 1e-14)
      expectClose(try RankCorrelation.kendallTauB(c.y, c.x), c.tau, tolerance: 1e-14)
    }
    #expect(try RankCorrelation.kendallTauB([1, 2, 3], [5, 6, 9]) == 1)
    #expect(try RankCorrelation.kendallTauB([1, 2, 3], [9, 6, 5]) == -1)
    #expect(throws: StatisticsError.self) { try RankCorrelation.kendallTauB([1, 1], [1, 2]) }
    #expect(throws: StatisticsError.self) { try RankCorrelation.kendallTauB([1], [1]) }
  }

  @Test("exact permutation tests agree with SciPy and enumeration")
  func permutation() throws {
    var rng = Stream(experiment: "permutation")
    let oracle = try Oracle.load()
    let alternatives: [(PermutationTest.Alternative, (Oracle.Permutation) -> Double)] = [
      (.greater, { $0.greater }), (.less, { $0.less }), (.twoSided, { $0.twoSided }),
    ]
    for (alternative, expected) in alternatives {
      for c in oracle.permutation {
        let test = try PermutationTest(c.x, c.y, alternative: alternative, using: &rng)
        #expect(test.isExact)
        expectClose(test.pValue, expected(c), tolerance: 1e-12)
      }
      for c in oracle.signFlip {
        let test = try PermutationTest(paired: c.x, c.y, alternative: alternative, using: &rng)
        #expect(test.isExact)
        expectClose(test.pValue, expected(c), tolerance: 1e-12)
      }
    }
  }

  @Test("sampled permutation tests agree with the exact ones")
  func sampled() throws {
    // 10⁴ draws less one: Hoeffding, off by 0.025 with probability at most 2 e^(−12.5) for one seed.
    var rng = Stream(experiment: "sampled")
    let oracle = try Oracle.load()
    let c = oracle.permutation[1]
    let exact = try PermutationTest(c.x, c.y, using: &rng)
    // 924 arrangements, above the limit.
    let drawn = try PermutationTest(
      c.x + [c.x[0]], c.y + [c.y[0]], limit: 1_000, using: &rng)
    #expect(exact.isExact && exact.arrangements == 924 && !drawn.isExact)
    let whole = try PermutationTest(c.x + [c.x[0]], c.y + [c.y[0]], limit: 10_000, using: &rng)
    #expect(whole.isExact && whole.arrangements == 3_432)
    // 999 draws: off by 0.08 with probability at most 2 e⁻¹².
    expectClose(drawn.pValue, whole.pValue, tolerance: 0.08)
    let pairs = oracle.signFlip[1]
    let flips = try PermutationTest(paired: pairs.x, pairs.y, limit: 1_000, using: &rng)
    #expect(!flips.isExact)
    expectClose(flips.pValue, pairs.twoSided, tolerance: 0.08)
  }

  @Test("running moments are those of the sample, and merging is commutative")
  func moments() {
    var rng = RepeatableGenerator(seed: 1)
    let sample = (0..<1_000).map { _ in 1e6 + rng.gaussian() }
    let whole = RunningMoments(sample)
    expectClose(whole.mean, Summary.mean(sample), tolerance: 1e-8)
    expectClose(whole.variance, Summary.variance(sample), tolerance: 1e-8)
    #expect(whole.minimum == sample.min() && whole.maximum == sample.max())
    let blocks = stride(from: 0, to: 1_000, by: 70).map {
      RunningMoments(sample[$0..<min($0 + 70, 1_000)])
    }
    let merged = RunningMoments.merged(blocks)
    #expect(merged.count == 1_000)
    expectClose(merged.mean, whole.mean, tolerance: 1e-8)
    expectClose(merged.variance, whole.variance, tolerance: 1e-8)
    for (a, b) in zip(blocks, blocks.dropFirst()) {
      #expect(a.merged(with: b) == b.merged(with: a))
    }
    let restored = RunningMoments(
      count: merged.count, mean: merged.mean, squaredDeviations: merged.squaredDeviations,
      minimum: merged.minimum, maximum: merged.maximum)
    #expect(restored == merged)
    let nothing = RunningMoments()
    #expect(nothing.merged(with: blocks[0]) == blocks[0] && RunningMoments.merged([]) == nothing)
    #expect(nothing.variance.isNaN)
    #expect(throws: StatisticsError.self) { try nothing.studentInterval() }
  }

  @Test("running curves are running moments at each point")
  func curves() throws {
    var rng = RepeatableGenerator(seed: 2)
    let curves = (0..<40).map { _ in (0..<3).map { _ in rng.gaussian() } }
    var blocks: [RunningCurve] = []
    for start in stride(from: 0, to: 40, by: 7) {
      var block = RunningCurve(points: 3)
      for curve in curves[start..<min(start + 7, 40)] { try block.add(curve) }
      blocks.append(block)
    }
    let merged = try #require(RunningCurve.merged(blocks))
    for j in 0..<3 {
      let moments = RunningMoments(curves.map { $0[j] })
      expectClose(merged.means[j], moments.mean, tolerance: 1e-14)
      expectClose(merged.standardErrors[j], moments.standardError, tolerance: 1e-14)
    }
    #expect(blocks[0].merged(with: blocks[1]) == blocks[1].merged(with: blocks[0]))
    var block = blocks[0]
    #expect(throws: StatisticsError.self) { try block.add([1]) }
    #expect(throws: StatisticsError.self) { try block.add([1, .infinity, 2]) }
    #expect(block == blocks[0])
  }
}
