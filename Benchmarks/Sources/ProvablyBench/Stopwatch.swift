// SPDX-License-Identifier: Apache-2.0

/// Seconds since it was made.
struct Stopwatch {
  private let start = ContinuousClock.now

  /// The time so far.
  var seconds: Double { (ContinuousClock.now - start) / .seconds(1) }

  /// The seconds that `work` takes, and its result.
  static func time<R>(_ work: () throws -> R) rethrows -> (seconds: Double, result: R) {
    let watch = Stopwatch()
    let result = try work()
    return (watch.seconds, result)
  }
}
