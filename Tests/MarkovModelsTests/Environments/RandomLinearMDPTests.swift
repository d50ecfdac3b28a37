// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra
import MarkovModels
import TestSupport
import Testing

@Suite("RandomLinearMDP")
struct RandomLinearMDPTests {
  @Test("rewards are linear in the features")
  func rewards() throws {
    let model = try RandomLinearMDP(states: 12, actions: 3, dimension: 4).model()
    let phi = model.lowRank.features
    for k in 0..<36 {
      let r = (0..<4).reduce(0.0) { $0 + phi[k, $1] * model.rewardWeights[$1] }
      expectClose(model.lowRank.rewards[k], r, tolerance: 1e-15)
    }
  }

  @Test("a rank below the dimension makes the features dependent", arguments: [1, 2, 3])
  func rank(k: Int) throws {
    let recipe = try RandomLinearMDP(states: 9, actions: 3, dimension: 5, rank: k)
    #expect(numericalRank(try recipe.model().lowRank.features) == k)
  }

  @Test("the rank is the dimension when it is not given")
  func fullRank() throws {
    let recipe = try RandomLinearMDP(states: 9, actions: 3, dimension: 5)
    #expect(recipe.rank == 5)
    #expect(numericalRank(try recipe.model().lowRank.features) == 5)
  }

  @Test("of rank one, the values are those of one next-state distribution")
  func rankOne() throws {
    // All rows of P are equal, so V*(s) = max_a r(s, a) + γ v̄ with v̄ = Σ μ(s) max_a r(s, a)/(1 − γ).
    let model = try RandomLinearMDP(states: 20, actions: 3, dimension: 1).model().lowRank
    let values = Oracle(try model.tabular()).optimalValues(discount: 0.9)
    let best = (0..<20).map { s in model.rewards[(3 * s)..<(3 * s + 3)].max() ?? 0 }
    let mean = (0..<20).reduce(0.0) { $0 + model.measures[0, $1] * best[$1] } / 0.1
    expectClose(values, best.map { $0 + 0.9 * mean }, tolerance: 1e-9)
  }

  @Test("is a pure function of its parameters")
  func repeatable() throws {
    #expect(try RandomLinearMDP(seed: 4).model() == RandomLinearMDP(seed: 4).model())
    #expect(try RandomLinearMDP(seed: 4).model() != RandomLinearMDP(seed: 5).model())
  }

  @Test("refuses parameters out of range")
  func badParameters() {
    #expect(throws: ModelError.self) { try RandomLinearMDP(states: 0) }
    #expect(throws: ModelError.self) { try RandomLinearMDP(dimension: 0) }
    #expect(throws: ModelError.self) { try RandomLinearMDP(dimension: 3, rank: 4) }
    #expect(throws: ModelError.self) { try RandomLinearMDP(states: 2_000_000_000) }
  }

  /// The number of pivots above 10⁻¹⁰ in elimination with complete pivoting.
  private func numericalRank(_ matrix: Matrix) -> Int {
    var rows = (0..<matrix.rowCount).map { i in (0..<matrix.columnCount).map { matrix[i, $0] } }
    var rank = 0
    while true {
      var pivot = (row: 0, column: 0, size: 1e-10)
      for (i, row) in rows.enumerated() {
        for (j, x) in row.enumerated() where abs(x) > pivot.size { pivot = (i, j, abs(x)) }
      }
      guard pivot.size > 1e-10 else { return rank }
      rank += 1
      let top = rows.remove(at: pivot.row)
      for i in rows.indices {
        let factor = rows[i][pivot.column] / top[pivot.column]
        for j in top.indices { rows[i][j] -= factor * top[j] }
      }
    }
  }
}
