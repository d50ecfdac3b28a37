// SPDX-License-Identifier: Apache-2.0
import Bounds
import Foundation
import Testing

@Suite("Bounds in closed form")
struct ClosedFormTests {
  private func expectNear(_ x: Double, _ y: Double) { #expect(abs(x - y) <= 1e-12 * abs(y)) }

  @Test("UCB1: the sum of 8 ln T / Δ + 7Δ/6 over arms with a gap")
  func ucb1() {
    let bound = UCB1Regret(gaps: [0, 0.5, 0.25]).regret(rounds: 100)
    let logarithms: Double = 8 * log(100.0) * 6
    expectNear(bound.value, logarithms + 7.0 / 6 * 0.75)
    expectNear(UCB1Regret(gaps: [1]).regret(rounds: 1).value, 7.0 / 6)
  }

  @Test("PEVI: multipliers and bound for λ = 1/4, two stages, three choices")
  func pevi() {
    let numbers = PEVIHoeffding(
      choices: 3, horizon: 2, regularization: 0.25, failureProbability: 0.1)
    let width: Double = (log(120.0) / 2).squareRoot()
    let beta = numbers.multipliers(spread: 3)
    expectNear(beta[0], width + 3)
    expectNear(beta[1], 1.5)
    // 2 (β_0 + β_1)/√(λ + 6) with spread 1.
    let sum: Double = width + 1.0 + 0.5
    expectNear(numbers.suboptimality(observations: 6).value, 2 * sum / 2.5)
  }

  @Test("LCB on fixed data: twice the penalty")
  func lcb() {
    let numbers = LCBHoeffding(arms: 4, failureProbability: 0.2)
    expectNear(numbers.logTerm, log(40.0))
    expectNear(numbers.suboptimality(observations: 8).value, 2 * (log(40.0) / 16).squareRoot())
  }

  @Test("VI-LCB: two geometric sums, for γ = 1/2, three choices, two iterations")
  func vilcb() throws {
    func numbers(delta: Double) -> VILCBHoeffding {
      VILCBHoeffding(choices: 3, iterations: 2, discount: 0.5, failureProbability: delta)
    }
    let L: Double = log(120.0)
    let b: Double = 2 * (L / 18).squareRoot()
    let bound = try #require(numbers(delta: 0.1).suboptimality(observations: 9))
    expectNear(bound.value, 3 * b + 0.5)
    // The proof needs L ≥ 2: 12/δ ≥ e² fails for one choice, one iteration and δ = 0.5.
    let small = VILCBHoeffding(choices: 1, iterations: 1, discount: 0.5, failureProbability: 0.5)
    #expect(small.logTerm < 2 && small.suboptimality(observations: 9) == nil)
  }

  @Test("errors of discounted values, for γ = 3/4")
  func discounted() {
    let errors = DiscountedErrors(discount: 0.75)
    expectNear(errors.valueError(residual: 0.5).value, 2)
    expectNear(errors.nextValueError(residual: 0.5).value, 1.5)
    expectNear(errors.greedyLoss(error: 0.5).value, 3)
    expectNear(errors.simulationError(reward: 0.25, transition: 0.5).value, 2.5)
  }
}
