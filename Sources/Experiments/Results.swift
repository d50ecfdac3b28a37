// SPDX-License-Identifier: Apache-2.0

/// The stored numbers of a claim, complete for its design.
///
/// Only the trials that the design asks for are seen, in the order of trials, so what is computed
/// from them does not depend on what else the store holds.
public struct Results: Sendable {
  /// The claim.
  public let claim: any Claim
  /// The design whose cells these are.
  public let design: Design
  /// The scale of the design.
  public let scale: Scale
  /// The seed of the run.
  public let seed: UInt64
  private let store: Store
  private let experiment: Int64
  private let rows: [Point: (id: Int64, trials: Int)]

  /// Opens the results of a claim.
  ///
  /// - Throws: ``ExperimentError/missing(_:)`` if cells are missing.
  public init(_ claim: any Claim, scale: Scale, seed: UInt64, in store: Store) throws {
    self.claim = claim
    self.scale = scale
    self.seed = seed
    self.store = store
    design = claim.design(at: scale)
    try design.validate()
    func missing(_ text: String) -> ExperimentError {
      .missing(
        "\(text); run: provably reproduce \(claim.id) --\(scale) --seed \(seed) --store \(store.path)"
      )
    }
    guard
      let experiment = try store.existingExperiment(claim.key(seed: seed, schema: design.schema))
    else { throw missing("\(store.path) has no results of \(claim.id) with seed \(seed)") }
    self.experiment = experiment
    var rows: [Point: (id: Int64, trials: Int)] = [:]
    for row in design.rows {
      let id = try store.existingPoint(row.point.key, of: experiment)
      let stored = try id.map { try store.trials(of: $0).first } ?? nil
      let upTo = stored.map { $0.lowerBound == 0 ? $0.upperBound : 0 } ?? 0
      let wanted = try Self.trialCount(
        of: row, stored: upTo, id: id, schema: design.schema, store: store)
      guard let id, let wanted, wanted <= upTo else {
        throw missing(
          "\(store.path) lacks cells of \(claim.id) at \(row.point.key): has \(upTo) trials")
      }
      rows[row.point] = (id, wanted)
    }
    self.rows = rows
  }

  /// The number of trials that a row's plan ends with; `nil` if more must be run to know.
  private static func trialCount(
    of row: Design.Row, stored: Int, id: Int64?, schema: Schema, store: Store
  ) throws -> Int? {
    guard case .until(let rule) = row.trials else { return row.trials.most }
    guard let id, let range = schema.range(of: rule.quantity) else { return nil }
    for count in rule.looks {
      guard count <= stored else { return nil }
      var values: [Double] = []
      _ = try store.read(range, width: schema.width, trialsBelow: count, of: id) {
        values.append($1[0])
      }
      if try rule.stops(after: values) { return count }
    }
    return nil
  }

  /// The points, in the design's order.
  public var points: [Point] { design.points }

  /// The points that have these coordinates, in the design's order.
  public func points(where coordinates: [String: Point.Value]) -> [Point] {
    points.filter { point in coordinates.allSatisfy { point.has($0.key, $0.value) } }
  }

  /// How many trials a point has.
  public func trialCount(at point: Point) -> Int { rows[point]?.trials ?? 0 }

  /// The numbers of a scalar at a point, one a trial.
  ///
  /// - Throws: Errors of the store; ``ExperimentError/missing(_:)`` if trials were lost since the
  ///   results were opened.
  /// - Complexity: O(trials).
  public func values(_ scalar: String, at point: Point) throws -> [Double] {
    var values: [Double] = []
    try read(scalar, at: point) { values.append($0[0]) }
    return values
  }

  /// Hands the curve of each trial at a point in turn; memory stays that of one trial.
  ///
  /// - Throws: What `body` throws, and errors of the store.
  public func forEachCurve(
    _ curve: String, at point: Point, _ body: (UnsafeBufferPointer<Double>) throws -> Void
  ) throws { try read(curve, at: point, body) }

  /// The curves at a point, a row a trial.
  ///
  /// - Throws: Errors of the store.
  /// - Complexity: O(trials × checkpoints) time and memory; a curve has at most 256 checkpoints.
  public func curves(_ curve: String, at point: Point) throws -> [[Double]] {
    var rows: [[Double]] = []
    try read(curve, at: point) { rows.append(Array($0)) }
    return rows
  }

  /// The wall time of the runs that made these results, in seconds, if they were not interrupted.
  ///
  /// - Throws: Errors of the store.
  public func wallTime() throws -> Double? {
    try store.fact("seconds", of: experiment).flatMap(Double.init)
  }

  /// Hands all numbers of each trial at a point, in the schema's order.
  func forEachTrial(
    at point: Point, _ body: (UnsafeBufferPointer<Double>) throws -> Void
  ) throws { try read(0..<design.schema.width, at: point, body) }

  private func read(
    _ name: String, at point: Point, _ body: (UnsafeBufferPointer<Double>) throws -> Void
  ) throws {
    guard let range = design.schema.range(of: name) else {
      preconditionFailure("\(claim.id) does not measure \(name)")
    }
    try read(range, at: point, body)
  }

  private func read(
    _ range: Range<Int>, at point: Point, _ body: (UnsafeBufferPointer<Double>) throws -> Void
  ) throws {
    guard let row = rows[point] else {
      preconditionFailure("\(claim.id) has no point \(point.key) at scale \(scale)")
    }
    let found = try store.read(
      range, width: design.schema.width, trialsBelow: row.trials, of: row.id
    ) { try body($1) }
    guard found == row.trials else {
      throw ExperimentError.missing("\(store.path): \(claim.id) at \(point.key) lost trials")
    }
  }
}
