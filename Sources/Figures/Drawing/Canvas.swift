// SPDX-License-Identifier: Apache-2.0

/// A point of the drawing, in pixels from the top left.
struct Point: Equatable {
  var x: Double
  var y: Double
}

/// A rectangle of the drawing.
struct Rectangle: Equatable {
  var left: Double
  var top: Double
  var right: Double
  var bottom: Double
  var width: Double { right - left }
  var height: Double { bottom - top }

  func inset(by d: Double) -> Rectangle {
    Rectangle(left: left + d, top: top + d, right: right - d, bottom: bottom - d)
  }
}

/// What a shape is painted with.
enum Paint: Equatable {
  case none
  case neutral(Neutral)
  case fixed(String)
}

/// Where a text stands relative to its point.
enum TextAnchor: String {
  case start
  case middle
  case end
}

/// The text of one SVG drawing as it grows.
///
/// Attributes come in a fixed order and coordinates with
/// one decimal, so that the same figure gives the same bytes.
struct Canvas {
  let id: String
  let theme: Theme
  private(set) var body = ""
  private(set) var definitions = ""
  private var clipCount = 0

  init(id: String, theme: Theme) {
    (self.id, self.theme) = (id, theme)
  }

  // MARK: Shapes

  mutating func path(
    _ d: String, fill: Paint = .none, stroke: Paint = .none, width: Double = 1, dash: String = "",
    isRun: Bool = false, isBand: Bool = false, clip: String = "", roundJoin: Bool = false
  ) {
    body += "<path d=\"\(d)\"" + paint(fill: fill, stroke: stroke, isBand: isBand, isRun: isRun)
    if stroke != .none && width != 1 { body += " stroke-width=\"\(strokeText(width))\"" }
    if !dash.isEmpty { body += " stroke-dasharray=\"\(dash)\"" }
    if roundJoin { body += " stroke-linejoin=\"round\" stroke-linecap=\"round\"" }
    if isBand {
      let band = theme == .dark ? Palette.bandOpacityDark : Palette.bandOpacityLight
      body += " fill-opacity=\"\(band)\""
    }
    if isRun {
      let opacity = theme == .dark ? Palette.runsOpacityDark : Palette.runsOpacityLight
      body += " stroke-opacity=\"\(opacity)\""
    }
    if !clip.isEmpty { body += " clip-path=\"url(#\(clip))\"" }
    body += "/>\n"
  }

  mutating func line(
    _ a: Point, _ b: Point, stroke: Paint, width: Double = 1, dash: String = ""
  ) {
    path(polyline([a, b]), stroke: stroke, width: width, dash: dash)
  }

  mutating func rectangle(_ r: Rectangle, fill: Paint, stroke: Paint = .none) {
    let c = coordinateText
    body +=
      "<rect x=\"\(c(r.left))\" y=\"\(c(r.top))\" width=\"\(c(r.width))\" height=\"\(c(r.height))\""
      + paint(fill: fill, stroke: stroke) + "/>\n"
  }

  /// A marker with a hairline of paper around it.
  mutating func marker(_ style: SeriesStyle, at p: Point, radius: Double = 3.5) {
    path(
      style.path(p.x, p.y, radius), fill: .fixed(style.color), stroke: .neutral(.paper))
  }

  /// A text; `10^6` at the end of a tick label is set with a raised exponent by `exponent`.
  mutating func text(
    _ string: String, at p: Point, size: Double = 13, anchor: TextAnchor = .start,
    fill: Paint = .neutral(.ink), bold: Bool = false, exponent: String = "", halo: Bool = false
  ) {
    if halo {
      // The same text under itself with a wide stroke of paper: legible over lines in any renderer.
      element(
        string, at: p, size: size, anchor: anchor, bold: bold, exponent: exponent,
        paint: paint(fill: .neutral(.paper), stroke: .neutral(.paper))
          + " stroke-width=\"3\" stroke-linejoin=\"round\" aria-hidden=\"true\"")
    }
    element(
      string, at: p, size: size, anchor: anchor, bold: bold, exponent: exponent,
      paint: paint(fill: fill, stroke: .none))
  }

  private mutating func element(
    _ string: String, at p: Point, size: Double, anchor: TextAnchor, bold: Bool, exponent: String,
    paint: String
  ) {
    body += "<text x=\"\(coordinateText(p.x))\" y=\"\(coordinateText(p.y))\""
    if anchor != .start { body += " text-anchor=\"\(anchor.rawValue)\"" }
    if size != 13 { body += " font-size=\"\(coordinateText(size))\"" }
    if bold { body += " font-weight=\"600\"" }
    body += paint + ">" + escaped(string)
    if !exponent.isEmpty {
      body += "<tspan dy=\"-5\" font-size=\"11\">\(escaped(exponent))</tspan>"
    }
    body += "</text>\n"
  }

  // MARK: Groups and definitions

  mutating func open() { body += "<g>\n" }
  mutating func close() { body += "</g>\n" }

