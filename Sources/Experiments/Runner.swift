// SPDX-License-Identifier: Apache-2.0
import Foundation
import Synchronization

/// How far a run has come.
public struct RunProgress: Sendable {
  /// The claim that is running.
  public let claim: String
  /// Cells that this run has finished.
  public let done: Int
  /// Cells that this run has to do, as far as it is known; stopping rules may end earlier.
  public let total: Int
  /// Seconds since the run began.
  public let seconds: Double
}

/// What a run did.
public struct RunSummary: Sendable {
  /// Cells that were computed.
  public let computed: Int
  /// Cells that the store already had.
  public let reused: Int
  /// Whether the run was interrupted before its end.
  public let isInterrupted: Bool
  /// Wall time in seconds.
  public let seconds: Double
}

/// Runs the cells of a claim that a store lacks.
///
///     for each point: the trials that its plan asks for now, less those stored        (1)
///     split them into batches of about 50 ms                                          (2)
///     each worker: take a batch, compute its cells, write them in one transaction     (3)
///     points with a stopping rule: look, and go on with (1) unless the rule stops     (4)
///
/// The numbers of a cell do not depend on the worker, the batch, the order or the shard.
public struct Runner: Sendable {
  /// Where results go.
  public let store: Store
  /// How many threads compute.
  public let jobs: Int
  /// The part of the cells that this process computes.
  public let shard: Shard
  /// Called after each batch, from any thread; returning `false` ends the run.
  public let monitor: @Sendable (RunProgress) -> Bool

  /// Creates a runner.
  ///
  /// - Precondition: `jobs ≥ 1`.
  public init(
    store: Store, jobs: Int = 1, shard: Shard = .whole,
    monitor: @escaping @Sendable (RunProgress) -> Bool = { _ in true }
  ) {
    precondition(jobs >= 1, "a run needs a thread")
    self.store = store
    self.jobs = jobs
    self.shard = shard
    self.monitor = monitor
  }

  /// Runs a claim.
  ///
  /// - Throws: ``ExperimentError`` of the design, the store or a trial; what was computed before is
  ///   kept.
  public func run(_ claim: any Claim, scale: Scale, seed: UInt64) throws -> RunSummary {
    let design = claim.design(at: scale)
    try design.validate()
    let experiment = try store.experiment(claim.key(seed: seed, schema: design.schema))
    let points = try design.rows.map { try store.point($0.point.key, of: experiment) }
    let run = ClaimRun(
      claim: claim, design: design, seed: seed, points: points, runner: self)
    let summary = try run.toTheEnd()
    if !summary.isInterrupted && summary.computed > 0 {
      let before = Double(try store.fact("seconds", of: experiment) ?? "0") ?? 0
      try store.note("seconds", "\(before + summary.seconds)", of: experiment)
      try store.note("jobs", "\(jobs)", of: experiment)
    }
    return summary
  }
}

extension Claim {
  func key(seed: UInt64, schema: Schema) -> Store.ExperimentKey {
    Store.ExperimentKey(claim: id, seed: seed, fingerprint: fingerprint(schema: schema))
  }
}

/// One run of one claim.
private final class ClaimRun: Sendable {
  /// Trials of one row that no worker has taken yet.
  private struct Pending {
    let row: Int
    var trials: [Range<Int>]
  }

  private struct State {
    var pending: [Pending] = []
    /// Measured seconds a trial, by row; the size of batches follows from it.
    var secondsPerTrial: [Double]
    var done = 0
    var total = 0
    var error: (any Error)?
    var isStopped = false
  }

  private let claim: any Claim
  private let design: Design
  private let seed: UInt64
  private let points: [Int64]
  private let runner: Runner
  private let state: Mutex<State>
  private let start = ContinuousClock.now

  init(claim: any Claim, design: Design, seed: UInt64, points: [Int64], runner: Runner) {
    self.claim = claim
    self.design = design
    self.seed = seed
    self.points = points
    self.runner = runner
    state = Mutex(State(secondsPerTrial: [Double](repeating: 0, count: design.rows.count)))
  }

  private var seconds: Double { (ContinuousClock.now - start) / .seconds(1) }

