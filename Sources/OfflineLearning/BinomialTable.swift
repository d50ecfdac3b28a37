// SPDX-License-Identifier: Apache-2.0

/// The probabilities of a binomial variable around its mode.
///
///     w_m ← 1 at the mode m = ⌊(n + 1) p⌋                                               (1)
///     w_{k+1} ← w_k (n − k) p / ((k + 1)(1 − p)) upwards, and back downwards            (2)
///     stop where w < `negligible`; probabilities are w / Σ w                            (3)
///
/// - Numerics: a weight has a relative error of at most 4 |k − m| ulp; nothing overflows, no
///   factorial or libm function is needed. Beyond the stop the ratio of (2) is below 1 and falls, so
///   the mass left out is at most `negligible` (r/(1 − r)) on either side, r the last ratio; with
///   `negligible = 0` all n + 1 values are there, up to underflow.
/// - Complexity: O(√(n p (1 − p) log(1/negligible))) time and memory.
struct BinomialTable {
  /// The least value of the table.
  let first: Int
  /// The probabilities of `first`, `first + 1`, ….
  let probabilities: [Double]

  var last: Int { first + probabilities.count - 1 }

  /// - Precondition: `n ≥ 0`, `0 ≤ p ≤ 1`, `negligible ≥ 0`.
  init(trials n: Int, probability p: Double, negligible: Double) {
    precondition(n >= 0 && p >= 0 && p <= 1 && negligible >= 0, "not a binomial variable")
    if p == 0 || p == 1 || n == 0 {
      (first, probabilities) = (p == 1 ? n : 0, [1])
      return
    }
    let mode = min(n, Int((Double(n) + 1) * p))  // (1)
    let odds = p / (1 - p)
    var up = [1.0]
    var weight = 1.0
    var k = mode
    while k < n {
      weight *= Double(n - k) / Double(k + 1) * odds  // (2)
      if weight < negligible { break }  // (3)
      up.append(weight)
      k += 1
    }
    var down: [Double] = []
    weight = 1
    k = mode
    while k > 0 {
      weight *= Double(k) / (Double(n - k + 1) * odds)
      if weight < negligible { break }
      down.append(weight)
      k -= 1
    }
    first = k
    // Small weights first, so that the sum loses nothing.
    var sum = 0.0
    for w in up.reversed() { sum += w }
    var below = 0.0
    for w in down.reversed() { below += w }
    sum += below
    var all = [Double]()
    all.reserveCapacity(up.count + down.count)
    for w in down.reversed() { all.append(w / sum) }
    for w in up { all.append(w / sum) }
    probabilities = all
  }
}
