// SPDX-License-Identifier: Apache-2.0
import Foundation
import Provably
import Workshop

// (1) The results of every trial go into a store; a second run computes only what is missing.
let folder = FileManager.default.temporaryDirectory.appendingPathComponent("workshop-\(getpid())")
try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
defer { try? FileManager.default.removeItem(at: folder) }
let store = try Store(path: folder.appendingPathComponent("results.db").path)
let claim = optimismClaim
let first = try Runner(store: store, jobs: 2).run(claim, scale: .quick, seed: 1)
let second = try Runner(store: store).run(claim, scale: .quick, seed: 1)
print("first run: \(first.computed) trials; second run: \(second.computed) more")

// (2) The verdict follows from the criterion.
let results = try Results(claim, scale: .quick, seed: 1, in: store)
let judgement = try claim.judge(results)
for check in judgement.checks {
  print(check.isControl ? "control:" : "check:", check.name)
  print("  measured \(check.measured), predicted \(check.predicted): \(check.verdict.rawValue)")
}
print("verdict:", judgement.verdict.rawValue)
print(judgement.finding)

// (3) The numbers are a function of claim and seed: this digest is the same on every machine.
print("digest of the results:", try store.digest())
