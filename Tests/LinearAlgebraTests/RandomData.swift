// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra
import Randomness

/// Random matrices and vectors, each a pure function of its seed.
enum RandomData {
  /// Uniform entries in [-1, 1).
  static func vector(_ n: Int, seed: UInt64) -> [Double] {
    var stream = Stream(seed: seed, purpose: "linear-algebra/vector")
    return (0..<n).map { _ in 2 * stream.uniform() - 1 }
  }

  /// Uniform entries in [-1, 1).
  static func matrix(_ m: Int, _ n: Int, seed: UInt64) -> Matrix {
    Matrix(m, n, columnMajor: vector(m * n, seed: seed))
  }

  /// Aᵀ A + I for a random A: symmetric and positive definite.
  static func positiveDefinite(_ n: Int, seed: UInt64) -> Matrix {
    let a = matrix(n, n, seed: seed)
    var result = a.transposed().times(a)
    for i in 0..<n { result[i, i] += 1 }
    // Both halves exactly equal, whatever the order of summation was.
    for i in 0..<n {
      for j in 0..<i { result[i, j] = result[j, i] }
    }
    return result
  }

  /// Rows of `perRow` draws of a next state with normalized weights; columns may repeat.
  static func stochastic(_ n: Int, perRow: Int, seed: UInt64) throws -> SparseMatrix {
    var stream = Stream(seed: seed, purpose: "linear-algebra/stochastic")
    var columns: [Int32] = []
    var values: [Double] = []
    for _ in 0..<n {
      let weights = (0..<perRow).map { _ in stream.uniform() + 0x1p-20 }
      let sum = weights.reduce(0, +)
      for weight in weights {
        columns.append(Int32(stream.uniform(below: n)))
        values.append(weight / sum)
      }
    }
    return try SparseMatrix(
      rowCount: n, columnCount: n, rowPointers: (0...n).map { $0 * perRow }, columns: columns,
      values: values)
  }

  /// The sparse matrix of a dense one, zeros left out.
  static func sparse(_ a: Matrix) throws -> SparseMatrix {
    var pointers = [0]
    var columns: [Int32] = []
    var values: [Double] = []
    for i in 0..<a.rowCount {
      for j in 0..<a.columnCount where a[i, j] != 0 {
        columns.append(Int32(j))
        values.append(a[i, j])
      }
      pointers.append(columns.count)
    }
    return try SparseMatrix(
      rowCount: a.rowCount, columnCount: a.columnCount, rowPointers: pointers, columns: columns,
      values: values)
  }

  /// The dense matrix of a sparse one; entries at one place are added up.
  static func dense(_ a: SparseMatrix) -> Matrix {
    var result = Matrix(a.rowCount, a.columnCount)
    for i in 0..<a.rowCount {
      for k in a.entries(ofRow: i) { result[i, Int(a.columns[k])] += a.values[k] }
    }
    return result
  }
}

/// The greatest difference of two vectors of the same length.
func distance(_ x: [Double], _ y: [Double]) -> Double {
  precondition(x.count == y.count, "lengths \(x.count) and \(y.count)")
  return zip(x, y).map { ($0 - $1).magnitude }.max() ?? 0
}

/// The greatest difference of two matrices of the same shape.
func distance(_ a: Matrix, _ b: Matrix) -> Double {
  precondition(a.rowCount == b.rowCount && a.columnCount == b.columnCount, "different shapes")
  return distance(a.elements, b.elements)
}

/// The Hilbert matrix, entry (i, j) = 1 / (i + j + 1).
func hilbert(_ n: Int) -> Matrix {
  var a = Matrix(n, n)
  for i in 0..<n {
    for j in 0..<n { a[i, j] = 1 / Double(i + j + 1) }
  }
  return a
}