  /// Defines a clipping rectangle and returns its id.
  mutating func clip(to r: Rectangle) -> String {
    let name = "\(id)-clip-\(clipCount)"
    clipCount += 1
    let c = coordinateText
    definitions +=
      "<clipPath id=\"\(name)\"><rect x=\"\(c(r.left))\" y=\"\(c(r.top))\" "
      + "width=\"\(c(r.width))\" height=\"\(c(r.height))\"/></clipPath>\n"
    return name
  }

  /// Defines a vertical gradient from the last colour at the top to the first at the bottom.
  mutating func gradient(_ colors: [String]) -> String {
    let name = "\(id)-ramp"
    definitions += "<linearGradient id=\"\(name)\" x1=\"0\" y1=\"1\" x2=\"0\" y2=\"0\">"
    for (i, color) in colors.enumerated() {
      let offset = fixedText(100 * Double(i) / Double(max(colors.count - 1, 1)), decimals: 1)
      definitions += "<stop offset=\"\(offset)%\" stop-color=\"\(color)\"/>"
    }
    definitions += "</linearGradient>\n"
    return name
  }

  // MARK: Paint

  private func paint(
    fill: Paint, stroke: Paint, isBand: Bool = false, isRun: Bool = false
  ) -> String {
    var classes: [String] = []
    var attributes = ""
    switch fill {
    case .none: attributes += stroke == .none ? "" : " fill=\"none\""
    case .neutral(let neutral):
      classes.append("f-\(neutral.rawValue)")
      attributes += " fill=\"\(value(of: neutral))\""
    case .fixed(let color): attributes += " fill=\"\(color)\""
    }
    switch stroke {
    case .none: break
    case .neutral(let neutral):
      classes.append("s-\(neutral.rawValue)")
      attributes += " stroke=\"\(value(of: neutral))\""
    case .fixed(let color): attributes += " stroke=\"\(color)\""
    }
    if isBand { classes.append("band") }
    if isRun { classes.append("run") }
    guard theme == .automatic, !classes.isEmpty else { return attributes }
    return " class=\"\(classes.joined(separator: " "))\"" + attributes
  }

  private func value(of neutral: Neutral) -> String {
    theme == .dark ? neutral.dark : neutral.light
  }

  // MARK: The whole document

  /// The SVG document: size, title, description, style block, definitions and shapes.
  func document(width: Double, height: Double, title: String, description: String) -> String {
    let (w, h) = (coordinateText(width), coordinateText(height))
    var text =
      "<svg xmlns=\"http://www.w3.org/2000/svg\" id=\"\(id)\" viewBox=\"0 0 \(w) \(h)\" "
      + "width=\"\(w)\" height=\"\(h)\" role=\"img\" "
      + "aria-labelledby=\"\(id)-title \(id)-desc\" font-family=\"system-ui, -apple-system, "
      + "'Segoe UI', Helvetica, Arial, sans-serif\" font-size=\"13\">\n"
    text += "<title id=\"\(id)-title\">\(escaped(title))</title>\n"
    text += "<desc id=\"\(id)-desc\">\(escaped(description))</desc>\n"
    text += "<style>\n#\(id) text{font-variant-numeric:tabular-nums}\n"
    if theme == .automatic {
      text += "@media (prefers-color-scheme: dark){\n"
      for neutral in Neutral.allCases {
        text += "#\(id) .f-\(neutral.rawValue){fill:\(neutral.dark)} "
        text += "#\(id) .s-\(neutral.rawValue){stroke:\(neutral.dark)}\n"
      }
      text += "#\(id) .band{fill-opacity:\(Palette.bandOpacityDark)} "
      text += "#\(id) .run{stroke-opacity:\(Palette.runsOpacityDark)}\n}\n"
    }
    text += "</style>\n"
    if !definitions.isEmpty { text += "<defs>\n\(definitions)</defs>\n" }
    let whole = Rectangle(left: 0, top: 0, right: width, bottom: height)
    var ground = Canvas(id: id, theme: theme)
    ground.rectangle(whole, fill: .neutral(.paper))
    return text + ground.body + body + "</svg>\n"
  }
}

private func strokeText(_ value: Double) -> String {
  let hundredths = Int((value * 100).rounded())
  if hundredths % 10 == 0 { return coordinateText(value) }
  let rest = hundredths % 100
  return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
}

/// An open path through points; each coordinate has one decimal.
func polyline(_ points: [Point]) -> String {
  var d = ""
  for (i, p) in points.enumerated() {
    d += (i == 0 ? "M" : "L") + coordinateText(p.x) + "," + coordinateText(p.y)
  }
  return d
}

/// `text` with the characters that mean something in XML replaced, and those that XML forbids
/// shown as U+FFFD.
func escaped(_ text: String) -> String {
  var result = ""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\"": result += "&quot;"
    case "\t", "\n", "\r": result += " "
    default:
      let isForbidden =
        scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
        || scalar.value & 0xFFFE == 0xFFFE
      result.unicodeScalars.append(isForbidden ? "\u{FFFD}" : scalar)
    }
  }
  return result
}
