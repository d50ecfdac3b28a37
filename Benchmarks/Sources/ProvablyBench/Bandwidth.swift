// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CBandwidth
import Dispatch
import Foundation

/// Measures how fast this machine reads memory: the roof over every solver that reads P.
struct Bandwidth: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measure the read bandwidth with one and with two threads, by working set.")

  @Option(help: "The greatest working set, in MiB.")
  var largest: Int = 1024

  @Option(help: "How many measurements to take the best of.")
  var repetitions: Int = 15

  private struct Line: Encodable {
    let event = "bandwidth"
    let bytes: Int
    let threads: Int
    let gigabytesPerSecond: Double
  }

  func run() throws {
    let doubles = largest << 17
    guard let array = bandwidth_array(Int64(doubles)) else {
      throw ValidationError("\(largest) MiB cannot be had")
    }
    defer { free(array) }
    var sizes = [doubles]
    while let last = sizes.last, last > 1 << 15 { sizes.append(last / 4) }
    for count in sizes.reversed() {
      for threads in [1, 2] {
        try printJSON(
          Line(
            bytes: 8 * count, threads: threads,
            gigabytesPerSecond: measure(array, count, threads: threads)))
      }
    }
  }

  /// The best speed over the repetitions, each of which lasts about 50 ms at least.
  private func measure(_ array: UnsafePointer<Double>, _ count: Int, threads: Int) -> Double {
    let rounds = max(1, (1 << 28) / count)
    nonisolated(unsafe) let array = array
    var best = 0.0
    for _ in 0..<repetitions {
      let (seconds, sums) = Stopwatch.time {
        sum(array, count, threads: threads, rounds: rounds)
      }
      precondition(sums == Double(rounds * (count / threads * threads)), "the sum is wrong")
      best = max(best, 8 * sums / seconds / 1e9)
    }
    return best
  }

  private func sum(
    _ array: UnsafePointer<Double>, _ count: Int, threads: Int, rounds: Int
  ) -> Double {
    let share = count / threads
    return withUnsafeTemporaryAllocation(of: Double.self, capacity: 16 * threads) { sums in
      nonisolated(unsafe) let (array, sums) = (array, sums)
      DispatchQueue.concurrentPerform(iterations: threads) { i in
        var sum = 0.0
        for _ in 0..<rounds { sum += bandwidth_sum(array + i * share, Int64(share)) }
        sums[16 * i] = sum
      }
      return (0..<threads).reduce(0) { $0 + sums[16 * $1] }
    }
  }
}
