// SPDX-License-Identifier: Apache-2.0

/// One axis of a figure: its kind, its name with an arrow, and its domain.
///
/// Without a domain the axis takes one from the data. With a domain all data must lie inside it
/// (a ``Theory`` curve with `clipped: true` excepted), so that no point is hidden.
public struct Axis: Sendable, Equatable {
  /// How values become distances.
  public enum Kind: Sendable, Equatable {
    /// Proportional to the value.
    case linear
    /// Proportional to the logarithm; values must be positive.
    case log
    /// sign(v) · log(1 + |v| / width): linear near zero over ± `linearWithin`, logarithmic beyond.
    case symlog(linearWithin: Double)
    /// Named places at equal distances; on a y-axis the first is at the top.
    case category([String])
  }

  /// How values become distances.
  public var kind: Kind
  /// The axis name, with its arrow: `"episodes K →"`, `"↑ cumulative regret"`.
  public var label: String
  /// The domain; `nil` takes it from the data.
  public var domain: ClosedRange<Double>?

  /// A linear axis.
  public static func linear(_ label: String = "", domain: ClosedRange<Double>? = nil) -> Axis {
    Axis(kind: .linear, label: label, domain: domain)
  }

  /// A logarithmic axis; every value must be positive.
  public static func log(_ label: String = "", domain: ClosedRange<Double>? = nil) -> Axis {
    Axis(kind: .log, label: label, domain: domain)
  }

  /// An axis that is linear within ± `linearWithin` and logarithmic beyond, for values of both signs.
  public static func symlog(
    _ label: String = "", linearWithin: Double = 1, domain: ClosedRange<Double>? = nil
  ) -> Axis {
    Axis(kind: .symlog(linearWithin: linearWithin), label: label, domain: domain)
  }

  /// An axis of named places; without names they are taken from the data in order of appearance.
  public static func category(_ label: String = "", _ names: [String] = []) -> Axis {
    Axis(kind: .category(names), label: label, domain: nil)
  }

  /// A category axis whose order carries meaning; drawn as ``category(_:_:)``.
  public static func ordinal(_ label: String = "", _ names: [String] = []) -> Axis {
    category(label, names)
  }

  var isCategory: Bool { if case .category = kind { true } else { false } }
}
