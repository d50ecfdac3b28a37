// SPDX-License-Identifier: Apache-2.0

extension Rational {
  /// The exact value of an integer that a double holds.
  ///
  /// - Throws: ``RationalError/unavailable``.
  /// - Precondition: |n| ≤ 2⁵³.
  public init(_ n: Int) throws(RationalError) {
    precondition(n.magnitude <= 1 << 53, "\(n) is not exact as a double")
    try self.init(Double(n))
  }

  /// The sum.
  public static func + (a: Rational, b: Rational) -> Rational {
    Rational(storage: a.storage.combined("+", with: b.storage))
  }

  /// The difference.
  public static func - (a: Rational, b: Rational) -> Rational {
    Rational(storage: a.storage.combined("-", with: b.storage))
  }

  /// The product.
  public static func * (a: Rational, b: Rational) -> Rational {
    Rational(storage: a.storage.combined("*", with: b.storage))
  }

  /// The quotient.
  ///
  /// - Precondition: `b` is not 0.
  public static func / (a: Rational, b: Rational) -> Rational {
    precondition(b.sign != 0, "division of \(a) by zero")
    return Rational(storage: a.storage.combined("/", with: b.storage))
  }
}
