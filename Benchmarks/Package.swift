// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0
import PackageDescription

// A package of its own, so that users of the library never resolve or build it.
let package = Package(
  name: "provably-benchmarks",
  dependencies: [
    .package(name: "provably", path: ".."),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
  ],
  targets: [
    .target(name: "CBandwidth"),
    .executableTarget(
      name: "ProvablyBench",
      dependencies: [
        "CBandwidth", .product(name: "Provably", package: "provably"),
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: [.swiftLanguageMode(.v6), .enableUpcomingFeature("ExistentialAny")]),
  ]
)
