// SPDX-License-Identifier: Apache-2.0
import Hardness
import MarkovModels
import Planning
import TestSupport
import Testing

@Suite("Measures of optimal values")
struct ValueTests {
  private func bounds(
    _ model: TabularMDP, _ discount: Double = 0.9, exactLimit: Int = ValueBounds.exactLimit
  ) throws -> ValueBounds {
    try ValueBounds(of: DiscountedMDP(model, discount: discount), exactLimit: exactLimit)
  }

  /// Two states; in the first, one action pays 1 for ever, the other 0.5 once.
  private func example() throws -> TabularMDP {
    try model([[[(0, 1)], [(1, 1)]], [[(1, 1)]]], rewards: [[1, 0.5], [0]])
  }

  @Test("gaps, their sum and the span of a model with known values", arguments: [0, 80])
  func closedForms(exactLimit: Int) throws {
    let bounds = try bounds(example(), 0.5, exactLimit: exactLimit)
    // V* = (2, 0), Q*(0, 1) = 0.5: one gap of 1.5.
    let gaps = ActionGaps(of: bounds)
    #expect(gaps.positive.count == 1 && gaps.optimalCount == 2 && gaps.indifferentStates == 1)
    #expect(try gaps.minimum().contains(1.5))
    #expect(try InverseGapSum(of: bounds).value.contains(1 / 1.5))
    #expect(ValueSpan(of: bounds).value.contains(2))
    #expect(ValueNorm(of: bounds).value == Measured(0))
    #expect(EnvironmentalVariance(of: bounds).value == Measured(0))
  }

  @Test("the variance of a fair coin between values 2 and 0 is 1")
  func coin() throws {
    let mdp = try model(
      [[[(0, 1)]], [[(1, 1)]], [[(0, 0.5), (1, 0.5)]]], rewards: [[1], [0], [0]])
    let bounds = try bounds(mdp, 0.5)
    let variance = EnvironmentalVariance(of: bounds)
    #expect(variance.value.contains(1) && variance.value.width < 1e-12)
    #expect(variance.choice == 2)
    #expect(ValueNorm(of: bounds).value.contains(1))
    // The end of an episode counts as a value of 0.
    let ending = try model(
      [[[(0, 1)]], [[(0, 0.5)]]], rewards: [[1], [0]], termination: [[0], [0.5]])
    #expect(EnvironmentalVariance(of: try self.bounds(ending, 0.5)).value.contains(1))
  }

  @Test(
    "intervals hold the values, gaps and variances of slow value iteration",
    arguments: RandomModelKind.allCases, [0, 80])
  func oracle(kind: RandomModelKind, exactLimit: Int) throws {
    let (S, A, gamma) = (8, 3, 0.9)
    let mdp = try randomMDP(kind: kind, states: S, actions: A, seed: 11)
    let bounds = try bounds(mdp, gamma, exactLimit: exactLimit)
    let scale = max(
      abs(mdp.rewardRange.lowerBound), abs(mdp.rewardRange.upperBound), .leastNormalMagnitude)
    let v = Oracle(mdp).optimalValues(discount: gamma, tolerance: 1e-13 * scale)
    let slack = 1e-10 * scale
    var (greatest, inverse, count) = (0.0, 0.0, 0)
    for s in 0..<S {
      expectClose(bounds.values[s].middle, v[s], tolerance: slack)
      #expect(bounds.values[s].width <= slack)
      for k in mdp.choices(of: s) {
        var (q, mean, square) = (mdp.rewards[k], 0.0, 0.0)
        mdp.transitions.forEachEntry(row: k) { t, p, _ in
          q += gamma * p * v[t]
          mean += p * v[t]
        }
        mdp.transitions.forEachEntry(row: k) { t, p, _ in
          square += p * (v[t] - mean) * (v[t] - mean)
        }
        square += (mdp.termination?[k] ?? 0) * mean * mean
        expectClose(bounds.gaps[k].middle, v[s] - q, tolerance: slack)
        #expect(bounds.gaps[k].lower >= 0)
        greatest = max(greatest, square)
        if v[s] - q > 1e-6 * scale {
          inverse += 1 / (v[s] - q)
          count += 1
        }
      }
    }
    expectClose(
      EnvironmentalVariance(of: bounds).value.middle, greatest, tolerance: 1e-8 * scale * scale)
    let norm = ValueNorm(of: bounds).value
    let span = ValueSpan(of: bounds).value
    let allValues = v + (mdp.termination == nil ? [] : [0])
    let spanWithEnd = (allValues.max() ?? 0) - (allValues.min() ?? 0)
    #expect(norm.lower <= 0.5 * spanWithEnd + slack)
    expectClose(span.middle, (v.max() ?? 0) - (v.min() ?? 0), tolerance: slack)
    let gaps = ActionGaps(of: bounds)
    if gaps.positive.count == count && count > 0 {
      let sum = try InverseGapSum(of: bounds).value
      expectClose(sum.middle, inverse, tolerance: 1e-3 * inverse)
      let (low, mid, high) = (
        try gaps.minimum(), try gaps.quantile(0.5), try gaps.quantile(1)
      )
      #expect(low.lower <= mid.lower && mid.upper <= high.upper)
      #expect(sum.lower <= Double(count) / low.lower && sum.upper >= Double(count) / high.upper)
    }
  }

