// SPDX-License-Identifier: Apache-2.0
import Dispatch
import MarkovModels
import Synchronization

/// The diameter D = max_{s ≠ g} min_π E^π_s[τ_g], τ_g the time of the first visit to g: the longest
/// way between two states for whoever takes the best way.
///
///     for every target g, in runs of neighbors, each starting from the last one's values
///       bounds on min_π E_s[τ_g] for every s by `TargetProblem`              (1)
///       given up as soon as it is certain that the maximum lies elsewhere    (2)
///
/// - Assumes: a communicating model: every state reaches every other by choices that never end the
///   episode.
/// - Guarantee: two-sided in spite of rounding.
/// - Deviates: none. For a model of one state D is 0, the maximum over nothing.
/// - Complexity: O(S · entries) a sweep over all targets, on two threads; results do not depend on
///   the number of threads.
/// - Source: [jaksch2010], Definition 1.
public struct Diameter: Sendable {
  /// The diameter, in steps.
  public let steps: Measured
  /// The state from which the way is the longest, by the lower bounds.
  public let start: Int
  /// The state to which the way is the longest; the start itself in a model of one state.
  public let target: Int

  /// The work S · entries up to which ``init(of:limit:)`` computes.
  public static let workLimit = 4_000_000_000
  /// The number of targets that share a run of warm starts.
  private static let runLength = 32

  /// Finds the diameter of a model.
  ///
  /// - Parameters:
  ///   - model: The model.
  ///   - limit: The most work S · entries that is done.
  /// - Throws: ``HardnessError/unreachable(from:to:)`` with a pair whose distance is infinite;
  ///   ``HardnessError/tooLarge(what:size:limit:)``; errors of a factorization.
  public init(of model: TabularMDP, limit: Int = Diameter.workLimit) throws {
    let S = model.stateCount
    guard S > 1 else {
      (steps, start, target) = (Measured(0), 0, 0)
      return
    }
    let problem = TargetProblem(hittingTimesIn: model)
    if let t = problem.reachable(from: 0).firstIndex(of: false) {
      throw HardnessError.unreachable(from: model.place(state: 0), to: model.place(state: t))
    }
    let toFirst = Set(problem.order(to: 0).map { Int($0) })
    if let s = (1..<S).first(where: { !toFirst.contains($0) }) {
      throw HardnessError.unreachable(from: model.place(state: s), to: model.place(state: 0))
    }
    let work = S * problem.entryCount
    guard work <= limit else {
      throw HardnessError.tooLarge(what: "states times transitions", size: work, limit: limit)
    }
    // Two first targets give a floor that lets most others be given up early.
    var best = Self.Record(problem, target: 0, try problem.solve(target: 0))
    let far = best.farthest
    best.join(.init(problem, target: far, try problem.solve(target: far)))
    let floor = best.lower
    let runs = (S + Self.runLength - 1) / Self.runLength
    let results = Mutex([Result<Record, any Error>?](repeating: nil, count: runs))
    DispatchQueue.concurrentPerform(iterations: runs) { run in
      let targets = run * Self.runLength..<min((run + 1) * Self.runLength, S)
      let result = Result { try Self.record(problem, targets, floor: floor) }
      results.withLock { $0[run] = result }
    }
    for result in results.withLock({ $0 }) {
      if let record = try result?.get() { best.join(record) }
    }
    steps = Measured(lower: best.lower, upper: best.upper)
    (start, target) = (best.farthest, best.target)
  }

  /// The longest way found so far.
  private struct Record: Sendable {
    var lower = 0.0
    var upper = 0.0
    var farthest = 0
    var target = 0

    init() {}

    init(_ problem: TargetProblem, target g: Int, _ solved: TargetProblem.Solved) {
      let s = solved.values.indices.reduce(g) { solved.values[$1] > solved.values[$0] ? $1 : $0 }
      let time = problem.hittingTime(s, solved)
      (lower, upper, farthest, target) = (time.lower, time.upper, s, g)
    }

    mutating func join(_ other: Record) {
      upper = max(upper, other.upper)
      if other.lower > lower {
        (lower, farthest, target) = (other.lower, other.farthest, other.target)
      }
    }
  }

  private static func record(
    _ problem: TargetProblem, _ targets: Range<Int>, floor: Double
  ) throws -> Record {
    var best = Record()
    var values: [Double]?
    for g in targets {
      let solved = try problem.solve(  // (1)
        target: g, start: values, floor: max(floor, best.lower))
      values = solved.values
      if solved.isPruned { continue }  // (2)
      best.join(Record(problem, target: g, solved))
    }
    return best
  }
}
