// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A coordinate of the drawing to one decimal, without a trailing `.0` and without a negative zero.
func coordinateText(_ value: Double) -> String {
  // A clipped curve may lead far outside; renderers need no more than a million pixels of it.
  let tenths = Int((min(max(value, -1e6), 1e6) * 10).rounded())
  let (whole, tenth) = (tenths.magnitude / 10, tenths.magnitude % 10)
  return (tenths < 0 ? "-" : "") + (tenth == 0 ? "\(whole)" : "\(whole).\(tenth)")
}

/// A number with a fixed count of decimals, for readers.
///
/// The minus sign is −; a narrow space stands between thousands where there are at least
/// `groupsFrom` digits before the point. Independent of the locale.
func fixedText(_ value: Double, decimals: Int, groupsFrom: Int = 5) -> String {
  let text = String(format: "%.\(decimals)f", abs(value))
  let parts = text.split(separator: ".", omittingEmptySubsequences: false)
  var whole = String(parts[0])
  if whole.count >= groupsFrom {
    var grouped = ""
    for (i, digit) in whole.enumerated() {
      if i > 0 && (whole.count - i) % 3 == 0 { grouped.append("\u{202F}") }
      grouped.append(digit)
    }
    whole = grouped
  }
  let isZero = text.allSatisfy { $0 == "0" || $0 == "." }
  return (value < 0 && !isZero ? "−" : "") + whole + (parts.count > 1 ? "." + parts[1] : "")
}

/// A number for readers, to `digits` significant digits: `0.512`, `3 410`, `2.1×10⁵`.
public func figureText(_ value: Double, digits: Int = 3) -> String {
  guard value.isFinite else { return value.isNaN ? "NaN" : value < 0 ? "−∞" : "∞" }
  guard value != 0 else { return "0" }
  let scientific = String(format: "%.\(max(digits, 1) - 1)e", abs(value))
  let parts = scientific.split(separator: "e")
  guard parts.count == 2, let exponent = Int(parts[1]) else { return scientific }
  if (-3...4).contains(exponent) {
    return fixedText(value, decimals: max(0, digits - 1 - exponent))
  }
  var mantissa = String(parts[0])
  if mantissa.contains(".") {
    while mantissa.hasSuffix("0") { mantissa.removeLast() }
    if mantissa.hasSuffix(".") { mantissa.removeLast() }
  }
  return (value < 0 ? "−" : "") + (mantissa == "1" ? "" : mantissa + "×") + "10"
    + superscript(exponent)
}

/// An integer in superscript characters.
func superscript(_ value: Int) -> String {
  let digits = ["⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"]
  return (value < 0 ? "⁻" : "")
    + String(value.magnitude).compactMap { $0.wholeNumberValue.map { digits[$0] } }.joined()
}

/// A slope as readers write it: ½, −½, ⅔, 1, 3/2, or decimals.
func slopeText(_ slope: Double) -> String {
  let named: [(Double, String)] = [
    (0.5, "½"), (0.25, "¼"), (0.75, "¾"), (1.0 / 3, "⅓"), (2.0 / 3, "⅔"), (1.5, "3/2"),
    (2.5, "5/2"), (4.0 / 3, "4/3"), (0.2, "⅕"),
  ]
  let sign = slope < 0 ? "−" : ""
  for (value, text) in named where abs(abs(slope) - value) < 1e-9 { return sign + text }
  if slope == slope.rounded() { return sign + String(Int(abs(slope))) }
  return figureText(slope, digits: 2)
}
