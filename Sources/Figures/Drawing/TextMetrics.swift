// SPDX-License-Identifier: Apache-2.0

/// Estimates of how wide a text will be.
///
/// The widths are those of a wide sans-serif face, so that a text set in a reader's own font is
/// rarely wider: layouts that hold here hold there.
enum TextMetrics {
  /// Advance widths of U+0020 … U+007E in thousandths of the font size.
  private static let ascii: [Int] = [
    318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838,
    318, 361, 318, 337, 636, 636, 636, 636, 636, 636, 636, 636,
    636, 636, 337, 337, 838, 838, 838, 531, 1000, 684, 686, 698,
    770, 632, 575, 775, 752, 295, 295, 656, 557, 863, 748, 787,
    603, 787, 695, 635, 611, 732, 684, 989, 685, 611, 685, 390,
    337, 390, 838, 500, 500, 613, 635, 550, 635, 615, 352, 635,
    634, 278, 278, 579, 278, 974, 634, 612, 635, 635, 411, 521,
    392, 634, 592, 818, 592, 592, 525, 636, 337, 636, 838,
  ]

  /// The width of `text` in pixels at a font size; bold faces are about an eighth wider.
  static func width(_ text: String, size: Double, bold: Bool = false) -> Double {
    var total = 0
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x20...0x7E: total += ascii[Int(scalar.value) - 0x20]
      case 0x300...0x36F, 0x200B...0x200F: break  // combining marks, zero width
      case 0x2009, 0x202F: total += 200
      case 0xB7, 0x2019: total += 318
      case 0x2070...0x209F, 0xB2, 0xB3, 0xB9: total += 401
      case 0xA0...0x24F: total += 640
      case 0x370...0x3FF: total += 680
      case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE4F,
        0xFF00...0xFF60, 0x1F300...0x1FAFF:
        total += 1_000
      default: total += 840
      }
    }
    return Double(total) / 1_000 * size * (bold ? 1.125 : 1)
  }

  /// Breaks `text` at spaces into lines of at most `limit` pixels; a word wider than that stands
  /// alone on its line.
  static func wrap(_ text: String, size: Double, bold: Bool = false, limit: Double) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ", omittingEmptySubsequences: true) {
      let longer = line.isEmpty ? String(word) : line + " " + word
      if !line.isEmpty && width(longer, size: size, bold: bold) > limit {
        lines.append(line)
        line = String(word)
      } else {
        line = longer
      }
    }
    if !line.isEmpty { lines.append(line) }
    return lines
  }
}