  func toTheEnd() throws -> RunSummary {
    var reused = 0
    var looks = [Int](repeating: 0, count: design.rows.count)
    var open = Array(design.rows.indices)
    while !open.isEmpty {
      var pending: [Pending] = []
      for row in open {
        let (missing, stored) = try missingTrials(row: row, look: looks[row])  // (1)
        if looks[row] == 0 { reused += stored }
        if !missing.isEmpty { pending.append(Pending(row: row, trials: missing)) }
      }
      let count = pending.reduce(0) { $0 + $1.trials.reduce(0) { $0 + $1.count } }
      let work = pending
      state.withLock {
        $0.pending = work.reversed()
        $0.total += count
      }
      if count > 0 {
        DispatchQueue.concurrentPerform(iterations: runner.jobs) { _ in self.work() }
      }
      let (error, isStopped) = state.withLock { ($0.error, $0.isStopped) }
      if let error { throw error }
      if isStopped { break }
      open = try open.filter { row in  // (4)
        guard case .until(let rule) = design.rows[row].trials,
          runner.shard.owns(row: row, trial: 0, plan: .until(rule))
        else { return false }
        let stops = try rule.stops(after: values(of: rule, row: row, look: looks[row]))
        looks[row] += 1
        return !stops
      }
    }
    let (done, isStopped) = state.withLock { ($0.done, $0.isStopped) }
    return RunSummary(
      computed: done, reused: reused, isInterrupted: isStopped, seconds: seconds)
  }

  private func missingTrials(row: Int, look: Int) throws -> (missing: [Range<Int>], stored: Int) {
    let plan = design.rows[row].trials
    let wanted: Int
    if case .until(let rule) = plan { wanted = rule.looks[look] } else { wanted = plan.most }
    var missing: [Range<Int>] = []
    var next = 0
    var stored = 0
    for range in try runner.store.trials(of: points[row]) {
      if range.lowerBound >= wanted { break }
      if next < range.lowerBound { missing.append(next..<range.lowerBound) }
      next = min(range.upperBound, wanted)
      stored += next - range.lowerBound
    }
    if next < wanted { missing.append(next..<wanted) }
    guard runner.shard.count > 1 else { return (missing, stored) }
    let mine = missing.flatMap { range in
      range.filter { runner.shard.owns(row: row, trial: $0, plan: plan) }.map { $0..<$0 + 1 }
    }
    return (mine, stored)
  }

  private func values(of rule: TrialStopping, row: Int, look: Int) throws -> [Double] {
    guard let range = design.schema.range(of: rule.quantity) else {
      preconditionFailure("a valid design measures the quantity of its stopping rule")
    }
    var values: [Double] = []
    _ = try runner.store.read(
      range, width: design.schema.width, trialsBelow: rule.looks[look], of: points[row]
    ) { values.append($1[0]) }
    return values
  }

  /// Takes the next batch of trials of one row: about 50 ms of work, at most 4,096 trials.  (2)
  private func nextBatch() -> (row: Int, trials: [Int])? {
    state.withLock { state in
      guard state.error == nil, !state.isStopped, var pending = state.pending.popLast() else {
        return nil
      }
      let cost = state.secondsPerTrial[pending.row]
      var room = cost > 0 ? max(1, min(4096, Int(0.05 / cost))) : 1
      var trials: [Int] = []
      while room > 0, let first = pending.trials.first {
        let taken = first.prefix(room)
        trials += taken
        room -= taken.count
        if taken.count == first.count {
          pending.trials.removeFirst()
        } else {
          pending.trials[0] = taken.upperBound..<first.upperBound
        }
      }
      if !pending.trials.isEmpty { state.pending.append(pending) }
      return (pending.row, trials)
    }
  }

  private func work() {
    while let (row, trials) = nextBatch() {
      do {
        let began = ContinuousClock.now
        var results: [(trial: Int, numbers: [Double])] = []
        results.reserveCapacity(trials.count)
        for trial in trials { results.append((trial, try compute(row: row, trial: trial))) }
        let cost = (ContinuousClock.now - began) / .seconds(1) / Double(trials.count)
        try runner.store.write(results, of: points[row])  // (3)
        let (done, total) = state.withLock { state in
          state.secondsPerTrial[row] = max(cost, 1e-7)
          state.done += trials.count
          return (state.done, state.total)
        }
        let progress = RunProgress(claim: claim.id, done: done, total: total, seconds: seconds)
        if !runner.monitor(progress) { state.withLock { $0.isStopped = true } }
      } catch {
        state.withLock { if $0.error == nil { $0.error = error } }
      }
    }
  }

  private func compute(row: Int, trial: Int) throws -> [Double] {
    let point = design.rows[row].point
    var stream = claim.stream(seed: seed, point: point, trial: trial)
    do {
      return try claim.measure(point, trial: trial, using: &stream).numbers(in: design.schema)
    } catch {
      throw ExperimentError.trialFailed(
        "\(claim.id), point \(point.key), trial \(trial), seed \(seed): \(error)")
    }
  }
}
