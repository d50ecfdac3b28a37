// SPDX-License-Identifier: Apache-2.0
import CShims
import LinearAlgebra
import MarkovModels
import Synchronization

/// The Bellman operators of a model under a discount, on raw vectors.
///
///     (T v)(s)   = max_k r(k) + γ Σ_t P_k(t) v(t),  k over the choices of s
///     (T_π v)(s) = r(π(s)) + γ Σ_t P_π(s)(t) v(t)
///
/// Every row is summed in the canonical order of `CShims.h`, so results are the same bits for any
/// CPU and any number of threads.
struct BellmanOperator {
  let model: TabularMDP
  let discount: Double
  /// State boundaries of the pieces that threads work on; one piece when the model is small.
  private let pieces: [Int]
  /// Who shares the pieces with the caller; `nil` when there is one piece.
  private let second: SecondThread?

  /// The least and the greatest change (T v)(s) − v(s) of one application.
  struct Extrema {
    var low: Double
    var high: Double
    var span: Double { high - low }
    var magnitude: Double { max(abs(low), abs(high)) }
  }

  /// Entries below which a second thread does not pay: sweeps of some 50 µs.
  private static let entriesForThreads = 100_000

  /// Prepares the operators; two threads share the `pieces` of a large model, which change no result.
  ///
  /// There are more pieces than threads, so that who is early takes more.
  init(_ model: TabularMDP, discount: Double, pieces count: Int = 4) {
    self.model = model
    self.discount = discount
    let S = model.stateCount
    switch model.transitions {
    case .dense(let matrix) where count > 1 && matrix.elements.count >= Self.entriesForThreads:
      self.pieces = (0...count).map { $0 * S / count }
    case .sparse(let matrix) where count > 1 && matrix.storedCount >= Self.entriesForThreads:
      // Equal numbers of entries in each piece, found by bisection over the states.
      self.pieces = Self.bounds(count, states: S) {
        matrix.rowPointers[model.choicePointers[$0]]
      }
    default:
      self.pieces = [0, S]
    }
    second = pieces.count > 2 ? .shared : nil
  }

  /// The bounds of `count` pieces of the states with about as many entries each, found by bisection.
  ///
  /// `entries` says how many entries the states before the given one have.
  static func bounds(_ count: Int, states: Int, entries: (Int) -> Int) -> [Int] {
    (0...count).map { piece in
      if piece == 0 { return 0 }
      if piece == count { return states }
      let target = piece * entries(states) / count
      var (low, high) = (0, states)
      while low < high {
        let middle = (low + high) / 2
        if entries(middle) < target { low = middle + 1 } else { high = middle }
      }
      return low
    }
  }

  /// out ← T v; choices[s] ← the lowest maximizing choice.
  ///
  /// - Complexity: O(K + entries).
  func apply(_ v: [Double], into out: inout [Double], choices: inout [Int]) -> Extrema {
    out.withUnsafeMutableBufferPointer { out in
      choices.withUnsafeMutableBufferPointer { choices in
        withArrays { a in
          v.withUnsafeBufferPointer { v in
            nonisolated(unsafe) let (out, choice, v, a) = (
              out.baseAddress,
              UnsafeMutableRawPointer(choices.baseAddress)?
                .assumingMemoryBound(to: Int64.self), v.baseAddress, a
            )
            return inPieces { begin, end, extrema in
              if let columns = a.columns {
                provably_sparse_bellman(
                  a.choicePointers, a.rowPointers, columns, a.values, a.rewards, discount, v, begin,
                  end, out, choice, extrema)
              } else {
                provably_dense_bellman(
                  a.choicePointers, a.values, a.stateCount, a.rewards, discount, v, v, begin, end,
                  out, choice, extrema)
              }
            }
          }
        }
      }
    }
  }

