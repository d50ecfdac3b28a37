// SPDX-License-Identifier: Apache-2.0

/// Sets of states as bits, a row of words for each owner; decides which backups can be skipped.
final class StateSets {
  /// The words of a row.
  let words: Int
  private let base: UnsafeMutablePointer<UInt64>
  private let count: Int

  init(rows: Int, states: Int) {
    words = max(1, (states + 63) / 64)
    count = rows * words
    base = .allocate(capacity: max(1, count))
    base.initialize(repeating: 0, count: count)
  }

  deinit { base.deallocate() }

  /// The words of a row.
  @inline(__always)
  func row(_ i: Int) -> UnsafeMutablePointer<UInt64> { base + i &* words }

  /// Adds a state to a row.
  @inline(__always)
  func insert(_ s: Int, into i: Int) {
    base[i &* words &+ (s >> 6)] |= 1 << UInt64(s & 63)
  }

  /// Empties all rows.
  func removeAll() { base.update(repeating: 0, count: count) }

  /// Whether row `i` of this and row `j` of other sets have a state in common.
  @inline(__always)
  func intersects(_ i: Int, _ other: StateSets, _ j: Int) -> Bool {
    let (a, b) = (row(i), other.row(j))
    if words == 1 { return a[0] & b[0] != 0 }
    for w in 0..<words where a[w] & b[w] != 0 { return true }
    return false
  }
}

/// A table of numbers, a plane for each stage, in memory of its own.
final class Planes<Element: BitwiseCopyable> {
  let base: UnsafeMutablePointer<Element>
  let width: Int
  let count: Int

  init(_ planes: Int, of width: Int, repeating value: Element) {
    self.width = width
    count = planes * width
    base = .allocate(capacity: max(1, count))
    base.initialize(repeating: value, count: count)
  }

  deinit { base.deallocate() }

  /// The numbers of a plane.
  @inline(__always)
  func plane(_ h: Int) -> UnsafeMutablePointer<Element> { base + h &* width }

  /// All numbers.
  var elements: [Element] { Array(UnsafeBufferPointer(start: base, count: count)) }
}
