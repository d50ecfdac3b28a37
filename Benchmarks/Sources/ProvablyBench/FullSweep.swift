// SPDX-License-Identifier: Apache-2.0
import CShims
import Dispatch
import Provably

/// One Bellman sweep that reads all of P, by the library's own kernels on two threads.
///
/// Planners avoid such sweeps where they can; the roofline asks how fast the kernels are when they
/// cannot.
struct FullSweep {
  private let model: TabularMDP
  private let starts: [Int64]
  private static let threads = 2

  /// Prepares sweeps of a table; there are none of a model in factors.
  init?(_ instance: Instance) {
    guard case .tabular(let model) = instance else { return nil }
    self.model = model
    starts = model.choicePointers.map { Int64($0) }
  }

  /// The seconds of one sweep, the best of several runs of at least 20 ms.
  func seconds() -> Double {
    let v = (0..<model.stateCount).map { Double($0 % 7) }
    return withSweep(of: v) { sweep in
      func time(_ count: Int) -> Double {
        Stopwatch.time { for _ in 0..<count { sweep() } }.seconds / Double(count)
      }
      let count = max(1, Int(0.02 / max(time(2), 1e-7)))
      return (0..<7).map { _ in time(count) }.min() ?? 0
    }
  }

  private func withSweep(of v: [Double], _ body: (() -> Void) -> Double) -> Double {
    let S = Int64(model.stateCount)
    var out = v
    var choices = [Int64](repeating: 0, count: model.stateCount)
    var extrema = [Double](repeating: 0, count: 16 * Self.threads)
    return out.withUnsafeMutableBufferPointer { out in
      choices.withUnsafeMutableBufferPointer { choices in
        extrema.withUnsafeMutableBufferPointer { extrema in
          nonisolated(unsafe) let (out, choices, extrema) = (
            out.baseAddress, choices.baseAddress, extrema.baseAddress
          )
          func parts(_ part: @Sendable (Int64, Int64, UnsafeMutablePointer<Double>?) -> Void) {
            DispatchQueue.concurrentPerform(iterations: Self.threads) { i in
              let (n, piece) = (Int64(Self.threads), Int64(i))
              part(S * piece / n, S * (piece + 1) / n, extrema?.advanced(by: 16 * i))
            }
          }
          switch model.transitions {
          case .dense(let matrix):
            return matrix.elements.withUnsafeBufferPointer { rows in
              nonisolated(unsafe) let rows = rows.baseAddress
              return body {
                parts { begin, end, extrema in
                  provably_dense_bellman(
                    starts, rows, S, model.rewards, 0.5, v, v, begin, end, out, choices, extrema)
                }
              }
            }
          case .sparse(let matrix):
            let pointers = matrix.rowPointers.map { Int64($0) }
            return body {
              parts { begin, end, extrema in
                provably_sparse_bellman(
                  starts, pointers, matrix.columns, matrix.values, model.rewards, 0.5, v, begin,
                  end, out, choices, extrema)
              }
            }
          }
        }
      }
    }
  }
}
