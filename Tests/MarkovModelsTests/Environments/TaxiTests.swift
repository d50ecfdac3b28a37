// SPDX-License-Identifier: Apache-2.0
import MarkovModels
import TestSupport
import Testing

@Suite("Taxi")
struct TaxiTests {
  @Test("equals Gymnasium's table entry for entry")
  func gymnasium() throws {
    try GymnasiumTable(named: "taxi").expectEqual(to: Taxi().table())
  }

  @Test("the closed form is the optimal value", arguments: [0, 0.5, 0.9, 0.99])
  func closedForm(discount: Double) throws {
    let values = Oracle(try Taxi().model()).optimalValues(discount: discount, tolerance: 1e-12)
    expectClose(Taxi().optimalValues(discount: discount), values, tolerance: 1e-9)
  }

  @Test("the mean value of the starts is 6.3274643149 at discount 0.99")
  func knownValue() throws {
    let model = try Taxi().model()
    let values = Taxi().optimalValues(discount: 0.99)
    let mean = zip(model.startDistribution, values).reduce(0) { $0 + $1.0 * $1.1 }
    expectClose(mean, 6.327_464_314_9, tolerance: 1e-10)
  }
}
