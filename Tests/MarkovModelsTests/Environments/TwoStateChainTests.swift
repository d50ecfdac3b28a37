// SPDX-License-Identifier: Apache-2.0
import MarkovModels
import TestSupport
import Testing

@Suite("TwoStateChain")
struct TwoStateChainTests {
  private let chains: [TwoStateChain]

  init() throws {
    chains = try [
      TwoStateChain(), TwoStateChain(leaveFirst: 1, leaveSecond: 1, rewards: [3, -1]),
      TwoStateChain(leaveFirst: 0.001, leaveSecond: 0.9, rewards: [-2, 5]),
    ]
  }

  @Test("the closed form is the value", arguments: [0, 0.5, 0.99])
  func values(discount: Double) throws {
    for chain in chains {
      let values = Oracle(try chain.model()).optimalValues(discount: discount)
      expectClose(chain.values(discount: discount), values, tolerance: 1e-8)
    }
  }

  @Test("gain and bias solve the evaluation equations")
  func gainAndBias() throws {
    for chain in chains {
      let P = try chain.model().transitions.denseForm()
      for s in 0...1 {
        let next = P[0, s] * chain.bias[0] + P[1, s] * chain.bias[1]
        expectClose(chain.bias[s] + chain.gain, chain.rewards[s] + next, tolerance: 1e-12)
      }
      let pi = chain.stationaryDistribution
      expectClose(pi[0] * chain.bias[0] + pi[1] * chain.bias[1], 0, tolerance: 1e-10)
      expectClose(pi[0] * P[0, 0] + pi[1] * P[0, 1], pi[0], tolerance: 1e-15)
      expectClose(P[0, 0] + P[1, 1] - 1, chain.secondEigenvalue, tolerance: 1e-15)
    }
  }

  @Test("refuses parameters out of range")
  func badParameters() {
    #expect(throws: ModelError.self) { try TwoStateChain(leaveFirst: 0) }
    #expect(throws: ModelError.self) { try TwoStateChain(leaveSecond: 1.5) }
    #expect(throws: ModelError.self) { try TwoStateChain(rewards: [1]) }
    #expect(throws: ModelError.self) { try TwoStateChain(rewards: [1, .infinity]) }
  }
}
