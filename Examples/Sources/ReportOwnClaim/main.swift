// SPDX-License-Identifier: Apache-2.0
import Foundation
import Provably
import Workshop

// (1) A study is the claims of one page.
let study = Study(
  id: "machine", title: "A machine that wears", source: nil,
  summary: "One claim about a model of one's own.", claims: [optimismClaim],
  commands: ["swift run ReportOwnClaim"])

// (2) Run what is missing, judge it all.
let folder = URL(fileURLWithPath: CommandLine.arguments.dropFirst().first ?? "report")
try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
let store = try Store(path: folder.appendingPathComponent("results.db").path)
for claim in study.claims {
  _ = try Runner(store: store, jobs: 2).run(claim, scale: .quick, seed: 1)
}
let report = try StudyReport(study, scale: .quick, seed: 1, in: store)
print("\(study.title): \(report.tally)")

// (3) Write the page, its figures and their numbers; and the atlas of all pages as one HTML file.
let facts = RunFacts(report, version: "1", commit: nil, linearAlgebra: "none")
let writer = ReportWriter(folder: folder)
try writer.write(report, facts: facts)
try writer.write(Atlas([report]))
for path in try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted()
where ["md", "svg", "csv", "html"].contains(URL(fileURLWithPath: path).pathExtension) {
  print("wrote", path)
}
