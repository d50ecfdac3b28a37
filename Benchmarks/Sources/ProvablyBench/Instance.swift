// SPDX-License-Identifier: Apache-2.0
import Foundation
import Provably

/// A problem to be timed: an `.npz` file, or a recipe of the catalogue for models in factors.
enum Instance {
  case tabular(TabularMDP)
  case lowRank(LowRankMDP)

  /// Reads the file or builds the environment.
  init(_ name: String) throws {
    if FileManager.default.fileExists(atPath: name) {
      self = .tabular(try readModel(at: name).dynamics)
      return
    }
    switch try EnvironmentCatalogue.build(name).model {
    case .tabular(let dynamics, _): self = .tabular(dynamics)
    case .lowRank(let model): self = .lowRank(model)
    }
  }

  var stateCount: Int {
    switch self {
    case .tabular(let model): model.stateCount
    case .lowRank(let model): model.stateCount
    }
  }

  var choiceCount: Int {
    switch self {
    case .tabular(let model): model.choiceCount
    case .lowRank(let model): model.choiceCount
    }
  }

  /// Probabilities in memory: all of them when dense, the stored ones when sparse, or the factors'.
  var entryCount: Int {
    switch self {
    case .tabular(let model):
      switch model.transitions {
      case .dense(let matrix): matrix.elements.count
      case .sparse(let matrix): matrix.storedCount
      }
    case .lowRank(let model): (model.choiceCount + model.stateCount) * model.rank
    }
  }

  var isDense: Bool {
    guard case .tabular(let model) = self, case .dense = model.transitions else { return false }
    return true
  }

  /// Bytes of P that one sweep over all choices reads.
  ///
  /// An entry takes 8, and in compressed rows 4 more for its column; a row pointer takes 8. Vectors
  /// are not counted.
  var bytesPerPass: Int {
    guard case .tabular(let model) = self, case .sparse(let matrix) = model.transitions else {
      return 8 * entryCount
    }
    return 12 * matrix.storedCount + 8 * matrix.rowPointers.count
  }
}
