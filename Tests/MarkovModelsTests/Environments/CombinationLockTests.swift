// SPDX-License-Identifier: Apache-2.0
import MarkovModels
import TestSupport
import Testing

@Suite("CombinationLock")
struct CombinationLockTests {
  @Test("the closed form is the optimal value", arguments: [1, 2, 10])
  func closedForm(length: Int) throws {
    let lock = try CombinationLock(length: length, actions: 3, seed: 5)
    let values = Oracle(try lock.model()).optimalValues(discount: 0.9)
    expectClose(lock.optimalValues(discount: 0.9), values, tolerance: 1e-9)
  }

  @Test("the combination opens the lock")
  func combination() throws {
    let lock = try CombinationLock(length: 6, actions: 4, seed: 2)
    let values = Oracle(try lock.model()).values(ofPolicy: lock.combination, discount: 0.9)
    expectClose(values, lock.optimalValues(discount: 0.9), tolerance: 1e-9)
  }

  @Test("a uniformly random policy needs as many steps as the closed form says")
  func uniformPolicy() throws {
    // With a cost of 1 a step and hardly any discount, the value is minus the number of steps.
    let lock = try CombinationLock(length: 4, actions: 2)
    #expect(lock.expectedStepsOfUniformPolicy == 30)
    let model = try lock.model()
    let costs = try TabularMDP(
      stateCount: 4, actionCount: 2, transitions: model.transitions,
      rewards: [Double](repeating: -1, count: 8), termination: model.termination)
    let values = Oracle(costs).valuesOfUniformPolicy(discount: 1 - 1e-9, tolerance: 1e-3)
    expectClose(values[0], -30, tolerance: 1e-2)
  }

  @Test("refuses parameters out of range")
  func badParameters() {
    #expect(throws: ModelError.self) { try CombinationLock(length: 0) }
    #expect(throws: ModelError.self) { try CombinationLock(actions: 1) }
    #expect(throws: ModelError.self) { try CombinationLock(length: 1_000_000, actions: 1_000_000) }
  }
}
