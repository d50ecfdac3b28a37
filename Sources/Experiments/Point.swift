// SPDX-License-Identifier: Apache-2.0

/// One point of a claim's grid: named numbers in a fixed order, such as `C*=2,N=1000`.
///
/// Categories (a learner, an environment) are written as labels beside the numbers. The key is the
/// point's identity in a store and in the random streams, so a grid may grow without changing the
/// results of the points it already had.
public struct Point: Hashable, Sendable {
  /// The value of one coordinate.
  public enum Value: Hashable, Sendable {
    /// A number.
    case number(Double)
    /// A category.
    case label(String)
  }

  /// The coordinates, in the order of the design.
  public let coordinates: [Coordinate]

  /// A name and its value.
  public struct Coordinate: Hashable, Sendable {
    /// The name, such as `N`.
    public let name: String
    /// The value.
    public let value: Value
  }

  /// Creates a point from names and values in order.
  ///
  /// - Precondition: names are unique and not empty, and no name or label holds `,` or `=`.
  public init(_ coordinates: [(name: String, value: Value)]) {
    let names = coordinates.map(\.name)
    precondition(Set(names).count == names.count, "a point names a coordinate twice: \(names)")
    for (name, value) in coordinates {
      precondition(!name.isEmpty && !name.contains { ",=".contains($0) }, "bad name \(name)")
      if case .label(let text) = value {
        precondition(!text.contains { ",=".contains($0) }, "bad label \(text)")
      }
    }
    self.coordinates = coordinates.map { Coordinate(name: $0.name, value: $0.value) }
  }

  /// The number under a name.
  ///
  /// - Precondition: the point has a number of that name.
  public subscript(name: String) -> Double {
    guard case .number(let value)? = coordinates.first(where: { $0.name == name })?.value else {
      preconditionFailure("the point \(key) has no number \(name)")
    }
    return value
  }

  /// The number under a name as an integer.
  ///
  /// - Precondition: the number is an integer.
  public func count(_ name: String) -> Int {
    guard let value = Int(exactly: self[name]) else {
      preconditionFailure("\(name) of the point \(key) is not an integer")
    }
    return value
  }

  /// The label under a name.
  ///
  /// - Precondition: the point has a label of that name.
  public func label(_ name: String) -> String {
    guard case .label(let text)? = coordinates.first(where: { $0.name == name })?.value else {
      preconditionFailure("the point \(key) has no label \(name)")
    }
    return text
  }

  /// Whether the point has this value under this name.
  public func has(_ name: String, _ value: Value) -> Bool {
    coordinates.contains { $0.name == name && $0.value == value }
  }

  /// The identity of the point, such as `C*=2,N=1000`.
  public var key: String {
    coordinates.map { "\($0.name)=\($0.value)" }.joined(separator: ",")
  }

  /// The number of the point in random streams: a hash of its key.
  public var streamCell: UInt32 {
    let digest = Digest(of: key).value
    return UInt32(truncatingIfNeeded: digest ^ (digest >> 32))
  }
}

extension Point.Value: CustomStringConvertible, ExpressibleByFloatLiteral,
  ExpressibleByIntegerLiteral,
  ExpressibleByStringLiteral
{
  /// A number.
  public init(floatLiteral value: Double) { self = .number(value) }
  /// A number.
  public init(integerLiteral value: Int) { self = .number(Double(value)) }
  /// A category.
  public init(stringLiteral value: String) { self = .label(value) }

  /// Integers without a point, other numbers in the shortest form that reads back.
  public var description: String {
    switch self {
    case .number(let value):
      if let integer = Int(exactly: value), abs(value) < 1e15 { return "\(integer)" }
      return "\(value)"
    case .label(let text): return text
    }
  }
}
