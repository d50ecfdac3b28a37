// SPDX-License-Identifier: Apache-2.0

/// What one trial of a claim measures: named scalars, and curves read at fixed checkpoints.
///
/// A trial's numbers are stored in this order; changing the schema makes old stores of the claim
/// unusable, and they are refused.
public struct Schema: Hashable, Sendable {
  /// A quantity measured along a run, at checkpoints that are the same for every trial.
  public struct Curve: Hashable, Sendable {
    /// The name, such as `regret of UCBVI`.
    public let name: String
    /// Where it is read, increasing; at most 256 checkpoints, so that a store stays small.
    public let checkpoints: [Double]

    /// Creates a curve.
    ///
    /// - Precondition: between 1 and 256 increasing checkpoints.
    public init(_ name: String, at checkpoints: [Double]) {
      precondition((1...256).contains(checkpoints.count), "curve \(name): 1 to 256 checkpoints")
      precondition(
        zip(checkpoints, checkpoints.dropFirst()).allSatisfy { $0 < $1 },
        "curve \(name): checkpoints must increase")
      self.name = name
      self.checkpoints = checkpoints
    }
  }

  /// The names of the scalars.
  public let scalars: [String]
  /// The curves.
  public let curves: [Curve]

  /// Creates a schema.
  ///
  /// - Precondition: names are unique; there is at least one quantity.
  public init(scalars: [String], curves: [Curve] = []) {
    let names = scalars + curves.map(\.name)
    precondition(!names.isEmpty, "a claim measures something")
    precondition(Set(names).count == names.count, "a schema names a quantity twice: \(names)")
    self.scalars = scalars
    self.curves = curves
  }

  /// How many numbers a trial has.
  public var width: Int { scalars.count + curves.reduce(0) { $0 + $1.checkpoints.count } }

  /// The places of a quantity's numbers in a trial; `nil` if there is no such quantity.
  func range(of name: String) -> Range<Int>? {
    if let index = scalars.firstIndex(of: name) { return index..<index + 1 }
    var start = scalars.count
    for curve in curves {
      let end = start + curve.checkpoints.count
      if curve.name == name { return start..<end }
      start = end
    }
    return nil
  }

  /// The schema as text; part of a claim's fingerprint.
  var text: String {
    (scalars + curves.map { "\($0.name)@\($0.checkpoints)" }).joined(separator: ";")
  }
}

/// What one trial measured.
public struct TrialOutcome: Sendable {
  /// The scalars by name.
  public var scalars: [String: Double]
  /// The curves by name, one number a checkpoint.
  public var curves: [String: [Double]]

  /// Creates a measurement.
  public init(_ scalars: [String: Double] = [:], curves: [String: [Double]] = [:]) {
    self.scalars = scalars
    self.curves = curves
  }

  /// The numbers in the schema's order.
  ///
  /// - Throws: ``ExperimentError/badMeasurement(_:)`` if a quantity is missing, unknown, of the
  ///   wrong length, infinite or not a number.
  func numbers(in schema: Schema) throws -> [Double] {
    func bad(_ text: String) -> ExperimentError { .badMeasurement(text) }
    var numbers: [Double] = []
    numbers.reserveCapacity(schema.width)
    for name in schema.scalars {
      guard let value = scalars[name] else { throw bad("it lacks the quantity \(name)") }
      guard value.isFinite else { throw bad("the quantity \(name) is \(value)") }
      numbers.append(value)
    }
    for curve in schema.curves {
      guard let values = curves[curve.name] else { throw bad("it lacks the curve \(curve.name)") }
      guard values.count == curve.checkpoints.count else {
        throw bad(
          "the curve \(curve.name) has \(values.count) numbers for "
            + "\(curve.checkpoints.count) checkpoints")
      }
      if let index = values.firstIndex(where: { !$0.isFinite }) {
        throw bad("the curve \(curve.name) is \(values[index]) at \(curve.checkpoints[index])")
      }
      numbers += values
    }
    guard scalars.count == schema.scalars.count, curves.count == schema.curves.count else {
      let known = Set(schema.scalars + schema.curves.map(\.name))
      let unknown = (Array(scalars.keys) + curves.keys).filter { !known.contains($0) }.sorted()
      throw bad("it has quantities that the design does not name: \(unknown)")
    }
    return numbers
  }
}
