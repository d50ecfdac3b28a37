// SPDX-License-Identifier: Apache-2.0
import MarkovModels

/// The stationary distribution of a chain with one closed class, with a relative error bound.
///
///     for k = n … 2:  s_k = Σ_{j<k} a_kj;  a_ij += a_ik a_kj / s_k  (i ≠ j, both < k)   (1)
///     x_1 = 1;  for k = 2 … n:  x_k = Σ_{j<k} x_j a_jk / s_k                            (2)
///     π = x / Σ x                                                                       (3)
///
/// The algorithm of Grassmann, Taksar and Heyman never subtracts.
///
/// **Rounding.** All numbers are positive, so each is off by a product of factors 1 ± u. One round of
/// (1) changes the entries of the reduced chain by at most k + 2 of them. By the Markov chain tree
/// theorem π_i/π_1 is a quotient of sums of products of k − 2 off-diagonal entries, so it moves by at
/// most 2 (k − 2)(k + 2) factors; (2) adds 2 k. Summed over k that is below
/// (2/3) n³ + 2 n² + 2 n, taken twice for (3) and n more for its sum. Entries that are off themselves
/// by a relative error move it by 2 n times that error. Products that might have underflowed make the
/// bound void.
///
/// - Complexity: O(n³) for the n states of the closed class.
/// - Source: [grassmann1985]; [ocinneide1993] for the error analysis.
public struct StationaryDistribution: Sendable {
  /// The probability of each state; exactly 0 for transient states.
  public let probabilities: [Measured]
  /// The same as plain numbers.
  let middle: [Double]

  /// Finds the distribution.
  ///
  /// - Throws: ``HardnessError/severalClosedClasses(_:)``.
  public init(of chain: PolicyChain) throws(HardnessError) {
    let states = try chain.recurrentStates()
    let (n, S) = (states.count, chain.stateCount)
    var a = [Double](repeating: 0, count: n * n)
    for (i, s) in states.enumerated() {
      for (j, t) in states.enumerated() where i != j { a[i * n + j] = chain.rows[s * S + t] }
    }
    var sums = [Double](repeating: 1, count: n)
    var smallest = Double.infinity
    for k in stride(from: n - 1, to: 0, by: -1) {  // (1)
      var sum = 0.0
      for j in 0..<k { sum += a[k * n + j] }
      sums[k] = sum
      a.withUnsafeMutableBufferPointer { a in
        for i in 0..<k where a[i * n + k] > 0 {
          for j in 0..<k where j != i && a[k * n + j] > 0 {
            let product = a[i * n + k] * (a[k * n + j] / sum)
            smallest = min(smallest, product)
            a[i * n + j] += product
          }
        }
      }
    }
    var x = [Double](repeating: 1, count: n)
    var total = 1.0
    for k in 1..<max(n, 1) {  // (2)
      var sum = 0.0
      for j in 0..<k { sum += x[j] * a[j * n + k] }
      x[k] = sum / sums[k]
      smallest = min(smallest, x[k])
      total += x[k]
    }
    let m = Double(n)
    let factors = 2 * (m * m * m * 2 / 3 + 2 * m * m + 2 * m) + m + 2
    // (1 + u)^f − 1 ≤ 1.1 f u as long as f u is below 0.1.
    let relative = 1.1 * (factors * 0x1p-53 + 4 * m * chain.entryError)
    let isSound = relative < 0.05 && smallest > 1e-280 && total < 1e280
    var result = [Measured](repeating: Measured(0), count: S)
    var middle = [Double](repeating: 0, count: S)
    for (i, s) in states.enumerated() {
      let p = x[i] / total  // (3)
      middle[s] = p
      result[s] =
        n == 1
        ? Measured(1)
        : isSound
          ? Measured(p).widened(by: relative * p).atLeast(0).atMost(1)
          : Measured(lower: 0, upper: 1)
    }
    probabilities = result
    self.middle = middle
  }
}
