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
/// Large models are swept in halves by two threads at once: the first half forwards and the second
/// backwards, in the next sweep the other way round. Two such sweeps carry a value through the whole
/// model in both directions, as one forwards and one backwards do, in half their time. What a half needs
/// of the other, a layer on each side of the cut where the order is a breadth-first search, it reads from
/// *ghosts*, copies that stand behind the states and are made before the sweep: no result depends on
/// which thread is faster. Models that would need many ghosts stay whole.
///
/// - Complexity: O(S + entries) time and memory for the copy, 12 bytes an entry.
final class OrderedRows {
  private let discount: Double
  private let order: [Int32]
  /// The halves, as positions in the order; one range if the model stays whole.
  private(set) var parts: [Range<Int>]
  /// The positions of the states that have a ghost.
  private(set) var ghosts: [Int32] = []
  /// Where the choices of each position begin.
  private let choicePointers: [Int]
  private let memory: HugePageBlock
  private let rowPointers: UnsafeMutableBufferPointer<Int64>
  private let columns: UnsafeMutableBufferPointer<Int32>
  private let values: UnsafeMutableBufferPointer<Double>
  private let rewards: UnsafeMutableBufferPointer<Double>

  /// Copies the rows of a model, in halves from `statesForHalves` on; `nil` if they are not sparse.
  init?(_ T: BellmanOperator, order: [Int32], statesForHalves: Int = 4_000) {
    guard case .sparse(let matrix) = T.model.transitions else { return nil }
    let (S, K, entries) = (order.count, T.model.choiceCount, matrix.storedCount)
    discount = T.discount
    self.order = order
    parts = S >= statesForHalves ? [0..<S / 2, S / 2..<S] : [0..<S]
    choicePointers = OrderedRows.choicePointers(T.model, order)
    memory = HugePageBlock(byteCounts: [8 * entries, 4 * entries, 8 * (K + 1), 8 * K])
    values = memory.take(Double.self, count: entries)
    columns = memory.take(Int32.self, count: entries)
    rowPointers = memory.take(Int64.self, count: K + 1)
    rewards = memory.take(Double.self, count: K)
    rowPointers[0] = 0
    T.withArrays { copyRows(of: $0) }
  }

  /// The most entries out of the halves with which they are worth two threads.
  private var mostCrossings: Int { order.count / 16 }

  /// Who sweeps one of the halves.
  private var second: SecondThread? { parts.count > 1 ? .shared : nil }

  /// Where the choices of each position begin; the model's own memory if all states have as many.
  private static func choicePointers(_ model: TabularMDP, _ order: [Int32]) -> [Int] {
    var pointers = model.choicePointers
    var (isShared, next) = (true, 0)
    for (i, s) in order.enumerated() {
      next += model.choices(of: Int(s)).count
      isShared = isShared && pointers[i + 1] == next
      if !isShared { pointers[i + 1] = next }
    }
    return pointers
  }

  private func copyRows(of model: BellmanOperator.RawArrays) {
    var position = [Int32](repeating: 0, count: order.count)
    for (i, s) in order.enumerated() { position[Int(s)] = Int32(truncatingIfNeeded: i) }
    var crossings = [[Int]](repeating: [], count: parts.count)
    crossings.withUnsafeMutableBufferPointer { crossings in
      position.withUnsafeBufferPointer { position in
        nonisolated(unsafe) let (crossings, position, model) = (crossings, position, model)
        SecondThread.share(parts.count, of: parts.count, with: second) {
          for i in $0 { crossings[i] = copyRows(of: model, parts[i], position) }
        }
      }
    }
    addGhosts(crossings)
  }

  /// Copies the rows of one of the parts.
  ///
  /// - Returns: Where the entries are that lead out of it, or the first of too many.
  private func copyRows(
    of model: BellmanOperator.RawArrays, _ part: Range<Int>,
    _ position: UnsafeBufferPointer<Int32>
  ) -> [Int] {
    guard let starts = model.choicePointers, let from = model.rowPointers, let c = model.columns,
      let p = model.values, let r = model.rewards
    else { return [] }
    var crossings: [Int] = []
    order.withUnsafeBufferPointer { order in
      var j = 0
      for s in order[..<part.lowerBound] {
        j &+= Int(from[Int(starts[Int(s) &+ 1])] &- from[Int(starts[Int(s)])])
      }
      var k = choicePointers[part.lowerBound]
      for s in order[part] {
        for choice in Int(starts[Int(s)])..<Int(starts[Int(s) &+ 1]) {
          for i in Int(from[choice])..<Int(from[choice &+ 1]) {
            let t = position[Int(c[i])]
            if !part.contains(Int(t)), crossings.count <= mostCrossings { crossings.append(j) }
            columns[j] = t
            values[j] = p[i]
            j &+= 1
          }
          rewards[k] = r[choice]
          k &+= 1
          rowPointers[k] = Int64(j)
        }
      }
    }
    return crossings
  }

