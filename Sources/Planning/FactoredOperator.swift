// SPDX-License-Identifier: Apache-2.0
import CShims
import LinearAlgebra
import MarkovModels
import Synchronization

/// The Bellman operators of P = Φ M, computed through r numbers instead of S.
///
///     y = M v,   (T v)(s) = max_k r(k) + γ φ_k · y
///
/// - Shapes: `features` is *K × r*, `measures` *r × S*, both by rows.
/// - Complexity: O((K + S) r) an application.
struct FactoredOperator {
  let stateCount: Int
  let choicePointers: [Int]
  let rank: Int
  let features: [Double]
  let measures: [Double]
  let rewards: [Double]
  let discount: Double
  /// max_k Σ_i |φ_ki| ‖M_i‖₁: how large the terms of a backup can get against max |v|.
  let absoluteSum: Double
  /// Bounds on the exact sum of every row of Φ; `nil` unless its entries are nonnegative.
  let featureSums: ClosedRange<Double>?
  /// Who shares the states with the caller; `nil` when there are few.
  private let second: SecondThread?

  /// Products of features from which a second thread pays.
  private static let productsForThreads = 100_000

  /// Factors of any sign.
  init(
    stateCount: Int, choicePointers: [Int], features: Matrix, measures: Matrix,
    rewards: [Double], discount: Double
  ) {
    let rows = (features.transposed().elements, measures.transposed().elements)
    self.init(
      stateCount: stateCount, choicePointers: choicePointers, rank: measures.rowCount,
      features: rows.0, measures: rows.1, rewards: rewards, discount: discount,
      absoluteSum: Self.absoluteSum(rows.0, rows.1, rank: measures.rowCount), featureSums: nil)
  }

  /// The factors of a model, whose rows are distributions.
  init(_ model: LowRankMDP, discount: Double) {
    self.init(
      stateCount: model.stateCount,
      choicePointers: (0...model.stateCount).map { $0 * model.actionCount }, rank: model.rank,
      features: model.featureRows, measures: model.measureRows, rewards: model.rewards,
      discount: discount, absoluteSum: model.rowSums.upperBound, featureSums: model.featureSums)
  }

  private init(
    stateCount: Int, choicePointers: [Int], rank: Int, features: [Double], measures: [Double],
    rewards: [Double], discount: Double, absoluteSum: Double, featureSums: ClosedRange<Double>?
  ) {
    self.stateCount = stateCount
    self.choicePointers = choicePointers
    self.rank = rank
    self.features = features
    self.measures = measures
    self.rewards = rewards
    self.discount = discount
    self.absoluteSum = absoluteSum
    self.featureSums = featureSums
    second = features.count >= Self.productsForThreads ? .shared : nil
  }

  /// out ← T v; choices[s] ← the lowest maximizing choice.
  func apply(
    _ v: [Double], into out: inout [Double], choices: inout [Int]
  ) -> BellmanOperator.Extrema {
    let y = product(measures, length: stateCount, v)
    let pieces = second == nil ? 1 : 4
    return out.withUnsafeMutableBufferPointer { out in
      choices.withUnsafeMutableBytes { choices in
        choicePointers.withUnsafeBytes { pointers in
          BellmanOperator.Extrema.joined(pieces, with: second) { piece, extrema in
            provably_dense_bellman(
              pointers.assumingMemoryBound(to: Int64.self).baseAddress, features, Int64(rank),
              rewards, discount, y, v, Int64(stateCount * piece / pieces),
              Int64(stateCount * (piece + 1) / pieces), out.baseAddress,
              choices.assumingMemoryBound(to: Int64.self).baseAddress, extrema)
          }
        }
      }
    }
  }

