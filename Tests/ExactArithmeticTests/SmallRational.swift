// SPDX-License-Identifier: Apache-2.0

/// A rational on 128-bit integers: an oracle that shares nothing with the module under test, and
/// traps on overflow.
struct SmallRational: Equatable, CustomStringConvertible {
  let numerator: Int128
  let denominator: Int128

  init(_ numerator: Int128, _ denominator: Int128) {
    var (a, b) = (numerator.magnitude, denominator.magnitude)
    while b != 0 { (a, b) = (b, a % b) }
    let divisor = (denominator < 0 ? -1 : 1) * Int128(max(a, 1))
    self.numerator = numerator / divisor
    self.denominator = denominator / divisor
  }

  var description: String {
    denominator == 1 ? "\(numerator)" : "\(numerator)/\(denominator)"
  }

  static func + (a: Self, b: Self) -> Self {
    Self(
      a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator)
  }

  static func - (a: Self, b: Self) -> Self { a + Self(-b.numerator, b.denominator) }

  static func * (a: Self, b: Self) -> Self {
    Self(a.numerator * b.numerator, a.denominator * b.denominator)
  }

  static func / (a: Self, b: Self) -> Self {
    Self(a.numerator * b.denominator, a.denominator * b.numerator)
  }

  /// Gauss–Jordan elimination; `nil` for a singular matrix.
  static func solve(_ matrix: [[Self]], _ rightHandSide: [Self]) -> [Self]? {
    var a = matrix
    var b = rightHandSide
    let n = b.count
    for k in 0..<n {
      guard let pivot = (k..<n).first(where: { a[$0][k].numerator != 0 }) else { return nil }
      a.swapAt(k, pivot)
      b.swapAt(k, pivot)
      for i in 0..<n where i != k {
        let factor = a[i][k] / a[k][k]
        for j in k..<n { a[i][j] = a[i][j] - factor * a[k][j] }
        b[i] = b[i] - factor * b[k]
      }
    }
    return (0..<n).map { b[$0] / a[$0][$0] }
  }
}
