// SPDX-License-Identifier: Apache-2.0
import Dispatch
import LinearAlgebra
import MarkovModels
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
struct PolicyRows {
  /// The choices whose rows are held, as words of 32 bits; −1 for none.
  private var choices: [Int32]
  /// Where the room of each state begins; one entry more than states.
  private let pointers: [Int]
  private var columns: [Int32]
  private var values: [Double]
  private var rewards: [Double]

  /// Entries from which a second thread pays.
  private static let entriesForThreads = 200_000

  /// Makes room for the rows of a policy of `model`, whose transitions are `matrix`.
  init(_ model: TabularMDP, _ matrix: SparseMatrix) {
    let S = model.stateCount
    choices = [Int32](repeating: -1, count: S)
    rewards = [Double](inHugePages: 0, count: S)
    pointers = [Int](unsafeUninitializedCapacity: S + 1) { out, count in
      matrix.rowPointers.withUnsafeBufferPointer { rows in
        model.choicePointers.withUnsafeBufferPointer { starts in
          out[0] = 0
          for s in 0..<S {
            var longest = 0
            for k in starts[s]..<starts[s &+ 1] {
              longest = max(longest, rows[k &+ 1] &- rows[k])
            }
            out[s &+ 1] = out[s] &+ longest
          }
        }
      }
      count = S + 1
    }
    let room = pointers[S]
    columns = [Int32](inHugePages: 0, count: room)
    values = [Double](inHugePages: 0, count: room)
  }

  /// Copies the rows of `policy` that are not held yet.
  ///
  /// - Returns: How many states changed.
  mutating func update(_ policy: [Int], of model: TabularMDP, _ matrix: SparseMatrix) -> Int {
    let S = policy.count
    let pieces = pointers[S] >= Self.entriesForThreads ? 2 : 1
    let total = Atomic<Int>(0)
    choices.withUnsafeMutableBufferPointer { held in
      columns.withUnsafeMutableBufferPointer { columns in
        values.withUnsafeMutableBufferPointer { values in
          rewards.withUnsafeMutableBufferPointer { rewards in
            nonisolated(unsafe) let to = (held, columns, values, rewards)
            let pointers = pointers
            // Each state has room of its own, so that the pieces write to different places.
            DispatchQueue.concurrentPerform(iterations: pieces) { piece in
              let (held, columns, values, rewards) = to
              var changed = 0
              for s in (S * piece / pieces)..<(S * (piece + 1) / pieces)
              where Int32(truncatingIfNeeded: policy[s]) != held[s] {
                changed &+= 1
                let k = policy[s]
                held[s] = Int32(truncatingIfNeeded: k)
                rewards[s] = model.rewards[k]
                var to = pointers[s]
                for from in matrix.rowPointers[k]..<matrix.rowPointers[k &+ 1] {
                  columns[to] = matrix.columns[from]
                  values[to] = matrix.values[from]
                  to &+= 1
                }
                while to < pointers[s &+ 1] {
                  columns[to] = 0
                  values[to] = 0
                  to &+= 1
                }
              }
              total.add(changed, ordering: .relaxed)
            }
          }
        }
      }
    }
    return total.load(ordering: .relaxed)
  }

  /// Calls `body` with the arrays as a model of one choice a state.
  func withArrays<R>(_ body: (BellmanOperator.RawArrays) -> R) -> R {
    pointers.withUnsafeBytes { pointers in
      columns.withUnsafeBufferPointer { columns in
        values.withUnsafeBufferPointer { values in
          rewards.withUnsafeBufferPointer { rewards in
            body(
              BellmanOperator.RawArrays(
                stateCount: Int64(rewards.count), choicePointers: nil,
                rowPointers: pointers.baseAddress?.assumingMemoryBound(to: Int64.self),
                columns: columns.baseAddress, values: values.baseAddress,
                rewards: rewards.baseAddress))
          }
        }
      }
    }
  }
}
