// SPDX-License-Identifier: Apache-2.0

extension RandomNumberGenerator {
  /// Puts the elements of an array in a uniformly random order.
  ///
  /// - Complexity: O(n), n − 1 draws of ``uniform(below:)``; a broken generator cannot hang it.
  /// - Source: [durstenfeld1964].
  public mutating func shuffle<Element>(_ elements: inout [Element]) {
    guard elements.count > 1 else { return }
    for last in stride(from: elements.count - 1, to: 0, by: -1) {
      elements.swapAt(last, uniform(below: last + 1))
    }
  }

  /// A uniformly random order of 0 ..< n.
  ///
  /// - Complexity: O(n).
  public mutating func permutation(of n: Int) -> [Int] {
    precondition(n >= 0, "a permutation needs a size of at least zero")
    var order = Array(0..<n)
    shuffle(&order)
    return order
  }

  /// A uniformly random set of `count` of the numbers 0 ..< n, in increasing order.
  ///
  /// - Complexity: O(count · log count) expected time and O(count) memory, whatever `n` is; exactly
  ///   `count` draws of ``uniform(below:)``.
  /// - Source: [bentley1987] (Floyd's algorithm).
  public mutating func sample(_ count: Int, below n: Int) -> [Int] {
    precondition(count >= 0 && count <= n, "\(count) distinct numbers below \(n) do not exist")
    var chosen = Set<Int>(minimumCapacity: count)
    for top in (n - count)..<n {
      let candidate = uniform(below: top + 1)
      if !chosen.insert(candidate).inserted { chosen.insert(top) }
    }
    return chosen.sorted()
  }
}
