// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0
import PackageDescription

let strict: [SwiftSetting] = [.swiftLanguageMode(.v6), .enableUpcomingFeature("ExistentialAny")]

let package = Package(
  name: "provably",
  products: [
    .library(name: "Provably", targets: ["Provably"]),
    .executable(name: "provably", targets: ["ProvablyCLI"]),
  ],
  traits: [
    .trait(
      name: "ExactRationals",
      description: "Exact rational solves through FLINT (LGPL; Debian's build loads libgf2x, GPL)."),
    .default(enabledTraits: ["ExactRationals"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
  ],
  targets: [
    // MARK: System libraries and C code
    .systemLibrary(
      name: "CLAPACKE", pkgConfig: "lapacke openblas",
      providers: [.apt(["liblapacke-dev", "libopenblas-dev"])]),
    .systemLibrary(name: "CSuiteSparse", providers: [.apt(["libsuitesparse-dev"])]),
    .systemLibrary(name: "CCLP", pkgConfig: "clp", providers: [.apt(["coinor-libclp-dev"])]),
    .systemLibrary(
      name: "CMarkdown", pkgConfig: "libcmark-gfm",
      providers: [.apt(["libcmark-gfm-dev", "libcmark-gfm-extensions-dev"])]),
    .systemLibrary(
      name: "CArchive", pkgConfig: "libarchive", providers: [.apt(["libarchive-dev"])]),
    .target(name: "CShims"),
    .target(
      name: "CFLINT",
      cSettings: [.define("PROVABLY_EXACT_RATIONALS", .when(traits: ["ExactRationals"]))],
      linkerSettings: [.linkedLibrary("flint"), .linkedLibrary("mpfr"), .linkedLibrary("gmp")]),

    // MARK: Mathematics without Markov decision processes
    .target(
      name: "LinearAlgebra", dependencies: ["CLAPACKE", "CSuiteSparse", "CShims"],
      exclude: ["README.md"], swiftSettings: strict),
    .target(
      name: "LinearProgramming", dependencies: ["CCLP"], exclude: ["README.md"],
      swiftSettings: strict),
    .target(
      name: "ExactArithmetic",
      dependencies: [.target(name: "CFLINT", condition: .when(traits: ["ExactRationals"]))],
      exclude: ["README.md"], swiftSettings: strict),
    // Boost.Math is header-only: libboost-math-dev.
    .target(name: "CBoost"),
    .target(
      name: "Statistics", dependencies: ["CBoost", "Randomness"], exclude: ["README.md"],
      swiftSettings: strict),
    .target(name: "Figures", exclude: ["README.md"], swiftSettings: strict),
    .target(name: "Randomness", exclude: ["README.md"], swiftSettings: strict),
    .target(name: "Literature", exclude: ["README.md", "references.bib"], swiftSettings: strict),

    // MARK: Models, planners and certificates
    .target(
      name: "MarkovModels", dependencies: ["LinearAlgebra", "Literature", "Randomness"],
      exclude: ["README.md"], swiftSettings: strict),
    .target(
      name: "ModelFormats", dependencies: ["CArchive", "LinearAlgebra", "MarkovModels"],
      exclude: ["README.md"], swiftSettings: strict),
    .target(
      name: "Certificates", dependencies: ["ExactArithmetic", "LinearAlgebra", "MarkovModels"],
      exclude: ["README.md"], swiftSettings: strict),
    .target(
      name: "Planning",
      dependencies: [
        "Certificates", "CShims", "ExactArithmetic", "LinearAlgebra", "LinearProgramming",
        "Literature", "MarkovModels",
      ],
      exclude: ["README.md"], swiftSettings: strict),
    .target(
      name: "Hardness",
      dependencies: ["ExactArithmetic", "LinearAlgebra", "Literature", "MarkovModels", "Planning"],
      exclude: ["README.md"], swiftSettings: strict),

    // MARK: Learners and the bounds they earn
    .target(
      name: "Bounds", dependencies: ["Literature", "Randomness"],
      exclude: ["README.md", "UCBVIHoeffding.md"], swiftSettings: strict),
    .target(
      name: "OnlineLearning",
      dependencies: [
        "Bounds", "LinearAlgebra", "Literature", "MarkovModels", "Planning", "Randomness",
      ],
      exclude: ["README.md"], swiftSettings: strict),

    // MARK: Claims and their experiments
    .target(
      name: "Experiments",
      dependencies: [
        "Figures", "Literature", "Randomness", "Statistics",
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      exclude: ["README.md"], swiftSettings: strict),
    .target(
      name: "Reporting", dependencies: ["CMarkdown", "Experiments", "Figures"],
      exclude: ["README.md"], swiftSettings: strict),

    .target(
      name: "Bandits",
      dependencies: ["Bounds", "Literature", "MarkovModels", "Randomness", "Statistics"],
      exclude: ["README.md"], swiftSettings: strict),
    .target(
      name: "OfflineLearning", dependencies: ["Bounds", "MarkovModels", "Randomness"],
      exclude: ["README.md"], swiftSettings: strict),
    .target(
      name: "LinearLearning",
      dependencies: ["Bounds", "LinearAlgebra", "Literature", "MarkovModels", "Randomness"],
      exclude: ["README.md"], swiftSettings: strict),
    .target(
      name: "Claims",
      dependencies: [
        "Bandits", "Bounds", "Experiments", "Figures", "LinearAlgebra", "LinearLearning",
        "Literature", "MarkovModels", "OfflineLearning", "OnlineLearning", "Planning",
        "Randomness", "Statistics",
      ],
      exclude: ["README.md"], swiftSettings: strict),

    // MARK: What users import and run
    .target(
      name: "Provably",
      dependencies: [
        "Bandits", "Bounds", "Certificates", "Claims", "ExactArithmetic", "Experiments",
        "Figures", "Hardness", "LinearAlgebra", "LinearLearning", "LinearProgramming",
        "Literature", "MarkovModels", "ModelFormats", "OfflineLearning", "OnlineLearning",
        "Planning", "Randomness", "Reporting", "Statistics",
      ],
      swiftSettings: strict),
    .target(
      name: "Demos", dependencies: ["Provably"], exclude: ["README.md"], swiftSettings: strict),
    .executableTarget(
      name: "ProvablyCLI",
      dependencies: [
        "Demos", "Provably", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),

    // MARK: Tests
    .target(
      name: "TestSupport",
      dependencies: ["ExactArithmetic", "LinearAlgebra", "MarkovModels", "Randomness"],
      path: "Tests/TestSupport", swiftSettings: strict),
    .testTarget(
      name: "LinearAlgebraTests", dependencies: ["LinearAlgebra", "Randomness", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "LinearProgrammingTests", dependencies: ["LinearProgramming", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "ExactArithmeticTests", dependencies: ["ExactArithmetic", "Randomness", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "FiguresTests", dependencies: ["Figures", "Randomness"], exclude: ["Golden"],
      swiftSettings: strict),
    .testTarget(
      name: "RandomnessTests", dependencies: ["Randomness", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "StatisticsTests",
      dependencies: ["CBoost", "Randomness", "Statistics", "TestSupport"],
      exclude: ["Oracle/oracle.py"], resources: [.copy("Oracle/oracle.json")],
      swiftSettings: strict),
    .testTarget(
      name: "MarkovModelsTests",
      dependencies: ["LinearAlgebra", "Literature", "MarkovModels", "Randomness", "TestSupport"],
      resources: [.copy("Gymnasium")], swiftSettings: strict),
    .testTarget(
      name: "ModelFormatsTests", dependencies: ["ModelFormats", "TestSupport"],
      resources: [.copy("Golden")], swiftSettings: strict),
    .testTarget(
      name: "CertificatesTests",
      dependencies: [
        "Certificates", "LinearAlgebra", "MarkovModels", "Planning", "TestSupport",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "PlanningTests",
      dependencies: [
        "ExactArithmetic", "LinearAlgebra", "ModelFormats", "Planning", "TestSupport",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "HardnessTests",
      dependencies: ["ExactArithmetic", "Hardness", "LinearAlgebra", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "BanditsTests",
      dependencies: ["Bandits", "MarkovModels", "Randomness", "Statistics", "TestSupport"],
      swiftSettings: strict),
    .testTarget(name: "BoundsTests", dependencies: ["Bounds"], swiftSettings: strict),
    .testTarget(
      name: "OnlineLearningTests",
      dependencies: [
        "Bounds", "LinearAlgebra", "MarkovModels", "OnlineLearning", "Planning", "Randomness",
        "TestSupport",
      ], swiftSettings: strict),
    .testTarget(
      name: "ClaimsTests",
      dependencies: [
        "Bounds", "Claims", "Experiments", "LinearLearning", "Literature", "MarkovModels",
        "OfflineLearning", "OnlineLearning", "Randomness", "Statistics", "TestSupport",
      ], swiftSettings: strict),
    .testTarget(
      name: "OfflineLearningTests",
      dependencies: ["MarkovModels", "OfflineLearning", "Planning", "Randomness", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "LinearLearningTests",
      dependencies: [
        "LinearAlgebra", "LinearLearning", "MarkovModels", "Randomness", "TestSupport",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "ReportingTests",
      dependencies: ["Experiments", "Figures", "Literature", "Randomness", "Reporting"],
      swiftSettings: strict),
    .testTarget(
      name: "ExperimentsTests",
      dependencies: [
        "Experiments", "Literature", "Randomness", "Statistics", "TestSupport",
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      swiftSettings: strict),
    .testTarget(
      name: "DemosTests", dependencies: ["Demos"], resources: [.copy("Golden")],
      swiftSettings: strict),
    .testTarget(
      name: "CommandLineTests", dependencies: ["Provably", "ProvablyCLI", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "ProofsTests",
      dependencies: [
        "Bandits", "Bounds", "Certificates", "ExactArithmetic", "LinearAlgebra", "Literature",
        "MarkovModels", "OfflineLearning", "OnlineLearning", "Randomness", "TestSupport",
      ], swiftSettings: strict),
    .testTarget(name: "PackageTests", dependencies: ["TestSupport"], swiftSettings: strict),
  ],
  cxxLanguageStandard: .cxx17
)
