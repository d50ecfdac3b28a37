// SPDX-License-Identifier: Apache-2.0
import MarkovModels
import TestSupport
import Testing

@Suite("PutermanTwoState")
struct PutermanTwoStateTests {
  @Test("the closed form is the optimal value", arguments: [0, 0.5, 0.9, 10.0 / 11, 0.95, 0.999])
  func closedForm(discount: Double) throws {
    let example = PutermanTwoState()
    let values = Oracle(try example.model()).optimalValues(discount: discount)
    expectClose(example.optimalValues(discount: discount), values, tolerance: 1e-7)
  }

  @Test("holding becomes optimal at 10/11")
  func threshold() throws {
    let oracle = Oracle(try PutermanTwoState().model())
    for (discount, policy) in [(0.9, [1, 0]), (0.92, [0, 0])] {
      expectClose(
        oracle.values(ofPolicy: policy, discount: discount),
        oracle.optimalValues(discount: discount), tolerance: 1e-8)
    }
  }

  @Test("the second state offers one action only")
  func choices() throws {
    let model = try PutermanTwoState().model()
    #expect(model.choices(of: 0) == 0..<2)
    #expect(model.choices(of: 1) == 2..<3)
    #expect(model.choice(of: 1, action: 1) == nil)
    #expect(model.isAbsorbing(1))
  }
}
