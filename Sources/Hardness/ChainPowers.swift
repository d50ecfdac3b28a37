// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra

/// A computed power P^t of a chain with a bound on its error.
///
/// The error is ‖computed − P^t‖∞, the greatest sum of |differences| of a row. For Â and B̂ with errors
/// a and b, ‖Â B̂ − A B‖ ≤ (1 + a) b + a, and the computed product, a sum of n nonnegative terms in
/// any order, adds at most 1.01 n u (1 + a)(1 + b), u = 2⁻⁵³.
struct ChainPower: Sendable {
  /// The transposed power: column s is row s of P^t.
  let columns: Matrix
  /// A bound on the error of every row.
  let error: Double

  /// P itself; its diagonal is computed, its other entries may be sums of products.
  init(_ chain: PolicyChain) {
    let n = chain.stateCount
    columns = Matrix(n, n, columnMajor: chain.rows)
    error = Double(n + 4) * 0x1.02p-53 + 2 * chain.entryError
  }

  private init(columns: Matrix, error: Double) {
    self.columns = columns
    self.error = error
  }

  /// The product of two powers.
  func times(_ other: ChainPower) -> ChainPower {
    let (a, b, n) = (error, other.error, Double(columns.rowCount))
    return ChainPower(
      columns: other.columns.times(columns),
      error: ((1 + a) * b + a + n * 0x1.02p-53 * (1 + a) * (1 + b)) * (1 + 0x1p-48))
  }

  /// max_s TV(P^t(s, ·), π), two-sided.
  func distance(to distribution: StationaryDistribution) -> Measured {
    let n = columns.rowCount
    var greatest = 0.0
    for s in 0..<n {
      var sum = 0.0
      for t in 0..<n { sum += abs(columns[t, s] - distribution.middle[t]) }
      greatest = max(greatest, 0.5 * sum)
    }
    let spread = distribution.probabilities.reduce(0.0) { $0 + $1.width }
    let margin = 0.5 * error + 0.5 * spread + Double(n + 2) * 0x1.02p-52
    return Measured(greatest).widened(by: margin * (1 + 0x1p-40)).atLeast(0).atMost(1)
  }

  /// An upper bound on Dobrushin's coefficient max_{s,s′} TV(P^t(s, ·), P^t(s′, ·)): twice the greatest
  /// total variation between a row and row `reference`.
  ///
  /// - Complexity: O(n²).
  func contractionBound(reference: Int) -> Double {
    let n = columns.rowCount
    var greatest = 0.0
    for s in 0..<n {
      var sum = 0.0
      for t in 0..<n { sum += abs(columns[t, s] - columns[t, reference]) }
      greatest = max(greatest, sum)
    }
    return ((greatest + 2 * error + Double(n + 2) * 0x1.02p-51) * (1 + 0x1p-40)).nextUp
  }
}
