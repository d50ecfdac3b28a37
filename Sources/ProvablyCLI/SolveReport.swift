// SPDX-License-Identifier: Apache-2.0
import Foundation
import Provably

/// The numbers of one solve, as text and as one JSON document.
struct SolveReport {
  let model: String
  let states: Int
  let actions: Int
  let transitions: Int
  let discount: Double?
  let horizon: Int?
  let method: String
  let status: SolveStatus
  let iterations: Int
  let residual: Double
  let epsilon: Double
  let gap: Double
  let lossBound: Double
  let roundingWidth: Double
  let verified: Bool
  let refusal: String?
  let valueBounds: ClosedRange<Double>
  let loadSeconds: Double
  let solveSeconds: Double
  let notes: [String]
  /// The criterion, if it is neither a discount nor a horizon.
  var criterion: LongRunCriterion?
  /// The exact solution, if it was asked for.
  var exact: ExactReport?

  /// The middle of the certified interval for the value from the start.
  var value: Double { 0.5 * valueBounds.lowerBound + 0.5 * valueBounds.upperBound }

  /// The greatest amount of memory that the program has held so far.
  static var peakBytes: Int {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return usage.ru_maxrss * 1024
  }

  private struct Document: Encodable {
    struct CertificateFields: Encodable {
      let gap: Double
      let lossBound: Double
      let roundingWidth: Double
      let verified: Bool
      let refusal: String?
    }

    let schema = "provably-solve/1"
    let version = Main.version
    let model: String
    let states: Int
    let actions: Int
    let transitions: Int
    let discount: Double?
    let horizon: Int?
    let method: String
    let status: String
    let iterations: Int
    let residual: Double
    let epsilon: Double
    let certificate: CertificateFields
    let value: Double
    let valueLower: Double
    let valueUpper: Double
    let loadSeconds: Double
    let solveSeconds: Double
    let peakBytes: Int
    let notes: [String]
    let exact: ExactReport?
    let criterion: String

    /// Written out so that an absent discount or horizon is `null`, not a missing key.
    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Key.self)
      func put(_ key: String, _ value: some Encodable) throws {
        try container.encode(value, forKey: Key(stringValue: key))
      }
      try put("schema", schema)
      try put("version", version)
      try put("model", model)
      try put("states", states)
      try put("actions", actions)
      try put("transitions", transitions)
      try put("discount", discount)
      try put("horizon", horizon)
      try put("method", method)
      try put("status", status)
      try put("iterations", iterations)
      try put("residual", residual)
      try put("epsilon", epsilon)
      try put("certificate", certificate)
      try put("value", value)
      try put("valueLower", valueLower)
      try put("valueUpper", valueUpper)
      try put("loadSeconds", loadSeconds)
      try put("solveSeconds", solveSeconds)
      try put("peakBytes", peakBytes)
      try put("notes", notes)
      try put("criterion", criterion)
      if let exact { try put("exact", exact) }
    }

    struct Key: CodingKey {
      let stringValue: String
      var intValue: Int? { nil }
      init(stringValue: String) { self.stringValue = stringValue }
      init?(intValue: Int) { nil }
    }
  }

  /// One JSON document with sorted keys; numbers that are not finite become strings.
  func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    let document = Document(
      model: model, states: states, actions: actions, transitions: transitions,
      discount: discount, horizon: horizon, method: method, status: status.rawValue,
      iterations: iterations, residual: residual, epsilon: epsilon,
      certificate: .init(
        gap: gap, lossBound: lossBound, roundingWidth: roundingWidth, verified: verified,
        refusal: refusal), value: value, valueLower: valueBounds.lowerBound,
      valueUpper: valueBounds.upperBound, loadSeconds: loadSeconds, solveSeconds: solveSeconds,
      peakBytes: Self.peakBytes, notes: notes, exact: exact,
      criterion: criterion?.rawValue ?? (horizon == nil ? "discounted" : "finite-horizon"))
    return String(decoding: try encoder.encode(document), as: UTF8.self)
  }

  /// A few aligned lines.
  func text(verbose: Bool) -> String {
    var lines = [
      "model        \(model)",
      "size         \(states) states, \(actions) actions, \(transitions) transitions",
      discount.map { "discount     \($0)" } ?? horizon.map { "horizon      \($0) stages" }
        ?? "criterion    \(criterion == .average ? "average reward per step" : "total reward")",
      "method       \(method), \(iterations) iterations, \(Self.seconds(solveSeconds))",
      "status       \(status.words)",
      "value        \(Self.interval(valueBounds)) from the start, certified",
      "gap          " + String(format: "%.1e", gap) + " in any state (asked: "
        + String(format: "%.1e", epsilon) + "; rounding "
        + String(format: "%.1e", roundingWidth) + ")",
      "policy loss  at most " + String(format: "%.1e", lossBound),
      "certificate  "
        + (verified
          ? "verified by the independent checker"
          : "REFUSED: "
            + (refusal ?? "")),
    ]
    if let exact { lines += exact.lines }
    if verbose {
      lines.append(
        "memory       \(Self.peakBytes / 1_000_000) MB at most; loaded in "
          + Self.seconds(loadSeconds))
      lines += notes.map { "note         \($0)" }
    }
    return lines.joined(separator: "\n")
  }

  /// Ten decimals, or an exponent when that says more.
  static func decimal(_ x: Double) -> String {
    let size = abs(x)
    return size != 0 && (size < 1e-4 || size >= 1e9)
      ? String(format: "%.12e", x) : String(format: "%.10f", x)
  }

  /// The middle of an interval and its half width, rounded up.
  static func interval(_ bounds: ClosedRange<Double>) -> String {
    guard bounds.lowerBound.isFinite, bounds.upperBound.isFinite else {
      return bounds.lowerBound == bounds.upperBound
        ? (bounds.lowerBound > 0 ? "+infinity" : "-infinity") : "undecided"
    }
    let middle = 0.5 * bounds.lowerBound + 0.5 * bounds.upperBound
    let half = max(middle - bounds.lowerBound, bounds.upperBound - middle)
    return decimal(middle) + " ± " + String(format: "%.1e", 1.05 * half)
  }

  /// A time in a unit that fits it.
  static func seconds(_ t: Double) -> String {
    t < 1 ? String(format: "%.1f ms", t * 1000) : String(format: "%.2f s", t)
  }
}

extension SolveStatus {
  /// The status in words.
  var words: String {
    switch self {
    case .converged: "converged"
    case .iterationLimit: "NOT converged: the iterations ran out"
    case .precisionLimit: "NOT converged: rounding keeps the gap above what was asked"
    case .truncationLimit: "NOT converged: the truncation to this rank keeps the gap above it"
    case .interrupted: "INTERRUPTED: the bounds hold for the work done so far"
    }
  }
}
