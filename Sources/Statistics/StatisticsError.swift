// SPDX-License-Identifier: Apache-2.0

/// Data or parameters from which a statistic cannot be computed.
public enum StatisticsError: Error, Equatable, CustomStringConvertible {
  /// There are fewer numbers than the method needs.
  case tooFew(what: String, count: Int, needed: Int)
  /// Two lists that must be of one length are not.
  case unequalCounts(what: String, first: Int, second: Int)
  /// A number is infinite or not a number.
  case notFinite(what: String, index: Int, value: Double)
  /// A number lies outside the range that the method assumes.
  case outsideRange(what: String, value: Double, range: ClosedRange<Double>)
  /// A parameter has no meaning.
  case badParameter(name: String, value: Double, needed: String)
  /// The statistic is not defined for these data.
  case undefined(what: String, reason: String)

  /// What is wrong, where, and what to do.
  public var description: String {
    switch self {
    case .tooFew(let what, let count, let needed):
      "there are \(count) \(what); give at least \(needed)"
    case .unequalCounts(let what, let first, let second):
      "\(what): \(first) and \(second); give as many of one as of the other"
    case .notFinite(let what, let index, let value):
      "\(what) \(index) is \(value); give finite numbers"
    case .outsideRange(let what, let value, let range):
      "\(what) is \(value), outside [\(range.lowerBound), \(range.upperBound)], which the "
        + "method assumes; give the true range of the data"
    case .badParameter(let name, let value, let needed):
      "\(name) is \(value); give \(needed)"
    case .undefined(let what, let reason):
      "\(what) is not defined: \(reason)"
    }
  }

  static func checkLevel(_ level: Double) throws(StatisticsError) {
    guard level > 0 && level < 1 else {
      throw .badParameter(name: "the level", value: level, needed: "a number between 0 and 1")
    }
  }

  static func checkFinite(_ values: [Double], _ what: String) throws(StatisticsError) {
    for (i, value) in values.enumerated() where !value.isFinite {
      throw .notFinite(what: what, index: i, value: value)
    }
  }

  static func checkSample(
    _ values: [Double], _ what: String = "value", atLeast needed: Int
  ) throws(StatisticsError) {
    guard values.count >= needed else {
      throw .tooFew(what: what + "s", count: values.count, needed: needed)
    }
    try checkFinite(values, what)
  }

  /// Rows of one length, at least one; returns that length.
  static func checkMatrix(
    _ rows: [[Double]], rows what: String, columns: String, atLeast needed: Int
  ) throws(StatisticsError) -> Int {
    guard rows.count >= needed, let first = rows.first else {
      throw .tooFew(what: what, count: rows.count, needed: max(needed, 1))
    }
    for row in rows {
      guard row.count == first.count else {
        throw .unequalCounts(what: columns, first: first.count, second: row.count)
      }
      try checkSample(row, "value", atLeast: 1)
    }
    return first.count
  }
}
