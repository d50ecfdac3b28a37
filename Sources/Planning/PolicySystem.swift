// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra
import MarkovModels

/// How linear systems of a policy are solved.
public enum EvaluationMethod: String, Sendable, CaseIterable {
  /// Dense LU up to a few thousand states; for sparse systems banded LU when next states are near, else
  /// KLU for small ones and Krylov for large ones.
  case automatic
  /// LU of LAPACK on the dense matrix.
  case dense
  /// KLU of SuiteSparse on the sparse matrix.
  case sparseDirect
  /// LU within the band of the matrix, from both ends.
  case banded
  /// BiCGStab with an incomplete LU preconditioner, KLU if it does not converge.
  case krylov
}

/// The system (I − γ P_π) x = b of one deterministic policy, factored once, solved many times.
///
/// With `order`, row i of the system is state `order[i]`. Sparse methods take the states goals first,
/// where P_π is nearly triangular: fill stays small and an incomplete LU is nearly exact.
final class PolicySystem {
  private enum Factors {
    case dense(LUFactorization)
    case sparse(SparseLU)
    case krylov(SparseMatrix, ILU0?)
    case banded(BandedLU)
  }

  /// States up to which a dense system is factored rather than iterated.
  static let denseLimit = 4_000
  /// States up to which a sparse system goes to KLU rather than to Krylov.
  static let sparseDirectLimit = 2_000
  /// The half bandwidth up to which a sparse system is factored within its band.
  ///
  /// It must also be an eighth of the states at most, and small systems that have a goal go to KLU all the
  /// same, which finds them triangular.
  static let bandLimit = 128

  private let factors: Factors
  private let order: [Int32]
  /// What was chosen, in words.
  let method: String

  /// Assembles and factors the system.
  ///
  /// The memory of `old`, the system of another policy of the same model, is used again if it can be;
  /// `old` must not be used afterwards.
  ///
  /// - Throws: The errors of the factorization; never for γ < 1 in exact arithmetic.
  init(
    _ model: TabularMDP, discount: Double, choices: [Int], order: [Int32],
    method: EvaluationMethod, recycling old: PolicySystem? = nil
  ) throws {
    let S = model.stateCount
    var wanted = method
    if wanted == .automatic {
      switch model.transitions {
      case .dense: wanted = S <= Self.denseLimit ? .dense : .krylov
      case .sparse: wanted = S <= Self.sparseDirectLimit ? .sparseDirect : .krylov
      }
    }
    if wanted == .dense {
      var a = Matrix.identity(S)
      for s in 0..<S {
        model.transitions.forEachEntry(row: choices[s]) { t, p, _ in a[s, t] -= discount * p }
      }
      factors = .dense(try LUFactorization(a))
      self.order = []
      self.method = "dense LU (LAPACK)"
      return
    }
    // Goals come first in `order`: only without one is it the states' own.
    let isTriangular = wanted == .sparseDirect && order.indices.contains { order[$0] != $0 }
    if wanted == .banded || (method == .automatic && !isTriangular),
      let banded = try PolicySystem.banded(model, discount, choices, wanted, old)
    {
      factors = .banded(banded)
      self.order = []
      self.method = "banded LU, half bandwidth \(banded.halfBandwidth)"
      return
    }
    let matrix = try PolicySystem.assemble(model, discount, choices, order)
    self.order = order
    if wanted == .sparseDirect {
      factors = .sparse(try SparseLU(matrix))
      self.method = "sparse LU (KLU)"
    } else {
      factors = .krylov(matrix, try? ILU0(matrix))
      self.method = "BiCGStab with incomplete LU"
    }
  }

  /// Solves for the right-hand side `b`, to `tolerance` relative to ‖b‖₂ if the method iterates.
  ///
  /// - Returns: The solution and the number of inner iterations (0 for direct methods).
  func solve(_ b: [Double], tolerance: Double) throws -> (x: [Double], iterations: Int) {
    switch factors {
    case .dense(let lu): return (lu.solve(b), 0)
    case .banded(let lu): return (lu.solve(b), 0)
    case .sparse(let lu): return (restored(lu.solve(permuted(b))), 0)
    case .krylov(let matrix, let preconditioner):
      let right = permuted(b)
      let solver = BiCGStab(tolerance: tolerance, maximumIterations: 500)
      let result =
        if let preconditioner {
          solver.solve(matrix, right, preconditioner: preconditioner)
        } else {
          solver.solve(matrix, right)
        }
      if result.status == .converged { return (restored(result.solution), result.iterations) }
      // The direct method as the last resort: slower, but it does not fail on γ < 1.
      return (restored(try SparseLU(matrix).solve(right)), result.iterations)
    }
  }

  /// The banded factors with the states in their own order; `nil` if the band is too wide or a pivot
  /// fails.
  private static func banded(
    _ model: TabularMDP, _ discount: Double, _ choices: [Int], _ wanted: EvaluationMethod,
    _ old: PolicySystem?
  ) throws -> BandedLU? {
    let lu: BandedLU
    if case .banded(let recycled) = old?.factors {
      lu = recycled
    } else {
      // The band of all policies, so that the room serves the next one too.
      var width = 0
      for s in 0..<model.stateCount {
        for k in model.choices(of: s) {
          model.transitions.forEachEntry(row: k) { t, _, _ in width = max(width, abs(t - s)) }
        }
        if wanted != .banded, width > min(bandLimit, model.stateCount / 8) { return nil }
      }
      lu = BandedLU(dimension: model.stateCount, halfBandwidth: width)
    }
    if case .sparse(let matrix) = model.transitions {
      return lu.factor(choices, of: matrix, times: -discount, plus: 1) ? lu : nil
    }
    let matrix = try assemble(
      model, discount, choices, (0..<model.stateCount).map { Int32(truncatingIfNeeded: $0) })
    return lu.factor(matrix) ? lu : nil
  }

  private func permuted(_ b: [Double]) -> [Double] { order.map { b[Int($0)] } }

  private func restored(_ x: [Double]) -> [Double] {
    var result = x
    for (i, s) in order.enumerated() { result[Int(s)] = x[i] }
    return result
  }

  /// I − γ P_π with rows and columns in `order`, the diagonal always stored.
  private static func assemble(
    _ model: TabularMDP, _ discount: Double, _ choices: [Int], _ order: [Int32]
  ) throws -> SparseMatrix {
    let S = model.stateCount
    var position = [Int32](repeating: 0, count: S)
    for (i, s) in order.enumerated() { position[Int(s)] = Int32(i) }
    var pointers = [0]
    pointers.reserveCapacity(S + 1)
    var columns: [Int32] = []
    var values: [Double] = []
    var row: [(column: Int32, value: Double)] = []
    for (i, s) in order.enumerated() {
      row.removeAll(keepingCapacity: true)
      var diagonal = 1.0
      model.transitions.forEachEntry(row: choices[Int(s)]) { t, p, _ in
        if t == Int(s) {
          diagonal -= discount * p
        } else {
          row.append((position[t], -discount * p))
        }
      }
      row.append((Int32(i), diagonal))
      row.sort { $0.column < $1.column }
      for (column, value) in row {
        columns.append(column)
        values.append(value)
      }
      pointers.append(values.count)
    }
    return try SparseMatrix(
      rowCount: S, columnCount: S, rowPointers: pointers, columns: columns, values: values)
  }
}
