// SPDX-License-Identifier: Apache-2.0

/// The sequential ramp cividis of Nuñez, Anderton and Renslow (2018).
///
/// It is even in lightness and alike for readers with and without a colour deficiency; dark is low
/// and light is high, in both themes.
enum Cividis {
  /// Ten stops at equal distances; between them sRGB is interpolated.
  static let stops: [(Int, Int, Int)] = [
    (0x00, 0x22, 0x4e), (0x12, 0x35, 0x70), (0x3b, 0x49, 0x6c), (0x57, 0x5d, 0x6d),
    (0x70, 0x71, 0x73), (0x8a, 0x86, 0x78), (0xa5, 0x9c, 0x74), (0xc3, 0xb3, 0x69),
    (0xe1, 0xcc, 0x55), (0xfe, 0xe8, 0x38),
  ]

  /// The colour at a place from 0 to 1.
  static func color(at place: Double) -> (Int, Int, Int) {
    let t = min(max(place, 0), 1) * Double(stops.count - 1)
    let i = min(Int(t), stops.count - 2)
    let f = t - Double(i)
    let mix = { (a: Int, b: Int) in Int((Double(a) + f * Double(b - a)).rounded()) }
    let (a, b) = (stops[i], stops[i + 1])
    return (mix(a.0, b.0), mix(a.1, b.1), mix(a.2, b.2))
  }

  static func hex(_ c: (Int, Int, Int)) -> String {
    "#"
      + [c.0, c.1, c.2].map { value in
        let text = String(value, radix: 16)
        return text.count == 1 ? "0" + text : text
      }.joined()
  }

  /// Black or white, whichever is easier to read on a colour of the ramp: at least 4.5 : 1.
  static func text(on c: (Int, Int, Int)) -> String {
    let luminance = Contrast.luminance(c.0, c.1, c.2)
    return Contrast.ratio(luminance, 1) >= Contrast.ratio(luminance, 0) ? "#ffffff" : "#000000"
  }
}
