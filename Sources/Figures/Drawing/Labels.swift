// SPDX-License-Identifier: Apache-2.0

/// A label with the mark it names and the style of its glyph.
struct PlacedLabel {
  var text: String
  var note: String
  var glyph: Glyph
  var style: SeriesStyle?
  var placement: MarkLabel.Placement
  var drawing: any Drawable

  /// Equal keys name the same thing.
  var key: String {
    if case .dash(let dash) = glyph { return "theory \(dash) \(text)" }
    return "series \(text)"
  }
}

/// The labels of a panel: one a series, one a theory curve.
///
/// A series takes its label from its
/// topmost mark and its note from whichever mark has one.
func labels(of drawings: [any Drawable], styles: [String: SeriesStyle]) -> [PlacedLabel] {
  var result: [PlacedLabel] = []
  for drawing in drawings {
    guard let label = drawing.label else { continue }
    let new = PlacedLabel(
      text: label.text, note: label.note, glyph: label.glyph,
      style: drawing.isData ? styles[drawing.series] : nil, placement: label.placement,
      drawing: drawing)
    if let i = result.firstIndex(where: { $0.key == new.key }) {
      let note = new.note.isEmpty ? result[i].note : new.note
      result[i] = new
      result[i].note = note
    } else {
      result.append(new)
    }
  }
  return result
}

extension Canvas {
  /// The sign of a label, 18 px wide, centred on `y`.
  mutating func glyph(of label: PlacedLabel, left: Double, y: Double) {
    switch label.glyph {
    case .marker:
      if let style = label.style {
        path(style.path(left + 9, y, 4), fill: .fixed(style.color))
      }
    case .swatch:
      if let style = label.style {
        rectangle(
          Rectangle(left: left + 2, top: y - 5, right: left + 16, bottom: y + 5),
          fill: .fixed(style.color))
      }
    case .dash(let dash):
      line(
        Point(x: left, y: y), Point(x: left + 18, y: y), stroke: .neutral(.muted),
        width: dash.isEmpty ? 1 : 1.5, dash: dash)
    }
  }
}

enum LabelSize {
  static let glyph = 18.0
  static let glyphGap = 6.0
  static let widest = 180.0
  static let note = 11.0
  static let text = 13.0

  /// The room a label needs to the right of its left edge.
  static func width(_ label: PlacedLabel) -> Double {
    let lines = TextMetrics.wrap(label.text, size: text, limit: widest).map {
      TextMetrics.width($0, size: text)
    }
    let notes = TextMetrics.wrap(label.note, size: note, limit: widest).map {
      TextMetrics.width($0, size: note)
    }
    return glyph + glyphGap + ((lines + notes).max() ?? 0)
  }
}

extension Renderer {
  /// Draws labels in a column right of a panel, each as near as possible to the end of its curve.
  mutating func drawLabels(_ labels: [PlacedLabel], frame: Frame, others: [PlacedLabel]) throws {
    let all = labels + others
    guard !all.isEmpty else { return }
    let r = frame.rectangle
    let lines = all.map {
      TextMetrics.wrap($0.text, size: LabelSize.text, limit: LabelSize.widest)
    }
    let notes = all.map {
      TextMetrics.wrap($0.note, size: LabelSize.note, limit: LabelSize.widest)
    }
    let anchors = all.enumerated().map { i, label in
      i < labels.count
        ? label.drawing.anchor(in: frame) ?? Point(x: r.right, y: r.top)
        : Point(x: r.right, y: r.bottom)
    }
    // A generous line height first, a close one where labels are many.
    let height = { (i: Int, isClose: Bool) -> Double in
      let size =
        16.0 * Double(max(lines[i].count, 1)) + 14 * Double(notes[i].count) + (isClose ? 2 : 5)
      return isClose ? size : max(30, size)
    }
    let wanted = anchors.map { $0.y - 8.5 }
    let near = (r.top - 12)...(r.bottom + 20)
    let far = 4...max(self.height - 4, 5)
    let attempts = [(false, near), (true, near), (true, far)]
    var found: [Double]?
    for (isClose, range) in attempts where found == nil {
      found = placeBoxes(
        wanted: wanted, heights: all.indices.map { height($0, isClose) }, in: range)
    }
    guard let tops = found else {
      throw FigureError.labelsDoNotFit(
        "\(all.count) labels do not fit beside one panel; use facets or fewer curves")
    }
    let isMoved = all.indices.map { i in
      i < labels.count && all[i].drawing.layer != .bars
        && (abs(tops[i] - wanted[i]) > 7 || anchors[i].x < r.right - 30)
    }
    let left = r.right + 10 + (isMoved.contains(true) ? 10 : 0)
    for i in all.indices {
      let middle = tops[i] + 8.5
      if isMoved[i] {
        let start = Point(x: anchors[i].x + 7, y: anchors[i].y)
        canvas.line(
          start, Point(x: left - 3, y: middle), stroke: .neutral(.muted), width: 0.75)
      }
      canvas.glyph(of: all[i], left: left, y: middle)
      let x = left + LabelSize.glyph + LabelSize.glyphGap
      var y = middle + 4.5
      for line in lines[i] {
        canvas.text(line, at: Point(x: x, y: y))
        y += 16
      }
      y -= 2
      for note in notes[i] {
        canvas.text(note, at: Point(x: x, y: y), size: LabelSize.note, fill: .neutral(.muted))
        y += 14
      }
    }
  }

  /// Rows of keys, as many in a row as fit.
  ///
  /// Returns how many rows there are; draws only if `draws`.
  mutating func keyRows(
    _ labels: [PlacedLabel], left: Double, right: Double, top: Double, draws: Bool,
    size: Double = 12, step: Double = 18
  ) -> Int {
    var (x, row) = (left, 0)
    for label in labels {
      let text = TextMetrics.width(label.text, size: size)
      let note = label.note.isEmpty ? 0 : 6 + TextMetrics.width(label.note, size: LabelSize.note)
      let width = LabelSize.glyph + LabelSize.glyphGap + text + note
      if x > left, x + width > right { (x, row) = (left, row + 1) }
      if draws {
        let y = top + Double(row) * step
        canvas.glyph(of: label, left: x, y: y - 4)
        let start = x + LabelSize.glyph + LabelSize.glyphGap
        if !label.text.isEmpty { canvas.text(label.text, at: Point(x: start, y: y), size: size) }
        if !label.note.isEmpty {
          canvas.text(
            label.note, at: Point(x: start + text + (text > 0 ? 6 : 0), y: y),
            size: LabelSize.note, fill: .neutral(.muted))
        }
      }
      x += width + 18
    }
    return labels.isEmpty ? 0 : row + 1
  }
}
