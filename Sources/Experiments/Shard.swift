// SPDX-License-Identifier: Apache-2.0

/// One of several machines that share an experiment, written `3/16`.
///
/// Points with a fixed number of trials are dealt out trial by trial; points with a stopping rule go
/// whole to one shard, because the rule needs all their trials.
public struct Shard: Hashable, Sendable, CustomStringConvertible {
  /// Which shard, from 1.
  public let index: Int
  /// How many there are.
  public let count: Int

  /// The only shard.
  public static let whole = Shard(index: 1, count: 1)

  private init(index: Int, count: Int) {
    self.index = index
    self.count = count
  }

  /// Reads `i/n`.
  ///
  /// - Throws: ``ExperimentError/badShard(_:)`` unless 1 ≤ i ≤ n ≤ 100,000.
  public init(_ text: String) throws {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let index = parts[0], let count = parts[1], 1 <= index,
      index <= count, count <= 100_000
    else { throw ExperimentError.badShard("\(text) is not a shard such as 3/16") }
    self.init(index: index, count: count)
  }

  /// The form `i/n`.
  public var description: String { "\(index)/\(count)" }

  /// Whether the shard runs a trial of a row.
  func owns(row: Int, trial: Int, plan: TrialPlan) -> Bool {
    if count == 1 { return true }
    if case .until = plan { return row % count == index - 1 }
    return (row + trial) % count == index - 1
  }
}
