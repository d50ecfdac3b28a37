// SPDX-License-Identifier: Apache-2.0
import Experiments
import Foundation
import Randomness
import Statistics
import Synchronization
import Testing

@testable import Claims

/// Remembers what a claim measured, so that many lies cost one run.
private final class Recording: Sendable {
  let base: any Claim
  private let outcomes = Mutex<[String: TrialOutcome]>([:])

  init(_ base: any Claim) { self.base = base }

  /// The claim itself; what it measures is remembered.
  var honest: Planted {
    Planted(base) { [self] point, trial, stream in
      let outcome = try base.measure(point, trial: trial, using: &stream)
      outcomes.withLock { $0["\(point.key)#\(trial)"] = outcome }
      return outcome
    }
  }

  /// The claim with a lie in its place.
  func planted(_ lie: Lie) -> Planted {
    Planted(base) { [self] point, trial, stream in
      let copy = stream
      return try lie.tell(point, trial) { other in
        if let known = outcomes.withLock({ $0["\(other.key)#\(trial)"] }) { return known }
        var stream = copy
        return try base.measure(other, trial: trial, using: &stream)
      }
    }
  }
}

/// Which lies are told, by the environment: nothing set is one seed of the claims that are cheap.
private struct Extent {
  /// PROVABLY_PLANTED_SEEDS.
  let seeds: Int?
  /// PROVABLY_PLANTED_SCALE: `quick` or `full`.
  let scale: Scale
  /// PROVABLY_PLANTED_CLAIM: a part of the name of a claim.
  let claim: String?
  /// PROVABLY_PLANTED_LIMIT: the longest estimated run, in seconds.
  let limit: Double

  init() {
    let environment = ProcessInfo.processInfo.environment
    seeds = environment["PROVABLY_PLANTED_SEEDS"].flatMap(Int.init)
    scale = environment["PROVABLY_PLANTED_SCALE"].flatMap(Scale.init) ?? .quick
    claim = environment["PROVABLY_PLANTED_CLAIM"]
    limit =
      environment["PROVABLY_PLANTED_LIMIT"].flatMap(Double.init) ?? (seeds == nil ? 0.5 : 30)
  }
}

@Suite("Planted false claims", .serialized)
struct PlantedClaimsTests {
  private static let extent = Extent()

  private static let told: [String] = Catalogue.claims.map(\.id).filter { id in
    extent.claim.map { id.contains($0) } ?? true
  }

  @Test("every claim of the catalogue has a lie, and every lie a claim")
  func complete() {
    #expect(Set(Lie.all.map(\.claim)) == Set(Catalogue.claims.map(\.id)))
  }

  @Test("no lie passes", arguments: told)
  func planted(_ id: String) throws {
    let extent = Self.extent
    let claim = try #require(Catalogue.claims.first { $0.id == id })
    guard claim.estimatedSeconds(at: extent.scale) <= extent.limit else {
      if extent.seeds != nil {
        let seconds = claim.estimatedSeconds(at: extent.scale)
        print("PLANTED", id, "left out", "estimated \(seconds) s", separator: "\t")
      }
      return
    }
    let lies = Lie.all.filter { $0.claim == id }
    let honest = Lie(claim: id, kind: "none", name: "the claim itself", passes: "it is true") {
      point, _, measured in try measured(point)
    }
    // `nil`: the judging ended in an error, which is no verdict.
    var verdicts: [[Verdict?]] = .init(repeating: [], count: lies.count + 1)
    for seed in 1...UInt64(extent.seeds ?? 1) {
      let recording = Recording(claim)
      verdicts[0].append(try verdict(recording.honest, seed))
      for (i, lie) in lies.enumerated() {
        verdicts[i + 1].append(try? verdict(recording.planted(lie), seed))
      }
    }
    for (lie, found) in zip([honest] + lies, verdicts) {
      let caught = found.count { $0 == .inconsistent }
      let passed = found.count { $0 == .consistent || $0 == .notViolated }
      if lie.passes == nil { #expect(passed == 0, "\(id): \(lie.name)") }
      guard extent.seeds != nil else { continue }
      let errors = found.count { $0 == nil }
      let interval = try Proportion.clopperPearson(successes: caught, trials: found.count)
      print(
        "PLANTED", id, lie.kind, lie.name, extent.scale.rawValue, found.count, caught,
        found.count - caught - passed - errors, passed, errors,
        String(format: "%.3f\t%.3f", interval.lower, interval.upper), lie.passes ?? "-",
        separator: "\t")
    }
  }

  private func verdict(_ claim: Planted, _ seed: UInt64) throws -> Verdict {
    let path = FileManager.default.temporaryDirectory
      .appendingPathComponent("provably-planted-\(UUID().uuidString).db").path
    defer {
      for suffix in ["", "-wal", "-shm"] {
        try? FileManager.default.removeItem(atPath: path + suffix)
      }
    }
    let store = try Store(path: path)
    let scale = Self.extent.scale
    _ = try Runner(store: store, jobs: 2).run(claim, scale: scale, seed: seed)
    return try claim.judge(Results(claim, scale: scale, seed: seed, in: store)).verdict
  }
}
