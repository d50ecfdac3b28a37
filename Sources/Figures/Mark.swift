// SPDX-License-Identifier: Apache-2.0

/// Something drawn in a panel of a figure.
///
/// The marks of this module are values; a type of your own becomes a mark by returning the element
/// of another one.
public protocol Mark: Sendable {
  /// What a figure keeps of the mark.
  var element: FigureElement { get }
}

/// What a figure keeps of a ``Mark``.
public struct FigureElement: Sendable {
  let drawing: any Drawable

  init(_ drawing: any Drawable) { self.drawing = drawing }
}

/// Collects the marks of a figure or a panel.
@resultBuilder
public enum MarkBuilder {
  /// One mark.
  public static func buildExpression(_ mark: some Mark) -> [FigureElement] { [mark.element] }
  /// Several marks that were made elsewhere.
  public static func buildExpression(_ marks: [any Mark]) -> [FigureElement] {
    marks.map(\.element)
  }
  /// All lines of a block.
  public static func buildBlock(_ parts: [FigureElement]...) -> [FigureElement] {
    parts.flatMap { $0 }
  }
  /// A loop.
  public static func buildArray(_ parts: [[FigureElement]]) -> [FigureElement] {
    parts.flatMap { $0 }
  }
  /// An `if` without `else`.
  public static func buildOptional(_ part: [FigureElement]?) -> [FigureElement] { part ?? [] }
  /// The first branch of an `if`.
  public static func buildEither(first: [FigureElement]) -> [FigureElement] { first }
  /// The second branch of an `if`.
  public static func buildEither(second: [FigureElement]) -> [FigureElement] { second }
}

enum Direction: String {
  case x
  case y
}

/// One array of a mark, and the axis it is measured on.
struct DataColumn {
  var array: String
  var direction: Direction
  var values: [Coordinate]
  /// Whether the values may lie outside the domain; then they do not shape it either.
  var isClipped = false

  init(_ array: String, _ direction: Direction, _ values: [Coordinate], isClipped: Bool = false) {
    (self.array, self.direction, self.values, self.isClipped) = (
      array, direction, values, isClipped
    )
  }

  init(_ array: String, _ direction: Direction, _ values: [Double]) {
    self.init(array, direction, values.map { .number($0) })
  }
}

/// One row of the table beside a figure.
struct DataRow {
  var x: Coordinate?
  var y: Coordinate?
  var low: Double?
  var high: Double?
  var value: Double?
}

/// The sign before a label.
enum Glyph {
  case marker
  case swatch
  case dash(String)
}

/// A label that names a mark: at its right end, or in a row of keys above the panels.
struct MarkLabel {
  enum Placement {
    case rightEnd
    case key
    /// The mark writes it itself.
    case inline
  }
  var text: String
  var note: String
  var glyph: Glyph
  var placement = Placement.rightEnd
}

enum Layer: Int {
  case cells
  case band
  case rule
  case theory
  case bars
  case runs
  case line
  case interval
  case points
  case guide
  case text
}

/// What the figure needs to know of a mark.
///
/// Every mark is one file that implements this.
protocol Drawable: Sendable {
  var markName: String { get }
  /// The series the mark belongs to, or the label by which errors name it.
  var series: String { get }
  /// Whether the mark is measured data and takes a colour of the palette.
  var isData: Bool { get }
  var layer: Layer { get }
  var columns: [DataColumn] { get }
  /// Checks that the arrays of the mark belong together and are not empty.
  func checkCounts() throws
  /// Checks what is special to the mark; lengths, finiteness and domains are checked for all.
  func check(x: Axis, y: Axis) throws
  func expansion(_ direction: Direction, x: Axis, y: Axis) -> Expansion
  var label: MarkLabel? { get }
  /// Where the label would like to stand; called only where there is a label at the right end.
  func anchor(in frame: Frame) -> Point?
  /// Curves that free texts and triangles should stay away from.
  func obstacles(in frame: Frame) -> [[Point]]
  func draw(on canvas: inout Canvas, in frame: Frame)
  var rows: [DataRow] { get }
}

extension Drawable {
  var isData: Bool { true }
  func check(x: Axis, y: Axis) throws {}
  func expansion(_ direction: Direction, x: Axis, y: Axis) -> Expansion {
    direction == .x ? .exact : .padded
  }
  var label: MarkLabel? { nil }
  func anchor(in frame: Frame) -> Point? { nil }
  func obstacles(in frame: Frame) -> [[Point]] { [] }
  var rows: [DataRow] { [] }

  /// - Throws: ``FigureError/wrongCount(mark:series:array:expected:found:)`` unless all columns
  ///   have as many entries as the first, ``FigureError/emptyData(mark:series:)`` if it has none.
  func checkCounts() throws {
    guard let first = columns.first else { return }
    guard !first.values.isEmpty || columns.contains(where: { !$0.values.isEmpty }) else {
      throw FigureError.emptyData(mark: markName, series: series)
    }
    for column in columns where column.values.count != first.values.count {
      throw FigureError.wrongCount(
        mark: markName, series: series, array: column.array, expected: first.values.count,
        found: column.values.count)
    }
  }

  /// - Throws: ``FigureError/notIncreasing(_:)`` where x goes backwards.
  func checkIncreasing(_ x: [Coordinate]) throws {
    for i in x.indices.dropFirst() {
      if case .number(let a) = x[i - 1], case .number(let b) = x[i], b < a {
        throw FigureError.notIncreasing(
          DataPlace(mark: markName, series: series, array: "x", index: i))
      }
    }
  }

  /// - Throws: ``FigureError/reversedInterval(_:)`` where a lower end is above its upper end.
  func checkIntervals(_ low: [Double], _ high: [Double]) throws {
    for i in low.indices where low[i] > high[i] {
      throw FigureError.reversedInterval(
        DataPlace(mark: markName, series: series, array: "low", index: i))
    }
  }
}

/// Where a panel's data are drawn: pixels, scales and the styles of its series.
struct Frame {
  var rectangle: Rectangle
  var x: Scale
  var y: Scale
  var styles: [String: SeriesStyle]
  /// The series that stand side by side at a category: those of bars and of intervals.
  var barSeries: [String] = []
  var intervalSeries: [String] = []
  var heatRange: (low: Double, high: Double) = (0, 1)
  var obstacles: [[Point]] = []
  /// Whether the panel is one of several, or narrow: guides and texts are then smaller.
  var isSmall = false

  func point(_ px: Coordinate, _ py: Coordinate) -> Point {
    Point(x: x.position(px), y: y.position(py))
  }

  func point(_ px: Coordinate, _ py: Double) -> Point {
    Point(x: x.position(px), y: y.position(py))
  }

  func style(_ series: String) -> SeriesStyle { styles[series] ?? SeriesStyle(index: 0) }
}
