// SPDX-License-Identifier: Apache-2.0

/// Weights from which nothing can be drawn.
public enum RandomnessError: Error, Equatable, CustomStringConvertible {
  /// There is no weight.
  case noWeights
  /// A weight is negative or not a finite number.
  case badWeight(index: Int, value: Double)
  /// All weights are 0.
  case zeroWeights(count: Int)

  /// What is wrong, where, and what to do.
  public var description: String {
    switch self {
    case .noWeights: "there are no weights; give at least one"
    case .badWeight(let index, let value):
      "weight \(index) is \(value); give finite numbers of at least 0"
    case .zeroWeights(let count): "all \(count) weights are 0; give a positive one"
    }
  }

  /// The largest of some weights, all of which are checked.
  static func check(_ weights: [Double]) throws(RandomnessError) -> Double {
    if weights.isEmpty { throw .noWeights }
    var largest = 0.0
    for (i, weight) in weights.enumerated() {
      guard weight >= 0 && weight.isFinite else { throw .badWeight(index: i, value: weight) }
      largest = max(largest, weight)
    }
    if largest == 0 { throw .zeroWeights(count: weights.count) }
    return largest
  }
}
