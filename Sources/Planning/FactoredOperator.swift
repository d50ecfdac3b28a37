// SPDX-License-Identifier: Apache-2.0
import CShims
import LinearAlgebra
import MarkovModels

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
      absoluteSum: Self.absoluteSum(rows.0, rows.1, rank: measures.rowCount))
  }

  /// The factors of a model, whose rows are distributions.
  init(_ model: LowRankMDP, discount: Double) {
    self.init(
      stateCount: model.stateCount,
      choicePointers: (0...model.stateCount).map { $0 * model.actionCount }, rank: model.rank,
      features: model.featureRows, measures: model.measureRows, rewards: model.rewards,
      discount: discount, absoluteSum: model.rowSums.upperBound)
  }

  private init(
    stateCount: Int, choicePointers: [Int], rank: Int, features: [Double], measures: [Double],
    rewards: [Double], discount: Double, absoluteSum: Double
  ) {
    self.stateCount = stateCount
    self.choicePointers = choicePointers
    self.rank = rank
    self.features = features
    self.measures = measures
    self.rewards = rewards
    self.discount = discount
    self.absoluteSum = absoluteSum
    second = features.count >= Self.productsForThreads ? SecondThread() : nil
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

  /// Solves (I − γ Φ_π M) δ = b through the r × r system (I − γ M Φ_π) z = M b, δ = b + γ Φ_π z.
  ///
  /// - Complexity: O(S r² + r³).
  func evaluate(_ choices: [Int], _ b: [Double]) throws -> [Double] {
    var phi = Matrix(rank, stateCount)  // Φ_π, transposed: column s is φ of the choice of s
    phi.elements.withUnsafeMutableBufferPointer { phi in
      features.withUnsafeBufferPointer { features in
        for s in 0..<stateCount {
          let k = choices[s]
          for i in 0..<rank { phi[s &* rank &+ i] = features[k &* rank &+ i] }
        }
      }
    }
    // B = M Φ_π = (Φ_πᵀ · Mᵀ)ᵀ; the column-major S × r reading of `measures` is Mᵀ.
    let bT = phi.times(Matrix(stateCount, rank, columnMajor: measures))
    var system = Matrix.identity(rank)
    for i in 0..<rank {
      for j in 0..<rank { system[i, j] -= discount * bT[j, i] }
    }
    let z = try LUFactorization(system).solve(product(measures, length: stateCount, b))
    let back = product(phi.elements, length: rank, z)
    return zip(b, back).map { $0 + discount * $1 }
  }

  /// Row-major rows of `length` entries, each times x in the canonical order.
  func product(_ rows: [Double], length: Int, _ x: [Double]) -> [Double] {
    let count = rows.count / length
    return [Double](unsafeUninitializedCapacity: count) { y, initialized in
      provably_dense_times_vector(
        rows, Int64(length), 0, Int64(count), x, y.baseAddress)
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
