// SPDX-License-Identifier: Apache-2.0
import Foundation
import Literature
import Randomness

@testable import Experiments

/// The mean of N uniform numbers is 1/2; small, quick, and with both kinds of quantity.
struct ToyClaim: Claim {
  var id = "toy/mean"
  var revision = 1
  var plan: TrialPlan
  var scalars = ["mean"]
  /// What a trial returns instead of its result, to test refusals.
  var failure: (@Sendable (Int) throws -> TrialOutcome)?

  init(
    plan: TrialPlan = .fixed(40), failure: (@Sendable (Int) throws -> TrialOutcome)? = nil
  ) {
    self.plan = plan
    self.failure = failure
  }

  let title = "the mean of uniform numbers"
  let kind = ClaimKind.identity
  let sources: [Citation] = []
  let statement = "The mean is 1/2."
  let setup = "N uniform numbers."
  let criterion = "The interval holds 1/2."
  let limits = "None."

  func design(at scale: Scale) -> Design {
    Design(
      [("kind", ["a", "b"]), ("N", scale == .quick ? [4, 16] : [4, 16, 64])],
      measuring: Schema(scalars: scalars, curves: [.init("path", at: [1, 2, 3])])
    ) { _ in plan }
  }

  func estimatedSeconds(at scale: Scale) -> Double { 0.01 }

  func measure(_ point: Point, trial: Int, using stream: inout Randomness.Stream) throws
    -> TrialOutcome
  {
    if let failure { return try failure(trial) }
    var sum = 0.0
    for _ in 0..<point.count("N") { sum += stream.uniform() }
    let mean = sum / point["N"]
    return TrialOutcome(["mean": mean], curves: ["path": [mean, 2 * mean, 3 * mean]])
  }

  func judge(_ results: Results) throws -> Judgement {
    Judgement(
      [Check("mean", predicted: "1/2", measured: "1/2", verdict: .consistent)], finding: "yes")
  }

  func exhibits(_ results: Results) throws -> [Exhibit] { [] }
}

/// A folder that is removed at the end of the test.
final class TemporaryFolder {
  let path: String

  init() throws {
    path =
      FileManager.default.temporaryDirectory
      .appendingPathComponent("provably-store-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func file(_ name: String) -> String { path + "/" + name }
}
