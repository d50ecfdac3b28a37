// SPDX-License-Identifier: Apache-2.0

// Logarithm and exponential in the operations that IEEE 754 rounds exactly (+, −, ×, ÷), so that a
// sampler's bits do not depend on the system's libm or on the CPU that it was tuned for. Swift does
// not contract products and sums into fused operations.

/// Elementary functions with the same bits everywhere.
///
/// - Numerics: within 4 units in the last place of the exact value, tested against libm.
public enum Portable {
  @usableFromInline static let log2High = 0x1.62e42feep-1
  @usableFromInline static let log2Low = 0x1.a39ef35793c76p-33

  /// log((1 + s)/(1 − s)) = 2 (s + s³/3 + s⁵/5 + …) for |s| ≤ 0.172, where s²² < 2⁻⁵⁵.
  @inlinable
  static func atanhSeries(_ s: Double) -> Double {
    let z = s * s
    var sum = 1.0 / 21
    sum = sum * z + 1.0 / 19
    sum = sum * z + 1.0 / 17
    sum = sum * z + 1.0 / 15
    sum = sum * z + 1.0 / 13
    sum = sum * z + 1.0 / 11
    sum = sum * z + 1.0 / 9
    sum = sum * z + 1.0 / 7
    sum = sum * z + 1.0 / 5
    sum = sum * z + 1.0 / 3
    return 2 * s + 2 * s * (sum * z)
  }

  /// The natural logarithm of a positive finite normal number.
  @inlinable
  public static func log(_ x: Double) -> Double {
    // x = m 2ᵉ with m in [√½, √2).
    let e = Int64(bitPattern: x.bitPattern &- 0x3FE6_A09E_667F_3BCD) >> 52
    let m = Double(bitPattern: x.bitPattern &- UInt64(bitPattern: e << 52))
    let k = Double(e)
    return k * log2High + (atanhSeries((m - 1) / (m + 1)) + k * log2Low)
  }

  /// log(1 + x) for −1 < x < ∞.
  @inlinable
  public static func log1p(_ x: Double) -> Double {
    x > -0.25 && x < 0.25 ? atanhSeries(x / (2 + x)) : log(1 + x)
  }

  /// The exponential of x ≤ 709; 0 below −745.
  @inlinable
  public static func exp(_ x: Double) -> Double {
    guard x >= -745.2 else { return 0 }
    // The nearest whole multiple of log 2, by rounding to a multiple of 1 next to 3 · 2⁵¹.
    let k = (x * 0x1.71547652b82fep0 + 0x1.8p52) - 0x1.8p52
    let r = (x - k * log2High) - k * log2Low
    var sum = 1.0 / 6_227_020_800
    sum = sum * r + 1.0 / 479_001_600
    sum = sum * r + 1.0 / 39_916_800
    sum = sum * r + 1.0 / 3_628_800
    sum = sum * r + 1.0 / 362_880
    sum = sum * r + 1.0 / 40_320
    sum = sum * r + 1.0 / 5_040
    sum = sum * r + 1.0 / 720
    sum = sum * r + 1.0 / 120
    sum = sum * r + 1.0 / 24
    sum = sum * r + 1.0 / 6
    sum = sum * r + 0.5
    let power = 1 + (r + r * r * sum)
    // 2ᵏ in two factors, so that neither overflows.
    let half = Int64(k) >> 1
    return power * powerOfTwo(half) * powerOfTwo(Int64(k) - half)
  }

  /// 2ᵏ for −1022 ≤ k ≤ 1023.
  @inlinable
  static func powerOfTwo(_ k: Int64) -> Double {
    Double(bitPattern: UInt64(bitPattern: k + 1_023) << 52)
  }
}
