// SPDX-License-Identifier: Apache-2.0
import CShims
import LinearAlgebra

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

  init(
    stateCount: Int, choicePointers: [Int], features: Matrix, measures: Matrix,
    rewards: [Double], discount: Double
  ) {
    self.stateCount = stateCount
    self.choicePointers = choicePointers
    self.rank = measures.rowCount
    self.features = features.transposed().elements
    self.measures = measures.transposed().elements
    self.rewards = rewards
    self.discount = discount
  }

  /// out ← T v; choices[s] ← the lowest maximizing choice.
  func apply(
    _ v: [Double], into out: inout [Double], choices: inout [Int]
  ) -> BellmanOperator.Extrema {
    let q = product(features, length: rank, product(measures, length: stateCount, v))
    var d = BellmanOperator.Extrema(low: .infinity, high: -.infinity)
    for s in 0..<stateCount {
      var (best, arg) = (-Double.infinity, choicePointers[s])
      for k in choicePointers[s]..<choicePointers[s + 1] {
        let value = rewards[k] + discount * q[k]
        if value > best { (best, arg) = (value, k) }
      }
      out[s] = best
      choices[s] = arg
      d.low = min(d.low, best - v[s])
      d.high = max(d.high, best - v[s])
    }
    return d
  }

  /// Solves (I − γ Φ_π M) δ = b through the r × r system (I − γ M Φ_π) z = M b, δ = b + γ Φ_π z.
  ///
  /// - Complexity: O(S r² + r³).
  func evaluate(_ choices: [Int], _ b: [Double]) throws -> [Double] {
    var phi = Matrix(rank, stateCount)  // Φ_π, transposed: column s is φ of the choice of s
    for s in 0..<stateCount {
      for i in 0..<rank { phi.elements[s * rank + i] = features[choices[s] * rank + i] }
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

  /// max_k Σ_i |φ_ki| ‖M_i‖₁: how large the terms of a backup can get against max |v|.
  var absoluteSum: Double {
    let norms = (0..<rank).map { i in
      measures[i * stateCount..<(i + 1) * stateCount].reduce(0) { $0 + abs($1) }
    }
    var largest = 0.0
    for k in rewards.indices {
      var sum = 0.0
      for i in 0..<rank { sum += abs(features[k * rank + i]) * norms[i] }
      largest = max(largest, sum)
    }
    return largest * (1 + Double(stateCount + rank) * .ulpOfOne)
  }
}
