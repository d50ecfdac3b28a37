// SPDX-License-Identifier: Apache-2.0

/// Which ground a figure is drawn for.
///
/// Only neutral colours and the opacity of bands and single runs change.
public enum Theme: String, Sendable, CaseIterable {
  /// Light ground.
  case light
  /// Dark ground.
  case dark
  /// Light values as attributes, and a style block that follows the reader's preference.
  case automatic
}

/// The neutral colours, which change with the theme.
enum Neutral: String, CaseIterable {
  case paper
  case ink
  case muted
  case grid

  var light: String {
    switch self {
    case .paper: "#ffffff"
    case .ink: "#1f2328"
    case .muted: "#59636e"
    case .grid: "#d1d9e0"
    }
  }

  var dark: String {
    switch self {
    case .paper: "#0d1117"
    case .ink: "#e6edf3"
    case .muted: "#9198a1"
    case .grid: "#30363d"
    }
  }
}

enum Palette {
  /// Blue, vermilion, green and purple of Okabe and Ito: at least 3 : 1 on both grounds, and apart
  /// for readers with any common colour deficiency.
  static let series = ["#0072B2", "#D55E00", "#009E73", "#CC79A7"]
  static let bandOpacityLight = "0.16"
  static let bandOpacityDark = "0.3"
  static let runsOpacityLight = "0.25"
  static let runsOpacityDark = "0.45"
}
