// SPDX-License-Identifier: Apache-2.0
#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A product of many numbers that neither overflows nor underflows: significand · 2^exponent.
///
/// - Numerics: n factors give a relative error of at most γ_n; one logarithm of the system's library
///   for ``logMagnitude``.
struct ScaledProduct {
  private var significand = 1.0
  private var exponent = 0

  /// Multiplies by `factor`, which must be finite.
  mutating func multiply(by factor: Double) {
    significand *= factor.significandWithSign
    if factor != 0 { exponent += Int(factor.exponent) }
    if significand != 0 && significand.magnitude >= 2 {
      exponent += Int(significand.exponent)
      significand = significand.significandWithSign
    }
  }

  /// -1, 0 or 1.
  var sign: Double { significand == 0 ? 0 : (significand < 0 ? -1 : 1) }

  /// The product as a double: infinite or zero when it is out of range.
  var value: Double {
    Double(sign: .plus, exponent: min(max(exponent, -5_000), 5_000), significand: significand)
  }

  /// The natural logarithm of the magnitude; -∞ for zero.
  var logMagnitude: Double {
    log(significand.magnitude) + Double(exponent) * 0x1.62E4_2FEF_A39E_Fp-1
  }
}

extension Double {
  /// The significand with the sign of the number: in ±[1, 2), or zero.
  fileprivate var significandWithSign: Double { self < 0 ? -significand : significand }
}
