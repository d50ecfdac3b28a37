// SPDX-License-Identifier: Apache-2.0
import Hardness
import LinearAlgebra
import MarkovModels
import Planning
import TestSupport
import Testing

@Suite("Coverage")
struct CoverageTests {
  private func problem(_ model: TabularMDP, _ discount: Double = 0.9) throws -> DiscountedMDP {
    try DiscountedMDP(model, discount: discount)
  }

  @Test("with one action coverability is 1; with one state it is the number of actions")
  func closedForms() throws {
    let chain = try GreatestVisits(in: problem(TwoStateChain().model()))
    #expect(Coverability(of: chain).value.contains(1))
    expectClose(Coverability(of: chain).value.width, 0, tolerance: 1e-12)
    let bandit = try GreatestVisits(in: problem(model([[[(0, 1)], [(0, 1)], [(0, 1)]]])))
    #expect(Coverability(of: bandit).value.contains(3))
  }

  @Test(
    "the greatest visits are those of one planning problem a choice",
    arguments: [
      RandomModelKind.dense, .sparse, .stateDependentActions, .terminating, .deterministic,
    ],
    0..<3 as Range<UInt64>)
  func visits(kind: RandomModelKind, seed: UInt64) throws {
    let gamma = 0.9
    let mdp = try randomMDP(kind: kind, states: 6, actions: 3, seed: seed)
    let greatest = try GreatestVisits(in: problem(mdp, gamma)).visits
    for k in 0..<mdp.choiceCount {
      var rewards = [Double](repeating: 0, count: mdp.choiceCount)
      rewards[k] = 1
      let paid = try TabularMDP(
        stateCount: 6, actionCount: 3, choicePointers: mdp.choicePointers,
        choiceActions: mdp.choiceActions
          ?? (0..<6).flatMap { _ in [0, 1, 2] },
        transitions: mdp.transitions, rewards: rewards, termination: mdp.termination)
      let v = Oracle(paid).optimalValues(discount: gamma, tolerance: 1e-13)
      let truth = (1 - gamma) * v.reduce(0, +) / 6
      expectClose(greatest[k].middle, truth, tolerance: 1e-11)
      #expect(greatest[k].width < 1e-10)
    }
  }

  @Test("coverability lies between 1 and the number of choices", arguments: 0..<8 as Range<UInt64>)
  func range(seed: UInt64) throws {
    let mdp = try randomMDP(kind: .sparse, states: 7, actions: 3, seed: seed)
    let value = Coverability(of: try GreatestVisits(in: problem(mdp))).value
    #expect(value.upper >= 1 && value.lower <= 21 && value.width < 1e-9)
  }

  @Test(
    "concentrability is at least 1, and no policy's exceeds that of all",
    arguments: 0..<8 as Range<UInt64>)
  func concentrability(seed: UInt64) throws {
    let mdp = try randomMDP(kind: .dense, states: 6, actions: 3, seed: seed)
    let problem = try problem(mdp)
    let star = try Concentrability(of: ValueBounds(of: problem)).value
    let visits = try GreatestVisits(in: problem)
    let all = try UniformConcentrability(of: visits).value
    #expect(star.upper >= 1 && star.lower <= all.upper)
    // No data do better than coverability, and data in proportion to the greatest visits reach it.
    let cover = Coverability(of: visits).value
    #expect(all.upper >= cover.lower)
    let total = visits.visits.reduce(0) { $0 + $1.middle }
    var weights = visits.visits.map { $0.middle / total }
    weights[0] += 1 - weights.reduce(0, +)
    let best = try UniformConcentrability(
      of: visits, data: DataDistribution(weights: weights, of: mdp))
    expectClose(best.value.middle, cover.middle, tolerance: 1e-9)
  }