  /// out ← T_π v.
  ///
  /// - Complexity: O(S + entries of the policy's rows).
  func applyPolicy(_ policy: [Int], _ v: [Double], into out: inout [Double]) -> Extrema {
    out.withUnsafeMutableBufferPointer { out in
      policy.withUnsafeBufferPointer { policy in
        withArrays { a in
          v.withUnsafeBufferPointer { v in
            nonisolated(unsafe) let (out, choice, v, a) = (
              out.baseAddress.unsafelyUnwrapped,
              UnsafeRawPointer(policy.baseAddress)?
                .assumingMemoryBound(to: Int64.self), v.baseAddress, a
            )
            return inPieces { begin, end, extrema in
              if let columns = a.columns {
                provably_sparse_policy_backup(
                  a.rowPointers, columns, a.values, a.stateCount, a.rewards, discount, v, choice,
                  begin, end, out + Int(begin), extrema)
              } else {
                provably_dense_policy_backup(
                  a.values, a.stateCount, a.rewards, discount, v, choice, begin, end,
                  out + Int(begin), extrema)
              }
            }
          }
        }
      }
    }
  }

  /// out ← T_π v for the policy whose rows are held in `rows`.
  ///
  /// - Complexity: O(S + entries of the policy's rows).
  func applyPolicy(_ rows: PolicyRows, _ v: [Double], into out: inout [Double]) -> Extrema {
    out.withUnsafeMutableBufferPointer { out in
      rows.withArrays { a in
        v.withUnsafeBufferPointer { v in
          nonisolated(unsafe) let (out, v, a) = (
            out.baseAddress.unsafelyUnwrapped, v.baseAddress, a
          )
          return inPieces { begin, end, extrema in
            provably_sparse_policy_backup(
              a.rowPointers, a.columns, a.values, a.stateCount, a.rewards, discount, v, nil, begin,
              end, out + Int(begin), extrema)
          }
        }
      }
    }
  }

  /// out ← T v, reading only rows that can win by their `bounds`; see ``LazySweep``.
  ///
  /// `held` may hold the rows of `choices`. Returns the extrema and the number of rows read.
  func applyLazily(
    _ v: [Double], bounds: RowBounds, choices: inout [Int], into out: inout [Double],
    held: PolicyRows? = nil
  ) -> (extrema: Extrema, rowsRead: Int) {
    let counts = Atomic<Int>(0)
    let extrema = out.withUnsafeMutableBufferPointer { out in
      choices.withUnsafeMutableBufferPointer { choices in
        withArrays(held) { a, held in
          v.withUnsafeBufferPointer { v in
            nonisolated(unsafe) let (out, choice, stored, v, a, held) = (
              out.baseAddress,
              UnsafeMutableRawPointer(choices.baseAddress)?
                .assumingMemoryBound(to: Int64.self), bounds.stored.baseAddress, v.baseAddress, a,
              held
            )
            let credit = bounds.credit
            return inPieces { begin, end, extrema in
              let count =
                if let columns = a.columns {
                  provably_sparse_lazy_bellman(
                    a.choicePointers, a.rowPointers, columns, a.values, a.stateCount, a.rewards,
                    discount, v, begin, end, credit, stored, out, choice, extrema,
                    held?.rowPointers, held?.columns, held?.values)
                } else {
                  provably_dense_lazy_bellman(
                    a.choicePointers, a.values, a.stateCount, a.rewards, discount, v, v, begin,
                    end, credit, stored, out, choice, extrema)
                }
              counts.add(Int(count), ordering: .relaxed)
            }
          }
        }
      }
    }
    return (extrema, counts.load(ordering: .relaxed))
  }

  /// One Gauss–Seidel sweep of a dense model over the states in `order`, or in its reverse.
  ///
  /// `choices` receives the greedy choice of each state; with `policyOnly` it is the policy whose
  /// rows alone are read. Sequential, so that the result does not depend on threads.
  ///
  /// - Precondition: The rows are dense; for sparse ones there is ``OrderedRows``.
  func gaussSeidel(
    _ v: inout [Double], choices: inout [Int], order: [Int32], backwards: Bool, policyOnly: Bool
  ) {
    v.withUnsafeMutableBufferPointer { v in
      choices.withUnsafeMutableBufferPointer { choices in
        let choice = UnsafeMutableRawPointer(choices.baseAddress)?
          .assumingMemoryBound(to: Int64.self)
        withArrays { a in
          precondition(a.columns == nil, "sparse rows are swept by OrderedRows")
          provably_dense_gauss_seidel(
            a.choicePointers, a.values, a.stateCount, a.rewards, discount, order,
            Int64(order.count), backwards ? 1 : 0, policyOnly ? 1 : 0, choice, v.baseAddress)
        }
      }
    }
  }

