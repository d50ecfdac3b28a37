// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra
import Synchronization

/// The rows of one policy of a sparse model, copied to lie one after the other.
///
/// In the model the rows that a policy chose are scattered among those that it did not, and a sweep of
/// the policy waits for each of them. From the copy, an A-th of the model, it reads memory from end to
/// end. When the policy changes, only the rows of states that changed are copied again.
///
/// Each state has room for its longest row; shorter ones are filled up with zero probabilities. In the
/// canonical order (`CShims.h`) a zero term leaves every finite lane as it is, so that sums are the same
/// bits as from the model.
///
/// - Complexity: O(entries of the changed rows) for an update; 12 bytes an entry.
final class PolicyRows {
  /// Where the next two lie.
  private let places: HugePageBlock
  /// Where the room of each state begins; one entry more than states.
  private let pointers: UnsafeMutableBufferPointer<Int64>
  /// The choices whose rows are held, as words of 32 bits; −1 for none.
  private let choices: UnsafeMutableBufferPointer<Int32>
  /// Where the rows lie.
  private let memory: HugePageBlock
  private let columns: UnsafeMutableBufferPointer<Int32>
  private let values: UnsafeMutableBufferPointer<Double>
  private let rewards: UnsafeMutableBufferPointer<Double>
  /// Who shares the copying; `nil` when it is little.
  private let second: SecondThread?

  /// Entries from which a second thread pays.
  private static let entriesForThreads = 50_000

  /// Makes room for the rows of a policy of `model`, whose transitions are sparse.
  init(_ model: BellmanOperator.RawArrays) {
    let S = Int(model.stateCount)
    guard let starts = model.choicePointers, let rows = model.rowPointers else {
      preconditionFailure("the transitions are not sparse")
    }
    // Where the rooms begin comes first, as it says how much memory the rows need.
    places = HugePageBlock(byteCounts: [8 * (S + 1), 4 * S])
    pointers = places.take(Int64.self, count: S + 1)
    choices = places.take(Int32.self, count: S)
    choices.initialize(repeating: -1)
    pointers[0] = 0
    nonisolated(unsafe) let (room, from, to) = (pointers, starts, rows)
    SecondThread.share(4, of: S, with: .forPass(over: S)) {
      for s in $0 {
        var longest: Int64 = 0
        for k in Int(from[s])..<Int(from[s &+ 1]) { longest = max(longest, to[k &+ 1] &- to[k]) }
        room[s &+ 1] = longest
      }
    }
    for s in 0..<S { pointers[s &+ 1] &+= pointers[s] }
    let count = Int(pointers[S])
    memory = HugePageBlock(byteCounts: [8 * count, 4 * count, 8 * S])
    values = memory.take(Double.self, count: count)
    columns = memory.take(Int32.self, count: count)
    rewards = memory.take(Double.self, count: S)
    second = count >= Self.entriesForThreads ? .shared : nil
  }

  /// Copies the rows of `policy` that are not held yet.
  ///
  /// - Returns: How many states changed.
  func update(_ policy: [Int], of model: BellmanOperator.RawArrays) -> Int {
    let changed = Atomic<Int>(0)
    policy.withUnsafeBufferPointer { policy in
      nonisolated(unsafe) let (policy, model) = (policy, model)
      // Each state has room of its own, so that the pieces write to different places.
      SecondThread.share(4, of: policy.count, with: second) { states in
        changed.add(copy(policy, states, of: model), ordering: .relaxed)
      }
    }
    return changed.load(ordering: .relaxed)
  }

  /// Copies those rows that are of `states`.
  private func copy(
    _ policy: UnsafeBufferPointer<Int>, _ states: Range<Int>, of model: BellmanOperator.RawArrays
  ) -> Int {
    guard let from = model.rowPointers, let c = model.columns, let p = model.values,
      let r = model.rewards
    else { return 0 }
    var changed = 0
    for s in states where Int32(truncatingIfNeeded: policy[s]) != choices[s] {
      changed &+= 1
      let k = policy[s]
      choices[s] = Int32(truncatingIfNeeded: k)
      rewards[s] = r[k]
      var to = Int(pointers[s])
      for i in Int(from[k])..<Int(from[k &+ 1]) {
        columns[to] = c[i]
        values[to] = p[i]
        to &+= 1
      }
      while to < Int(pointers[s &+ 1]) {
        columns[to] = 0
        values[to] = 0
        to &+= 1
      }
    }
    return changed
  }

  /// The room for entries of all states together.
  var entryCount: Int { values.count }

  /// The bounds of `count` pieces of the states with about as much room each.
  func bounds(_ count: Int) -> [Int] {
    BellmanOperator.bounds(count, states: rewards.count) { Int(pointers[$0]) }
  }

  /// Calls `body` with the arrays as a model of one choice a state.
  func withArrays<R>(_ body: (BellmanOperator.RawArrays) -> R) -> R {
    withExtendedLifetime(self) {
      body(
        BellmanOperator.RawArrays(
          stateCount: Int64(rewards.count), choicePointers: nil,
          rowPointers: UnsafePointer(pointers.baseAddress),
          columns: UnsafePointer(columns.baseAddress), values: UnsafePointer(values.baseAddress),
          rewards: UnsafePointer(rewards.baseAddress)))
    }
  }
}
