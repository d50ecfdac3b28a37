// SPDX-License-Identifier: Apache-2.0
import Statistics

/// Trials until the confidence interval of a mean is narrow enough, with the looks fixed beforehand.
///
/// The error probability α is spent over the looks, α/m at each of m looks (Bonferroni), so that
/// the intervals of all looks hold together with probability ≥ 1 − α, and so does the interval at
/// the look where the rule happened to stop.
///
///     for n in looks
///       run trials up to n                                            (1)
///       half ← t_{n−1, 1 − α/(2m)} · s_n / √n                          (2)
///       if half ≤ target: stop                                         (3)
///
/// The interval (2) is Student's: its level is exact for Gaussian trials and asymptotic otherwise.
public struct TrialStopping: Hashable, Sendable {
  /// The scalar whose mean is estimated.
  public let quantity: String
  /// The half-width wanted.
  public let halfWidth: Double
  /// The numbers of trials at which the rule looks, increasing; the last one is the bound on trials.
  public let looks: [Int]
  /// The probability 1 − α of the interval.
  public let confidence: Double

  /// Creates a rule.
  public init(_ quantity: String, halfWidth: Double, looks: [Int], confidence: Double = 0.95) {
    self.quantity = quantity
    self.halfWidth = halfWidth
    self.looks = looks
    self.confidence = confidence
  }

  func validate(for schema: Schema) throws {
    guard schema.scalars.contains(quantity) else {
      throw ExperimentError.badDesign("the stopping rule's quantity \(quantity) is not measured")
    }
    guard halfWidth > 0, confidence > 0, confidence < 1, let first = looks.first, first >= 2,
      zip(looks, looks.dropFirst()).allSatisfy({ $0 < $1 })
    else {
      throw ExperimentError.badDesign(
        "a stopping rule needs a positive half-width, a confidence in (0, 1) and increasing looks "
          + "of at least two trials")
    }
  }

  /// Whether the rule stops at its look number `look`, given the trials up to there.
  ///
  /// - Complexity: O(n).
  func stops(at look: Int, _ values: [Double]) -> Bool {
    look == looks.count - 1 || interval(at: look, values).halfWidth <= halfWidth  // (3)
  }

  /// The interval that holds in spite of stopping: the mean of the trials and the half-width.
  ///
  /// - Precondition: `values` has as many entries as the look has trials.
  public func interval(at look: Int, _ values: [Double]) -> (mean: Double, halfWidth: Double) {
    precondition(values.count == looks[look], "the look has \(looks[look]) trials")
    let n = Double(values.count)
    let mean = values.reduce(0, +) / n
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (n - 1)
    let level = 1 - (1 - confidence) / (2 * Double(looks.count))
    let quantile = StudentTDistribution(degrees: n - 1).quantile(level)
    return (mean, quantile * (variance / n).squareRoot())  // (2)
  }
}
