// SPDX-License-Identifier: Apache-2.0
import CShims

// Element by element and hence the same bits on every CPU; `&+` and unsafe buffers so that the
// compiler vectorizes them. Swift never fuses a product and a sum on its own.

typealias Buffer = UnsafeBufferPointer<Double>
typealias MutableBuffer = UnsafeMutableBufferPointer<Double>

/// Sets y to y + a x.
@inline(__always)
func addScaled(_ a: Double, _ x: Buffer, to y: MutableBuffer) {
  let n = y.count
  var i = 0
  while i < n {
    y[i] += a * x[i]
    i &+= 1
  }
}

/// Sets y to a x.
@inline(__always)
func setScaled(_ y: MutableBuffer, _ a: Double, _ x: Buffer) {
  let n = y.count
  var i = 0
  while i < n {
    y[i] = a * x[i]
    i &+= 1
  }
}

/// Sets y to b - y.
@inline(__always)
func subtract(from b: Buffer, _ y: MutableBuffer) {
  let n = y.count
  var i = 0
  while i < n {
    y[i] = b[i] - y[i]
    i &+= 1
  }
}

/// Copies x to y.
@inline(__always)
func copy(_ x: Buffer, to y: MutableBuffer) { _ = y.update(from: x) }

/// Adds Σ_k c[k] basis_k to y, where basis_k is block k of `basis`; four blocks a pass.
///
/// - Complexity: O(count · n).
func addCombination(_ c: Buffer, count: Int, of basis: MutableBuffer, to y: MutableBuffer) {
  let n = y.count
  func block(_ k: Int) -> Buffer { Buffer(rebasing: basis[(k &* n)..<((k &+ 1) &* n)]) }
  var k = 0
  while k &+ 4 <= count {
    let (c0, c1, c2, c3) = (c[k], c[k &+ 1], c[k &+ 2], c[k &+ 3])
    let (v0, v1, v2, v3) = (block(k), block(k &+ 1), block(k &+ 2), block(k &+ 3))
    var i = 0
    while i < n {
      y[i] = (((y[i] + c0 * v0[i]) + c1 * v1[i]) + c2 * v2[i]) + c3 * v3[i]
      i &+= 1
    }
    k &+= 4
  }
  while k < count {
    addScaled(c[k], block(k), to: y)
    k &+= 1
  }
}
