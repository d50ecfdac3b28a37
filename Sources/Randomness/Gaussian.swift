// SPDX-License-Identifier: Apache-2.0

extension RandomNumberGenerator {
  /// A standard normal variable, by the ziggurat method with 256 layers of equal area.
  ///
  /// - Postconditions: finite; the magnitude never exceeds r + √(106 log 2) < 12.3, where r is
  ///   `NormalZiggurat`'s tail.
  /// - Numerics: calls no libm function: the same bits on every CPU.
  /// - Complexity: one word in 98.5 % of the draws; gives up after 64 rejections, each of probability
  ///   below 0.02 under a fair generator, and returns 0, so a broken generator cannot hang it.
  /// - Source: [marsaglia2000ziggurat].
  @inlinable
  public mutating func gaussian() -> Double {
    // The low byte chooses the layer, the high 53 bits a point of its box.
    let word = next()
    let layer = Int(word & 0xFF)
    let x = NormalZiggurat.point(word) * NormalZiggurat.edges[layer]
    if abs(x) < NormalZiggurat.edges[layer + 1] { return x }
    return gaussianOutsideBox(layer, x)
  }

  /// The draws that are not inside the part of the box which the layer above covers.
  @inlinable @inline(never)
  mutating func gaussianOutsideBox(_ layer: Int, _ x: Double) -> Double {
    let (edges, heights) = (NormalZiggurat.edges, NormalZiggurat.heights)
    var (layer, x) = (layer, x)
    for _ in 0..<64 {
      if layer == 0 { return gaussianTail(negative: x < 0) }
      let y = heights[layer] + uniform() * (heights[layer + 1] - heights[layer])
      if y < Portable.exp(-0.5 * x * x) { return x }
      let word = next()
      layer = Int(word & 0xFF)
      x = NormalZiggurat.point(word) * edges[layer]
      if abs(x) < edges[layer + 1] { return x }
    }
    return 0
  }

  /// A normal variable given that it lies beyond the lowest layer [marsaglia1964].
  @inlinable
  mutating func gaussianTail(negative: Bool) -> Double {
    let r = NormalZiggurat.edges[1]
    var magnitude = r
    for _ in 0..<64 {
      let excess = exponential() / r
      if 2 * exponential() >= excess * excess {
        magnitude = r + excess
        break
      }
    }
    return negative ? -magnitude : magnitude
  }
}

/// The layers of the ziggurat under f(x) = e^(−x²/2).
///
/// Layer i ≥ 1 is the box [0, xᵢ] × [f(xᵢ), f(xᵢ₊₁)]; layer 0 is the box of height f(r) and the tail
/// beyond x₁ = r, as wide as a box of its area: x₀ = v/f(r). All have the area v.
///
/// - Numerics: the tables come from exact operations in one order, and are checked in a test.
/// - Source: [marsaglia2000ziggurat], whose r and v for 256 layers these are, to more digits.
@usableFromInline
enum NormalZiggurat {
  /// x₀ > x₁ = r > x₂ > … > x₂₅₆ = 0.
  @usableFromInline nonisolated(unsafe) static let edges: UnsafePointer<Double> = freeze(tables().0)
  /// f(x₀), f(x₁), …, f(x₂₅₆) = 1; the first is not used.
  @usableFromInline nonisolated(unsafe) static let heights: UnsafePointer<Double> = freeze(
    tables().1)

  static let tail = 3.654_152_885_361_009
  static let area = 0.004_928_673_233_974_655

  /// A uniform number in [−1, 1): a multiple of 2⁻⁵².
  @inlinable
  static func point(_ word: UInt64) -> Double { Double(Int64(bitPattern: word) >> 11) * 0x1p-52 }

  private static func tables() -> ([Double], [Double]) {
    var x = [Double](repeating: 0, count: 257)
    var f = [Double](repeating: 1, count: 257)
    x[1] = tail
    f[1] = Portable.exp(-0.5 * tail * tail)
    x[0] = area / f[1]
    for i in 2..<256 {
      f[i] = f[i - 1] + area / x[i - 1]
      x[i] = (-2 * Portable.log(f[i])).squareRoot()
    }
    return (x, f)
  }

  /// Copies a table to memory that is never freed.
  private static func freeze(_ table: [Double]) -> UnsafePointer<Double> {
    let copy = UnsafeMutablePointer<Double>.allocate(capacity: table.count)
    copy.initialize(from: table, count: table.count)
    return UnsafePointer(copy)
  }
}
