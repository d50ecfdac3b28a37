// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// The values that Oracle/oracle.py writes.
struct Oracle: Decodable {
  struct SummaryCase: Decodable {
    let sample: [Double]
    let iqm, median, quantile, variance: Double
  }
  struct BootstrapCase: Decodable {
    let statistic: String
    let data, replicates, bca, percentile: [Double]
  }
  struct ExactIQM: Decodable { let runs, interval: [Double] }
  struct ExactSupT: Decodable {
    let curves: [[Double]]
    let quantiles, means, errors: [Double]
  }
  struct Slopes: Decodable {
    let x: [Double]
    let trials: [[Double]]
    let logLog, logY, logX, window: [Double]
  }
  struct Segmented: Decodable {
    let x: [Double]
    let trials: [[Double]]
    let fit: [Double]
    let oneLine: Double
  }
  struct Kendall: Decodable {
    let x, y: [Double]
    let tau: Double
  }
  struct Permutation: Decodable {
    let x, y: [Double]
    let greater, less, twoSided: Double
  }
  struct Improvement: Decodable {
    let first, second: [[Double]]
    let estimate: Double
  }

  let betaQuantile, betaCumulative, normalQuantile, normalCumulative: [[Double]]
  let studentQuantile, studentCumulative, chiSquareQuantile, chiSquareCumulative: [[Double]]
  let clopperPearson, wilson: [[Double]]
  let summaries: [SummaryCase]
  let bootstrap: [BootstrapCase]
  let exactIQM: ExactIQM
  let exactSupT: ExactSupT
  let slopes: Slopes
  let segmented: Segmented
  let kendall: [Kendall]
  let permutation, signFlip: [Permutation]
  let improvement: Improvement

  static func load() throws -> Oracle {
    let file = try #require(Bundle.module.url(forResource: "oracle", withExtension: "json"))
    return try JSONDecoder().decode(Oracle.self, from: Data(contentsOf: file))
  }
}
