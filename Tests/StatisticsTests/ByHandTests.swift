// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Statistics

@Suite("Statistics by hand")
struct ByHandTests {
  @Test("BCa: replicates equal to the estimate count half")
  func ties() throws {
    // One below, two equal, one above: no bias; a symmetric jackknife: no acceleration.
    let shares = try Bootstrap.bcaShares(
      sorted: [0, 1, 1, 2], jackknife: [0.5, 1, 1.5], estimate: 1, level: 0.9)
    #expect(abs(shares.lower - 0.05) < 1e-12 && abs(shares.upper - 0.95) < 1e-12)
  }

  @Test("expanded percentiles: the tail of t with n − 1 degrees, widened by √(n/(n − 1))")
  func expandedTail() throws {
    // The 0.025 quantile of t with 9 degrees, from a table.
    let expected = NormalDistribution.cumulative(-2.262_157_16 * (10.0 / 9).squareRoot())
    #expect(abs(try Bootstrap().tail(trials: 10) - expected) < 1e-8)
    #expect(try Bootstrap(method: .percentile).tail(trials: 10) == (1 - 0.95) / 2)
  }
}
