// SPDX-License-Identifier: Apache-2.0
import CShims

/// The dot product of two vectors of the same length, with the same bits on every CPU.
///
/// - Numerics: eight lanes, added in the canonical order of the kernels; no fused operations. The
///   error is at most γ_{⌈n/8⌉+3} Σ |x_i y_i| with γ_k = k u / (1 - k u), u = 2⁻⁵³.
/// - Edge cases: the product of empty vectors is +0.
/// - Complexity: O(n).
public func dot(_ x: [Double], _ y: [Double]) -> Double {
  precondition(x.count == y.count, "a dot product of lengths \(x.count) and \(y.count)")
  return provably_dot(x, y, Int64(x.count))
}

/// The Euclidean norm of a vector, safe from overflow and underflow of the squares.
///
/// - Numerics: the canonical dot product of `x` with itself where that is in range, and of `x`
///   scaled by a power of two otherwise.
/// - Edge cases: 0 for an empty vector; infinite or NaN when an entry is.
/// - Complexity: O(n).
public func norm(_ x: [Double]) -> Double {
  x.withUnsafeBufferPointer { euclideanNorm($0) }
}

/// The dot product of two buffers of the same length in the canonical order.
@inline(__always)
func canonicalDot(_ x: UnsafeBufferPointer<Double>, _ y: UnsafeBufferPointer<Double>) -> Double {
  provably_dot(x.baseAddress, y.baseAddress, Int64(x.count))
}

/// The Euclidean norm of a buffer; see ``norm(_:)``.
func euclideanNorm(_ x: UnsafeBufferPointer<Double>) -> Double {
  let square = canonicalDot(x, x)
  if square > 0x1p-900 && square < .infinity { return square.squareRoot() }
  var largest = 0.0
  for value in x {
    if value.isNaN { return .nan }
    largest = max(largest, value.magnitude)
  }
  if largest == 0 || largest == .infinity { return largest }
  // largest * 2^-e lies in [1, 2), so that the squares lie in [0, 4).
  let exponent = largest.exponent
  let scaled = x.map { Double(sign: .plus, exponent: -exponent, significand: $0) }
  let root = provably_dot(scaled, scaled, Int64(scaled.count)).squareRoot()
  return Double(sign: .plus, exponent: exponent, significand: root)
}
