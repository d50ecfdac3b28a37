// SPDX-License-Identifier: Apache-2.0
import Foundation

/// In which coordinates a curve is expected to be a line.
public enum CurveScale: Equatable, Sendable {
  /// y against x.
  case linear
  /// log y against log x: the slope is the exponent of a power law.
  case logLog
  /// log y against x: the slope is the rate of an exponential law.
  case logY
  /// y against log x: the slope is the factor of a logarithmic law.
  case logX

  func x(_ x: Double) -> Double { self == .logLog || self == .logX ? log(x) : x }
  static func exponential(_ x: Double) -> Double { exp(x) }
  func y(_ y: Double) -> Double { self == .logLog || self == .logY ? log(y) : y }

  /// The points of a window: their columns and the transformed abscissas, which must increase.
  func window(
    _ x: [Double], _ trials: [[Double]], _ range: ClosedRange<Double>?, atLeast needed: Int
  ) throws(StatisticsError) -> (columns: [Int], x: [Double]) {
    let points = try StatisticsError.checkMatrix(
      trials, rows: "trials", columns: "points of a trial", atLeast: 1)
    guard points == x.count else {
      throw .unequalCounts(
        what: "abscissas and points of a trial", first: x.count, second: points)
    }
    try StatisticsError.checkFinite(x, "abscissa")
    var columns: [Int] = []
    for j in x.indices where range?.contains(x[j]) ?? true { columns.append(j) }
    guard columns.count >= needed else {
      throw .tooFew(what: "points in the window", count: columns.count, needed: needed)
    }
    var inside: [Double] = []
    for j in columns {
      let value = self.x(x[j])
      guard value.isFinite else {
        throw .undefined(
          what: "the logarithm of abscissa \(j)", reason: "it is \(x[j]); start the window above 0")
      }
      if let last = inside.last, value <= last {
        throw .undefined(
          what: "the fit", reason: "abscissa \(j) does not exceed the one before; sort them")
      }
      inside.append(value)
    }
    return (columns, inside)
  }

  /// The transformed mean curve of weighted trials; NaN or −∞ where the logarithm is not defined.
  func meanCurve(_ trials: [[Double]], _ columns: [Int], weights: [Int]) -> [Double] {
    var sums = [Double](repeating: 0, count: columns.count)
    for (i, weight) in weights.enumerated() where weight > 0 {
      let row = trials[i]
      for (k, j) in columns.enumerated() { sums[k] += Double(weight) * row[j] }
    }
    let n = Double(trials.count)
    return sums.map { y($0 / n) }
  }

  func checkMeans(_ y: [Double], _ columns: [Int]) throws(StatisticsError) {
    for (k, value) in y.enumerated() where !value.isFinite {
      throw .undefined(
        what: "the logarithm of the mean at point \(columns[k])",
        reason: "the mean is not positive; choose a window where it is")
    }
  }
}
