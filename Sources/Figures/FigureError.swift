// SPDX-License-Identifier: Apache-2.0

/// Where in a figure's data an error lies.
public struct DataPlace: Equatable, Sendable, CustomStringConvertible {
  /// The kind of mark, such as `Line`.
  public var mark: String
  /// The series, or the label of a theory curve.
  public var series: String
  /// The array, such as `x` or `low`.
  public var array: String
  /// The index into the array, counted from 0.
  public var index: Int

  /// Creates a place from the mark, its series, the array and the index into it.
  public init(mark: String, series: String, array: String, index: Int) {
    (self.mark, self.series, self.array, self.index) = (mark, series, array, index)
  }

  /// The place in one phrase: `Line “UCBVI”: y[3]`.
  public var description: String { "\(markName(mark, series)): \(array)[\(index)]" }
}

func markName(_ mark: String, _ series: String) -> String {
  series.isEmpty ? mark : "\(mark) “\(series)”"
}

/// Why a figure cannot be drawn.
///
/// Nothing is dropped or clamped to avoid one of these.
public enum FigureError: Error, Equatable, Sendable {
  /// The id is not a letter followed by letters, digits, `-` or `_`.
  case badIdentifier(String)
  /// The figure, or a panel of it, has no mark.
  case noMarks(String)
  /// A mark has no data.
  case emptyData(mark: String, series: String)
  /// Two arrays of a mark differ in length.
  case wrongCount(mark: String, series: String, array: String, expected: Int, found: Int)
  /// A number is infinite or not a number.
  case notFinite(DataPlace, value: String)
  /// A number on a log axis is zero or negative.
  case notPositive(DataPlace, value: String)
  /// A number lies outside the domain that was given for the axis.
  case outsideDomain(DataPlace, value: String)
  /// The lower end of an interval is above its upper end.
  case reversedInterval(DataPlace)
  /// The x-values of a curve go backwards.
  case notIncreasing(DataPlace)
  /// A panel has more series than the palette has colours that can be told apart.
  case tooManySeries(panel: String, series: [String])
  /// A category axis was given a name it does not have, or a numeric axis a name.
  case unknownCategory(DataPlace, name: String)
  /// A mark does not fit the axes of the figure.
  case wrongAxis(mark: String, series: String, reason: String)
  /// The domain of an axis is empty, not finite, or not positive on a log axis.
  case badDomain(axis: String, reason: String)
  /// Labels need more room than there is.
  case labelsDoNotFit(String)
  /// A parameter of a mark or of the figure is out of its range.
  case badParameter(String)
  /// A CSV text or table is not well formed; the row counts from 1, the header being row 1.
  case badTable(row: Int, reason: String)
  /// A file could not be written.
  case unwritable(path: String, reason: String)
}

extension FigureError: CustomStringConvertible {
  /// What is wrong, where, and what to do, in one or two phrases.
  public var description: String {
    switch self {
    case .badIdentifier(let id):
      "the figure id “\(id)” is not a letter followed by letters, digits, - or _"
    case .noMarks(let name): "\(name) has no marks; give it at least one with data"
    case .emptyData(let mark, let series):
      "\(markName(mark, series)) has no data; leave the mark out, or give it values"
    case .wrongCount(let mark, let series, let array, let expected, let found):
      "\(markName(mark, series)): \(array) has \(found) entries, expected \(expected)"
    case .notFinite(let place, let value): "\(place) is \(value); figures take finite numbers only"
    case .notPositive(let place, let value):
      "\(place) is \(value), which a log axis cannot show; use .symlog or .linear, or leave it out"
    case .outsideDomain(let place, let value):
      "\(place) is \(value), outside the domain given for the axis; widen the domain"
    case .reversedInterval(let place): "\(place) is above its upper end"
    case .notIncreasing(let place): "\(place) is less than the value before it; sort the data by x"
    case .tooManySeries(let panel, let series):
      "\(panel) has \(series.count) series (\(series.joined(separator: ", "))), at most 4 can be "
        + "told apart; use facets"
    case .unknownCategory(let place, let name):
      "\(place) is the name “\(name)”, which the axis does not have"
    case .wrongAxis(let mark, let series, let reason): "\(markName(mark, series)): \(reason)"
    case .badDomain(let axis, let reason): "the \(axis)-axis: \(reason)"
    case .labelsDoNotFit(let what): what
    case .badParameter(let what): what
    case .badTable(let row, let reason): "CSV row \(row): \(reason)"
    case .unwritable(let path, let reason): "cannot write \(path): \(reason)"
    }
  }
}
