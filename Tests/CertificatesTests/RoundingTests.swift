// SPDX-License-Identifier: Apache-2.0
import Certificates
import LinearAlgebra
import MarkovModels
import Testing

/// Bounds that are false by less than a rounding, which the checker must not accept.
@Suite("Rounding in the certificate checker")
struct RoundingTests {
  private func refusal(
    _ model: TabularMDP, lower: [Double], upper: [Double], choices: [Int], discount: Double = 0.9
  ) -> Refusal? {
    CertificateChecker().check(
      Certificate(
        criterion: .discounted(discount),
        stages: [.init(lower: lower, upper: upper, choices: choices)], method: "hand",
        status: .converged, iterations: 1, residual: 0, epsilon: 1), against: model)
  }

  private func loop(_ reward: Double) throws -> TabularMDP {
    try OutcomeTable(states: 1, actions: 1) { _, _ in [Outcome(1, to: 0, reward: reward)] }.model()
  }

  @Test("a bound that is false by 1e-13 is refused")
  func slightlyFalse() throws {
    let zero = try loop(0)
    #expect(refusal(zero, lower: [-1e-13], upper: [1e-13], choices: [0]) == nil)
    #expect(refusal(zero, lower: [-1], upper: [-1e-13], choices: [0]) != nil)
    #expect(refusal(zero, lower: [1e-13], upper: [1], choices: [0]) != nil)
  }

  @Test("where reward and next value cancel, the rounding of their product counts")
  func cancellation() throws {
    func chain(_ first: Double, _ second: Double) throws -> TabularMDP {
      try OutcomeTable(states: 2, actions: 1) { s, _ in
        [Outcome(1, to: 1, reward: s == 0 ? first : second)]
      }.model()
    }
    // The double 0.9 · 1.2 lies above the product, that of 0.9 · 2.3 below it; so the worth of state 0
    // is above 0 by less than 1e-15 in one case, below 0 in the other, and computed as 0.
    do {
      let x = 1.2
      let high = try chain(0.9 * x, -10)
      #expect(refusal(high, lower: [-99, -101], upper: [1e-300, -x], choices: [0, 1]) != nil)
      #expect(refusal(high, lower: [-99, -101], upper: [1e-14, -x], choices: [0, 1]) == nil)
    }
    do {
      let x = 2.3
      let low = try chain(0.9 * x, 0)
      #expect(refusal(low, lower: [-1e-300, -x], upper: [99, 100], choices: [0, 1]) != nil)
      #expect(refusal(low, lower: [-1e-14, -x], upper: [99, 100], choices: [0, 1]) == nil)
    }
  }