  /// out ← T v for y = M v, reading only rows that can win by their `bounds`; see
  /// ``FactoredSweep``.
  ///
  /// Returns the extrema and the number of rows read.
  func applyLazily(
    _ v: [Double], _ y: [Double], bounds: RowBounds, choices: inout [Int],
    into out: inout [Double]
  ) -> (extrema: BellmanOperator.Extrema, rowsRead: Int) {
    let counts = Atomic<Int>(0)
    let pieces = second == nil ? 1 : 4
    let extrema = out.withUnsafeMutableBufferPointer { out in
      choices.withUnsafeMutableBytes { choices in
        choicePointers.withUnsafeBytes { pointers in
          BellmanOperator.Extrema.joined(pieces, with: second) { piece, extrema in
            let count = provably_dense_lazy_bellman(
              pointers.assumingMemoryBound(to: Int64.self).baseAddress, features, Int64(rank),
              rewards, discount, y, v, Int64(stateCount * piece / pieces),
              Int64(stateCount * (piece + 1) / pieces), bounds.credit, bounds.stored.baseAddress,
              out.baseAddress, choices.assumingMemoryBound(to: Int64.self).baseAddress, extrema)
            counts.add(Int(count), ordering: .relaxed)
          }
        }
      }
    }
    return (extrema, counts.load(ordering: .relaxed))
  }

  /// Solves (I − γ Φ_π M) δ = b through the r × r system (I − γ M Φ_π) z = M b, δ = b + γ Φ_π z, and
  /// adds δ to v.
  ///
  /// - Shapes: `rows` is Φ_π, *S × r* by rows.
  /// - Complexity: O(S r² + r³).
  func evaluate(_ rows: [Double], _ b: [Double], addingTo v: inout [Double]) throws {
    var system = Matrix.identity(rank)
    let product = productOfFactors(rows)
    for i in 0..<rank {
      for j in 0..<rank { system[i, j] -= discount * product[j, i] }
    }
    let z = try LUFactorization(system).solve(self.product(measures, length: stateCount, b))
    let back = self.product(rows, length: rank, z)
    let gamma = discount
    v.withUnsafeMutableBufferPointer { v in
      b.withUnsafeBufferPointer { b in
        back.withUnsafeBufferPointer { back in
          for s in v.indices { v[s] += b[s] + gamma * back[s] }
        }
      }
    }
  }

  /// (M Φ_π)ᵀ = Φ_πᵀ Mᵀ, a sum over the states, of which two threads take a half each.
  private func productOfFactors(_ rows: [Double]) -> Matrix {
    // The column-major readings of both arrays are the transposes.
    let left = Matrix(rank, stateCount, columnMajor: rows)
    let right = Matrix(stateCount, rank, columnMajor: measures)
    guard second != nil else { return left.times(right) }
    var halves = [Matrix](repeating: Matrix(0, 0), count: 2)
    halves.withUnsafeMutableBufferPointer { halves in
      nonisolated(unsafe) let halves = halves
      let middle = stateCount / 2
      inPieces(2, of: 2) { half in
        for i in half {
          halves[i] = left.times(right, inner: i == 0 ? 0..<middle : middle..<stateCount)
        }
      }
    }
    return Matrix(rank, rank, columnMajor: zip(halves[0].elements, halves[1].elements).map(+))
  }

  /// Calls `body` with `pieces` ranges that make up 0 ..< `count`, on two threads if there are.
  func inPieces(_ pieces: Int, of count: Int, _ body: (Range<Int>) -> Void) {
    SecondThread.share(pieces, of: count, with: second, body)
  }

  /// Row-major rows of `length` entries, each times x in the canonical order.
  func product(_ rows: [Double], length: Int, _ x: [Double]) -> [Double] {
    let count = rows.count / length
    return [Double](unsafeUninitializedCapacity: count) { y, initialized in
      nonisolated(unsafe) let y = y.baseAddress
      inPieces(rows.count >= Self.productsForThreads ? 4 : 1, of: count) { range in
        provably_dense_times_vector(
          rows, Int64(length), Int64(range.lowerBound), Int64(range.upperBound), x, y)
      }
      initialized = count
    }
  }

  /// max_k Σ_i |φ_ki| ‖M_i‖₁, rounded up.
  private static func absoluteSum(_ features: [Double], _ measures: [Double], rank r: Int) -> Double
  {
    let S = measures.count / r
    let norms = (0..<r).map { i in measures[i * S..<(i + 1) * S].reduce(0) { $0 + abs($1) } }
    var largest = 0.0
    for k in 0..<(features.count / r) {
      var sum = 0.0
      for i in 0..<r { sum += abs(features[k * r + i]) * norms[i] }
      largest = max(largest, sum)
    }
    return largest * (1 + Double(S + r) * .ulpOfOne)
  }
}
