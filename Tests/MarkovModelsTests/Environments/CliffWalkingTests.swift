// SPDX-License-Identifier: Apache-2.0
import MarkovModels
import TestSupport
import Testing

@Suite("CliffWalking")
struct CliffWalkingTests {
  @Test("equals Gymnasium's table entry for entry")
  func gymnasium() throws {
    try GymnasiumTable(named: "cliffwalking").expectEqual(to: CliffWalking().table())
  }

  @Test("the closed form is the optimal value", arguments: [0, 0.5, 0.9, 0.99, 0.999])
  func closedForm(discount: Double) throws {
    let walk = CliffWalking()
    let values = Oracle(try walk.model()).optimalValues(discount: discount, tolerance: 1e-12)
    expectClose(walk.optimalValues(discount: discount), values, tolerance: 1e-9)
  }

  @Test("the start is worth −12.2478977001 at discount 0.99")
  func knownValue() {
    let values = CliffWalking().optimalValues(discount: 0.99)
    expectClose(values[CliffWalking.start], -12.247_897_700_1, tolerance: 1e-10)
  }
}
