// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A number with so many significant digits, as pages print it: `0.0512`, `1.30e-05`, `12,400`.
///
/// - Complexity: O(1); the same text in every locale.
public func text(_ value: Double, digits: Int = 3) -> String {
  guard value.isFinite else { return value.isNaN ? "undefined" : value > 0 ? "∞" : "−∞" }
  if value == 0 { return "0" }
  let size = abs(value)
  var out: String
  if size >= 1e7 || size < 1e-4 {
    out = String(format: "%.\(digits - 1)e", value)
  } else {
    // The exponent after rounding, so that 9.996 has no digit more than 10.0.
    let rounded = Double(String(format: "%.\(digits - 1)e", value)) ?? value
    let exponent = Int(floor(log10(abs(rounded))))
    out = String(format: "%.\(max(0, digits - 1 - exponent))f", rounded)
    if size >= 1e4 { out = grouped(out) }
  }
  return out.hasPrefix("-") ? "−" + out.dropFirst() : out
}

/// An estimate with its interval: `0.51 [0.48, 0.54]`.
public func text(_ estimate: Double, in interval: ClosedRange<Double>, digits: Int = 3) -> String {
  "\(text(estimate, digits: digits)) "
    + "[\(text(interval.lowerBound, digits: digits)), \(text(interval.upperBound, digits: digits))]"
}

/// Puts a comma between groups of three digits of a decimal number.
private func grouped(_ number: String) -> String {
  let isNegative = number.hasPrefix("-")
  let parts = number.drop { $0 == "-" }.split(separator: ".", maxSplits: 1)
  var digits = ""
  for (i, digit) in parts[0].reversed().enumerated() {
    if i > 0 && i % 3 == 0 { digits.append(",") }
    digits.append(digit)
  }
  let whole = String(digits.reversed())
  return (isNegative ? "-" : "") + whole + (parts.count > 1 ? "." + parts[1] : "")
}
