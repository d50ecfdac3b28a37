// SPDX-License-Identifier: Apache-2.0

/// A vector of exact rational numbers, each in lowest terms.
///
/// The vector never changes after it is made; copies share the numbers, and any thread may read
/// them.
///
/// - Complexity: a number of b bits takes O(b) memory; the other costs are stated in operations on
///   such numbers.
public struct RationalVector: Sendable {
  let storage: RationalStorage

  init(storage: RationalStorage) { self.storage = storage }

  /// The exact values of doubles, each of which is an integer times a power of two.
  ///
  /// - Throws: ``RationalError/notFinite(index:)``, or ``RationalError/unavailable``.
  /// - Complexity: O(n).
  public init(_ values: [Double]) throws(RationalError) {
    storage = try .make(doubles: values)
  }

  /// The values of texts: fractions such as "3/8", decimals such as "-0.125", "7" or "1e-3".
  ///
  /// - Throws: ``RationalError/malformed(index:text:)``, ``RationalError/zeroDenominator(index:)``,
  ///   ``RationalError/tooLong(index:limit:)`` beyond 10 000 characters,
  ///   ``RationalError/exponentOutOfRange(index:limit:)`` beyond 10^±10 000, or
  ///   ``RationalError/unavailable``.
  /// - Complexity: O(n).
  public init(texts: [String]) throws(RationalError) {
    var parsed: [RationalText] = []
    parsed.reserveCapacity(texts.count)
    for (index, text) in texts.enumerated() {
      do {
        parsed.append(try RationalText(text))
      } catch {
        switch error {
        case .malformed:
          throw .malformed(index: index, text: String(text.prefix(40)))
        case .zeroDenominator:
          throw .zeroDenominator(index: index)
        case .tooLong:
          throw .tooLong(index: index, limit: RationalText.maximumLength)
        case .exponentOutOfRange:
          throw .exponentOutOfRange(index: index, limit: RationalText.maximumExponent)
        }
      }
    }
    storage = try .make(texts: parsed)
  }

  /// The number of elements.
  public var count: Int { storage.count }

  /// Element `i`, counted from zero.
  public subscript(i: Int) -> Rational { Rational(storage: storage.selecting([checked(i)])) }

  /// Element `i` as "n/d" in lowest terms, or as "n" when it is an integer.
  public func text(at i: Int) -> String { storage.text(checked(i)) }

  /// The tightest doubles around element `i`: both ends are the element when it is a double.
  ///
  /// - Edge cases: an end is infinite when the element is beyond the range of doubles.
  public func bounds(at i: Int) -> ClosedRange<Double> { storage.bounds(checked(i)) }

  /// -1, 0 or 1 as element `i` is negative, zero or positive.
  public func sign(at i: Int) -> Int { storage.sign(checked(i)) }

  /// -1, 0 or 1 as element `i` is less than, equal to or greater than element `j` of `other`.
  ///
  /// - Parameters:
  ///   - i: An index into this vector.
  ///   - other: The vector to compare with; it may be this one.
  ///   - j: An index into `other`.
  /// - Returns: The sign of the difference.
  public func compare(_ i: Int, with other: RationalVector, _ j: Int) -> Int {
    storage.compare(checked(i), with: other.storage, other.checked(j))
  }

  /// The elements at the given indices, in their order; an index may occur more than once.
  ///
  /// - Complexity: O(number of indices).
  public func selecting(_ indices: [Int]) -> RationalVector {
    for index in indices { _ = checked(index) }
    return RationalVector(storage: storage.selecting(indices))
  }

  /// The differences of the elements of two vectors of the same length.
  ///
  /// - Complexity: O(n).
  public func subtracting(_ other: RationalVector) -> RationalVector {
    precondition(count == other.count, "vectors of lengths \(count) and \(other.count)")
    return RationalVector(storage: storage.subtracting(other.storage))
  }

  private func checked(_ i: Int) -> Int {
    precondition(i >= 0 && i < count, "element \(i) of \(count)")
    return i
  }
}

extension RationalVector: Equatable {
  /// Whether two vectors have the same length and equal elements.
  public static func == (a: RationalVector, b: RationalVector) -> Bool {
    a.count == b.count
      && (0..<a.count).allSatisfy { a.storage.compare($0, with: b.storage, $0) == 0 }
  }
}
