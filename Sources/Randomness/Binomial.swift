// SPDX-License-Identifier: Apache-2.0

extension RandomNumberGenerator {
  /// A binomial variable: the number of successes among independent trials.
  ///
  /// - Parameters:
  ///   - n: The number of trials, nonnegative and at most 2⁵³.
  ///   - p: The probability of success, in [0, 1].
  /// - Returns: A number in 0 ... n.
  /// - Numerics: exact but for the rounding of the acceptance test, which is relative to the
  ///   logarithm of a ratio of probabilities and does not grow with n. Calls no libm function.
  /// - Complexity: O(1) expected for any n and p. A broken generator cannot hang it: after 64
  ///   rejections (each of probability below 0.4 with a fair generator) it returns the mode.
  /// - Source: [kachitvichyanukul1988], algorithm BINV, where n min(p, 1 − p) < 10; else
  ///   [hoermann1993], algorithm BTRS.
  @inlinable
  public mutating func binomial(trials n: Int, probability p: Double) -> Int {
    precondition(n >= 0 && n <= 1 << 53, "the number of trials must be in 0 ... 2^53, not \(n)")
    precondition(p >= 0 && p <= 1, "not a probability: \(p)")
    if p > 0.5 { return n - binomialOfSmallProbability(n, 1 - p) }
    return binomialOfSmallProbability(n, p)
  }

  /// A binomial variable for p ≤ ½.
  @inlinable
  mutating func binomialOfSmallProbability(_ n: Int, _ p: Double) -> Int {
    if n == 0 || p == 0 { return 0 }
    return Double(n) * p < 10 ? binomialByInversion(n, p) : binomialByRejection(n, p)
  }

  /// Inversion: sums the probabilities from 0 upwards; about np + 1 steps.
  @inlinable
  mutating func binomialByInversion(_ n: Int, _ p: Double) -> Int {
    let odds = p / (1 - p)
    let a = Double(n + 1) * odds
    var probability = Portable.exp(Double(n) * Portable.log1p(-p))
    var u = uniform()
    // np < 10, so a value above 110 has probability below 10⁻⁷⁰.
    let last = min(n, 110)
    var k = 0
    while u >= probability && k < last {
      u -= probability
      k += 1
      probability *= a / Double(k) - odds
    }
    return k
  }

  /// Rejection from a transformed hat with a squeeze; n p ≥ 10 and p ≤ ½.
  @inlinable
  mutating func binomialByRejection(_ trials: Int, _ p: Double) -> Int {
    let n = Double(trials)
    let q = 1 - p
    let deviation = (n * p * q).squareRoot()
    let b = 1.15 + 2.53 * deviation
    let a = -0.0873 + 0.0248 * b + 0.01 * p
    let center = n * p + 0.5
    let squeeze = 0.92 - 4.2 / b
    let alpha = (2.83 + 5.1 / b) * deviation
    let mode = ((n + 1) * p).rounded(.down)
    let shifted = (n + 2) * p
    for _ in 0..<64 {
      let u = uniform() - 0.5
      let v = uniform()
      let us = 0.5 - abs(u)
      let k = ((2 * a / us + b) * u + center).rounded(.down)
      if us >= 0.07 && v <= squeeze { return Int(k) }
      guard k >= 0 && k <= n && v > 0 else { continue }
      // The logarithm of P(k)/P(mode), from Stirling's formula with corrections; the arguments of
      // the logarithms are near 1 and are kept as differences from it.
      let ratio =
        (mode + 0.5) * Portable.log1p((mode + 1 - shifted) / (p * (n - mode + 1)))
        + (n + 1) * Portable.log1p((k - mode) / (n - k + 1))
        + (k + 0.5) * Portable.log1p((shifted - (k + 1)) / (q * (k + 1)))
        + (Stirling.correction(mode) + Stirling.correction(n - mode))
        - (Stirling.correction(k) + Stirling.correction(n - k))
      if Portable.log(v * alpha / (a / (us * us) + b)) <= ratio { return Int(k) }
    }
    return Int(mode)
  }
}

/// The error of Stirling's formula: log k! − [(k + ½) log(k + 1) − (k + 1) + ½ log 2π].
@usableFromInline
enum Stirling {
  @usableFromInline static let corrections: [Double] = [
    0.081_061_466_795_327_26, 0.041_340_695_955_409_29, 0.027_677_925_684_998_34,
    0.020_790_672_103_765_09, 0.016_644_691_189_821_19, 0.013_876_128_823_070_75,
    0.011_896_709_945_891_77, 0.010_411_265_261_972_09, 0.009_255_462_182_712_733,
    0.008_330_563_433_362_871,
  ]

  @inlinable
  static func correction(_ k: Double) -> Double {
    if k < 10 { return corrections[Int(k)] }
    let x = 1 / (k + 1)
    let z = x * x
    return (1.0 / 12 - (1.0 / 360 - (1.0 / 1_260 - z / 1_680) * z) * z) * x
  }
}
