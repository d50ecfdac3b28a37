// SPDX-License-Identifier: Apache-2.0
import Experiments
import Foundation
import Literature
import Randomness
import Testing

/// A claim whose measurements are falsified; criterion and statistics are the claim's own.
struct Planted: Claim {
  let base: any Claim
  let replace: @Sendable (Point, Int, inout Randomness.Stream) throws -> TrialOutcome

  /// Replaces the measurement.
  init(
    _ base: any Claim,
    _ replace: @escaping @Sendable (Point, Int, inout Randomness.Stream) throws -> TrialOutcome
  ) {
    self.base = base
    self.replace = replace
  }

  /// Changes each outcome of the claim's own measurement.
  init(
    distorting base: any Claim,
    _ distort: @escaping @Sendable (Point, TrialOutcome) -> TrialOutcome
  ) {
    self.init(base) { point, trial, stream in
      distort(point, try base.measure(point, trial: trial, using: &stream))
    }
  }

  var id: String { base.id }
  var revision: Int { base.revision }
  var title: String { base.title }
  var kind: ClaimKind { base.kind }
  var sources: [Citation] { base.sources }
  var statement: String { base.statement }
  var setup: String { base.setup }
  var criterion: String { base.criterion }
  var limits: String { base.limits }
  func design(at scale: Scale) -> Design { base.design(at: scale) }
  func estimatedSeconds(at scale: Scale) -> Double { base.estimatedSeconds(at: scale) }
  func measure(
    _ point: Point, trial: Int, using stream: inout Randomness.Stream
  ) throws -> TrialOutcome { try replace(point, trial, &stream) }
  func judge(_ results: Results) throws -> Judgement { try base.judge(results) }
  func exhibits(_ results: Results) throws -> [Exhibit] { [] }
}

/// The judgement of a quick run in a store of its own.
func quickJudgement(_ claim: any Claim, seed: UInt64 = 1) throws -> Judgement {
  let path = FileManager.default.temporaryDirectory
    .appendingPathComponent("provably-claims-\(UUID().uuidString).db").path
  defer {
    for suffix in ["", "-wal", "-shm"] {
      try? FileManager.default.removeItem(atPath: path + suffix)
    }
  }
  let store = try Store(path: path)
  _ = try Runner(store: store, jobs: 2).run(claim, scale: .quick, seed: seed)
  return try claim.judge(Results(claim, scale: .quick, seed: seed, in: store))
}
