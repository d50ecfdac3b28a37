// SPDX-License-Identifier: Apache-2.0
import CShims
import LinearAlgebra
import MarkovModels

/// The rows of a sparse model copied into the order in which sweeps visit the states.
///
/// Visiting states in an order other than that of memory costs a cache miss a row. After the copy a
/// sweep reads memory from end to end, and the states that a row leads to, a step nearer to the goal
/// or farther from it, are near in memory too.
///
/// - Complexity: O(S + entries) time and memory for the copy, 12 bytes an entry.
struct OrderedRows {
  private let discount: Double
  private let order: [Int32]
  private var choicePointers: [Int] = [0]
  private var rowPointers: [Int] = [0]
  private var columns: [Int32] = []
  private var values: [Double] = []
  private var rewards: [Double] = []

  /// Copies the rows of `matrix`, the transitions of `model`.
  init(_ model: TabularMDP, _ matrix: SparseMatrix, discount: Double, order: [Int32]) {
    self.discount = discount
    self.order = order
    var position = [Int32](repeating: 0, count: order.count)
    for (i, s) in order.enumerated() { position[Int(s)] = Int32(truncatingIfNeeded: i) }
    choicePointers.reserveCapacity(order.count + 1)
    rowPointers.reserveCapacity(model.choiceCount + 1)
    rewards.reserveHugePages(model.choiceCount)
    columns.reserveHugePages(matrix.storedCount)
    values.reserveHugePages(matrix.storedCount)
    for s in order {
      for k in model.choices(of: Int(s)) {
        for i in matrix.entries(ofRow: k) {
          columns.append(position[Int(matrix.columns[i])])
          values.append(matrix.values[i])
        }
        rowPointers.append(values.count)
        rewards.append(model.rewards[k])
      }
      choicePointers.append(rewards.count)
    }
    // With as many choices in every state the pointers are the model's: share its memory.
    if choicePointers == model.choicePointers { choicePointers = model.choicePointers }
  }

  /// A vector over the model's states, in sweep order.
  func reorder(_ v: [Double], into out: inout [Double]) {
    for (i, s) in order.enumerated() { out[i] = v[Int(s)] }
  }

  /// A vector in sweep order, back over the model's states.
  func restored(_ v: [Double], into out: inout [Double]) {
    for (i, s) in order.enumerated() { out[Int(s)] = v[i] }
  }

  /// A vector to start from, in sweep order: values as if every choice led where one wishes.
  ///
  /// One pass in sweep order computes v(i) = max_k r_k + γ v(t) with t the best next state of k that
  /// the pass has been to. With goals first these are the values of shortest paths, of the right
  /// shape, so that few policies change afterwards. Costs count twice, which errs on the bad side: a
  /// way that looks too good attracts sweep after sweep, one that looks too bad is mended by one.
  /// Choices that lead to no state behind are worth min r / (1 − γ).
  ///
  /// - Complexity: O(K + entries).
  func shortestPathValues() -> [Double] {
    let worst = min(0, rewards.min() ?? 0) / (1 - discount)
    var v = [Double](inHugePages: 0, count: order.count)
    for i in 0..<order.count {
      var best = -Double.infinity
      for k in choicePointers[i]..<choicePointers[i + 1] {
        var next = -Double.infinity
        var mass = 0.0
        for j in rowPointers[k]..<rowPointers[k + 1] {
          mass += values[j]
          if Int(columns[j]) < i { next = max(next, v[Int(columns[j])]) }
        }
        if mass < 0.5 { next = max(next, 0) }
        let reward = rewards[k] < 0 ? 2 * rewards[k] : rewards[k]
        best = max(best, next > -.infinity ? reward + discount * next : worst)
      }
      v[i] = max(best, worst)
    }
    return v
  }

  /// One Gauss–Seidel sweep; see `BellmanOperator.gaussSeidel`.
  func gaussSeidel(
    _ v: inout [Double], choices: inout [Int], backwards: Bool, policyOnly: Bool
  ) {
    func words(_ p: UnsafeRawPointer?) -> UnsafePointer<Int64>? {
      p?.assumingMemoryBound(to: Int64.self)
    }
    v.withUnsafeMutableBufferPointer { v in
      choices.withUnsafeMutableBufferPointer { choices in
        choicePointers.withUnsafeBytes { choicePointers in
          rowPointers.withUnsafeBytes { rowPointers in
            _ = provably_sparse_gauss_seidel(
              words(choicePointers.baseAddress), words(rowPointers.baseAddress), columns, values,
              rewards, discount, nil, Int64(v.count), backwards ? 1 : 0, policyOnly ? 1 : 0,
              UnsafeMutableRawPointer(choices.baseAddress)?.assumingMemoryBound(to: Int64.self),
              v.baseAddress)
          }
        }
      }
    }
  }
}