  @Test("exact and rounded solutions agree", arguments: 0..<6 as Range<UInt64>)
  func exactness(seed: UInt64) throws {
    let mdp = try randomMDP(kind: .sparse, states: 10, actions: 3, seed: seed)
    let (exact, rounded) = (try bounds(mdp), try bounds(mdp, exactLimit: 0))
    #expect(exact.resolution == 0 && exact.undecidedTies == 0)
    for (a, b) in zip(exact.values + exact.gaps, rounded.values + rounded.gaps) {
      #expect(a.lower <= b.upper && b.lower <= a.upper)
    }
  }

  @Test("a model of equal rewards has no gap, ties or not", arguments: [0, 80])
  func ties(exactLimit: Int) throws {
    let mdp = try model(
      [[[(0, 1)], [(1, 1)]], [[(0, 1)], [(1, 1)]]], rewards: [[1, 1], [1, 1]])
    let bounds = try bounds(mdp, exactLimit: exactLimit)
    let gaps = ActionGaps(of: bounds)
    #expect(gaps.positive.isEmpty && gaps.optimalCount == 4 && gaps.indifferentStates == 2)
    #expect(throws: HardnessError.noGap) { try gaps.minimum() }
    #expect(throws: HardnessError.noGap) { try InverseGapSum(of: bounds) }
    #expect(try EffectiveHorizon(of: bounds).steps == Measured(1))
    if exactLimit == 0 { #expect(bounds.undecidedTies == 2 && bounds.resolution < 1e-10) }
  }

  @Test("a gap of one unit in the last place is no tie")
  func tinyGap() throws {
    let mdp = try model([[[(0, 1)], [(0, 1)]]], rewards: [[1, 1.0.nextDown]])
    let gaps = ActionGaps(of: try bounds(mdp, 0.5))
    #expect(try gaps.minimum().contains(0x1p-53))
  }

  @Test(
    "the effective horizon is the lookahead that brute force finds",
    arguments: 0..<10 as Range<UInt64>)
  func lookahead(seed: UInt64) throws {
    let gamma = 0.95
    let mdp =
      seed < 2
      ? try RiverSwim(states: 4 + Int(seed)).model()
      : try randomMDP(kind: .sparse, states: 8, actions: 3, seed: seed)
    let bounds = try bounds(mdp, gamma)
    var v = Oracle(mdp).valuesOfUniformPolicy(discount: gamma, tolerance: 1e-12)
    var found = 0
    for k in 1...500 where found == 0 {
      let q = (0..<mdp.choiceCount).map { j -> Double in
        var x = mdp.rewards[j]
        mdp.transitions.forEachEntry(row: j) { t, p, _ in x += gamma * p * v[t] }
        return x
      }
      v = (0..<mdp.stateCount).map { s in mdp.choices(of: s).map { q[$0] }.max() ?? 0 }
      let good = (0..<mdp.stateCount).allSatisfy { s in
        mdp.choices(of: s).allSatisfy { q[$0] < v[s] || bounds.isOptimal($0) }
      }
      if good { found = k }
    }
    #expect(try EffectiveHorizon(of: bounds).steps == Measured(Double(found)))
  }

  @Test("one action needs one step, and a short search gives only a lower bound")
  func horizonEdges() throws {
    let chain = try bounds(TwoStateChain().model())
    #expect(try EffectiveHorizon(of: chain).steps == Measured(1))
    let river = try bounds(RiverSwim().model(), 0.95)
    #expect(
      try EffectiveHorizon(of: river, limit: 1).steps == Measured(lower: 2, upper: .infinity))
  }

  @Test("one state has no span and no variance")
  func oneState() throws {
    let bounds = try bounds(model([[[(0, 1)], [(0, 1)]]], rewards: [[1, 0]]))
    #expect(ValueSpan(of: bounds).value == Measured(0))
    #expect(ValueNorm(of: bounds).value == Measured(0))
    #expect(try ActionGaps(of: bounds).minimum().contains(1))
    #expect(try OneWayDiameter(of: bounds).steps == Measured(0))
  }
}
