// SPDX-License-Identifier: Apache-2.0

/// The greatest distance between the empirical distribution of a sample and a continuous
/// distribution function.
///
/// For n independent draws it exceeds ε with probability at most 2 e^(−2nε²) [massart1990].
func kolmogorovDistance(_ sample: [Double], _ distribution: (Double) -> Double) -> Double {
  let n = Double(sample.count)
  var worst = 0.0
  for (i, x) in sample.sorted().enumerated() {
    let F = distribution(x)
    worst = max(worst, F - Double(i) / n, Double(i + 1) / n - F)
  }
  return worst
}

/// The greatest distance between the distribution functions of a sample of whole numbers and of
/// their probabilities, from 0 on.
///
/// The bound of ``kolmogorovDistance(_:_:)`` holds for discrete distributions too.
func discreteDistance(_ sample: [Int], _ probabilities: [Double]) -> Double {
  var counts = [Int](repeating: 0, count: probabilities.count + 1)
  for x in sample { counts[min(x, probabilities.count)] += 1 }
  var (seen, sum, worst) = (0, 0.0, 0.0)
  for (k, p) in probabilities.enumerated() {
    seen += counts[k]
    sum += p
    worst = max(worst, abs(Double(seen) / Double(sample.count) - sum))
  }
  return worst
}

/// Pearson's statistic of counts against probabilities.
///
/// Outcomes of probability 0 must not occur: then the statistic is infinite.
func chiSquare(_ counts: [Int], _ probabilities: [Double]) -> Double {
  let n = Double(counts.reduce(0, +))
  var sum = 0.0
  for (count, p) in zip(counts, probabilities) {
    let expected = n * p
    if expected > 0 {
      sum += (Double(count) - expected) * (Double(count) - expected) / expected
    } else if count > 0 {
      return .infinity
    }
  }
  return sum
}

/// The number that a chi-square variable with k degrees of freedom exceeds with probability at most
/// e⁻²⁰: k + 2 √(20 k) + 40 [laurent2000].
func chiSquareLimit(_ degrees: Int) -> Double {
  let k = Double(degrees)
  return k + 2 * (20 * k).squareRoot() + 40
}