  /// Makes entries that lead out of a part lead to ghosts, or makes one part of two if they are many.
  private func addGhosts(_ crossings: [[Int]]) {
    guard crossings.map(\.count).reduce(0, +) <= mostCrossings else {
      parts = [0..<order.count]
      return
    }
    var ghostOf: [Int32: Int32] = [:]
    for j in crossings.joined() {
      if let ghost = ghostOf[columns[j]] {
        columns[j] = ghost
      } else {
        let ghost = Int32(order.count + ghosts.count)
        ghosts.append(columns[j])
        ghostOf[columns[j]] = ghost
        columns[j] = ghost
      }
    }
  }

  /// The position that a column stands for.
  private func position(_ column: Int32) -> Int {
    let i = Int(column)
    return i < order.count ? i : Int(ghosts[i - order.count])
  }

  /// A vector over the model's states, in sweep order; `out` has S elements and receives room for ghosts.
  func reorder(_ v: [Double], into out: inout [Double]) {
    for (i, s) in order.enumerated() { out[i] = v[Int(s)] }
    out.append(contentsOf: repeatElement(0, count: ghosts.count))
  }

  /// A vector in sweep order, back over the model's states; it loses its ghosts.
  func restore(_ v: inout [Double], into out: inout [Double]) {
    v.removeLast(v.count - order.count)
    for (i, s) in order.enumerated() { out[Int(s)] = v[i] }
  }

  /// A vector to start from, in sweep order: values as if every choice led where one wishes.
  ///
  /// One pass in sweep order computes v(i) = max_k r_k + γ v(t) with t the best next state of k that
  /// the pass has been to. With goals first these are the values of shortest paths, of the right
  /// shape, so that few policies change afterwards. Costs count twice, which errs on the bad side: a
  /// way that looks too good attracts sweep after sweep, one that looks too bad is mended by one.
  /// Choices that lead to no state behind are worth min r / (1 − γ), those that stay for good what that
  /// is worth.
  ///
  /// - Complexity: O(K + entries).
  func shortestPathValues(into v: inout [Double]) {
    let worst = min(0, rewards.min() ?? 0) / (1 - discount)
    for i in 0..<order.count {
      var best = -Double.infinity
      for k in choicePointers[i]..<choicePointers[i + 1] {
        var next = -Double.infinity
        var mass = 0.0
        for j in Int(rowPointers[k])..<Int(rowPointers[k + 1]) {
          mass += values[j]
          let t = position(columns[j])
          if t < i { next = max(next, v[t]) }
          if t == i, values[j] == 1 { best = max(best, rewards[k] / (1 - discount)) }
        }
        if mass < 0.5 { next = max(next, 0) }
        let reward = rewards[k] < 0 ? 2 * rewards[k] : rewards[k]
        best = max(best, next > -.infinity ? reward + discount * next : worst)
      }
      v[i] = max(best, worst)
    }
  }

  /// One Gauss–Seidel sweep; a second half goes the other way round.
  ///
  /// - Parameters:
  ///   - v: A vector in sweep order and its ghosts, which are brought up to date first.
  ///   - choices: Receives the greedy choice of each position, as the number of an ordered row.
  ///   - backwards: Whether the first half, or the whole model, goes from its last state to its first.
  ///   - policyOnly: Whether `choices` is a policy whose rows alone are read.
  func gaussSeidel(
    _ v: inout [Double], choices: inout [Int], backwards: Bool, policyOnly: Bool
  ) {
    let S = order.count
    for (i, t) in ghosts.enumerated() { v[S + i] = v[Int(t)] }
    v.withUnsafeMutableBufferPointer { v in
      choices.withUnsafeMutableBufferPointer { choices in
        choicePointers.withUnsafeBufferPointer { starts in
          nonisolated(unsafe) let (v, choice, starts) = (
            v.baseAddress,
            UnsafeMutableRawPointer(choices.baseAddress)?.assumingMemoryBound(to: Int64.self),
            UnsafeRawPointer(starts.baseAddress)?.assumingMemoryBound(to: Int64.self)
          )
          SecondThread.share(parts.count, of: parts.count, with: second) {
            for i in $0 {
              provably_sparse_gauss_seidel(
                starts, rowPointers.baseAddress, columns.baseAddress, values.baseAddress,
                Int64(S), rewards.baseAddress, discount, Int64(parts[i].lowerBound),
                Int64(parts[i].upperBound), backwards == (i == 0) ? 1 : 0, policyOnly ? 1 : 0,
                choice, v)
            }
          }
        }
      }
    }
  }
}
