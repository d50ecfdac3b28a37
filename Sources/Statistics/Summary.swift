// SPDX-License-Identifier: Apache-2.0

/// Plain summaries of a sample of finite numbers.
public enum Summary {
  /// The arithmetic mean, summed in the order of the sample.
  ///
  /// - Precondition: The sample is not empty.
  public static func mean(_ sample: [Double]) -> Double {
    precondition(!sample.isEmpty, "the mean of no numbers is not defined")
    var sum = 0.0
    for x in sample { sum += x }
    return sum / Double(sample.count)
  }

  /// The sample variance, with divisor n − 1, in two passes.
  ///
  /// - Precondition: At least two numbers.
  public static func variance(_ sample: [Double]) -> Double {
    precondition(sample.count >= 2, "the variance needs two numbers")
    let center = mean(sample)
    var sum = 0.0
    for x in sample { sum += (x - center) * (x - center) }
    return sum / Double(sample.count - 1)
  }

  /// The middle number, or the mean of the two middle ones.
  public static func median(_ sample: [Double]) -> Double {
    let sorted = sample.sorted()
    let n = sorted.count
    precondition(n > 0, "the median of no numbers is not defined")
    return n % 2 == 1 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2
  }

  /// The p-quantile of a sorted sample: linear between the order statistics, of which the first is
  /// the 0-quantile and the last the 1-quantile (type 7 of R, the default of NumPy).
  public static func quantile(sorted: [Double], _ p: Double) -> Double {
    precondition(!sorted.isEmpty && p >= 0 && p <= 1, "a quantile needs numbers and a probability")
    let position = p * Double(sorted.count - 1)
    let i = min(Int(position), sorted.count - 1)
    let fraction = position - Double(i)
    guard fraction > 0 && i + 1 < sorted.count else { return sorted[i] }
    return sorted[i] + fraction * (sorted[i + 1] - sorted[i])
  }

  /// The mean of the middle half: without the ⌊n/4⌋ smallest and the ⌊n/4⌋ largest numbers.
  ///
  /// - Complexity: O(n log n).
  /// - Source: [agarwal2021], section 4.
  public static func interquartileMean(_ sample: [Double]) -> Double {
    precondition(!sample.isEmpty, "the mean of no numbers is not defined")
    let sorted = sample.sorted()
    let cut = sorted.count / 4
    return mean(Array(sorted[cut..<(sorted.count - cut)]))
  }
}
