// SPDX-License-Identifier: Apache-2.0
import MarkovModels
import TestSupport
import Testing

@Suite("DeepSea")
struct DeepSeaTests {
  @Test("the closed form is the optimal value", arguments: [1, 2, 10, 25], [0, 0.5, 0.99])
  func closedForm(size: Int, discount: Double) throws {
    let sea = try DeepSea(size: size)
    let values = Oracle(try sea.model()).optimalValues(discount: discount)
    expectClose(sea.optimalValues(discount: discount), values, tolerance: 1e-9)
  }

  @Test("the optimal return is 0.99 over as many steps as rows")
  func optimalReturn() throws {
    let sea = try DeepSea(size: 20)
    expectClose(sea.optimalValues(discount: 1)[0], 0.99, tolerance: 1e-12)
    expectClose(Oracle(try sea.model()).optimalValues(horizon: 20)[0], 0.99, tolerance: 1e-12)
  }

  @Test("diving is not worth a cost above the treasure")
  func costly() throws {
    let sea = try DeepSea(size: 5, totalCost: 1)
    expectClose(sea.optimalValues(discount: 0.9)[0], 0, tolerance: 0)
    expectClose(Oracle(try sea.model()).optimalValues(discount: 0.9)[0], 0, tolerance: 0)
  }

  @Test("refuses parameters out of range")
  func badParameters() {
    #expect(throws: ModelError.self) { try DeepSea(size: 0) }
    #expect(throws: ModelError.self) { try DeepSea(size: 70_000) }
    #expect(throws: ModelError.self) { try DeepSea(totalCost: -1) }
  }
}
