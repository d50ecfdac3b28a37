// SPDX-License-Identifier: Apache-2.0

/// What is wrong with fixed data or with the distribution that they come from.
public enum OfflineLearningError: Error, Equatable, CustomStringConvertible {
  /// An array has another length than the rest of the data.
  case wrongCount(array: String, expected: Int, found: Int)
  /// A number of observations cannot be.
  case badCount(String)
  /// Weights are not a distribution.
  case badDistribution(String)
  /// Datasets or a dataset and a model do not belong together.
  case mismatch(String)

  /// What, where, and what to do.
  public var description: String {
    switch self {
    case .wrongCount(let array, let expected, let found):
      "\(array) has \(found) entries, expected \(expected)"
    case .badCount(let text): "\(text); counts are nonnegative, and successes at most the pulls"
    case .badDistribution(let text): "\(text); expected nonnegative weights of sum 1"
    case .mismatch(let text): text
    }
  }

  /// Throws unless weights are nonnegative with sum 1 up to rounding.
  ///
  /// - Throws: ``badDistribution(_:)``.
  static func check(distribution weights: [Double], _ name: String) throws(OfflineLearningError) {
    var sum = 0.0
    for (i, weight) in weights.enumerated() {
      guard weight >= 0, weight <= 1 else {
        throw .badDistribution("\(name): entry \(i) is \(weight)")
      }
      sum += weight
    }
    guard abs(sum - 1) <= Double(weights.count + 8) * .ulpOfOne else {
      throw .badDistribution("\(name) sums to \(sum)")
    }
  }
}
