// SPDX-License-Identifier: Apache-2.0

/// The counts of what was seen, as compressed rows by ascending next state.
///
/// P̂ V is (Σ_t n(k, t) V(t)) / n(k) with the sum by ascending t, computed as a product with the
/// reciprocal of n(k): counts are exact in floating point, so the only roundings are those of the sum.
///
/// - Complexity: O(1) amortized an observation (rows are short); O(C + pairs seen) memory, and
///   C S / 64 words for the sets that tell which rows a changed value concerns.
final class EmpiricalModel {
  let stateCount: Int
  let choiceCount: Int
  /// n(k).
  let visits: Planes<Double>
  /// 1 / n(k).
  let reciprocals: Planes<Double>
  /// The next states seen after a choice.
  let successors: StateSets
  /// The next states seen after any choice of a state.
  let successorsOfState: StateSets
  /// Whether a choice was taken since ``forgetChanges()``.
  let isChanged: Planes<Bool>
  /// Whether a choice of the state was taken since ``forgetChanges()``.
  let isStateChanged: Planes<Bool>
  /// The choices taken since ``forgetChanges()``.
  private(set) var changed: [Int] = []

  private let stateOfChoice: [Int32]
  private let starts: Planes<Int>
  private let lengths: Planes<Int>
  private let capacities: Planes<Int>
  private var columns: UnsafeMutablePointer<Int32>
  private var counts: UnsafeMutablePointer<Double>
  private var used = 0
  private var capacity: Int

  init(_ problem: EpisodicProblem) {
    let (S, C) = (problem.stateCount, problem.choiceCount)
    stateCount = S
    choiceCount = C
    visits = Planes(1, of: C, repeating: 0)
    reciprocals = Planes(1, of: C, repeating: 0)
    successors = StateSets(rows: C, states: S)
    successorsOfState = StateSets(rows: S, states: S)
    isChanged = Planes(1, of: C, repeating: false)
    isStateChanged = Planes(1, of: S, repeating: false)
    var owners = [Int32](repeating: 0, count: C)
    for s in 0..<S {
      for k in problem.choicePointers[s]..<problem.choicePointers[s + 1] {
        owners[k] = Int32(truncatingIfNeeded: s)
      }
    }
    stateOfChoice = owners
    starts = Planes(1, of: C, repeating: 0)
    lengths = Planes(1, of: C, repeating: 0)
    capacities = Planes(1, of: C, repeating: 0)
    capacity = 4 * C + 16
    columns = .allocate(capacity: capacity)
    counts = .allocate(capacity: capacity)
    changed.reserveCapacity(problem.horizon)
  }

  deinit {
    columns.deallocate()
    counts.deallocate()
  }

  /// Notes that a choice led to a state.
  @inline(__always)
  func observe(choice k: Int, next t: Int) {
    let start = starts.base[k]
    let length = lengths.base[k]
    var i = 0
    while i < length && Int(columns[start &+ i]) < t { i &+= 1 }
    if i < length && Int(columns[start &+ i]) == t {
      counts[start &+ i] += 1
    } else {
      insert(t, into: k, at: i)
    }
    visits.base[k] += 1
    if !isChanged.base[k] {
      isChanged.base[k] = true
      isStateChanged.base[Int(stateOfChoice[k])] = true
      changed.append(k)
    }
  }

  /// Calls `body` for each choice taken since the last call, with its reciprocal count renewed.
  @inline(__always)
  func updateChanges(_ body: (_ choice: Int, _ visits: Double) -> Void) {
    for k in changed {
      let n = visits.base[k]
      reciprocals.base[k] = 1 / n
      body(k, n)
    }
  }

  /// Forgets which choices were taken.
  func forgetChanges() {
    for k in changed {
      isChanged.base[k] = false
      isStateChanged.base[Int(stateOfChoice[k])] = false
    }
    changed.removeAll(keepingCapacity: true)
  }

  /// P̂ V of a choice that was taken.
  @inline(__always)
  func mean(_ k: Int, _ V: UnsafePointer<Double>) -> Double {
    let start = starts.base[k]
    let end = start &+ lengths.base[k]
    var sum = 0.0
    var i = start
    while i < end {
      sum += counts[i] * V[Int(columns[i])]
      i &+= 1
    }
    return sum * reciprocals.base[k]
  }

  /// The sample variance of V over the next states seen after a choice taken at least twice, given
  /// their mean: Σ n(k, t) (V(t) − mean)² / (n(k) − 1).
  @inline(__always)
  func sampleVariance(_ k: Int, _ V: UnsafePointer<Double>, mean: Double) -> Double {
    let start = starts.base[k]
    let end = start &+ lengths.base[k]
    var sum = 0.0
    for i in start..<end {
      let d = V[Int(columns[i])] - mean
      sum += counts[i] * (d * d)
    }
    return sum / (visits.base[k] - 1)
  }

  /// Adds a next state to a row; the row moves to the end of the pool if it is full.
  private func insert(_ t: Int, into k: Int, at position: Int) {
    let length = lengths.base[k]
    if length == capacities.base[k] {
      let wanted = max(4, 2 * length)
      if used + wanted > capacity {
        let grown = max(2 * capacity, used + wanted)
        let (newColumns, newCounts) = (
          UnsafeMutablePointer<Int32>.allocate(capacity: grown),
          UnsafeMutablePointer<Double>.allocate(capacity: grown)
        )
        newColumns.update(from: columns, count: used)
        newCounts.update(from: counts, count: used)
        columns.deallocate()
        counts.deallocate()
        (columns, counts, capacity) = (newColumns, newCounts, grown)
      }
      (columns + used).update(from: columns + starts.base[k], count: length)
      (counts + used).update(from: counts + starts.base[k], count: length)
      starts.base[k] = used
      capacities.base[k] = wanted
      used += wanted
    }
    let start = starts.base[k]
    var i = length
    while i > position {
      columns[start + i] = columns[start + i - 1]
      counts[start + i] = counts[start + i - 1]
      i -= 1
    }
    columns[start + position] = Int32(truncatingIfNeeded: t)
    counts[start + position] = 1
    lengths.base[k] = length + 1
    successors.insert(t, into: k)
    successorsOfState.insert(t, into: Int(stateOfChoice[k]))
  }
}
