// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra

/// The design matrix Λ = λ I + Σ n φ φᵀ of ridge regression as L D Lᵀ, updated a row at a time.
///
///     α ← n,  p ← φ
///     for j = 0 … d-1
///       D'_j ← D_j + α p_j²,  β ← α p_j / D'_j,  α ← α D_j / D'_j       (1)
///       for i = j+1 … d-1:  p_i ← p_i - p_j L_ij,  L_ij ← L_ij + β p_i   (2)
///
/// The factorization has no square roots, so that with unit-vector features D holds λ + n exactly (as
/// long as these sums are exact) and L stays the identity: what a table of counts computes and what
/// the regression computes are then the same numbers, bit for bit.
///
/// - Numerics: stable for n ≥ 0; one canonical order; no LAPACK, no libm.
/// - Complexity: O(d²) an update, a solve or a quadratic form; zero entries of φ are skipped.
/// - Source: [gill1974], method C1.
public struct RidgeDesign: Equatable, Sendable {
  /// The dimension d.
  public let dimension: Int
  /// The regularization λ.
  public let regularization: Double
  /// det Λ over det Λ at the last ``markDeterminant()``; Λ = λ I at first.
  public private(set) var growth = 1.0
  /// L by columns; the diagonal of ones is not stored (zeros).
  private var lower: [Double]
  /// D.
  private var pivots: [Double]
  /// 1 / D.
  private var reciprocals: [Double]
  /// Whether all rows so far were known as unit vectors, so that L is the identity and its products are left
  /// out; they would change no bit.
  private var isDiagonal = true
  private var scratch: [Double]
  private var blocks: [SIMD8<Double>]

  /// Creates λ I.
  ///
  /// - Precondition: `0 < λ`, finite; `dimension ≥ 1`.
  public init(regularization lambda: Double, dimension d: Int) {
    precondition(lambda > 0 && lambda.isFinite, "λ is positive and finite, not \(lambda)")
    precondition(d >= 1, "a dimension is at least 1")
    dimension = d
    regularization = lambda
    lower = [Double](repeating: 0, count: d * d)
    pivots = [Double](repeating: lambda, count: d)
    reciprocals = [Double](repeating: 1 / lambda, count: d)
    scratch = [Double](repeating: 0, count: d)
    blocks = [SIMD8<Double>](repeating: .zero, count: d)
  }

  /// Adds n φ φᵀ for the features of a choice.
  ///
  /// - Precondition: `weight ≥ 0`.
  public mutating func add(_ choice: Int, of features: FeatureMap, weight: Double = 1) {
    precondition(weight >= 0, "a weight is not negative")
    let d = dimension
    guard weight > 0 else { return }
    if isDiagonal && !features.units.isEmpty {
      let j = features.units[choice]
      let old = pivots[j]
      let new = old + weight
      pivots[j] = new
      reciprocals[j] = 1 / new
      growth *= weight / (weight * (old / new))
      return
    }
    isDiagonal = false
    var alpha = weight
    features.rows.withUnsafeBufferPointer { rows in
      scratch.withUnsafeMutableBufferPointer { p in
        for i in 0..<d { p[i] = rows[choice &* d &+ i] }
        pivots.withUnsafeMutableBufferPointer { pivots in
          reciprocals.withUnsafeMutableBufferPointer { reciprocals in
            lower.withUnsafeMutableBufferPointer { lower in
              for j in 0..<d where p[j] != 0 {
                let pj = p[j]
                let old = pivots[j]
                let new = old + alpha * pj * pj  // (1)
                let beta = alpha * pj / new
                alpha *= old / new
                pivots[j] = new
                reciprocals[j] = 1 / new
                var i = j &+ 1
                while i < d {  // (2)
                  let entry = lower[j &* d &+ i]
                  let rest = p[i] - pj * entry
                  p[i] = rest
                  lower[j &* d &+ i] = entry + beta * rest
                  i &+= 1
                }
              }
            }
          }
        }
      }
    }
    growth *= weight / alpha
  }

  /// Makes ``growth`` count from here.
  public mutating func markDeterminant() { growth = 1 }

