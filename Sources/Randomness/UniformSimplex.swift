// SPDX-License-Identifier: Apache-2.0

extension RandomNumberGenerator {
  /// A uniformly random distribution over n outcomes.
  ///
  /// See ``uniformSimplex(into:)``.
  public mutating func uniformSimplex(_ n: Int) -> [Double] {
    precondition(n >= 1, "a distribution needs at least one outcome")
    var weights = [Double](repeating: 0, count: n)
    uniformSimplex(into: &weights)
    return weights
  }

  /// Overwrites an array with a uniformly random distribution: the gaps between n − 1 sorted uniform
  /// cut points of [0, 1].
  ///
  /// - Numerics: the cut points are multiples of 2⁻⁵³, so the gaps are too, without rounding, and
  ///   they sum to exactly 1. No logarithm is taken: the bits do not depend on the system's libm.
  /// - Edge cases: one outcome gets probability 1; a gap may be 0, with probability about n² 2⁻⁵³.
  /// - Complexity: O(n log n).
  /// - Source: [archibald1995].
  public mutating func uniformSimplex(into weights: inout [Double]) {
    let n = weights.count
    precondition(n >= 1, "a distribution needs at least one outcome")
    weights.withUnsafeMutableBufferPointer { p in
      for i in 0..<(n - 1) {
        let cut = uniform()
        guard n <= 17 else {
          p[i] = cut
          continue
        }
        var j = i
        while j > 0 && p[j - 1] > cut {
          p[j] = p[j - 1]
          j -= 1
        }
        p[j] = cut
      }
      if n > 17 { p[..<(n - 1)].sort() }
      p[n - 1] = 1
      for i in stride(from: n - 1, to: 0, by: -1) { p[i] -= p[i - 1] }
    }
  }
}
