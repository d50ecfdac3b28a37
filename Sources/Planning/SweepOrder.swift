// SPDX-License-Identifier: Apache-2.0
import LinearAlgebra
import MarkovModels

/// The order in which in-place sweeps visit the states.
///
/// Information flows from a state to the states that can reach it in one step. A sweep that visits
/// the goals first and then the others by their distance to a goal carries a value from the goal to
/// the far end in one pass instead of one step.
///
/// - Source: [puterman1994], section 6.3.3 (Gauss–Seidel); the order is a breadth-first search.
struct SweepOrder {
  /// Every state once.
  let states: [Int32]
  /// The number of states that a goal can be reached from; the rest follow in their own order.
  let goalReachingCount: Int
  /// The greatest distance to a goal, in steps.
  let depth: Int

  /// Orders the states by their distance to the nearest goal.
  ///
  /// A goal is a state that may end the episode or never leaves itself. Without goals the order is
  /// 0, 1, 2, ….
  ///
  /// - Complexity: O(S + entries) time; O(S + entries) words of 32 bits while it runs.
  init(goalsFirst model: TabularMDP) {
    let S = model.stateCount
    var distance = [Int32](repeating: -1, count: S)
    var queue: [Int32] = []
    queue.reserveCapacity(S)
    for s in SweepOrder.goals(model) {
      distance[s] = 0
      queue.append(Int32(s))
    }
    var depth: Int32 = 0
    if !queue.isEmpty, case .sparse(let matrix) = model.transitions {
      let (pointers, sources) = SweepOrder.predecessors(model, matrix)
      var head = 0
      while head < queue.count {
        let t = Int(queue[head])
        head += 1
        for i in pointers[t]..<pointers[t + 1] {
          let s = sources[Int(i)]
          if distance[Int(s)] < 0 {
            distance[Int(s)] = distance[t] + 1
            depth = distance[t] + 1
            queue.append(s)
          }
        }
      }
    }
    goalReachingCount = queue.count
    self.depth = Int(depth)
    if queue.count < S {
      for s in 0..<S where distance[s] < 0 { queue.append(Int32(s)) }
    }
    states = queue
  }

  /// The states that may end the episode or never leave themselves.
  private static func goals(_ model: TabularMDP) -> [Int] {
    guard case .sparse(let matrix) = model.transitions, model.termination == nil else {
      return (0..<model.stateCount).filter { s in
        model.choices(of: s).contains { (model.termination?[$0] ?? 0) > 0 } || model.isAbsorbing(s)
      }
    }
    // Most rows are told apart by their first entry: a look at each, without calls.
    return model.choicePointers.withUnsafeBufferPointer { choices in
      matrix.rowPointers.withUnsafeBufferPointer { rows in
        matrix.columns.withUnsafeBufferPointer { columns in
          matrix.values.withUnsafeBufferPointer { values in
            (0..<model.stateCount).filter { s in
              (choices[s]..<choices[s &+ 1]).allSatisfy { k in
                (rows[k]..<rows[k &+ 1]).contains { Int(columns[$0]) == s && values[$0] == 1 }
              }
            }
          }
        }
      }
    }
  }

  /// For each state the states that can reach it in one step, compressed by target.
  private static func predecessors(
    _ model: TabularMDP, _ matrix: SparseMatrix
  ) -> (pointers: [UInt32], sources: [Int32]) {
    let S = model.stateCount
    precondition(matrix.storedCount < Int(UInt32.max), "more than 2^32 transitions")
    var pointers = [UInt32](repeating: 0, count: S + 1)
    var sources = [Int32](repeating: 0, count: matrix.storedCount)
    matrix.columns.withUnsafeBufferPointer { columns in
      pointers.withUnsafeMutableBufferPointer { p in
        for c in columns { p[Int(c) &+ 1] &+= 1 }
        for t in 0..<S { p[t &+ 1] &+= p[t] }
        sources.withUnsafeMutableBufferPointer { out in
          for s in (0..<S).reversed() {
            let first = matrix.rowPointers[model.choicePointers[s]]
            let last = matrix.rowPointers[model.choicePointers[s + 1]]
            for i in first..<last {
              // Filling each bucket from its end keeps p[t] the start of bucket t afterwards.
              p[Int(columns[i]) &+ 1] &-= 1
              out[Int(p[Int(columns[i]) &+ 1])] = Int32(truncatingIfNeeded: s)
            }
          }
        }
        // p[t + 1] is now the start of bucket t: shift back.
        for t in 0..<S { p[t] = p[t &+ 1] }
        p[S] = UInt32(columns.count)
      }
    }
    return (pointers, sources)
  }
}