  @Test("a row of four thousand entries is summed to a few roundings")
  func longRow() throws {
    let S = 4_001
    let p = 1.0 / 4_000
    let row = [0.0] + [Double](repeating: p, count: 4_000)
    var values: [Double] = []
    var columns: [Int32] = []
    var pointers = [0]
    for s in 0..<S {
      if s == 0 {
        values += row.dropFirst()
        columns += (1..<S).map { Int32($0) }
      } else {
        values.append(1)
        columns.append(Int32(s))
      }
      pointers.append(values.count)
    }
    let model = try TabularMDP(
      stateCount: S, actionCount: 1,
      transitions: .sparse(
        SparseMatrix(
          rowCount: S, columnCount: S, rowPointers: pointers, columns: columns, values: values)),
      rewards: [0] + [Double](repeating: 0.5, count: 4_000))
    // V = 1 in every other state with γ = 1/2, so V(0) = 1/2 up to the rounding of p.
    let slack = 16 * 0x1p-53
    let others = [Double](repeating: 1, count: 4_000)
    #expect(
      refusal(
        model, lower: [0.5 - slack] + others.map { $0 - slack },
        upper: [0.5 + slack] + others.map { $0 + slack }, choices: Array(0..<S), discount: 0.5)
        == nil)
  }

  @Test("a choice of another state, a discount that is no contraction")
  func otherChoices() throws {
    let model = try OutcomeTable(states: 2, actions: 2) { s, a in
      [Outcome(1, to: s, reward: a == 1 ? 1 : 0)]
    }.model()
    #expect(refusal(model, lower: [-1, -1], upper: [11, 11], choices: [0, 2]) == nil)
    guard
      case .badChoice(0, 0, 3)? = refusal(
        model, lower: [-1, -1], upper: [11, 11], choices: [3, 2])
    else {
      Issue.record("a choice of state 1 was accepted in state 0")
      return
    }
    // γ < 1, but not by enough for the rounding of γ times the row sum.
    guard
      case .badDiscount? = refusal(
        try loop(1), lower: [0], upper: [1e300], choices: [0], discount: (1.0).nextDown)
    else {
      Issue.record("a discount that rounding makes 1 was accepted")
      return
    }
  }

  @Test("two stages: a stage is held against the bounds of the next one, upper by upper")
  func stages() throws {
    let problem = try FiniteHorizonMDP(loop(1), horizon: 2)
    func refusal(_ lower: [Double], _ upper: [Double]) -> Refusal? {
      let stages = zip(lower, upper).map {
        Certificate.Stage(lower: [$0], upper: [$1], choices: [0])
      }
      return CertificateChecker().check(
        Certificate(
          criterion: .finiteHorizon(2), stages: stages, method: "hand", status: .converged,
          iterations: 1, residual: 0, epsilon: 1), against: problem)
    }
    // The last stage is worth 1, said to lie in [−4, 6]; then the first lies in [−3, 7].
    #expect(refusal([-3.5, -4], [7.5, 6]) == nil)
    guard case .upperFails(0, 0, 0, _)? = refusal([-3.5, -4], [6.5, 6]) else {
      Issue.record("an upper bound below that of the next stage was accepted")
      return
    }
    guard case .lowerFails(0, 0, 0, _)? = refusal([-2.5, -4], [7.5, 6]) else {
      Issue.record("a lower bound above that of the next stage was accepted")
      return
    }
    guard case .lowerFails(1, 0, 0, _)? = refusal([-3.5, 1.5], [7.5, 6]) else {
      Issue.record("a false lower bound of the last stage was accepted")
      return
    }
  }

  @Test("factors: the rounding of the inner sums is in the bounds of every choice")
  func factors() throws {
    // Σ P V is 0: of each x one part of weight 3/256 and three of −x with 1/256. The products of the
    // former are rounded down, so that the computed sum lies below 0, and half of it is false.
    var (weights, values) = ([0.0], [0.0])
    var x = 1e6
    var computed = 0.0
    for _ in 0..<32 {
      repeat { x += 0.1 } while (-(3.0 / 256 * x)).addingProduct(3.0 / 256, x) <= 0
      weights += [3.0 / 256, 1.0 / 256, 1.0 / 256, 1.0 / 256]
      values += [x, -x, -x, -x]
      // Exact: the two are close to each other.
      computed += 3.0 / 256 * x - 2.0 / 256 * x - x / 256
    }
    weights.append(0.25)
    values.append(0)
    let S = weights.count
    #expect(computed < -1e-12)
    var (measures, features) = (Matrix(1, S), Matrix(S, 1))
    for s in 0..<S { (measures[0, s], features[s, 0]) = (weights[s], 1) }
    let model = try LowRankMDP(
      features: features, measures: measures,
      rewards: [0] + [Double](repeating: -1e8, count: S - 1), actionCount: 1)
    func refusal(_ first: Double) -> Refusal? {
      CertificateChecker().check(
        Certificate(
          criterion: .discounted(0.5),
          stages: [
            .init(
              lower: [Double](repeating: -1e9, count: S), upper: [first] + values.dropFirst(),
              choices: Array(0..<S))
          ], method: "hand", status: .converged, iterations: 1, residual: 0, epsilon: 1),
        against: model)
    }
    #expect(refusal(1e-6) == nil)
    #expect(refusal(computed / 4) != nil)
  }
}
