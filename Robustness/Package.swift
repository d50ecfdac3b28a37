// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0
import PackageDescription

// A package of its own, so that nothing here is built by those who use the library.
let package = Package(
  name: "provably-robustness",
  dependencies: [.package(name: "provably", path: "..")],
  targets: [
    // libFuzzer has its own main.
    .executableTarget(
      name: "Fuzz", dependencies: [.product(name: "Provably", package: "provably")],
      swiftSettings: [.swiftLanguageMode(.v6), .unsafeFlags(["-parse-as-library"])]),
    // What takes memory outside Swift, round after round; see sanitize.sh.
    .executableTarget(
      name: "Leaks", dependencies: [.product(name: "Provably", package: "provably")],
      swiftSettings: [.swiftLanguageMode(.v6)]),
  ]
)
