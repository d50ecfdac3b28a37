// SPDX-License-Identifier: Apache-2.0
import Randomness

/// The relative entropy of Bernoulli distributions, kl(p, q) = p ln(p/q) + (1−p) ln((1−p)/(1−q)).
///
/// - Edge cases: 0 if p = q; ∞ if q is 0 or 1 and p ≠ q; 0 ln 0 = 0.
/// - Numerics: relative error about 1e-15 + 1e-16/|p − q|; never negative.
/// - Precondition: both are in [0, 1].
public func bernoulliDivergence(_ p: Double, _ q: Double) -> Double {
  precondition((0...1).contains(p) && (0...1).contains(q), "probabilities are in [0, 1]")
  if p == q { return 0 }
  if q <= 0 || q >= 1 { return .infinity }
  var sum = 0.0
  if p > 0 { sum -= p * Portable.log1p((q - p) / p) }
  if p < 1 { sum -= (1 - p) * Portable.log1p((p - q) / (1 - p)) }
  return max(0, sum)
}

/// The greatest q ≥ p with kl(p, q) ≤ budget: the KL upper confidence bound.
///
///     q ← min{1, p + √(budget/2)}, an upper bound by Pinsker's inequality        (1)
///     repeat: q ← q − (kl(p, q) − budget) / kl′(p, q)                            (2)
///     until the step is below 2⁻⁵⁰ or q stops falling                            (3)
///
/// kl(p, ·) is convex on [p, 1], so Newton's steps from the right decrease towards the root and never
/// pass it, except by rounding.
///
/// - Edge cases: `budget = 0` gives p; `budget = ∞` or p = 1 gives 1.
/// - Complexity: about five Newton steps, two logarithms each.
/// - Source: [garivier2011], equation 4 (the index); the iteration is ours.
public func bernoulliUpperBound(_ p: Double, budget: Double) -> Double {
  precondition((0...1).contains(p) && budget >= 0, "a probability and a budget ≥ 0")
  if p >= 1 || budget == .infinity { return 1 }
  // kl(0, q) = −ln(1 − q).
  if p == 0 { return 1 - Portable.exp(-budget) }
  var q = p + (budget / 2).squareRoot()  // (1)
  if q >= 1 {
    // kl(p, q) ≥ −H(p) − (1−p) ln(1−q) with the entropy H gives a bound inside the interval.
    let entropy = -p * Portable.log(p) - (1 - p) * Portable.log(1 - p)
    q = 1 - Portable.exp(-(budget + entropy) / (1 - p))
  }
  for _ in 0..<64 {
    guard q > p, q < 1 else { break }
    let slope = (q - p) / (q * (1 - q))
    let next = q - (bernoulliDivergence(p, q) - budget) / slope  // (2)
    guard next < q, q - next > 0x1p-50 * q else { break }  // (3)
    q = max(next, p)
  }
  return min(max(q, p), 1)
}
