// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0
import PackageDescription

// A package of its own, as a user of the library writes it; only the path is special.
let library = Target.Dependency.product(name: "Provably", package: "provably")

let package = Package(
  name: "provably-examples",
  dependencies: [.package(name: "provably", path: "..")],
  targets: [
    .target(name: "Workshop", dependencies: [library]),
    .executableTarget(name: "SolveOwnModel", dependencies: [library, "Workshop"]),
    .executableTarget(name: "LearnOwnModel", dependencies: [library, "Workshop"]),
    .executableTarget(name: "JudgeOwnClaim", dependencies: [library, "Workshop"]),
    .executableTarget(name: "ReportOwnClaim", dependencies: [library, "Workshop"]),
  ]
)
