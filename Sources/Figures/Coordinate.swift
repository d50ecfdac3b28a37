// SPDX-License-Identifier: Apache-2.0

/// A place along an axis: a number, or a name on a category axis.
public enum Coordinate: Sendable, Equatable {
  /// A number; on a category axis, the index of a category counted from 0.
  case number(Double)
  /// The name of a category.
  case name(String)
}

/// A value that can stand on an axis: `Double`, `Int`, or `String` on a category axis.
public protocol Plottable: Sendable {
  /// The place of the value along an axis.
  var coordinate: Coordinate { get }
}

extension Double: Plottable {
  /// The number itself.
  public var coordinate: Coordinate { .number(self) }
}

extension Int: Plottable {
  /// The number, rounded to a double beyond 2⁵³.
  public var coordinate: Coordinate { .number(Double(self)) }
}

extension String: Plottable {
  /// The name of a category.
  public var coordinate: Coordinate { .name(self) }
}
