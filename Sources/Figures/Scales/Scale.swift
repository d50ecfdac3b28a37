// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A map from the domain of an axis to pixels.
struct Scale: Equatable {
  let kind: Axis.Kind
  let lower: Double
  let upper: Double
  var start = 0.0
  var end = 1.0
  /// Pixels of each category's band that its name takes, above what is drawn.
  var nameRoom = 0.0

  /// The pixel of a value; a value on either end of the domain is exactly on the end of the range.
  func position(_ value: Double) -> Double {
    if nameRoom > 0 { return start + (value - lower) * (band + nameRoom) + nameRoom / 2 }
    if value == lower { return start }
    if value == upper { return end }
    let (a, b) = (transformed(lower), transformed(upper))
    return start + (transformed(value) - a) / (b - a) * (end - start)
  }

  func position(_ coordinate: Coordinate) -> Double { position(number(of: coordinate)) }

  /// The number a coordinate stands for: itself, or the index of its category.
  func number(of coordinate: Coordinate) -> Double {
    switch coordinate {
    case .number(let value): value
    case .name(let name): Double(categories.firstIndex(of: name) ?? 0)
    }
  }

  var categories: [String] { if case .category(let names) = kind { names } else { [] } }

  /// The distance between neighbouring categories.
  var band: Double { abs(end - start) / (upper - lower) - nameRoom }

  func transformed(_ value: Double) -> Double {
    switch kind {
    case .linear, .category: value
    case .log: log10(value)
    case .symlog(let c): value < 0 ? -log1p(-value / c) : log1p(value / c)
    }
  }
}

/// How much room an axis leaves around its data.
enum Expansion: Int, Comparable {
  /// The axis ends where the data end.
  case exact
  /// A little room on both sides, so that markers and whiskers stay inside.
  case roomy
  /// The axis ends at nice numbers around the data.
  case padded
  /// As `padded`, with zero inside: a bar's length must be its value.
  case zeroBased

  static func < (a: Expansion, b: Expansion) -> Bool { a.rawValue < b.rawValue }
}

/// The domain of an axis over the range of its data.
///
/// - Throws: ``FigureError/badDomain(axis:reason:)`` where the span overflows.
func automaticDomain(
  kind: Axis.Kind, low: Double, high: Double, expansion: Expansion, axis: String
) throws -> (lower: Double, upper: Double) {
  var (lower, upper) = (low, high)
  switch kind {
  case .category(let names): return (-0.5, Double(names.count) - 0.5)
  case .log:
    var (a, b) = (log10(lower), log10(upper))
    if b - a < 1e-6 { (a, b) = (a - 0.5, b + 0.5) } else if expansion == .exact { break }
    let pad = max(0.04 * (b - a), 0.02)
    if expansion == .roomy {
      return (
        max(min(low, powerOfTen(a - pad)), .leastNonzeroMagnitude),
        min(max(high, powerOfTen(b + pad)), .greatestFiniteMagnitude)
      )
    }
    // A decade close by becomes the end; otherwise a little room is left.
    let reach = max(0.12 * (b - a), 0.05)
    a = a.rounded(.down) >= a - reach ? a.rounded(.down) : a - pad
    b = b.rounded(.up) <= b + reach ? b.rounded(.up) : b + pad
    lower = min(low, powerOfTen(a))
    upper = max(high, powerOfTen(b))
  case .linear, .symlog:
    if expansion == .zeroBased { (lower, upper) = (min(0, lower), max(0, upper)) }
    if expansion == .padded, lower > 0, lower < 0.3 * upper { lower = 0 }
    let size = max(abs(lower), abs(upper))
    if upper - lower <= 1e-9 * size || size < 1e-250 {
      if size < 1e-250 {
        (lower, upper) = (expansion == .zeroBased ? 0 : -1, 1)
      } else {
        (lower, upper) = (lower - 0.1 * size, upper + 0.1 * size)
      }
    }
    guard (4 * (upper - lower)).isFinite, (2 * size).isFinite else {
      throw FigureError.badDomain(axis: axis, reason: "its range is wider than a double can hold")
    }
    if expansion == .roomy {
      let pad = 0.04 * (upper - lower)
      (lower, upper) = (lower - pad, upper + pad)
    } else if expansion != .exact, kind == .linear {
      // The ends become multiples of a nice step; of a finer one where much would stay empty.
      for target in [5, 10] {
        let step = niceStep(span: upper - lower, target: target)
        let a = multiple(of: step, (lower / step.value + 1e-9).rounded(.down))
        let b = multiple(of: step, (upper / step.value - 1e-9).rounded(.up))
        guard target == 10 || (lower - a) + (b - upper) <= 0.15 * (b - a) else { continue }
        (lower, upper) = (min(lower, a), max(upper, b))
        break
      }
    }
  }
  if kind == .log {
    lower = max(lower, .leastNonzeroMagnitude)
    upper = min(upper, .greatestFiniteMagnitude)
  }
  return (lower, upper)
}

/// 10 to a power, correctly rounded where the power is whole.
func powerOfTen(_ exponent: Double) -> Double {
  exponent == exponent.rounded() ? Double("1e\(Int(exponent))") ?? 0 : pow(10, exponent)
}
