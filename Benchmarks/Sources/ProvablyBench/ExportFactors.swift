// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation
import Provably

/// Writes the factors of a low-rank environment as .npy files, for baselines in other languages.
struct ExportFactors: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export-factors",
    abstract: "Write features.npy (K x r), measures.npy (r x S) and rewards.npy (K).")

  @Argument(help: "A low-rank environment, such as lowrank:states=1000.")
  var environment: String

  @Argument(help: "The folder to write to; it must exist.")
  var folder: String

  func run() throws {
    guard case .lowRank(let model) = try Instance(environment) else {
      throw ValidationError("\(environment) is not a low-rank model")
    }
    try write(model.features, "features")
    try write(model.measures, "measures")
    try writeNpy(model.rewards, to: "\(folder)/rewards.npy")
  }

  private func write(_ matrix: Matrix, _ name: String) throws {
    var numbers: [Double] = []
    numbers.reserveCapacity(matrix.rowCount * matrix.columnCount)
    for i in 0..<matrix.rowCount {
      for j in 0..<matrix.columnCount { numbers.append(matrix[i, j]) }
    }
    try writeNpy(
      numbers, shape: [matrix.rowCount, matrix.columnCount], to: "\(folder)/\(name).npy")
  }
}
