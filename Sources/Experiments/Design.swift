// SPDX-License-Identifier: Apache-2.0
import Foundation

/// How much of a claim's experiment is run.
public enum Scale: String, CaseIterable, Sendable {
  /// Seconds: enough to see the effect, not always enough to judge it.
  case quick
  /// The run whose verdict counts.
  case full
}

/// How many trials a point has.
public enum TrialPlan: Equatable, Sendable {
  /// The result is computed without randomness: one trial.
  case exact
  /// A number fixed beforehand.
  case fixed(Int)
  /// As many as an interval needs to be narrow: see ``TrialStopping``.
  case until(TrialStopping)

  /// The most trials that the plan can ask for.
  public var most: Int {
    switch self {
    case .exact: 1
    case .fixed(let count): count
    case .until(let rule): rule.looks.last ?? 0
    }
  }
}

/// The points of an experiment, their trials, and what a trial measures.
public struct Design: Sendable {
  /// A point and its trials.
  public struct Row: Equatable, Sendable {
    /// The point.
    public let point: Point
    /// Its trials.
    public let trials: TrialPlan
  }

  /// The points, in the order of tables and figures.
  public let rows: [Row]
  /// What a trial measures.
  public let schema: Schema

  /// Creates a design from points of one plan or of their own.
  public init(_ rows: [(Point, TrialPlan)], measuring schema: Schema) {
    self.rows = rows.map { Row(point: $0.0, trials: $0.1) }
    self.schema = schema
  }

  /// Creates the design of all combinations of axes, the last axis running fastest.
  ///
  /// - Parameters:
  ///   - axes: Name and values of each axis.
  ///   - schema: What a trial measures.
  ///   - trials: The plan of a point.
  public init(
    _ axes: [(name: String, values: [Point.Value])], measuring schema: Schema,
    trials: (Point) -> TrialPlan
  ) {
    var points: [[(name: String, value: Point.Value)]] = [[]]
    for (name, values) in axes {
      points = points.flatMap { point in values.map { point + [(name: name, value: $0)] } }
    }
    self.init(points.map { Point($0) }.map { ($0, trials($0)) }, measuring: schema)
  }

  /// The points.
  public var points: [Point] { rows.map(\.point) }

  /// The most trials over all points.
  public var cellCount: Int { rows.reduce(0) { $0 + $1.trials.most } }

  /// Throws if the design cannot be run as stated.
  ///
  /// - Throws: ``ExperimentError/badDesign(_:)`` for two equal points, two points whose random
  ///   streams would be the same, or a plan without trials.
  func validate() throws {
    guard !rows.isEmpty else { throw ExperimentError.badDesign("it has no points") }
    var keys: Set<String> = []
    var cells: [UInt32: String] = [:]
    for row in rows {
      let key = row.point.key
      guard keys.insert(key).inserted else {
        throw ExperimentError.badDesign("the point \(key) occurs twice")
      }
      if let other = cells.updateValue(key, forKey: row.point.streamCell) {
        throw ExperimentError.badDesign("the points \(other) and \(key) share a random stream")
      }
      guard (1...Int(UInt32.max)).contains(row.trials.most) else {
        throw ExperimentError.badDesign("the point \(key) asks for \(row.trials.most) trials")
      }
      if case .until(let rule) = row.trials, !schema.scalars.contains(rule.quantity) {
        throw ExperimentError.badDesign(
          "the stopping rule's quantity \(rule.quantity) is not measured")
      }
    }
  }
}

extension Sequence<Double> {
  /// The numbers as coordinates of a design's axis.
  public var axis: [Point.Value] { map(Point.Value.number) }
}

/// Numbers that grow by a constant factor from `first` to `last`, both included, rounded to integers
/// and without repetition.
///
/// - Precondition: `0 < first ≤ last`, `count ≥ 2`.
public func geometricGrid(from first: Double, through last: Double, count: Int) -> [Double] {
  precondition(0 < first && first <= last && count >= 2, "a geometric grid needs 0 < first ≤ last")
  let ratio = last / first
  var grid: [Double] = []
  for i in 0..<count {
    let value = (first * pow(ratio, Double(i) / Double(count - 1))).rounded()
    if grid.last != value { grid.append(value) }
  }
  return grid
}