  /// The most entries that a row sums over.
  var longestRow: Int {
    switch model.transitions {
    case .dense(let matrix): return matrix.rowCount
    case .sparse(let matrix):
      return matrix.rowPointers.withUnsafeBufferPointer { pointers in
        nonisolated(unsafe) let pointers = pointers
        let longest = Atomic<Int>(0)
        SecondThread.share(4, of: matrix.rowCount, with: .forPass(over: matrix.rowCount)) {
          var longer = 0
          for k in $0 { longer = max(longer, pointers[k &+ 1] &- pointers[k]) }
          longest.max(longer, ordering: .relaxed)
        }
        return longest.load(ordering: .relaxed)
      }
    }
  }

  // MARK: Raw arrays

  /// The arrays of the model as the kernels want them; `columns` is `nil` for dense rows.
  struct RawArrays {
    let stateCount: Int64
    let choicePointers: UnsafePointer<Int64>?
    let rowPointers: UnsafePointer<Int64>?
    let columns: UnsafePointer<Int32>?
    let values: UnsafePointer<Double>?
    let rewards: UnsafePointer<Double>?
  }

  private func withArrays<R>(
    _ held: PolicyRows?, _ body: (RawArrays, RawArrays?) -> R
  ) -> R {
    withArrays { a in held?.withArrays { body(a, $0) } ?? body(a, nil) }
  }

  /// Calls `body` with the arrays of the model.
  func withArrays<R>(_ body: (RawArrays) -> R) -> R {
    func words(_ p: UnsafeBufferPointer<Int>) -> UnsafePointer<Int64>? {
      UnsafeRawPointer(p.baseAddress)?.assumingMemoryBound(to: Int64.self)
    }
    return model.choicePointers.withUnsafeBufferPointer { choices in
      model.rewards.withUnsafeBufferPointer { rewards in
        switch model.transitions {
        case .dense(let matrix):
          matrix.elements.withUnsafeBufferPointer { values in
            body(
              RawArrays(
                stateCount: Int64(model.stateCount), choicePointers: words(choices),
                rowPointers: nil, columns: nil, values: values.baseAddress,
                rewards: rewards.baseAddress))
          }
        case .sparse(let matrix):
          matrix.rowPointers.withUnsafeBufferPointer { rows in
            matrix.columns.withUnsafeBufferPointer { columns in
              matrix.values.withUnsafeBufferPointer { values in
                body(
                  RawArrays(
                    stateCount: Int64(model.stateCount), choicePointers: words(choices),
                    rowPointers: words(rows), columns: columns.baseAddress,
                    values: values.baseAddress, rewards: rewards.baseAddress))
              }
            }
          }
        }
      }
    }
  }

  /// Runs `body` on each piece, on threads if there are several, and joins the extrema.
  private func inPieces(
    _ body: @Sendable (Int64, Int64, UnsafeMutablePointer<Double>) -> Void
  ) -> Extrema {
    Extrema.joined(pieces.count - 1, with: second) { piece, extrema in
      body(Int64(pieces[piece]), Int64(pieces[piece + 1]), extrema)
    }
  }
}

extension BellmanOperator.Extrema {
  /// Runs `body` on each piece, shared with `second` if there is one, and joins what each wrote.
  static func joined(
    _ count: Int, with second: SecondThread?,
    _ body: (_ piece: Int, _ extrema: UnsafeMutablePointer<Double>) -> Void
  ) -> Self {
    // 16 doubles a piece, so that no two threads write to one line of the cache.
    withUnsafeTemporaryAllocation(of: Double.self, capacity: 16 * count) { buffer in
      let extrema = buffer.baseAddress.unsafelyUnwrapped
      if let second {
        second.share(count) { body($0, extrema + 16 * $0) }
      } else {
        for piece in 0..<count { body(piece, extrema + 16 * piece) }
      }
      var joined = Self(low: .infinity, high: -.infinity)
      for i in 0..<count {
        joined.low = min(joined.low, buffer[16 * i])
        joined.high = max(joined.high, buffer[16 * i + 1])
      }
      return joined
    }
  }
}
