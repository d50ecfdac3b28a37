// SPDX-License-Identifier: Apache-2.0

/// A figure: axes, marks in one panel or several, and words that say what was found.
///
///     Figure(
///       id: "regret", title: "Regret grows as √K", subtitle: "RiverSwim, 6 states, H = 20",
///       x: .log("episodes K →"), y: .log("↑ cumulative regret")
///     ) {
///       Band(x: ks, low: lo, high: hi, series: "UCBVI")
///       Line(x: ks, y: mean, series: "UCBVI")
///       Theory(x: ks, y: bound, label: "proved bound", kind: .upperBound)
///       SlopeGuide(slope: 0.5, at: 1e4)
///     }
///
/// The same figure gives the same bytes: no clock, no locale, no counter that outlives a call.
/// Nothing is checked when a figure is made; ``svg(theme:width:)``, ``table()`` and
/// ``write(to:narrowWidth:)`` throw ``FigureError``.
public struct Figure: Sendable {
  /// A letter followed by letters, digits, `-` or `_`: the stem of file names and ids.
  public var id: String
  /// The finding, in one sentence.
  public var title: String
  /// The setting: instance, seeds, what bands and whiskers mean.
  public var subtitle: String
  /// For readers who do not see the figure; made from axes and series if empty.
  public var description: String
  /// The horizontal axis.
  public var x: Axis
  /// The vertical axis.
  public var y: Axis
  /// How panels are arranged; `nil` for a figure of one panel without a title.
  public var facets: Facets?
  /// The panels; one for a figure without facets.
  public var panels: [Panel]

  /// A figure of one panel.
  ///
  /// - Parameters:
  ///   - id: stem of file names and ids.
  ///   - title: the finding.
  ///   - subtitle: the setting.
  ///   - description: for readers who do not see the figure.
  ///   - x: the horizontal axis.
  ///   - y: the vertical axis.
  ///   - marks: what is drawn.
  public init(
    id: String, title: String, subtitle: String = "", description: String = "", x: Axis, y: Axis,
    @MarkBuilder marks: () throws -> [FigureElement]
  ) rethrows {
    (self.id, self.title, self.subtitle, self.description) = (id, title, subtitle, description)
    (self.x, self.y, facets) = (x, y, nil)
    panels = [Panel(title: "", subtitle: "", elements: try marks())]
  }

  /// A figure of several panels over the same axes.
  ///
  /// - Parameters:
  ///   - id: stem of file names and ids.
  ///   - title: the finding.
  ///   - subtitle: the setting.
  ///   - description: for readers who do not see the figure.
  ///   - x: the horizontal axis of all panels.
  ///   - y: the vertical axis; its domain may differ between panels, see ``Facets``.
  ///   - facets: the number of columns and whether panels share their y-domain.
  ///   - panels: the panels, row by row.
  public init(
    id: String, title: String, subtitle: String = "", description: String = "", x: Axis, y: Axis,
    facets: Facets, @PanelBuilder panels: () throws -> [Panel]
  ) rethrows {
    (self.id, self.title, self.subtitle, self.description) = (id, title, subtitle, description)
    (self.x, self.y, self.facets) = (x, y, facets)
    self.panels = try panels()
  }

  /// The figure as the text of an SVG document.
  ///
  /// - Parameters:
  ///   - theme: the ground it is drawn for.
  ///   - width: the width in pixels, at least 280. Fonts keep their size; below 480 labels move
  ///     above the panels and panels stand below each other.
  /// - Returns: the document, ending with a line feed.
  /// - Throws: ``FigureError``.
  /// - Complexity: O(n) in the number of data; free triangles cost O(200 n).
  public func svg(theme: Theme = .automatic, width: Double = 640) throws -> String {
    guard width >= 280, width <= 4_000 else {
      throw FigureError.badParameter("the width \(width) is not between 280 and 4000 px")
    }
    var renderer = try Renderer(Resolution(self), theme: theme, width: width)
    return try renderer.document()
  }
}

/// How the panels of a figure are arranged.
public struct Facets: Sendable, Equatable {
  /// Whether all panels have one y-domain.
  public enum YDomain: Sendable {
    /// One domain for all, so that heights compare between panels.
    case shared
    /// Each panel its own, with its own tick labels.
    case free
  }

  /// The number of columns; rows follow from it.
  public var columns: Int
  /// Whether all panels have one y-domain.
  public var y: YDomain

  /// Panels in rows of `count`.
  public static func columns(_ count: Int, y: YDomain = .shared) -> Facets {
    Facets(columns: count, y: y)
  }
}

/// One of several panels of a figure.
public struct Panel: Sendable {
  /// What distinguishes the panel: `"C* = 2"`.
  public var title: String
  /// A second, smaller line.
  public var subtitle: String
  /// Its marks.
  public var elements: [FigureElement]

  init(title: String, subtitle: String, elements: [FigureElement]) {
    (self.title, self.subtitle, self.elements) = (title, subtitle, elements)
  }

  /// A panel with a title.
  public init(
    _ title: String, subtitle: String = "", @MarkBuilder marks: () throws -> [FigureElement]
  ) rethrows {
    self.init(title: title, subtitle: subtitle, elements: try marks())
  }
}

/// Collects the panels of a figure.
@resultBuilder
public enum PanelBuilder {
  /// One panel.
  public static func buildExpression(_ panel: Panel) -> [Panel] { [panel] }
  /// Panels that were made elsewhere.
  public static func buildExpression(_ panels: [Panel]) -> [Panel] { panels }
  /// All lines of a block.
  public static func buildBlock(_ parts: [Panel]...) -> [Panel] { parts.flatMap { $0 } }
  /// A loop.
  public static func buildArray(_ parts: [[Panel]]) -> [Panel] { parts.flatMap { $0 } }
  /// An `if` without `else`.
  public static func buildOptional(_ part: [Panel]?) -> [Panel] { part ?? [] }
  /// The first branch of an `if`.
  public static func buildEither(first: [Panel]) -> [Panel] { first }
  /// The second branch of an `if`.
  public static func buildEither(second: [Panel]) -> [Panel] { second }
}
