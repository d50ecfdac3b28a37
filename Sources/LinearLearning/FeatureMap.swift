// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra

/// Known features φ(s, a) ∈ ℝ^d of every choice of a finite model.
///
/// - Shapes: K choices, d features; choice k is action k mod A of state k / A.
public struct FeatureMap: Equatable, Sendable {
  /// The number of choices K.
  public let choiceCount: Int
  /// The dimension d.
  public let dimension: Int
  /// Whether every row is a unit vector e_i, as in a tabular model or an aggregated one.
  public let hasUnitRows: Bool
  /// The number i of a unit row e_i, if rows are known to be unit vectors; otherwise empty.
  let units: [Int]
  /// φ by rows: *K × d*.
  let rows: [Double]
  /// φ by features, each padded to ``paddedCount`` entries with zeros.
  let columns: [Double]

  /// The number of choices, rounded up to whole blocks of eight.
  var paddedCount: Int { Self.padded(choiceCount) }

  static func padded(_ count: Int) -> Int { (count + 7) & ~7 }

  /// Creates the features of a matrix's rows.
  ///
  /// - Parameters:
  ///   - matrix: φ by rows, K × d; at least one row and one column, finite entries.
  ///   - shortcut: Whether products with unit rows are read off instead of summed. The numbers are
  ///     the same in every bit; `false` is for tests of that.
  public init(_ matrix: Matrix, shortcut: Bool = true) {
    let (K, d) = (matrix.rowCount, matrix.columnCount)
    precondition(K >= 1 && d >= 1, "features need a choice and a dimension")
    precondition(matrix.elements.allSatisfy(\.isFinite), "features are finite")
    let padded = Self.padded(K)
    var rows = [Double](repeating: 0, count: K * d)
    var columns = [Double](repeating: 0, count: padded * d)
    var hasUnitRows = true
    var units: [Int] = []
    for k in 0..<K {
      var ones = 0
      for i in 0..<d {
        let x = matrix[k, i]
        rows[k * d + i] = x
        columns[i * padded + k] = x
        if x == 1 {
          ones += 1
          units.append(i)
        }
        if x != 0 && x != 1 { ones = 2 }
      }
      if ones != 1 { hasUnitRows = false }
    }
    choiceCount = K
    dimension = d
    self.hasUnitRows = hasUnitRows
    self.units = hasUnitRows && shortcut ? units : []
    self.rows = rows
    self.columns = columns
  }

  /// One feature a choice: the tabular case, d = K.
  public static func oneHot(choices: Int) -> FeatureMap {
    FeatureMap(Matrix.identity(choices))
  }

  /// φ of a choice.
  public subscript(choice: Int) -> ArraySlice<Double> {
    rows[choice * dimension..<(choice + 1) * dimension]
  }

  /// The same features without the shortcut for unit rows.
  public var withoutShortcut: FeatureMap {
    var matrix = Matrix(choiceCount, dimension)
    for k in 0..<choiceCount {
      for i in 0..<dimension { matrix[k, i] = rows[k * dimension + i] }
    }
    return FeatureMap(matrix, shortcut: false)
  }

  /// Writes φ(k)ᵀ w for every choice, summed over features in their order.
  ///
  /// - Shapes: `w` has d entries, `means` ``paddedCount``.
  /// - Complexity: O(K d).
  @inline(__always)
  func products(_ w: UnsafePointer<Double>, into means: UnsafeMutablePointer<Double>) {
    let padded = paddedCount
    if !units.isEmpty {
      for k in 0..<choiceCount { means[k] = w[units[k]] }
      return
    }
    columns.withUnsafeBufferPointer { columns in
      guard let base = columns.baseAddress else { return }
      let raw = UnsafeRawPointer(base)
      let out = UnsafeMutableRawPointer(means)
      for block in stride(from: 0, to: padded, by: 8) {
        var sum = SIMD8<Double>.zero
        for i in 0..<dimension {
          let column = raw.loadUnaligned(
            fromByteOffset: 8 * (i &* padded &+ block), as: SIMD8<Double>.self)
          sum += column * w[i]
        }
        out.storeBytes(of: sum, toByteOffset: 8 * block, as: SIMD8<Double>.self)
      }
    }
  }
}
