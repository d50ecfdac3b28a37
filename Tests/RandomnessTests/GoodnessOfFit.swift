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