  /// The solution of Λ x = b, in place.
  ///
  /// - Shapes: `b` has d entries.
  /// - Complexity: O(d²).
  public func solve(_ b: inout [Double]) {
    precondition(b.count == dimension, "\(b.count) entries, expected \(dimension)")
    b.withUnsafeMutableBufferPointer { b in
      if let base = b.baseAddress { solve(base) }
    }
  }

  @inline(__always)
  func solve(_ x: UnsafeMutablePointer<Double>) {
    let d = dimension
    if isDiagonal {
      for j in 0..<d { x[j] /= pivots[j] }
      return
    }
    lower.withUnsafeBufferPointer { lower in
      for j in 0..<d where x[j] != 0 {
        let value = x[j]
        var i = j &+ 1
        while i < d {
          x[i] -= value * lower[j &* d &+ i]
          i &+= 1
        }
      }
      for j in 0..<d { x[j] /= pivots[j] }
      for j in stride(from: d - 1, through: 0, by: -1) {
        var sum = x[j]
        var i = j &+ 1
        while i < d {
          sum -= lower[j &* d &+ i] * x[i]
          i &+= 1
        }
        x[j] = sum
      }
    }
  }

  /// φᵀ Λ⁻¹ φ of every choice.
  ///
  /// - Complexity: O(K d²).
  public mutating func inverseQuadraticForms(of features: FeatureMap) -> [Double] {
    var forms = [Double](repeating: 0, count: features.paddedCount)
    forms.withUnsafeMutableBufferPointer { forms in
      if let base = forms.baseAddress { inverseQuadraticForms(of: features, into: base) }
    }
    return Array(forms.prefix(features.choiceCount))
  }

  /// Writes φᵀ Λ⁻¹ φ = Σ_i z_i² / D_i, L z = φ, for blocks of eight choices at once.
  ///
  /// - Shapes: `forms` has `features.paddedCount` entries.
  @inline(__always)
  mutating func inverseQuadraticForms(
    of features: FeatureMap, into forms: UnsafeMutablePointer<Double>
  ) {
    let d = dimension
    let padded = features.paddedCount
    let isDiagonal = self.isDiagonal
    if isDiagonal && !features.units.isEmpty {
      for k in 0..<features.choiceCount { forms[k] = reciprocals[features.units[k]] }
      return
    }
    let out = UnsafeMutableRawPointer(forms)
    features.columns.withUnsafeBufferPointer { columns in
      lower.withUnsafeBufferPointer { lower in
        reciprocals.withUnsafeBufferPointer { reciprocals in
          blocks.withUnsafeMutableBufferPointer { z in
            guard let base = columns.baseAddress else { return }
            let raw = UnsafeRawPointer(base)
            for block in stride(from: 0, to: padded, by: 8) {
              var sum = SIMD8<Double>.zero
              for i in 0..<d {
                var zi = raw.loadUnaligned(
                  fromByteOffset: 8 * (i &* padded &+ block), as: SIMD8<Double>.self)
                let inner = isDiagonal ? 0 : i
                var j = 0
                while j < inner {
                  zi -= z[j] * lower[j &* d &+ i]
                  j &+= 1
                }
                z[i] = zi
                sum += zi * zi * reciprocals[i]
              }
              out.storeBytes(of: sum, toByteOffset: 8 * block, as: SIMD8<Double>.self)
            }
          }
        }
      }
    }
  }

  /// Λ as a matrix, multiplied out.
  public var matrix: Matrix {
    var product = Matrix(dimension, dimension)
    for i in 0..<dimension {
      for j in 0...i {
        var sum = 0.0
        for k in 0...j {
          let left = k == i ? 1 : lower[k * dimension + i]
          let right = k == j ? 1 : lower[k * dimension + j]
          sum += left * pivots[k] * right
        }
        product[i, j] = sum
        product[j, i] = sum
      }
    }
    return product
  }

  /// Whether two designs are the same matrix in the same factors.
  public static func == (a: RidgeDesign, b: RidgeDesign) -> Bool {
    a.regularization == b.regularization && a.pivots == b.pivots && a.lower == b.lower
  }
}
