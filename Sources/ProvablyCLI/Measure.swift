// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation
import Provably

/// `provably measure`: how hard a model is, by the measures of the literature.
struct MeasureCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "measure",
    abstract: "Measure how hard a model is: gaps, diameter, coverability and more.",
    discussion: """
      EXAMPLES:
        provably measure riverswim:states=6
        provably measure taxi --discount 0.99 --only span --only coverability

      Every number is two-sided: the true one lies within what is printed, in spite
      of floating-point rounding. A measure that does not apply says why. Without
      --discount the model's own is used.

      MEASURES:
      \(Measure.allCases.map { "  " + $0.rawValue.padding(to: 24) + $0.summary }
        .joined(separator: "\n"))
      """)

  @OptionGroup var source: ModelArgument

  @Option(help: "The discount, in [0, 1).")
  var discount: Double?

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("Only these measures.", valueName: "name"))
  var only: [Measure] = []

  @Flag(help: "Print one JSON document.")
  var json = false

  func run() throws {
    let model = try source.load()
    for warning in model.warnings { printError("warning: \(warning)") }
    guard let discount = discount ?? model.discount else {
      throw Failure(.usage, "\(model.name) names no discount", hint: "give --discount g")
    }
    var profile =
      switch model.content {
      case .tabular(let document):
        HardnessProfile(of: try DiscountedMDP(document.dynamics, discount: discount))
      case .lowRank(let lowRank): try HardnessProfile(of: lowRank, discount: discount)
      }
    let wanted = only.isEmpty ? Measure.allCases : Measure.allCases.filter(only.contains)
    if json {
      let findings = try wanted.map { try profile.finding($0) }
      print(try MeasureReport(model: model, discount: discount, findings: findings).json())
      return
    }
    print("model".padding(to: 24) + model.name)
    print("size".padding(to: 24) + "\(model.stateCount) states, \(model.actionCount) actions")
    print("discount".padding(to: 24) + "\(discount)")
    for measure in wanted { print(MeasureReport.line(try profile.finding(measure))) }
  }
}

extension Measure: ExpressibleByArgument {}

/// What was found, as text and as one JSON document.
struct MeasureReport {
  let model: LoadedModel
  let discount: Double
  let findings: [Finding]

  /// One aligned line: name, number and note, or why there is no number.
  static func line(_ finding: Finding) -> String {
    let name = finding.measure.rawValue.padding(to: 24)
    guard let value = finding.value else { return name + "-  (" + finding.note + ")" }
    let note = finding.note.isEmpty ? "" : "  " + finding.note
    return name + text(value) + note
  }

  /// A number as it is known: exact, with a half width, as an interval, or from below only.
  static func text(_ value: Measured) -> String {
    if value.isExact { return number(value.lower) }
    guard value.upper.isFinite else { return "at least " + outward(value.lower, up: false) }
    if value.width <= 1e-4 * abs(value.middle) {
      // The half width is measured from the digits that are printed, so that they hold as they are.
      let middle = String(format: "%.13g", value.middle)
      let printed = Double(middle) ?? value.middle
      let half = max(value.upper - printed, printed - value.lower)
      return middle + " ± " + String(format: "%.1e", 1.06 * half)
    }
    return "[" + outward(value.lower, up: false) + ", " + outward(value.upper, up: true) + "]"
  }

  /// An integer without a point, anything else with as many digits as determine the double.
  private static func number(_ x: Double) -> String {
    x == x.rounded() && abs(x) < 1e15 ? String(format: "%.0f", x) : "\(x)"
  }

  /// Six digits of a number that is not negative, rounded away from the interval so that it holds.
  private static func outward(_ x: Double, up: Bool) -> String {
    if x == x.rounded() && abs(x) < 1e15 { return number(x) }
    let text = String(format: "%.6g", x)
    if let read = Double(text), up ? read >= x : read <= x { return text }
    // Six digits are within 5e-6 of what they stand for.
    return String(format: "%.6g", x * (up ? 1 + 1e-5 : 1 - 1e-5))
  }

  private struct Document: Encodable {
    struct Entry: Encodable {
      let lower: Double?
      let upper: Double?
      let unit: String
      let note: String

      /// Written out so that an absent bound is `null`, not a missing key.
      func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(lower, forKey: .lower)
        try container.encode(upper, forKey: .upper)
        try container.encode(unit, forKey: .unit)
        try container.encode(note, forKey: .note)
      }

      private enum CodingKeys: CodingKey {
        case lower
        case upper
        case unit
        case note
      }
    }

    let schema = "provably-measure/1"
    let version = Main.version
    let model: String
    let states: Int
    let actions: Int
    let discount: Double
    let measures: [String: Entry]
  }

  /// One JSON document with sorted keys; numbers that are not finite become strings.
  func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    let entries = findings.map { finding in
      (
        finding.measure.rawValue,
        Document.Entry(
          lower: finding.value?.lower, upper: finding.value?.upper, unit: finding.measure.unit,
          note: finding.note)
      )
    }
    let document = Document(
      model: model.name, states: model.stateCount, actions: model.actionCount,
      discount: discount, measures: Dictionary(entries) { first, _ in first })
    return String(decoding: try encoder.encode(document), as: UTF8.self)
  }
}
