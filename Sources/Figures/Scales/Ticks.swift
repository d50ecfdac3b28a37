// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A tick with its label: `10` with the exponent `6`, or `0.25`.
struct Tick: Equatable {
  var value: Double
  var text: String
  var exponent = ""

  var width: (Double) -> Double {
    { size in
      TextMetrics.width(text, size: size) + TextMetrics.width(exponent, size: 11)
    }
  }

  static func == (a: Tick, b: Tick) -> Bool {
    a.value == b.value && a.text == b.text && a.exponent == b.exponent
  }
}

/// A step of 1, 2 or 5 times a power of ten.
struct NiceStep: Equatable {
  var mantissa: Int
  var exponent: Int
  var value: Double { Double("\(mantissa)e\(exponent)") ?? 0 }
}

/// The smallest nice step that divides a span into at most `target` parts.
func niceStep(span: Double, target: Int) -> NiceStep {
  let raw = span / Double(max(target, 1))
  var exponent = Int(log10(raw).rounded(.down)) - 1
  while true {
    for mantissa in [1, 2, 5] {
      let step = NiceStep(mantissa: mantissa, exponent: exponent)
      if step.value >= raw * (1 - 1e-12) { return step }
    }
    exponent += 1
  }
}

/// The nice step nearest to an even division of a span into `target` parts.
func nearestNiceStep(span: Double, target: Int) -> NiceStep {
  let raw = span / Double(max(target, 1))
  let above = niceStep(span: span, target: target)
  let below =
    switch above.mantissa {
    case 1: NiceStep(mantissa: 5, exponent: above.exponent - 1)
    case 2: NiceStep(mantissa: 1, exponent: above.exponent)
    default: NiceStep(mantissa: 2, exponent: above.exponent)
    }
  return above.value / raw <= raw / below.value ? above : below
}

/// `count` steps, rounded once: 3 × 0.1 is 0.3.
func multiple(of step: NiceStep, _ count: Double) -> Double {
  let scaled = count * Double(step.mantissa)
  guard abs(scaled) < 1e15, abs(step.exponent) < 290 else { return count * step.value }
  return Double("\(Int(scaled))e\(step.exponent)") ?? count * step.value
}

/// The labelled ticks of a scale, inside its domain and strictly increasing.
///
/// - Parameters:
///   - scale: the scale; on a category axis every category has a tick.
///   - target: about how many ticks there should be.
/// - Returns: between 2 and 2 × `target` + 2 ticks.
func ticks(of scale: Scale, target: Int) -> [Tick] {
  switch scale.kind {
  case .linear: linearTicks(scale.lower, scale.upper, target)
  case .log: logTicks(scale.lower, scale.upper, target)
  case .symlog(let c): symlogTicks(scale.lower, scale.upper, c, target)
  case .category(let names):
    names.enumerated().map { Tick(value: Double($0.offset), text: $0.element) }
  }
}

func linearTicks(_ lower: Double, _ upper: Double, _ target: Int) -> [Tick] {
  let size = max(abs(lower), abs(upper))
  guard upper - lower > 1e-12 * size, size > 1e-290 else {
    // Too narrow for multiples of a step: the ends themselves.
    return [lower, upper].map { Tick(value: $0, text: figureText($0, digits: 15)) }
  }
  var step = nearestNiceStep(span: upper - lower, target: target)
  var values: [Double] = []
  // At most two refinements: a step of at most half the span always has two multiples inside.
  for attempt in 1...4 {
    values = []
    var k = (lower / step.value).rounded(.up) - 1
    let last = (upper / step.value).rounded(.down) + 1
    while k <= last {
      let value = multiple(of: step, k)
      if value >= lower, value <= upper, value > values.last ?? -.infinity { values.append(value) }
      k += 1
    }
    if values.count >= 2 { break }
    step = niceStep(span: upper - lower, target: target << attempt)
  }
  if size >= 1e6 || size < 1e-3 {
    // A common power of ten in every label.
    let exponent = Int((log10(size) + 1e-13).rounded(.down))
    let decimals = max(0, exponent - step.exponent)
    return values.map { value in
      guard value != 0 else { return Tick(value: 0, text: "0") }
      let mantissa = value / powerOfTen(Double(exponent))
      return Tick(
        value: value, text: fixedText(mantissa, decimals: decimals) + "×10",
        exponent: fixedText(Double(exponent), decimals: 0))
    }
  }
  return values.map {
    let text = fixedText(
      $0, decimals: min(max(0, -step.exponent), 15), groupsFrom: size >= 1e4 ? 4 : 5)
    return Tick(value: $0, text: text)
  }
}