  @Test("a policy's own data have concentrability 1; missing data are named")
  func ownData() throws {
    let problem = try problem(RiverSwim().model(), 0.95)
    let bounds = try ValueBounds(of: problem)
    let own = try DataDistribution(
      occupancyOf: StochasticPolicy(bounds.policy, of: problem.dynamics), in: problem)
    let one = try Concentrability(of: bounds, data: own).value
    #expect(one.contains(1) && one.width < 1e-8)
    var weights = [Double](repeating: 0, count: 12)
    weights[0] = 1
    let poor = try DataDistribution(weights: weights, of: problem.dynamics)
    #expect(
      throws: HardnessError.uncovered(.init(state: 0, action: 1, actionName: "right"))
    ) { try Concentrability(of: bounds, data: poor) }
  }

  @Test("occupancies sum to 1 and meet the flow constraints", arguments: 0..<5 as Range<UInt64>)
  func occupancy(seed: UInt64) throws {
    let mdp = try randomMDP(kind: .sparse, states: 9, actions: 2, seed: seed)
    let problem = try problem(mdp, 0.97)
    let data = try DataDistribution.uniformPolicy(in: problem)
    expectClose(data.weights.reduce(0) { $0 + $1.middle }, 1, tolerance: 1e-12)
    let measure = OccupancyMeasure(visits: data.weights.map { $0.middle / (1 - 0.97) })
    #expect(measure.flowResidual(of: problem, start: mdp.startDistribution) < 1e-11)
    #expect(data.weights.allSatisfy { $0.width < 1e-11 })
  }

  @Test("visits that are very rare keep their relative accuracy")
  func rareVisits() throws {
    // One action of two goes on, the other back to the start: d(i) = (γ/2)^i d(0).
    let (n, gamma) = (80, 0.9)
    let mdp = try model(
      (0..<n).map { [[(min($0 + 1, n - 1), 1)], [(0, 1)]] },
      start: (0..<n).map { $0 == 0 ? 1 : 0 })
    let weights = try DataDistribution.uniformPolicy(in: problem(mdp, gamma)).weights
    var expected = weights[0].middle
    for i in 1..<(n - 1) {
      expected *= gamma / 2
      expectClose(weights[2 * i].middle, expected, tolerance: 1e-10 * expected)
      #expect(weights[2 * i].width < 1e-10 * expected)
    }
  }

  @Test("states that no start reaches have visits of exactly 0")
  func unreachable() throws {
    let mdp = try model(
      [[[(0, 1)], [(1, 1)]], [[(0, 1)]], [[(0, 1)]]], start: [1, 0, 0])
    let problem = try problem(mdp)
    let visits = try GreatestVisits(in: problem)
    #expect(visits.visits[3] == Measured(0))
    #expect(try DataDistribution.uniformPolicy(in: problem).weights[3] == Measured(0))
    #expect(try UniformConcentrability(of: visits).value.upper.isFinite)
  }

  @Test("bad weights are refused")
  func badWeights() throws {
    let mdp = try TwoStateChain().model()
    #expect(throws: HardnessError.wrongCount(array: "weights", expected: 2, found: 1)) {
      try DataDistribution(weights: [1], of: mdp)
    }
    for weights in [[0.5, 0.6], [-0.5, 1.5], [.nan, 1]] {
      #expect(throws: HardnessError.self) { try DataDistribution(weights: weights, of: mdp) }
    }
  }

  @Test("with a horizon, the worst stage counts")
  func horizon() throws {
    // From s0 one step reaches any of three states by choice.
    let mdp = try model(
      [[[(0, 1)], [(1, 1)], [(2, 1)]], [[(1, 1)]], [[(2, 1)]]], start: [1, 0, 0])
    #expect(try Coverability(of: FiniteHorizonMDP(mdp, horizon: 1)).value.contains(3))
    #expect(try Coverability(of: FiniteHorizonMDP(mdp, horizon: 2)).value.contains(5))
    let staged = try FiniteHorizonMDP(stages: [mdp, mdp, mdp])
    let (a, b) = (
      try Coverability(of: staged).value,
      try Coverability(of: FiniteHorizonMDP(mdp, horizon: 3)).value
    )
    #expect(a == b)
    #expect(throws: HardnessError.self) { try Coverability(of: staged, limit: 1) }
  }

  @Test("features along the axes have covariance 1/d")
  func axes() throws {
    for d in [1, 2, 5] {
      let data = try DataDistribution(
        weights: [Double](repeating: 1 / Double(d), count: d),
        of: model((0..<d).map { [[($0, 1)]] }))
      let least = try FeatureCovariance(features: .identity(d), data: data).leastEigenvalue
      expectClose(least.middle, 1 / Double(d), tolerance: 1e-14)
      #expect(least.width < 1e-12)
    }
  }

  @Test("two features have the eigenvalue of the quadratic formula; dependent ones have 0")
  func twoFeatures() throws {
    let mdp = try model([[[(0, 1)], [(0, 1)], [(0, 1)]]])
    let data = try DataDistribution(weights: [0.5, 0.25, 0.25], of: mdp)
    let features = Matrix(rows: [[1, 0.5], [0.25, 1], [0.5, 0.5]])
    var (a, b, c) = (0.0, 0.0, 0.0)
    for (k, w) in [0.5, 0.25, 0.25].enumerated() {
      a += w * features[k, 0] * features[k, 0]
      b += w * features[k, 0] * features[k, 1]
      c += w * features[k, 1] * features[k, 1]
    }
    let truth = (a + c) / 2 - (((a - c) / 2) * ((a - c) / 2) + b * b).squareRoot()
    let least = try FeatureCovariance(features: features, data: data).leastEigenvalue
    expectClose(least.middle, truth, tolerance: 1e-14)
    #expect(least.lower <= truth + 1e-15 && truth - 1e-15 <= least.upper)
    let dependent = Matrix(rows: [[1, 2], [2, 4], [3, 6]])
    let zero = try FeatureCovariance(features: dependent, data: data).leastEigenvalue
    #expect(zero.lower == 0 && zero.upper < 1e-11)
    #expect(throws: HardnessError.noFeatures) {
      try FeatureCovariance(features: Matrix(3, 0), data: data)
    }
  }
}
