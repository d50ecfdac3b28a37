// SPDX-License-Identifier: Apache-2.0

/// Sufficient statistics of the ridge regression of one stage, for targets r + V(s′) with any V.
///
///     Λ = λ I + Σ φ φᵀ,   u = Σ φ r,   Φ(s′) = Σ_{next = s′} φ
///     w(V) = Λ⁻¹ (u + Σ_{s′} V(s′) Φ(s′))                               (1)
///
/// A regression on the past needs a sum over all transitions for every new V; these sums over equal
/// next states are enough for it, so its cost does not grow with the data.
///
/// - Shapes: Φ is *S × d*, u has d entries.
/// - Complexity: O(d²) to record; O(S d + d²) for w(V); O(S d + d²) memory.
struct StageRegression: Equatable, Sendable {
  var design: RidgeDesign
  private var rewardSum: [Double]
  private var nextSums: [Double]
  let stateCount: Int

  init(regularization: Double, dimension: Int, states: Int) {
    design = RidgeDesign(regularization: regularization, dimension: dimension)
    rewardSum = [Double](repeating: 0, count: dimension)
    nextSums = [Double](repeating: 0, count: states * dimension)
    stateCount = states
  }

  /// Records `count` equal transitions.
  mutating func record(
    _ choice: Int, of features: FeatureMap, reward: Double, next: Int, count: Double = 1
  ) {
    design.add(choice, of: features, weight: count)
    recordTarget(choice, of: features, reward: reward, next: next, count: count)
  }

  /// Records the right-hand side only; the caller updates Λ.
  @inline(__always)
  mutating func recordTarget(
    _ choice: Int, of features: FeatureMap, reward: Double, next: Int, count: Double
  ) {
    let d = features.dimension
    if !features.units.isEmpty {
      let i = features.units[choice]
      rewardSum[i] += count * reward
      nextSums[next &* d &+ i] += count
      return
    }
    features.rows.withUnsafeBufferPointer { rows in
      rewardSum.withUnsafeMutableBufferPointer { rewardSum in
        nextSums.withUnsafeMutableBufferPointer { nextSums in
          for i in 0..<d {
            let phi = rows[choice &* d &+ i]
            rewardSum[i] += count * phi * reward
            nextSums[next &* d &+ i] += count * phi
          }
        }
      }
    }
  }

  /// The weights w(V), written to `w`: formula (1), next states in their order.
  @inline(__always)
  func weights(
    for values: UnsafePointer<Double>, into w: UnsafeMutablePointer<Double>
  ) {
    let d = design.dimension
    for i in 0..<d { w[i] = rewardSum[i] }
    nextSums.withUnsafeBufferPointer { sums in
      for s in 0..<stateCount {
        let value = values[s]
        if value == 0 { continue }
        let row = s &* d
        var i = 0
        while i < d {
          w[i] += value * sums[row &+ i]
          i &+= 1
        }
      }
    }
    design.solve(w)
  }
}
