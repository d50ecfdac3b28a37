// SPDX-License-Identifier: Apache-2.0
import Bandits
import Randomness
import TestSupport
import Testing

@Suite("Bernoulli divergence")
struct DivergenceTests {
  @Test("closed forms")
  func closedForms() {
    #expect(bernoulliDivergence(0.3, 0.3) == 0)
    expectClose(bernoulliDivergence(0, 0.25), -Portable.log(0.75), relative: 1e-14)
    expectClose(bernoulliDivergence(1, 0.25), -Portable.log(0.25), relative: 1e-14)
    expectClose(bernoulliDivergence(0.5, 0.25), 0.5 * Portable.log(4.0 / 3), relative: 1e-14)
    #expect(bernoulliDivergence(0.5, 0) == .infinity && bernoulliDivergence(0.5, 1) == .infinity)
    #expect(bernoulliDivergence(0, 0) == 0 && bernoulliDivergence(1, 1) == 0)
  }

  @Test("Pinsker below, chi-square above, on 20,000 random pairs; 0.5 ± 1e-9 keeps its digits")
  func inequalities() {
    var rng = Xoshiro256(seed: 1, purpose: "divergence")
    for _ in 0..<20_000 {
      let (p, q) = (rng.uniform(), rng.uniform())
      let divergence = bernoulliDivergence(p, q)
      let square = (p - q) * (p - q)
      #expect(divergence >= 2 * square * (1 - 1e-12))
      #expect(divergence <= square / (q * (1 - q)) * (1 + 1e-12))
    }
    expectClose(bernoulliDivergence(0.5, 0.5 + 1e-9), 2e-18, relative: 1e-6)
  }

  @Test("the upper bound spends the budget, from 1e-9 to 50")
  func upperBound() {
    var rng = Xoshiro256(seed: 2, purpose: "divergence")
    for _ in 0..<20_000 {
      let p = rng.uniform()
      let budget = 50 * Portable.exp(-24 * rng.uniform())
      let q = bernoulliUpperBound(p, budget: budget)
      #expect(q >= p && q <= 1)
      // In terms of q: moving it by 1e-12 to either side brackets the root.
      #expect(bernoulliDivergence(p, max(p, q - 1e-12)) <= budget)
      #expect(bernoulliDivergence(p, min(1, q + 1e-12)) >= budget * (1 - 1e-9))
    }
    #expect(bernoulliUpperBound(0.4, budget: 0) == 0.4)
    #expect(bernoulliUpperBound(0.4, budget: .infinity) == 1)
    #expect(bernoulliUpperBound(1, budget: 3) == 1)
    expectClose(bernoulliUpperBound(0, budget: 0.5), 1 - Portable.exp(-0.5), relative: 1e-14)
  }
}

/// Expects equality up to a relative error.
func expectClose(_ found: Double, _ expected: Double, relative: Double) {
  expectClose(found, expected, tolerance: relative * abs(expected))
}
