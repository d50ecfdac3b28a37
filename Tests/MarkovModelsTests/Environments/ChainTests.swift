// SPDX-License-Identifier: Apache-2.0
import MarkovModels
import TestSupport
import Testing

@Suite("Chain")
struct ChainTests {
  @Test("the closed form is the value of going on", arguments: [1, 2, 5, 9], [0, 0.5, 0.95])
  func closedForm(states: Int, discount: Double) throws {
    let chain = try Chain(states: states)
    let policy = [Int](repeating: 0, count: states)
    let values = Oracle(try chain.model()).values(ofPolicy: policy, discount: discount)
    expectClose(chain.valuesOfGoingOn(discount: discount), values, tolerance: 1e-8)
  }

  @Test("going on is optimal for the default parameters", arguments: [0.9, 0.95, 0.99, 0.999])
  func optimal(discount: Double) throws {
    let chain = try Chain()
    let values = Oracle(try chain.model()).optimalValues(discount: discount)
    expectClose(chain.valuesOfGoingOn(discount: discount), values, tolerance: 1e-7)
  }

  @Test("going on has the optimal gain 3.67680")
  func gain() throws {
    let chain = try Chain()
    expectClose(chain.gainOfGoingOn, 3.6768, tolerance: 1e-12)
    let gain = Oracle(try chain.model()).optimalGain(tolerance: 1e-11)
    expectClose(gain, chain.gainOfGoingOn, tolerance: 1e-9)
  }

  @Test("refuses parameters out of range")
  func badParameters() {
    #expect(throws: ModelError.self) { try Chain(states: 0) }
    #expect(throws: ModelError.self) { try Chain(slip: 1.1) }
    #expect(throws: ModelError.self) { try Chain(endReward: .nan) }
  }
}
