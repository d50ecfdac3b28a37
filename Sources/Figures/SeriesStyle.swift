// SPDX-License-Identifier: Apache-2.0

/// The colour and the marker shape of a series; never the colour alone.
struct SeriesStyle: Equatable {
  /// Index into the palette, 0 … 3.
  var index: Int

  var color: String { Palette.series[index] }

  /// The closed path of the marker, centred at (x, y): ●, ▲, ■ or ◆ of half-width about `r`.
  func path(_ x: Double, _ y: Double, _ r: Double) -> String {
    let c = coordinateText
    switch index {
    case 1:
      let s = r * 1.25
      return
        "M\(c(x)),\(c(y - s * 1.05))l\(c(s)),\(c(s * 1.8))h\(c(-2 * s))z"
    case 2:
      let s = r * 0.92
      return "M\(c(x - s)),\(c(y - s))h\(c(2 * s))v\(c(2 * s))h\(c(-2 * s))z"
    case 3:
      let s = r * 1.3
      return "M\(c(x)),\(c(y - s))l\(c(s)),\(c(s))l\(c(-s)),\(c(s))l\(c(-s)),\(c(-s))z"
    default:
      return "M\(c(x - r)),\(c(y))a\(c(r)),\(c(r)) 0 1 0 \(c(2 * r)),0"
        + "a\(c(r)),\(c(r)) 0 1 0 \(c(-2 * r)),0z"
    }
  }
}

/// Gives every series its style, in order of first appearance.
///
/// The first four take the four styles in order. Later ones (panels of a figure with many series)
/// take the first style, counted from their own turn, that no series beside them in a panel has.
///
/// - Throws: ``FigureError/tooManySeries(panel:series:)`` where a panel has more than four.
func assignStyles(panels: [(name: String, series: [String])]) throws -> [String: SeriesStyle] {
  var order: [String] = []
  for panel in panels {
    guard panel.series.count <= Palette.series.count else {
      throw FigureError.tooManySeries(panel: panel.name, series: panel.series)
    }
    for name in panel.series where !order.contains(name) { order.append(name) }
  }
  var styles: [String: SeriesStyle] = [:]
  for (i, name) in order.enumerated() {
    var taken: Set<Int> = []
    for panel in panels where panel.series.contains(name) {
      taken.formUnion(panel.series.compactMap { styles[$0]?.index })
    }
    let count = Palette.series.count
    guard let index = (0..<count).map({ (i + $0) % count }).first(where: { !taken.contains($0) })
    else {
      let panel = panels.first { $0.series.contains(name) }
      throw FigureError.tooManySeries(panel: panel?.name ?? "", series: order)
    }
    styles[name] = SeriesStyle(index: index)
  }
  return styles
}