func logTicks(_ lower: Double, _ upper: Double, _ target: Int) -> [Tick] {
  let first = Int((log10(lower) - 1e-9).rounded(.down))
  let last = Int((log10(upper) + 1e-9).rounded(.up))
  let inside = { (value: Double) in value >= lower && value <= upper }
  let decades = (first...last).filter { inside(powerOfTen(Double($0))) }
  if decades.count >= 3 {
    let stride = (decades.count + target - 1) / max(target, 1)
    var kept = decades.filter { (($0 % stride) + stride) % stride == 0 }
    if kept.count < 2 {
      kept = decades.indices.filter { $0 % stride == 0 }.map { decades[$0] }
    }
    let isSmall = kept.allSatisfy { (-2...2).contains($0) }
    return kept.map { decadeTick($0, plain: isSmall) }
  }
  var values: [Double] = []
  for exponent in first...last {
    for mantissa in [1, 2, 5] {
      let value = Double("\(mantissa)e\(exponent)") ?? 0
      if inside(value) { values.append(value) }
    }
  }
  guard values.count >= 3 else { return linearTicks(lower, upper, max(target, 3)) }
  if values.count > target + 2, decades.count == 2 {
    values = decades.map { powerOfTen(Double($0)) }
  }
  let isPlain = values.allSatisfy { $0 >= 1e-3 && $0 < 1e5 }
  return values.map { value in
    if isPlain { return Tick(value: value, text: plainText(value)) }
    let exponent = Int((log10(value) + 1e-9).rounded(.down))
    let mantissa = Int((value / powerOfTen(Double(exponent))).rounded())
    let prefix = mantissa == 1 ? "" : "\(mantissa)×"
    return Tick(
      value: value, text: prefix + "10", exponent: fixedText(Double(exponent), decimals: 0))
  }
}

/// The ticks between decades, without labels: 2 … 9 times each power of ten.
func minorLogTicks(_ lower: Double, _ upper: Double) -> [Double] {
  let first = Int((log10(lower) - 1e-9).rounded(.down))
  let last = Int((log10(upper) + 1e-9).rounded(.up))
  return (first...last).flatMap { exponent in
    (2...9).compactMap { Double("\($0)e\(exponent)") }.filter { $0 > lower && $0 < upper }
  }
}

private func symlogTicks(_ lower: Double, _ upper: Double, _ c: Double, _ target: Int) -> [Tick] {
  let first = Int((log10(c) - 1e-9).rounded(.up))
  let reach = max(abs(lower), abs(upper))
  let last = Int((log10(max(reach, c)) + 1e-9).rounded(.down))
  guard last >= first else { return linearTicks(lower, upper, target) }
  let sides = (lower < 0 ? 1 : 0) + (upper > 0 ? 1 : 0)
  let perSide = max(1, (target - 1) / max(sides, 1))
  let stride = max(1, (last - first + perSide) / perSide)
  let exponents = (first...last).filter { (last - $0) % stride == 0 }
  let isSmall = exponents.allSatisfy { (-2...2).contains($0) }
  let positive = exponents.map { decadeTick($0, plain: isSmall) }
  let negative = positive.reversed().map { tick in
    Tick(value: -tick.value, text: "−" + tick.text, exponent: tick.exponent)
  }
  let all = negative + [Tick(value: 0, text: "0")] + positive
  let kept = all.filter { $0.value >= lower && $0.value <= upper }
  return kept.count >= 2 ? kept : linearTicks(lower, upper, target)
}

private func decadeTick(_ exponent: Int, plain: Bool) -> Tick {
  let value = powerOfTen(Double(exponent))
  if plain { return Tick(value: value, text: plainText(value)) }
  return Tick(value: value, text: "10", exponent: fixedText(Double(exponent), decimals: 0))
}

/// A number between 10⁻³ and 10⁵ with no more decimals than it needs.
private func plainText(_ value: Double) -> String {
  for decimals in 0...6 {
    let factor = powerOfTen(Double(decimals))
    if abs((value * factor).rounded() - value * factor) < 1e-9 * max(1, value * factor) {
      return fixedText(value, decimals: decimals)
    }
  }
  return figureText(value)
}
