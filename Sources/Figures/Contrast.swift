// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Contrast between two colours as in the WCAG 2 definition.
enum Contrast {
  /// The relative luminance of an sRGB colour with channels 0 … 255.
  static func luminance(_ red: Int, _ green: Int, _ blue: Int) -> Double {
    let linear = { (channel: Int) -> Double in
      let c = Double(channel) / 255
      return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
  }

  /// The contrast ratio of two luminances, from 1 to 21.
  static func ratio(_ a: Double, _ b: Double) -> Double {
    (max(a, b) + 0.05) / (min(a, b) + 0.05)
  }
}
