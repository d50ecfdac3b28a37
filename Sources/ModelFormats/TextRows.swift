// SPDX-License-Identifier: Apache-2.0
import MarkovModels

/// Rows of probabilities from a text, each checked and brought to sum 1 as soon as it is complete.
///
/// Text carries limited digits: thirteen times 0.07692307692 is not 1. A row is divided by its sum
/// when the sum differs from 1 by no more than the rounding of its printed numbers explains.
/// Programs print at least six digits, so a number with fewer counts as rounded to six.
struct TextRows {
  /// The fewest significant digits that programs print.
  static let leastPrecision = 6

  let file: String
  let stateCount: Int
  /// Rows this far from sum 1 are divided by the sum too.
  let tolerance: Double
  private(set) var rowPointers = [0]
  private(set) var columns: [Int32] = []
  private(set) var values: [Double] = []
  /// The line on which each row starts.
  private(set) var lines: [Int] = []
  private(set) var rescaledCount = 0
  private var firstRescaled: ModelPlace?
  private var mostDigits = 0
  private var row: [(next: Int32, number: PrintedNumber, line: Int)] = []

  init(file: String, stateCount: Int, tolerance: Double) {
    self.file = file
    self.stateCount = stateCount
    self.tolerance = tolerance
  }

  /// The number of complete rows.
  var count: Int { lines.count }

  /// Adds an entry to the row that is being read.
  mutating func add(next: Int, _ number: PrintedNumber, line: Int) throws(ModelFormatError) {
    guard next < min(stateCount, Int(Int32.max)) else {
      throw .badValue(
        file, .line(line), reason: "next state \(next) is not in 0 ..< \(stateCount)")
    }
    guard number.value >= 0, number.value <= 1 else {
      throw .badValue(
        file, .line(line),
        reason: "the probability is \(number.value), expected a number in [0, 1]")
    }
    row.append((Int32(clamping: next), number, line))
  }

  /// Completes the row.
  ///
  /// - Parameters:
  ///   - place: The state and the action of the row.
  ///   - line: The line on which the row starts.
  /// - Throws: ``ModelFormatError/badModel(_:_:_:)`` for a transition listed twice or a bad sum.
  mutating func finishRow(_ place: ModelPlace, line: Int) throws(ModelFormatError) {
    let isSorted = row.indices.dropFirst().allSatisfy { row[$0 - 1].next < row[$0].next }
    if !isSorted {
      row.sort { ($0.next, $0.line) < ($1.next, $1.line) }
      if let i = row.indices.dropFirst().first(where: { row[$0 - 1].next == row[$0].next }) {
        throw .badModel(
          file, .line(row[i].line), .duplicateTransition(place, next: Int(row[i].next)))
      }
    }
    let numbers = row.map(\.number.value)
    let sum = accurateSum(numbers[...], startingAt: 0)
    let exactness = Double(row.count + 1) * .ulpOfOne
    var divisor = 1.0
    if abs(sum - 1) > exactness {
      let digits = row.reduce(0) { max($0, $1.number.digits) }
      let precision = max(digits, TextRows.leastPrecision)
      let rounding = row.reduce(0.0) { $0 + $1.number.rounding(precision: precision) }
      guard abs(sum - 1) <= max(rounding * (1 + 1e-6), tolerance) else {
        throw .badModel(
          file, .line(line),
          .rowNotStochastic(place, sum: sum, tolerance: max(rounding, exactness)))
      }
      divisor = sum
      rescaledCount += 1
      mostDigits = max(mostDigits, digits)
      if firstRescaled == nil { firstRescaled = place }
    }
    for entry in row {
      columns.append(entry.next)
      values.append(entry.number.value / divisor)
    }
    rowPointers.append(values.count)
    lines.append(line)
    row.removeAll(keepingCapacity: true)
  }

  /// What to say about rescaled rows, if there are any.
  var warning: String? {
    firstRescaled.map {
      rescalingWarning(rescaledCount, $0, because: " (the text has \(mostDigits) digits)")
    }
  }
}
