// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra
import Randomness
import TestSupport
import Testing

@testable import LinearLearning

@Suite("Ridge design")
struct RidgeDesignTests {
  /// Random features with entries of both signs and some zeros.
  private func features(_ K: Int, _ d: Int, seed: Int) -> FeatureMap {
    var rng = Xoshiro256(seed: UInt64(seed), purpose: "features")
    var matrix = Matrix(K, d)
    for k in 0..<K {
      for i in 0..<d { matrix[k, i] = rng.bernoulli(0.2) ? 0 : 2 * rng.uniform() - 1 }
    }
    return FeatureMap(matrix)
  }

  @Test(
    "after updates it solves and measures as the matrix factored from scratch", arguments: 0..<20)
  func fromScratch(seed: Int) throws {
    var rng = Xoshiro256(seed: UInt64(seed), purpose: "design")
    let d = 1 + rng.uniform(below: 12)
    let K = 1 + rng.uniform(below: 20)
    let map = features(K, d, seed: seed)
    let lambda = [0.01, 1, 3.5][seed % 3]
    var design = RidgeDesign(regularization: lambda, dimension: d)
    var matrix = Matrix(d, d)
    for i in 0..<d { matrix[i, i] = lambda }
    for _ in 0..<200 {
      let k = rng.uniform(below: K)
      let weight = rng.bernoulli(0.5) ? 1 : 5 * rng.uniform()
      design.add(k, of: map, weight: weight)
      for i in 0..<d {
        for j in 0..<d {
          matrix[i, j] += weight * map[k][k * d + i] * map[k][k * d + j]
        }
      }
    }
    let fresh = try CholeskyFactorization(matrix)
    for i in 0..<d {
      for j in 0..<d {
        expectClose(design.matrix[i, j], matrix[i, j], tolerance: 1e-9)
      }
    }
    let b = (0..<d).map { _ in rng.uniform() }
    var x = b
    design.solve(&x)
    for (ours, theirs) in zip(x, fresh.solve(b)) {
      #expect(abs(ours - theirs) <= 1e-9 * (1 + abs(theirs)))
    }
    let forms = design.inverseQuadraticForms(of: map)
    for k in 0..<K {
      let exact = fresh.inverseQuadraticForm(Array(map[k]))
      #expect(abs(forms[k] - exact) <= 1e-10 * (1e-3 + exact))
    }
    let growth = fresh.logDeterminant - Double(d) * Portable.log(lambda)
    #expect(abs(Portable.log(design.growth) - growth) <= 1e-9 * (1 + abs(growth)))
  }

  @Test("one dimension in closed form")
  func oneDimension() {
    let map = FeatureMap(Matrix(rows: [[0.5], [2]]))
    var design = RidgeDesign(regularization: 1, dimension: 1)
    design.add(0, of: map)
    design.add(1, of: map, weight: 3)
    var x = [7.0]
    design.solve(&x)
    #expect(x[0] == 7 / 13.25)
    #expect(design.inverseQuadraticForms(of: map)[1] == 4 * (1 / 13.25))
    design.markDeterminant()
    #expect(design.growth == 1)
  }

  @Test("with unit rows the pivots are λ + n, with and without the shortcut, in every bit")
  func unitRows() {
    for shortcut in [true, false] {
      let map = FeatureMap(Matrix(rows: [[1, 0], [0, 1], [1, 0]]), shortcut: shortcut)
      #expect(map.hasUnitRows)
      var design = RidgeDesign(regularization: 1.0 / 64, dimension: 2)
      for _ in 0..<1000 { design.add(0, of: map) }
      design.add(2, of: map, weight: 7)
      let forms = design.inverseQuadraticForms(of: map)
      let seen: Double = 1 / (1007 + 1.0 / 64)
      #expect(forms == [seen, 64, seen])
    }
  }

  @Test("weight zero changes nothing")
  func zeroWeight() {
    let map = features(3, 4, seed: 1)
    var design = RidgeDesign(regularization: 1, dimension: 4)
    design.add(1, of: map)
    let before = design
    design.add(2, of: map, weight: 0)
    #expect(design == before)
  }
}
