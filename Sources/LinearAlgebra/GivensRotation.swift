// SPDX-License-Identifier: Apache-2.0

/// The plane rotation that turns (a, b) into (r, 0).
///
///     [  c  s ] [ a ]   [ r ]
///     [ -s  c ] [ b ] = [ 0 ]
///
/// - Numerics: divides by the larger of |a| and |b|, so that no square overflows; only division and
///   square root, hence the same bits everywhere.
/// - Edge cases: (0, 0) gives the identity and r = 0.
struct GivensRotation {
  let cosine: Double
  let sine: Double
  let length: Double

  init(_ a: Double, _ b: Double) {
    if b == 0 {
      (cosine, sine, length) = (1, 0, a)
    } else if a.magnitude >= b.magnitude {
      let t = b / a
      let u = (1 + t * t).squareRoot()
      (cosine, sine, length) = (1 / u, t / u, a * u)
    } else {
      let t = a / b
      let u = (1 + t * t).squareRoot()
      (cosine, sine, length) = (t / u, 1 / u, b * u)
    }
  }
}
