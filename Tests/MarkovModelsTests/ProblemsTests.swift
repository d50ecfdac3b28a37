// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra
import MarkovModels
import TestSupport
import Testing

@Suite("Problems")
struct ProblemsTests {
  private let model: TabularMDP

  init() throws { model = try PutermanTwoState().model() }

  @Test("a discount lies in [0, 1)", arguments: [1, 1.2, -0.1, .infinity, -.infinity])
  func badDiscounts(discount: Double) {
    #expect(throws: ModelError.badDiscount(discount)) {
      try DiscountedMDP(model, discount: discount)
    }
  }

  @Test("NaN is no discount")
  func nanDiscount() {
    let error = #expect(throws: ModelError.self) { try DiscountedMDP(model, discount: .nan) }
    #expect(error.map { "\($0)" } == "the discount is nan, expected a number in [0, 1)")
  }

  @Test("0 and numbers just below 1 are discounts", arguments: [0, 0.5, 1 - 1e-12])
  func goodDiscounts(discount: Double) throws {
    #expect(try DiscountedMDP(model, discount: discount).discount == discount)
  }

  @Test("a discount must make up for rows that exceed 1 by rounding")
  func rowSums() throws {
    let above = try TabularMDP(
      stateCount: 2, actionCount: 1,
      transitions: .dense(Matrix(2, 2, columnMajor: [0.5, 0.5 + .ulpOfOne, 0, 1])),
      rewards: [0, 0])
    let discount = 1 - Double.ulpOfOne / 2
    let sum = above.rowSums.upperBound
    #expect(throws: ModelError.discountTooNearOne(discount, rowSum: sum)) {
      try DiscountedMDP(above, discount: discount)
    }
    #expect(throws: Never.self) { try DiscountedMDP(above, discount: 0.999) }
  }

  @Test("rewards whose values could exceed the range of doubles are refused")
  func magnitudes() throws {
    func model(_ reward: Double) throws -> TabularMDP {
      try TabularMDP(
        stateCount: 1, actionCount: 1, transitions: .dense(Matrix(1, 1, columnMajor: [1])),
        rewards: [reward])
    }
    // The limit is 2⁹⁹⁸ less what the bound on row sums adds.
    #expect(throws: Never.self) { try DiscountedMDP(model(-0x1p997), discount: 0.5) }
    let refusal = #expect(throws: ModelError.self) {
      try DiscountedMDP(model(-0x1p998), discount: 0.5)
    }
    #expect("\(refusal.map(String.init(describing:)) ?? "")".hasPrefix("the rewards reach 2.67"))
    #expect(throws: Never.self) { try FiniteHorizonMDP(model(0x1p998), horizon: 4) }
    #expect(throws: ModelError.rewardsTooLarge(0x1p999, limit: 0x1p998)) {
      try FiniteHorizonMDP(model(0x1p999), horizon: 4)
    }
  }

  @Test("a horizon is at least 1", arguments: [0, -1])
  func badHorizons(horizon: Int) {
    #expect(throws: ModelError.badHorizon(horizon)) {
      try FiniteHorizonMDP(model, horizon: horizon)
    }
  }

  @Test("stages share their states, and may differ otherwise")
  func stages() throws {
    let same = try FiniteHorizonMDP(model, horizon: 3)
    #expect(same.isStationary)
    #expect(same.dynamics(atStage: 2) == model)
    let chain = try TwoStateChain().model()
    let mixed = try FiniteHorizonMDP(stages: [model, chain])
    #expect(!mixed.isStationary)
    #expect(mixed.horizon == 2)
    #expect(mixed.dynamics(atStage: 1) == chain)
    #expect(throws: ModelError.badHorizon(0)) { try FiniteHorizonMDP(stages: []) }
    #expect(
      throws: ModelError.stagesDiffer(stage: 1, reason: "it has 5 states, stage 0 has 2")
    ) {
      try FiniteHorizonMDP(stages: [model, Chain().model()])
    }
  }

  @Test("the average reward is not defined when an episode may end")
  func averageReward() throws {
    #expect(throws: Never.self) { try AverageRewardMDP(model) }
    let lock = try CombinationLock(length: 3, actions: 2).model()
    let digit = try CombinationLock(length: 3, actions: 2).combination[2]
    #expect(
      throws: ModelError.terminationNotAllowed(
        ModelPlace(state: 2, action: digit), criterion: "average-reward")
    ) {
      try AverageRewardMDP(lock)
    }
    #expect(TotalRewardMDP(lock).dynamics == lock)
  }
}
