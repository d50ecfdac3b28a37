// SPDX-License-Identifier: Apache-2.0

/// Intervals for the probability of success from independent trials.
public enum Proportion {
  /// The exact interval of Clopper and Pearson: the probabilities that neither tail test at half of
  /// the error rejects.
  ///
  /// - Parameters:
  ///   - k: The number of successes.
  ///   - n: The number of trials, at least 1.
  ///   - level: The coverage.
  /// - Returns: k/n and quantiles of Beta(k, n − k + 1) and Beta(k + 1, n − k), each moved outwards
  ///   by a relative 10⁻¹².
  /// - Throws: ``StatisticsError``.
  /// - Guarantee: coverage of at least the level for every n and probability.
  /// - Source: [clopper1934].
  public static func clopperPearson(
    successes k: Int, trials n: Int, level: Double = 0.95
  ) throws(StatisticsError) -> ConfidenceInterval {
    try check(k, n, level)
    let alpha = (1 - level) / 2
    let lower = k == 0 ? 0 : BetaDistribution(Double(k), Double(n - k + 1)).quantile(alpha)
    let upper = k == n ? 1 : BetaDistribution(Double(k + 1), Double(n - k)).upperQuantile(alpha)
    return ConfidenceInterval(
      estimate: Double(k) / Double(n), lower: lower * (1 - 1e-12),
      upper: min(1, upper * (1 + 1e-12)),
      level: level)
  }

  /// The score interval of Wilson: the probabilities that the normal test does not reject.
  ///
  /// - Parameters:
  ///   - k: The number of successes.
  ///   - n: The number of trials, at least 1.
  ///   - level: The nominal coverage, kept on average over probabilities and not for each.
  /// - Returns: k/n and the interval (k + z²/2 ± z √(k(n − k)/n + z²/4))/(n + z²).
  /// - Throws: ``StatisticsError``.
  /// - Source: [wilson1927].
  public static func wilson(
    successes k: Int, trials n: Int, level: Double = 0.95
  ) throws(StatisticsError) -> ConfidenceInterval {
    try check(k, n, level)
    let z = NormalDistribution.quantile((1 + level) / 2)
    let (k, n) = (Double(k), Double(n))
    let radius = z * (k * (n - k) / n + z * z / 4).squareRoot()
    let center = k + z * z / 2
    return ConfidenceInterval(
      estimate: k / n, lower: k == 0 ? 0 : max(0, (center - radius) / (n + z * z)),
      upper: k == n ? 1 : min(1, (center + radius) / (n + z * z)), level: level)
  }

  private static func check(_ k: Int, _ n: Int, _ level: Double) throws(StatisticsError) {
    try StatisticsError.checkLevel(level)
    guard n >= 1 else { throw .tooFew(what: "trials", count: n, needed: 1) }
    guard k >= 0 && k <= n else {
      throw .badParameter(
        name: "the number of successes", value: Double(k), needed: "a number in 0 ... \(n)")
    }
  }
}
